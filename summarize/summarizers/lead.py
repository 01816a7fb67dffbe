"""Lead: the first sentences of the story, in order. The baseline that news is hard to beat with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from summarize.summarizers.base import ExtractiveSummarizer

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.summarizers.base import Scores


class Lead(ExtractiveSummarizer):
    """Prefers sentences by their place alone."""

    about: ClassVar[str] = "the first sentences of the story"
    growth: ClassVar[tuple[float, int]] = (2e-5, 1)

    def score(self, document: Document) -> Scores:
        """Return 1 for the first sentence, falling to above 0 for the last; shape (sentences,)."""
        import numpy as np

        count = len(document.sentences)
        return np.arange(count, 0, -1, dtype=np.float64) / count
