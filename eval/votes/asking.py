"""Which pair of briefs to ask a voter about next: the one that tells most, given all votes so far.

The same votes give the same answer: nothing is drawn. Which brief stands on which side is drawn where the
ballot is made.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations

import numpy as np

from summarize.web.voting.ballots import PARTS, Vote

from .standings import wins_of
from .strengths import Floats, covariance, information, strengths

# Every fifth pair of a voter is one that somebody else has judged, so that agreement can be told.
_SHARED = 5

Pair = frozenset[str]


def next_pair(
    votes: Sequence[Vote],
    systems: Sequence[str],
    articles: Sequence[str],
    voter: str,
    passed: Collection[tuple[str, Pair]] = (),
) -> tuple[str, Pair] | None:
    """Return the article and the two systems to ask a voter about, or None where nothing is left.

    The pair of systems is that whose comparison is expected to tell most of the strengths, in all parts
    together; the article is one with few votes on that pair, and another for each voter.

    Args:
        votes: all that were cast.
        systems: signatures.
        articles: hashes of their texts.
        voter: who is asked; never twice about the same.
        passed: what cannot be asked, as (article, pair): handed out already, or not to be had.

    Example:
        >>> next_pair([], ["a", "b"], ["h"], "me") == ("h", frozenset("ab"))
        True
    """
    known = set(systems)
    ballots = {vote.ballot: vote for vote in votes}.values()
    asked = Counter((vote.text_hash, _pair(vote)) for vote in ballots)
    mine = {(vote.text_hash, _pair(vote)) for vote in ballots if vote.voter == voter}
    gain = gains([vote for vote in votes if _pair(vote) <= known], systems)
    pairs = sorted(combinations(range(len(systems)), 2), key=lambda pair: (-gain[pair].round(9), pair))
    left = [
        (article, frozenset((systems[one], systems[other]))) for one, other in pairs for article in articles
    ]
    left = [place for place in left if place not in mine and place not in passed]
    if len(mine) % _SHARED == _SHARED - 1:
        left = [place for place in left if asked[place]] or left
    if not left:
        return None
    best = left[0][1]
    return min(
        (place for place in left if place[1] == best), key=lambda place: (asked[place], _lot(voter, place[0]))
    )


def gains(votes: Sequence[Vote], systems: Sequence[str]) -> Floats:
    """Return how much a comparison of each two systems would tell, all parts together, in nats.

    Args:
        votes: on these systems only.
        systems: signatures.

    Returns:
        Shape (systems, systems), symmetrical.
    """
    total = np.zeros((len(systems), len(systems)))
    for part in PARTS:
        wins = wins_of([vote for vote in votes if vote.part == part], systems)
        found = strengths(wins)
        total += information(found, covariance(wins, found))
    return total


def _pair(vote: Vote) -> Pair:
    return frozenset((vote.left_signature, vote.right_signature))


def _lot(voter: str, article: str) -> str:
    """An order of articles of each voter's own, so that several who begin at once read different ones."""
    return hashlib.sha256(f"{voter}\0{article}".encode("utf-8", "replace")).hexdigest()
