"""One measurement of `benchmarks.abstractive`, in a process of its own. Prints one JSON object."""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from .abstractive import BEAMS, INPUT_TOKENS, OUTPUT_TOKENS, Measurement

_WORDS = 2000  # those that documents are made of
_SMALL = {
    "vocab_size": _WORDS,
    "d_model": 64,
    "encoder_layers": 1,
    "decoder_layers": 1,
    "encoder_ffn_dim": 128,
    "decoder_ffn_dim": 128,
}


def build(folder: str, size: str) -> None:
    """Save a BART with random weights and a tokenizer of its vocabulary's size."""
    import torch
    import transformers
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    shape = {} if size == "large" else _SMALL
    config = transformers.BartConfig(forced_bos_token_id=0, **shape)
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
    return [[0, *(generator.randrange(4, _WORDS) for _ in range(INPUT_TOKENS - 2)), 2] for _ in range(count)]


def ours(folder: str, precision: str, device: str, threads: int) -> Callable[[list[list[int]]], int]:
    """Return a function that generates with the toolkit's engine and counts the tokens."""
    from summarize.models.checkpoints import resolve
    from summarize.models.engines import Decoding, open_engine

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


def measure(library: str, folder: str, precision: str, device: str, size: int, threads: int) -> Measurement:
    """Run one contender on so many documents at once."""
    make = ours if library == "summarize" else theirs
    generate = make(folder, precision, device, threads)
    documents = inputs(size)
    if size == 1:
        generate(documents)
    start, busy = time.perf_counter(), time.process_time()
    tokens = generate(documents)
    seconds, worked = time.perf_counter() - start, time.process_time() - busy
    assert tokens >= size * (OUTPUT_TOKENS - 2), f"only {tokens} tokens were written"
    return Measurement(seconds, worked, peak_mb(device))


def peak_mb(device: str) -> float:
    """Return the most memory held: the process's on a CPU, the device's in use on a GPU."""
    if device == "cuda":
        import torch

        free, total = torch.cuda.mem_get_info()
        return float(max(torch.cuda.max_memory_reserved(), total - free)) / 1e6
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


def main() -> None:
    """Do what the arguments say: build, convert, or measure a library."""
    task, folder, *rest = sys.argv[1:]
    if task == "build":
        build(folder, *rest)
    elif task == "convert":
        ours(folder, rest[0], rest[1], threads=1)
    else:
        precision, device, size, threads = rest
        print(json.dumps(asdict(measure(task, folder, precision, device, int(size), int(threads)))))


if __name__ == "__main__":
    main()
