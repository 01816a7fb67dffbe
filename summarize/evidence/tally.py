"""Tally: how well many lines are supported, in figures for reports. Reads finished lines, checks nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from summarize.brief import Line


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts over many lines; the sum of two is the tally of all their lines.

    Attributes:
        lines: how many there are.
        support: the sum, over the lines, of the score of each line's best evidence; a line without counts 0.
        kinds: how many flags of each kind, the most frequent first.
    """

    lines: int = 0
    support: float = 0.0
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def flags_per_100(self) -> float:
        """Flags for each hundred lines; 0 for no line."""
        return 100 * sum(self.kinds.values()) / max(1, self.lines)

    @property
    def mean_support(self) -> float:
        """The mean score of each line's best evidence, 0 to 1; 0 for no line."""
        return self.support / max(1, self.lines)

    def __add__(self, other: Tally) -> Tally:
        kinds = Counter(self.kinds) + Counter(other.kinds)
        return Tally(self.lines + other.lines, self.support + other.support, dict(kinds.most_common()))


def tally(lines: Iterable[Line]) -> Tally:
    """Count the flags of lines and add up their support.

    Example:
        >>> from summarize.brief import Evidence, Flag
        >>> found = tally([Line("A", (Evidence(0, 0, 1, 0.5),)), Line("9", (), (Flag(0, 1, "number"),))])
        >>> found.flags_per_100, found.mean_support, dict(found.kinds)
        (50.0, 0.25, {'number': 1})
    """
    lines = list(lines)
    kinds = Counter(flag.kind for line in lines for flag in line.flags)
    support = [max((found.score for found in line.evidence), default=0.0) for line in lines]
    return Tally(len(lines), sum(support), dict(kinds.most_common()))
