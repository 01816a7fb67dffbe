"""One measurement of `eval.abstractive_speed`, in a process of its own. Prints one JSON object."""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from eval.abstractive_speed import BEAMS, INPUT_TOKENS, OUTPUT_TOKENS


def build(folder: str, size: str) -> None:
    """Save a BART with random weights and a tokenizer of its vocabulary's size."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    layers = 12 if size == "large" else 1
    config = transformers.BartConfig(encoder_layers=layers, decoder_layers=layers, forced_bos_token_id=0)
    torch.manual_seed(0)
    model = transformers.BartForConditionalGeneration(config)
    model.generation_config.forced_bos_token_id = 0
    model.save_pretrained(folder)
    vocabulary = {"<s>": 0, "<pad>": 1, "</s>": 2, "<unk>": 3}
    vocabulary |= {f"w{index}": index for index in range(4, config.vocab_size)}
    words = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    words.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=words,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=1024,
    ).save_pretrained(folder)


def inputs(count: int) -> list[list[int]]:
    """Return documents of random tokens, the same every time."""
    generator = random.Random(1)
    return [[0, *(generator.randrange(4, 50000) for _ in range(INPUT_TOKENS - 2)), 2] for _ in range(count)]


def ours(folder: str, precision: str, device: str, threads: int) -> Callable[[list[list[int]]], int]:
    """Return a function that generates with the toolkit's engine and counts the tokens."""
    from summarize.checkpoints import resolve
    from summarize.engines import Decoding, open_engine

    engine = open_engine(resolve(folder), "auto", device, precision, threads)
    # The forced first token is not counted by `generate` below either.
    decoding = Decoding(BEAMS, OUTPUT_TOKENS, OUTPUT_TOKENS, length_penalty=2.0)
    return lambda ids: sum(len(found[0].ids) for found in engine.generate(ids, decoding))


def theirs(folder: str, precision: str, device: str, threads: int) -> Callable[[list[list[int]]], int]:
    """Return a function that generates with transformers, as its documentation shows."""
    import torch
    import transformers

    torch.set_num_threads(threads)
    loaded = transformers.BartForConditionalGeneration.from_pretrained(
        folder, dtype=getattr(torch, precision)
    )
    model: Any = loaded.to(device).eval()

    def generate(ids: list[list[int]]) -> int:
        with torch.inference_mode():
            output = model.generate(
                torch.tensor(ids).to(device),
                num_beams=BEAMS,
                min_new_tokens=OUTPUT_TOKENS,
                max_new_tokens=OUTPUT_TOKENS,
                length_penalty=2.0,
                no_repeat_ngram_size=3,
                early_stopping=True,
            )
        return int(output.shape[0] * (output.shape[1] - 2))

    return generate


def measure(library: str, folder: str, precision: str, device: str, *numbers: str) -> dict[str, Any]:
    """Run one contender and return its row."""
    size, runs, threads = map(int, numbers)
    make = ours if library == "summarize" else theirs
    generate = make(folder, precision, device, threads)
    documents = inputs(size)
    if size == 1:
        generate(documents)
    taken, worked = [], []
    for _ in range(runs):
        start, busy = time.perf_counter(), time.process_time()
        tokens = generate(documents)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - busy)
    assert tokens >= size * (OUTPUT_TOKENS - 2), f"only {tokens} tokens were written"
    seconds = statistics.median(taken)
    name = f"{library} ctranslate2 {precision}" if library == "summarize" else f"{library} {precision}"
    return {
        "engine": name,
        "documents": size,
        "seconds": seconds,
        "cpu_seconds": statistics.median(worked),
        "documents_per_second": size / seconds,
        "peak_mb": peak_mb(device),
        "threads": threads,
        "runs": runs,
    }


def peak_mb(device: str) -> float:
    """Return the most memory held: the process's on a CPU, the device's in use on a GPU."""
    if device == "cuda":
        import torch

        free, total = torch.cuda.mem_get_info()
        return float(max(torch.cuda.max_memory_reserved(), total - free)) / 1e6
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


def main() -> None:
    """Do what the arguments say."""
    task, folder, *rest = sys.argv[1:]
    if task == "build":
        build(folder, *rest)
    elif task == "convert":
        ours(folder, rest[0], rest[1], 1)
    else:
        print(json.dumps(measure(task, folder, rest[0], rest[1], *rest[2:])))


if __name__ == "__main__":
    main()
