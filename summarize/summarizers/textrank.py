"""TextRank: PageRank over the similarity of sentences. The default, and `plain` for the textbook method.

Mihalcea and Tarau 2004, "TextRank: Bringing order into texts", with what news asks for: the random
surfer restarts near the top of the story and at sentences dense with names and numbers, and a vote
counts more when a later sentence casts it for an earlier one, since news states first what it then
explains (the direction of Zheng and Lapata 2019, "Sentence centrality revisited").

How votes are counted is `summarize.summarizers.votes`.
"""

from __future__ import annotations

from typing import ClassVar

from summarize.document import Document
from summarize.errors import OptionError
from summarize.summarizers.base import ExtractiveSummarizer
from summarize.summarizers.centrality import centrality
from summarize.summarizers.votes import Vector


class TextRank(ExtractiveSummarizer):
    """Ranks sentences by the votes of similar ones, restarting near the top of the story.

    Args:
        damping: the share of a sentence's score that votes decide, 0 to below 1.
        direction: the weight of a vote for an earlier sentence against one for a later, 0.5 to 1.
        position: how fast the prior falls with the sentence's place i, as 1 / (1 + i) ** position.
        plain: rank as Mihalcea and Tarau and sumy do, by shared words over log lengths; the other options
            are then left aside.
    """

    about: ClassVar[str] = "PageRank over sentence similarity, with position and direction"

    def __init__(
        self, damping: float = 0.6, direction: float = 0.8, position: float = 0.5, plain: bool = False
    ) -> None:
        if not 0 <= damping < 1:
            raise OptionError(f"damping must be from 0 to below 1, not {damping}")
        if not 0.5 <= direction <= 1:
            raise OptionError(f"direction must be from 0.5 to 1, not {direction}")
        if not 0 <= position <= 10:
            raise OptionError(f"position must be from 0 to 10, not {position}")
        self.damping = damping
        self.direction = direction
        self.position = position
        self.plain = plain

    def score(self, document: Document) -> Vector:
        """Return the stationary probability of each sentence, shape (sentences,)."""
        if self.plain:
            from summarize.summarizers.plain_textrank import plain_ranks

            return plain_ranks(document.content)
        return centrality(document, self.damping, self.direction, self.position)
