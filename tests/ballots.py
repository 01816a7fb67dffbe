"""Votes for tests, written as one reads them: who was on the left, who on the right, what was chosen."""

from __future__ import annotations

from itertools import count

from summarize.web.voting.ballots import Vote

_NUMBERS = count(1)


def vote(
    left: str,
    choice: str,
    right: str,
    *,
    article: str = "a1",
    voter: str = "ann",
    part: str = "headline",
    ballot: str = "",
) -> Vote:
    """Return a vote; each is of a ballot of its own unless one is named."""
    ballot = ballot or f"b{next(_NUMBERS)}"
    return Vote(
        ballot, article, f"hash of {article}", part, left, f"{left}|v1", right, f"{right}|v1", choice, voter, ""
    )  # fmt: skip


def votes(*rows: tuple[str, str, str, int]) -> list[Vote]:
    """Return votes of (left, choice, right, how many), each by a voter and on an article of its own."""
    numbers = count(1)
    return [
        vote(left, choice, right, article=f"a{number}", voter=f"voter{number}")
        for left, choice, right, times in rows
        for number in (next(numbers) for _ in range(times))
    ]
