"""A checkpoint in its engine, with its settings: texts in, the sentences of its hypotheses out.

Cuts nothing to a window; callers hand over what fits `Running.room`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarize.language.text import sentence_spans
from summarize.models.checkpoints import Checkpoint
from summarize.models.engines import Decoding, Engine, Generated
from summarize.models.reranking import Hypothesis
from summarize.models.windows import chunks


@dataclass(frozen=True, slots=True)
class Running:
    """A checkpoint in its engine."""

    checkpoint: Checkpoint
    engine: Engine
    highlights: Decoding
    prefix: str

    @property
    def room(self) -> int:
        """How many tokens of the window are left for a text."""
        tokenizer = self.engine.tokenizer
        taken = tokenizer.lengths([self.prefix])[0] + 1 if self.prefix else 0
        return max(1, tokenizer.window - tokenizer.added - taken)


def merge(model: Running, parts: Sequence[str]) -> tuple[str, int]:
    """Summarize chunks, and the summaries again, until they fit into the window; return also their number."""
    count = len(parts)
    while len(parts) > 1:
        written = generate(model, parts, model.highlights)
        lines = [line for hypotheses in written for line in hypotheses[0].lines] or list(parts[:1])
        shorter = chunks(lines, model.engine.tokenizer.lengths, model.room)
        # A model that writes as much as it reads would go on for ever.
        parts = shorter if len(shorter) < len(parts) else shorter[:1]
    return parts[0], count


def generate(model: Running, texts: Sequence[str], decoding: Decoding) -> list[list[Hypothesis]]:
    """Return the hypotheses about each text, the model's best first."""
    engine = model.engine
    inputs = [engine.tokenizer.encode(model.prefix + text) for text in texts]
    groups: dict[Decoding, list[int]] = {}
    for index, ids in enumerate(inputs):
        groups.setdefault(_within(decoding, len(ids), engine.tokenizer.window), []).append(index)
    results: list[list[Hypothesis]] = [[] for _ in texts]
    for settings, members in groups.items():
        outputs = engine.generate([inputs[index] for index in members], settings)
        for index, hypotheses in zip(members, outputs, strict=True):
            results[index] = [_read(engine, hypothesis) for hypothesis in hypotheses]
    return results


def _read(engine: Engine, hypothesis: Generated) -> Hypothesis:
    """Read the sentences of a hypothesis; the last one is left out where the model was cut off."""
    # PEGASUS separates sentences by a token of its own.
    text = engine.tokenizer.decode(hypothesis.ids).replace("<n>", " ")
    lines = [text[start:end] for start, end in sentence_spans(" ".join(text.split()))]
    return Hypothesis(tuple(lines if hypothesis.finished else lines[:-1]), hypothesis.score)


def stretched(decoding: Decoding, factor: float) -> Decoding:
    return replace(
        decoding,
        min_tokens=round(decoding.min_tokens * factor),
        max_tokens=round(decoding.max_tokens * factor),
    )


def _within(decoding: Decoding, length: int, window: int) -> Decoding:
    """Return settings for an input of some length: a model made to write more than it read invents.

    Example:
        >>> _within(Decoding(min_tokens=55, max_tokens=141), length=40, window=1024).min_tokens
        16
    """
    most = min(decoding.max_tokens, window - 2)
    return replace(decoding, max_tokens=most, min_tokens=min(decoding.min_tokens, round(length * 0.4), most))
