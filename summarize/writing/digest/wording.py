"""What every format of a digest says in the same words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from summarize.brief import Brief
from summarize.writing.wording import independent, name_of, newest, squeeze

if TYPE_CHECKING:
    from summarize.story.digest import Digest

SINGLES = "Told by one source"
NOT_READ = "Not read"


def title(digest: Digest) -> str:
    """Return what a digest is called.

    Example:
        >>> from types import SimpleNamespace
        >>> title(SimpleNamespace(made=datetime(2026, 3, 1)))
        'News digest, 1 March 2026'
    """
    return f"News digest, {digest.made.day} {digest.made:%B %Y}"


def summary(digest: Digest) -> str:
    """Return how much is in it, in a line."""
    briefs = (*digest.stories, *digest.singles)
    outlets = independent(document for brief in briefs for document in brief.documents)
    counts = (
        (len(digest.stories), "story", "stories"),
        (len(digest.singles), "single article", "single articles"),
        (outlets, "source", "sources"),
    )
    return ", ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts)


def told(brief: Brief) -> str:
    """Return how many independent sources tell a story, and when the last did."""
    count, last = independent(brief.documents), newest(brief)
    sources = "1 source" if count == 1 else f"{count} independent sources"
    return f"{sources}, the last {moment(last)}" if last else sources


def moment(when: datetime) -> str:
    """Return a moment as readers write it.

    Example:
        >>> moment(datetime(2026, 3, 1, 9, 5))
        '1 March 2026, 09:05 UTC'
    """
    return f"{when.day} {when:%B %Y, %H:%M} UTC"


def heading(brief: Brief) -> str:
    """Return the headline of a brief, or the article's own."""
    return squeeze(brief.headline.text) if brief.headline else name_of(brief)


def not_read(digest: Digest) -> list[str]:
    """Return a line for each source that could not be read."""
    return [squeeze(str(failure)) for failure in digest.failures]
