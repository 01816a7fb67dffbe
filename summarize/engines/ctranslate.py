"""CTranslate2: int8 on a CPU, float16 on a GPU. Needs no torch once a checkpoint is converted.

Beam search follows transformers where the two differ by default: end tokens count towards the length
that scores are divided by, and the search stops when `beams` hypotheses are finished.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.engines.base import Decoding, Engine, Generated
from summarize.engines.tokenizer import Tokenizer
from summarize.errors import ModelError

CPU_BATCH_TOKENS = 4 * 1024
CUDA_BATCH_TOKENS = 64 * 1024


class CTranslateEngine(Engine):
    """Runs a converted folder with `ctranslate2.Translator`."""

    name = "ctranslate2"

    def __init__(self, folder: Path, device: str, precision: str, threads: int | None = None) -> None:
        """Load a converted model.

        Args:
            folder: what `convert` returned.
            device: "cpu" or "cuda".
            precision: "int8", "float32", "float16" or "bfloat16".
            threads: CPU threads; None for all this process may use.

        Raises:
            ModelError: where CTranslate2 cannot load it.
        """
        import ctranslate2

        try:
            self._translator: Any = ctranslate2.Translator(
                str(folder),
                device=device,
                compute_type=compute_type(device, precision),
                intra_threads=threads or available_threads(),
            )
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"CTranslate2 cannot load {folder} on {device}: {error}") from error
        self.device = device
        self.precision = precision
        self.batch_tokens = CPU_BATCH_TOKENS if device == "cpu" else CUDA_BATCH_TOKENS
        self._tokens = read_vocabulary(folder)
        self._ids = {token: index for index, token in enumerate(self._tokens)}
        generation = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
        self._end = frozenset(generation["end"])
        self.tokenizer = Tokenizer.read(folder, generation["window"])
        self._prefix = [self._tokens[index] for index in generation["prefix"]]

    def _run(self, inputs: Sequence[Sequence[int]], decoding: Decoding) -> list[list[Generated]]:
        candidates = min(decoding.candidates, decoding.beams)
        results = self._translator.translate_batch(
            [[self._tokens[index] for index in ids] for ids in inputs],
            target_prefix=[self._prefix] * len(inputs) if self._prefix else None,
            beam_size=decoding.beams,
            num_hypotheses=candidates,
            length_penalty=decoding.length_penalty,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            max_decoding_length=decoding.max_tokens,
            min_decoding_length=decoding.min_tokens,
            max_input_length=0,
            return_end_token=True,
            return_scores=candidates > 1,
        )
        return [
            [self._read(result, number, decoding) for number in range(len(result.hypotheses))]
            for result in results
        ]

    def _read(self, result: Any, number: int, decoding: Decoding) -> Generated:
        tokens: list[str] = result.hypotheses[number]
        score = result.scores[number] if result.scores else 0.0
        ids = [self._ids[token] for token in tokens][len(self._prefix) :]
        finished = bool(ids) and ids[-1] in self._end
        mean = decoding.mean_score(score, len(tokens))
        return Generated(tuple(ids[:-1] if finished else ids), finished, mean)


def read_vocabulary(folder: Path) -> list[str]:
    """Return the tokens of a converted model in the order of their ids."""
    for name in ("shared_vocabulary.json", "target_vocabulary.json", "vocabulary.json"):
        if (folder / name).exists():
            tokens: list[str] = json.loads((folder / name).read_text(encoding="utf-8"))
            return tokens
    raise ModelError(f"{folder} holds no vocabulary; delete it and it is converted again")


def compute_type(device: str, precision: str) -> str:
    """Return CTranslate2's name of a precision: int8 computes the rest in float16 on a GPU.

    Example:
        >>> compute_type("cuda", "int8")
        'int8_float16'
    """
    if precision == "int8":
        return "int8_float16" if device == "cuda" else "int8_float32"
    return precision


def available_threads() -> int:
    """Return how many CPUs this process may use, which in a container is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
