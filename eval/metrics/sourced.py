"""Metrics that need the article and no reference: extraction and length, and what the article supports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from summarize import parse
from summarize.document import Document
from summarize.evidence import attach, tally
from summarize.language.text import sentence_spans
from summarize.version import __version__

from ..statistics import Statistics, describe
from .base import Floats, Metric, Sample

_FIGURES = ("words", "compression", "coverage", "density", "new_unigrams", "new_bigrams", "repetition")


class Extraction(Metric):
    """How long a summary is, and how much of it is copied, new or repeated."""

    name = "statistics"

    @property
    def signature(self) -> str:
        """Name and version."""
        return f"{self.name}|version:{__version__}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return each of its figures."""
        found: list[Statistics] = [describe(sample.article, sample.summary) for sample in samples]
        return {name: np.array([float(getattr(one, name)) for one in found]) for name in _FIGURES}


class Support(Metric):
    """How much of a summary the article supports, and how many stretches it does not."""

    name = "support"

    def __init__(self) -> None:
        self._parse = lru_cache(maxsize=8)(parse)

    @property
    def signature(self) -> str:
        """Name and version."""
        return f"{self.name}|version:{__version__}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return the mean support of the lines and the flags a line."""
        tallies = [tally(attach(_lines(s.summary), self._document(s.article))) for s in samples]
        return {
            "support": np.array([found.mean_support for found in tallies]),
            "flags": np.array([found.flags_per_100 / 100 for found in tallies]),
        }

    def _document(self, article: str) -> Document:
        return self._parse(article)


def _lines(summary: str) -> list[str]:
    return [
        line[start:end]
        for line in summary.splitlines()
        for start, end in sentence_spans(line)
        if line[start:end].strip()
    ]
