"""Metrics that count what a summary shares with its references: ROUGE, and BLEU and chrF by sacreBLEU.

BLEU and chrF are of single summaries, not of a corpus: they are to be averaged and correlated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..rouge.rouge import TYPES, Rouge
from ..rouge.sentences import on_lines
from .base import Floats, Metric, Sample


class RougeMetric(Metric):
    """F of ROUGE.

    Args:
        mode, formula: as `Rouge` takes them.
    """

    name = "rouge"

    def __init__(self, mode: str = "rouge-score", formula: str | None = None) -> None:
        self._rouge = Rouge(TYPES, mode, formula=formula)

    @property
    def signature(self) -> str:
        """The signature of the ROUGE."""
        return self._rouge.signature

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return F by type; sentences are put on lines first."""
        texts = on_lines([sample.summary for sample in samples]).texts
        references = iter(on_lines([text for sample in samples for text in sample.references]).texts)
        lined = [[next(references) for _ in sample.references] for sample in samples]
        scores = self._rouge.corpus(texts, lined)
        return {name: scores[:, column, 2] for column, name in enumerate(self._rouge.types)}


class _SacreBleu(Metric):
    """A metric of sacreBLEU, of which one object scores single sentences."""

    package, extra = "sacrebleu", "metrics"
    _metric: Any

    @property
    def signature(self) -> str:
        """The signature that sacreBLEU gives."""
        return f"{self.name}|{self._metric.get_signature()}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return the score of each summary, from 0 to 1."""
        scores = [
            self._metric.sentence_score(
                " ".join(s.summary.split()), [" ".join(r.split()) for r in s.references]
            )
            for s in samples
        ]
        return {self.name: np.array([found.score / 100 for found in scores])}


class Bleu(_SacreBleu):
    """BLEU with effective order, so that a short summary is not 0."""

    name = "bleu"

    def __init__(self) -> None:
        from sacrebleu.metrics import BLEU

        self._metric = BLEU(effective_order=True)


class ChrF(_SacreBleu):
    """Character n-gram F-score.

    Args:
        word_order: 2 for chrF++.
    """

    name = "chrf"

    def __init__(self, word_order: int = 0) -> None:
        from sacrebleu.metrics import CHRF

        self._metric = CHRF(word_order=int(word_order))
