"""Metrics that count what a summary shares with its references: ROUGE, BLEU, chrF, METEOR.

BLEU and chrF are of single summaries, not of a corpus: they are to be averaged and correlated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from summarize.errors import MissingDependencyError

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


class Meteor(Metric):
    """METEOR by NLTK: words, stems and WordNet's synonyms, and how often their order breaks off.

    WordNet is no part of NLTK's package: `python -m nltk.downloader wordnet` fetches it.

    Args:
        alpha, beta, gamma: as in NLTK, whose defaults are those of S. Banerjee and A. Lavie, 2005.

    Raises:
        MissingDependencyError: where WordNet is not on this machine.
    """

    name = "meteor"
    package, extra = "nltk", "metrics"

    def __init__(self, alpha: float = 0.9, beta: float = 3.0, gamma: float = 0.5) -> None:
        from nltk.corpus import wordnet

        try:
            wordnet.ensure_loaded()
        except LookupError as error:
            raise MissingDependencyError(
                "meteor needs WordNet, which NLTK's package lacks: python -m nltk.downloader wordnet"
            ) from error
        self._weights = {"alpha": float(alpha), "beta": float(beta), "gamma": float(gamma)}

    @property
    def signature(self) -> str:
        """Weights and NLTK's version."""
        from nltk import __version__

        weights = "|".join(f"{name}:{value:g}" for name, value in self._weights.items())
        return f"{self.name}|{weights}|words:a-z0-9|nltk:{__version__}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return the score against the best reference, from 0 to 1."""
        from nltk.translate.meteor_score import meteor_score

        scores = [
            meteor_score(list(map(_words, sample.references)), _words(sample.summary), **self._weights)
            for sample in samples
        ]
        return {self.name: np.array(scores, dtype=float)}


def _words(text: str) -> list[str]:
    """Return the words that ROUGE sees, too: NLTK's own splitter would need a download.

    Example:
        >>> _words("The cat, 30-day")
        ['the', 'cat', '30', 'day']
    """
    return re.findall("[a-z0-9]+", text.lower())
