"""CTranslate2: int8 on a CPU, float16 on a GPU. Needs no torch once a checkpoint is converted.

Beam search follows transformers where the two differ by default: end tokens count towards the length
that scores are divided by, and the search stops when `beams` hypotheses are finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarize.models.engines.base import Decoding, Engine, Generated
from summarize.models.engines.folder import open_folder

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
        opened = open_folder("Translator", folder, device, precision, threads)
        self._translator = opened.runtime
        self.tokenizer = opened.tokenizer
        self.device = device
        self.precision = precision
        self.batch_tokens = CPU_BATCH_TOKENS if device == "cpu" else CUDA_BATCH_TOKENS
        self._tokens = opened.tokens
        self._ids = {token: index for index, token in enumerate(self._tokens)}
        self._end = frozenset(opened.settings["end"])
        self._prefix = [self._tokens[index] for index in opened.settings["prefix"]]

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
