"""PyTorch through transformers' `generate`: the reference, and what runs where CTranslate2 cannot.

Scores are renormalized after banned tokens are masked, and a text that reaches its limit is left
without an end token instead of having one forced on it, so that an unfinished sentence shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.cores import usable_cores
from summarize.errors import ModelError
from summarize.models.engines.base import Decoding, Engine, Generated
from summarize.models.engines.tokenizer import Tokenizer, window_of

CPU_BATCH_TOKENS = 4 * 1024
CUDA_BATCH_TOKENS = 32 * 1024


class TorchEngine(Engine):
    """Runs a checkpoint folder with `transformers.AutoModelForSeq2SeqLM`."""

    name = "torch"

    def __init__(self, folder: Path, device: str, precision: str, threads: int | None = None) -> None:
        """Load a checkpoint that `save_pretrained` wrote.

        Raises:
            ModelError: where transformers cannot load it.
        """
        import torch

        from summarize.models.engines.convert import load_model, load_tokenizer

        if precision == "int8":
            raise ModelError("the torch engine has no int8; use precision float32, float16 or bfloat16")
        if device == "cpu":
            torch.set_num_threads(threads or usable_cores())
        self._model: Any = load_model(folder, getattr(torch, precision)).to(device).eval()
        tokenizer = load_tokenizer(folder)
        window = window_of(self._model.config.to_dict(), tokenizer)
        self.tokenizer = Tokenizer(tokenizer.backend_tokenizer, window)
        self.device = device
        self.precision = precision
        self.batch_tokens = CPU_BATCH_TOKENS if device == "cpu" else CUDA_BATCH_TOKENS
        config = self._model.generation_config
        end = config.eos_token_id
        self._end = frozenset(end if isinstance(end, list) else [end])
        self._pad = config.pad_token_id if config.pad_token_id is not None else min(self._end)
        self._skipped = 1 + (config.forced_bos_token_id is not None)

    def _run(self, inputs: Sequence[Sequence[int]], decoding: Decoding) -> list[list[Generated]]:
        import torch

        width = max(len(ids) for ids in inputs)
        padded = torch.full((len(inputs), width), self._pad, dtype=torch.long)
        mask = torch.zeros((len(inputs), width), dtype=torch.long)
        for row, ids in enumerate(inputs):
            padded[row, : len(ids)] = torch.tensor(ids)
            mask[row, : len(ids)] = 1
        candidates = min(decoding.candidates, decoding.beams)
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=padded.to(self.device),
                attention_mask=mask.to(self.device),
                num_return_sequences=candidates,
                return_dict_in_generate=True,
                output_scores=candidates > 1,
                stopping_criteria=[_forget_steps],
                **self._settings(decoding),
            )
        scores = [0.0] * len(output.sequences) if candidates == 1 else output.sequences_scores.tolist()
        read = [
            self._read(sequence, score, decoding)
            for sequence, score in zip(output.sequences.tolist(), scores, strict=True)
        ]
        return [read[row * candidates : (row + 1) * candidates] for row in range(len(inputs))]

    def _settings(self, decoding: Decoding) -> dict[str, Any]:
        # Lengths of `generate` count the start token, those of Decoding do not.
        return {
            "num_beams": decoding.beams,
            "do_sample": False,
            "max_length": decoding.max_tokens + 1,
            "min_length": decoding.min_tokens + 1 if decoding.min_tokens else 0,
            "max_new_tokens": None,
            "min_new_tokens": None,
            "length_penalty": decoding.length_penalty if decoding.beams > 1 else None,
            "early_stopping": True if decoding.beams > 1 else None,
            "no_repeat_ngram_size": decoding.no_repeat_ngram,
            "renormalize_logits": True,
            "forced_eos_token_id": None,
        }

    def _read(self, sequence: list[int], score: float, decoding: Decoding) -> Generated:
        written, started = sequence[self._skipped :], self._skipped - 1
        for position, token in enumerate(written):
            if token in self._end:
                mean = decoding.mean_score(score, started + position + 1)
                return Generated(tuple(written[:position]), True, mean)
        while written and written[-1] == self._pad:
            written.pop()
        return Generated(tuple(written), False, decoding.mean_score(score, started + len(written)))

    def _free(self) -> None:
        import torch

        if self.device == "cuda":
            torch.cuda.empty_cache()


def _forget_steps(input_ids: Any, scores: Any, **_: Any) -> Any:
    """Empty what `generate` keeps of each step; it stops nothing.

    The scores of hypotheses come only together with those of the whole vocabulary at every step, which
    would take a hundred megabytes a document.
    """
    import torch

    if scores:
        scores[-1].resize_(0)
    return torch.zeros(len(input_ids), dtype=torch.bool, device=input_ids.device)
