"""Engine: token ids in, token ids out, in batches by length that shrink when memory runs out.

Knows neither text nor checkpoints; the two engines are in modules of their own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import ClassVar

from summarize.errors import ModelError
from summarize.models.engines.tokenizer import Tokenizer


@dataclass(frozen=True, slots=True)
class Decoding:
    """Settings of beam search, in the terms of `transformers.GenerationConfig`.

    Attributes:
        beams: how many hypotheses are followed; 1 is greedy.
        max_tokens: the most tokens written, the start token not counted.
        min_tokens: before that many tokens the text may not end.
        length_penalty: scores are divided by length ** penalty; above 1 favours long texts.
        no_repeat_ngram: no run of that many tokens twice; 0 for no such rule.
        candidates: how many of the hypotheses are returned, best first; at most `beams`.
    """

    beams: int = 4
    max_tokens: int = 142
    min_tokens: int = 0
    length_penalty: float = 1.0
    no_repeat_ngram: int = 3
    candidates: int = 1

    def mean_score(self, score: float, length: int) -> float:
        """Return the mean log-probability of a text's tokens from the score that beam search gave it.

        Args:
            score: the sum of the log-probabilities over length ** length_penalty.
            length: tokens of the text, start and end tokens counted.

        Example:
            >>> Decoding(length_penalty=2.0).mean_score(-0.5, 4)
            -2.0
        """
        return score * length ** (self.length_penalty - 1.0) if length else 0.0


@dataclass(frozen=True, slots=True)
class Generated:
    """One hypothesis.

    Attributes:
        ids: its tokens without start and end tokens.
        finished: whether the model ended it; False where `max_tokens` cut it off.
        score: the mean log-probability of its tokens, start and end tokens counted; 0 where the engine was
            asked for one hypothesis only. Engines agree in it to rounding, so it is no part of equality.
    """

    ids: tuple[int, ...]
    finished: bool
    score: float = field(default=0.0, compare=False)


class Engine(ABC):
    """Runs one sequence-to-sequence model on one device.

    Attributes:
        name: "ctranslate2" or "torch".
        device: "cpu" or "cuda".
        precision: how the weights are held: "int8", "float32", "float16" or "bfloat16".
        batch_tokens: the most input tokens in one batch, padding counted.
        tokenizer: the checkpoint's own.
    """

    name: ClassVar[str]
    tokenizer: Tokenizer
    device: str
    precision: str
    batch_tokens: int

    def generate(self, inputs: Sequence[Sequence[int]], decoding: Decoding) -> list[list[Generated]]:
        """Return the best hypotheses for each input, in the order of the inputs.

        Inputs are sorted and packed by length. A batch that does not fit into memory is halved and
        run again, and later batches stay as small.

        Raises:
            ModelError: where a single input does not fit into memory, or the runtime fails.
        """
        results: list[list[Generated]] = [[] for _ in inputs]
        waiting = list(pack([len(ids) for ids in inputs], self.batch_tokens))
        while waiting:
            batch = waiting.pop(0)
            try:
                outputs = self._run([inputs[index] for index in batch], decoding)
            except (RuntimeError, MemoryError) as error:
                if not out_of_memory(error):
                    raise ModelError(f"{self.name} failed while generating: {error}") from error
                self._free()
                if len(batch) == 1:
                    raise ModelError(
                        f"an input of {len(inputs[batch[0]])} tokens does not fit into the memory of "
                        f"{self.device}; use a smaller model or another device"
                    ) from error
                half = (len(batch) + 1) // 2
                self.batch_tokens = half * max(len(inputs[index]) for index in batch)
                rest = [index for later in [batch, *waiting] for index in later]
                lengths = [len(inputs[index]) for index in rest]
                waiting = [[rest[i] for i in again] for again in pack(lengths, self.batch_tokens)]
                continue
            for index, output in zip(batch, outputs, strict=True):
                results[index] = output
        return results

    @abstractmethod
    def _run(self, inputs: Sequence[Sequence[int]], decoding: Decoding) -> list[list[Generated]]:
        """Run one batch, longest input first."""

    def _free(self) -> None:  # noqa: B027 - an engine without a cache has nothing to do
        """Return cached memory to the device."""


def pack(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Yield batches of indices, longest first, none over `budget` when padded to its longest.

    A length above the budget gets a batch of its own.

    Example:
        >>> list(pack([10, 500, 480, 20], budget=1000))
        [[1, 2], [3, 0]]
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def out_of_memory(error: BaseException) -> bool:
    """Tell whether an error means that memory ran out: torch, CUDA and C++ each say it differently.

    Example:
        >>> out_of_memory(RuntimeError("CUDA failed with error out of memory"))
        True
    """
    message = str(error).lower()
    signs = ("out of memory", "bad_alloc", "can't allocate memory", "not enough memory", "alloc_failed")
    return isinstance(error, MemoryError) or any(sign in message for sign in signs)


def version_of(distribution: str) -> str:
    """Return the version of an installed distribution, or "absent"."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"
