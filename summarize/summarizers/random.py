"""Random: a seeded lottery, the floor that any summarizer must beat."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

from summarize.summarizers.base import ExtractiveSummarizer

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.summarizers.base import Scores


class Random(ExtractiveSummarizer):
    """Draws sentences by lot; the same seed and text always draw the same.

    Args:
        seed: another seed, another draw.
    """

    about: ClassVar[str] = "sentences drawn by lot, the floor"
    growth: ClassVar[tuple[float, int]] = (2e-5, 1)

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def score(self, document: Document) -> Scores:
        """Return one number from 0 to below 1 for each sentence, shape (sentences,)."""
        import numpy as np

        # The text is part of the seed, so that the articles of a collection are not drawn alike.
        text = crc32(document.text.encode("utf-8", "replace"))
        return np.random.default_rng([self.seed & 0xFFFFFFFF, text]).random(len(document.sentences))
