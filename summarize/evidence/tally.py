"""Tally: how well many lines are borne out, in figures for reports. Reads finished lines, checks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarize.brief import Line


@dataclass(frozen=True, slots=True)
class Tally:
    """What many lines come to.

    Attributes:
        lines: how many there are.
        flags_per_100: flags for each hundred lines.
        mean_support: the mean score of each line's best evidence, 0 to 1; a line without counts 0.
        kinds: how many flags of each kind, the most frequent first.
    """

    lines: int
    flags_per_100: float
    mean_support: float
    kinds: Mapping[str, int]


def tally(lines: Iterable[Line]) -> Tally:
    """Count the flags of lines and average their support; zeros for no line at all.

    Example:
        >>> from summarize.brief import Evidence, Flag
        >>> found = tally([Line("A", (Evidence(0, 0, 1, 0.5),)), Line("9", (), (Flag(0, 1, "number"),))])
        >>> found.flags_per_100, found.mean_support, dict(found.kinds)
        (50.0, 0.25, {'number': 1})
    """
    lines = list(lines)
    kinds = Counter(flag.kind for line in lines for flag in line.flags)
    support = [max((found.score for found in line.evidence), default=0.0) for line in lines]
    count = max(1, len(lines))
    return Tally(len(lines), 100 * kinds.total() / count, sum(support) / count, dict(kinds.most_common()))
