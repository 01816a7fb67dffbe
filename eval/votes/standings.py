"""Votes -> who is ahead in each part, how far the side decided, and whether people agree. Pure; no layout.

Systems are told apart by their signatures: two versions of one summarizer are two systems.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.web.voting.ballots import PARTS, Vote

from ..significance import CONFIDENCE, SAMPLES, SEED
from .strengths import PRIOR, Floats, preferred, strengths

_Z = 1.959964  # of a 95 % interval


@dataclass(frozen=True)
class Standing:
    """How one system does in one part.

    Attributes:
        system: its signature.
        name: its name, or the signature where several systems have that name.
        strength: the logarithm of its Bradley-Terry strength; the mean over systems is 0.
        preferred: how often it is preferred to one of the others drawn by lot, a draw counting half.
        low, high: the bootstrap interval of `preferred`; NaN for fewer than two ballots.
        votes, wins, losses, both, neither: counts; the last two are draws.
    """

    system: str
    name: str
    strength: float
    preferred: float
    low: float
    high: float
    votes: int
    wins: int
    losses: int
    both: int
    neither: int


@dataclass(frozen=True)
class PositionBias:
    """How often the left side won where one did: a half, if sides do not matter.

    Attributes:
        decided: votes for left or right.
        share: of them that were for left; NaN for none.
        low, high: its interval of 95 % (E. B. Wilson, 1927).
    """

    decided: int
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class VoterAgreement:
    """Whether two people choose the same where both judged one pair of briefs of one article.

    Attributes:
        compared: pairs of votes by different voters on the same part of the same two briefs.
        share: of them that agree, of four answers: one brief, the other, both, neither; NaN for none.
        pi: agreement beyond chance, 1 at most (W. A. Scott, 1955); which brief is which counts as
            chance. NaN where it is not defined.
        again, again_share: the same for two votes by one voter.
    """

    compared: int
    share: float
    pi: float
    again: int
    again_share: float


@dataclass(frozen=True)
class PartStandings:
    """One part, or all together.

    Attributes:
        part: "headline", "bullets", "wysk", or "all".
        votes, articles, voters: counts.
        systems: the strongest first.
        bias: of position.
        agreement: between voters.
    """

    part: str
    votes: int
    articles: int
    voters: int
    systems: tuple[Standing, ...]
    bias: PositionBias
    agreement: VoterAgreement


def standings(
    votes: Sequence[Vote], samples: int = SAMPLES, seed: int = SEED, confidence: float = CONFIDENCE
) -> list[PartStandings]:
    """Return the standings of each part that was voted on, then of all parts together.

    Args:
        votes: as they are kept.
        samples: of the bootstrap, which draws articles and then ballots; 0 for no intervals.
        seed: of its draws; equal seeds give equal intervals.
        confidence: the share of resampled figures inside an interval.
    """
    names = _names(votes)
    by_part = {part: [vote for vote in votes if vote.part == part] for part in PARTS}
    groups = [(part, found) for part, found in by_part.items() if found]
    if len(groups) > 1:
        groups.append(("all", list(votes)))
    return [
        PartStandings(
            part,
            len(found),
            len({vote.text_hash for vote in found}),
            len({vote.voter for vote in found}),
            _ranked(found, names, samples, seed, confidence),
            position_bias(found),
            voter_agreement(found),
        )
        for part, found in groups
    ]


def wins_of(votes: Iterable[Vote], systems: Sequence[str]) -> Floats:
    """Return how often each system was preferred to each, shape (systems, systems), a draw half for both.

    Example:
        >>> vote = Vote("1", "a", "h", "wysk", "x", "x|1", "y", "y|1", "both", "v", "")
        >>> wins_of([vote], ["x|1", "y|1"]).tolist()
        [[0.0, 0.5], [0.5, 0.0]]
    """
    place = {system: number for number, system in enumerate(systems)}
    wins = np.zeros((len(systems), len(systems)))
    for vote in votes:
        left, right = place[vote.left_signature], place[vote.right_signature]
        for_left = {"left": 1.0, "right": 0.0}.get(vote.choice, 0.5)
        wins[left, right] += for_left
        wins[right, left] += 1 - for_left
    return wins


def _ranked(
    votes: Sequence[Vote], names: dict[str, str], samples: int, seed: int, confidence: float
) -> tuple[Standing, ...]:
    systems = sorted({system for vote in votes for system in (vote.left_signature, vote.right_signature)})
    found = strengths(wins_of(votes, systems))
    shares = preferred(found)
    low, high = _interval(votes, systems, samples, seed, confidence)
    ranked = []
    for number, system in enumerate(systems):
        strength, share, least, most = (float(values[number]) for values in (found, shares, low, high))
        had = Counter(_outcomes(votes, system))
        counts = (had[outcome] for outcome in ("wins", "losses", "both", "neither"))
        ranked.append(Standing(system, names[system], strength, share, least, most, had.total(), *counts))
    return tuple(sorted(ranked, key=lambda one: (-one.strength, one.system)))


def _interval(
    votes: Sequence[Vote], systems: Sequence[str], samples: int, seed: int, confidence: float
) -> tuple[Floats, Floats]:
    """Return the bootstrap interval of `preferred`: articles are drawn, then ballots on each of them."""
    by_article: dict[str, dict[str, list[Vote]]] = defaultdict(lambda: defaultdict(list))
    for vote in votes:
        by_article[vote.text_hash][vote.ballot].append(vote)
    if sum(map(len, by_article.values())) < 2 or not samples:
        nothing = np.full(len(systems), math.nan)
        return nothing, nothing
    rng = np.random.default_rng(seed)
    articles = len(by_article)
    times = rng.multinomial(articles, np.full(articles, 1 / articles), size=samples)
    drawn = np.zeros((samples, len(systems), len(systems)))
    for number, article in enumerate(sorted(by_article)):
        wins = np.array([wins_of(ballot, systems) for ballot in by_article[article].values()])
        ballots = rng.multinomial(times[:, number] * len(wins), np.full(len(wins), 1 / len(wins)))
        drawn += np.tensordot(ballots.astype(np.float64), wins, axes=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(preferred(strengths(drawn, PRIOR)), [tail, 1 - tail], axis=0)
    return low, high


def _outcomes(votes: Iterable[Vote], system: str) -> Iterable[str]:
    for vote in votes:
        if system in (vote.left_signature, vote.right_signature):
            won = "left" if system == vote.left_signature else "right"
            yield vote.choice if vote.choice in ("both", "neither") else _WON[vote.choice == won]


_WON = {True: "wins", False: "losses"}


def position_bias(votes: Iterable[Vote]) -> PositionBias:
    """Return how often the left side won where one did.

    Example:
        >>> found = position_bias([])
        >>> found.decided, found.low, found.high
        (0, 0.0, 1.0)
    """
    chosen = Counter(vote.choice for vote in votes)
    decided = chosen["left"] + chosen["right"]
    if not decided:
        return PositionBias(0, math.nan, 0.0, 1.0)
    share = chosen["left"] / decided
    middle = (share + _Z**2 / (2 * decided)) / (1 + _Z**2 / decided)
    half = _Z / (1 + _Z**2 / decided) * math.sqrt(share * (1 - share) / decided + (_Z / decided) ** 2 / 4)
    return PositionBias(decided, share, max(middle - half, 0.0), min(middle + half, 1.0))


def voter_agreement(votes: Iterable[Vote]) -> VoterAgreement:
    """Return how far people agree where an article was voted on twice with the same two briefs."""
    judged: dict[tuple[str, str, frozenset[str]], list[tuple[str, str]]] = defaultdict(list)
    for vote in votes:
        pair = frozenset((vote.left_signature, vote.right_signature))
        judged[vote.text_hash, vote.part, pair].append((vote.voter, _answer(vote)))
    different, same = np.zeros(2, int), np.zeros(2, int)  # pairs of votes, and how many of them agree
    answers: Counter[str] = Counter()
    for group in judged.values():
        by_voter: dict[str, list[str]] = defaultdict(list)
        for voter, answer in group:
            by_voter[voter].append(answer)
        own = sum((_pairs(given) for given in by_voter.values()), np.zeros(2, int))
        same += own
        different += _pairs([answer for _, answer in group]) - own
        for voter, answer in group:  # once for each vote by somebody else that it is compared with
            kind = answer if answer in ("both", "neither") else "one side"
            answers[kind] += len(group) - len(by_voter[voter])
    share = _share(different)
    return VoterAgreement(int(different[0]), share, _pi(share, answers), int(same[0]), _share(same))


def _pairs(answers: Sequence[str]) -> NDArray[np.int_]:
    """Return how many pairs there are of some answers, and how many of them are alike."""
    alike = sum(math.comb(times, 2) for times in Counter(answers).values())
    return np.array([math.comb(len(answers), 2), alike])


def _answer(vote: Vote) -> str:
    """What was chosen, by signature and not by side."""
    return {"left": vote.left_signature, "right": vote.right_signature}.get(vote.choice, vote.choice)


def _pi(share: float, answers: Counter[str]) -> float:
    """Agreement beyond chance. Which of two briefs is named is even by chance: their order means nothing."""
    total = answers.total()
    if not total:
        return math.nan
    chance = (answers["one side"] / total) ** 2 / 2
    chance += sum((answers[kind] / total) ** 2 for kind in ("both", "neither"))
    return (share - chance) / (1 - chance) if chance < 1 else math.nan


def _share(pairs: NDArray[np.int_]) -> float:
    return float(pairs[1] / pairs[0]) if pairs[0] else math.nan


def _names(votes: Iterable[Vote]) -> dict[str, str]:
    """Return what to call each signature: its name, where no other has it."""
    names: dict[str, str] = {}
    for vote in votes:
        names |= {vote.left_signature: vote.left, vote.right_signature: vote.right}
    times = Counter(names.values())
    return {system: name if times[name] == 1 else system for system, name in names.items()}
