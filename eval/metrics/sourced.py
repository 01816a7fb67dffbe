"""Metrics that need the article and no reference: extraction, support, and what an editor would look at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from summarize import parse
from summarize.document import Document
from summarize.errors import OptionError
from summarize.evidence import attach, tally
from summarize.language.text import sentence_spans
from summarize.style import STYLES
from summarize.version import __version__

from ..statistics import Statistics, describe
from .base import Floats, Metric, Sample
from .editing import KINDS, defects_of

_FIGURES = ("words", "compression", "coverage", "density", "new_unigrams", "new_bigrams", "repetition")


class Extraction(Metric):
    """How long a summary is, and how much of it is copied, new or repeated."""

    name = "statistics"
    needs_article = True

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
    needs_article = True

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


class Editing(Metric):
    """What an editor would look at in a summary, by `summarize_eval.metrics.editing`; English only.

    Args:
        style: whose rules its lines are held to: "headline", "bullets" or "wysk".
        kinds: "all" to give each kind a figure too.
    """

    name = "editing"
    needs_article = True

    def __init__(self, style: str = "bullets", kinds: str = "") -> None:
        if style not in (names := [one.name for one in STYLES]):
            raise OptionError(f"no style is called {style!r}; the styles are {', '.join(names)}")
        self._style = style
        self._kinds = tuple(KINDS) if kinds == "all" else ()
        self._parse = lru_cache(maxsize=8)(parse)

    @property
    def signature(self) -> str:
        """Name, style and version."""
        return f"{self.name}|style:{self._style}|version:{__version__}"

    def score(self, samples: Sequence[Sample]) -> dict[str, Floats]:
        """Return the share of lines without a defect, the defects a line, and on request each kind."""
        found = []
        for sample in samples:
            document = self._parse(sample.article)
            found.append(defects_of(attach(_lines(sample.summary), document), document, self._style))
        return {
            "clean": np.array([1 - one.flawed / max(one.lines, 1) for one in found]),
            "defects": np.array([one.per_100 / 100 for one in found]),
            **{kind: np.array([float(one.kinds.get(kind, 0)) for one in found]) for kind in self._kinds},
        }


def _lines(summary: str) -> list[str]:
    return [
        line[start:end]
        for line in summary.splitlines()
        for start, end in sentence_spans(line)
        if line[start:end].strip()
    ]
