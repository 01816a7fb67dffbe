"""Ranking: which of several texts a model offers is taken, by the model's own score and by its source.

Language models prefer what is likely, not what the article says; among the hypotheses of a beam there is
often one without the invention. Changes no text. Reranking candidates by a check of their facts is known
from Falke et al., "Ranking generated summaries by correctness" (2019).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.document import Document
from summarize.evidence import LineVerdict, check_lines
from summarize.evidence.score import combine

FACTS = frozenset({"number", "name", "quote"})
# How many units of mean log-probability the logarithm of the probability of being faithful weighs: half that
# probability costs a text as much as being 7 % more perplexing to the model.
FAITHFUL_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One text that a model offers.

    Attributes:
        lines: its sentences.
        score: the mean log-probability of its tokens; 0 where it is not known.
    """

    lines: tuple[str, ...]
    score: float = 0.0


def rank(hypotheses: Sequence[Hypothesis], document: Document, most: int | None = None) -> list[Hypothesis]:
    """Return hypotheses in the order they deserve, best first; of equals the model's own order holds.

    One with a number, name or quotation that the document lacks comes after every one without, and one
    without a line last. Within these groups the greatest

        mean log p(token | document) + 0.1 * log P(faithful | lines, document)

    is best: the model's own score, and `summarize.evidence.score.combine` of the scores of the lines.

    Args:
        hypotheses: what the model offers, best first.
        document: what they are about.
        most: how many lines of each count, from the first; None for all.
    """
    if len(hypotheses) < 2:
        return list(hypotheses)
    texts = list(dict.fromkeys(line for each in hypotheses for line in each.lines[:most]))
    verdicts = dict(zip(texts, check_lines(texts, document), strict=True))
    return sorted(
        hypotheses, key=lambda each: _demerits(each, [verdicts[line] for line in each.lines[:most]])
    )


def _demerits(hypothesis: Hypothesis, verdicts: Sequence[LineVerdict]) -> tuple[bool, bool, float]:
    invented = any(flag.kind in FACTS for verdict in verdicts for flag in verdict.flags)
    faithful = combine([verdict.score for verdict in verdicts])
    value = hypothesis.score + FAITHFUL_WEIGHT * math.log(max(faithful, 1e-9))
    return not verdicts, invented, -value
