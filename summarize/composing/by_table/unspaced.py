"""A headline in a script without blanks between words: runs of clauses of a sentence, by its table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.language.scripts import UNSPACED_LETTER
from summarize.language.table import LanguageTable

_LEAST_CHARACTERS = 8
_BREAK_UNSPACED = re.compile(r"[，、；：,;:](?!\d)\s*|(?<!\d)\s+(?!\d)")  # not in "อย่างน้อย 9 คน"


def is_unspaced(line: str) -> bool:
    """Tell whether most of a line is in a script without blanks between words."""
    return not line.isascii() and 2 * len(UNSPACED_LETTER.findall(line)) > len(line.replace(" ", ""))


def clause_runs(line: str, rules: LanguageTable) -> Iterator[str]:
    """Yield runs of clauses of a script without blanks, the fullest first; then without times."""
    yield from _runs(line, rules)
    if (timeless := rules.times.sub("", line)) != line:
        yield from _runs(timeless, rules)


def _runs(line: str, rules: LanguageTable) -> Iterator[str]:
    breaks = [(found.start(), found.end()) for found in _BREAK_UNSPACED.finditer(line)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(line)]
    runs = [
        (starts[first], ends[last])
        for first in range(len(starts))
        for last in range(first, len(ends))
        if _begins(line, first, starts, ends, rules) and _finishes(line, last, ends, starts, rules)
    ]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        if len(line[start:end]) >= _LEAST_CHARACTERS:
            yield line[start:end]


def _begins(line: str, first: int, starts: Sequence[int], ends: Sequence[int], rules: LanguageTable) -> bool:
    """Whether a headline may begin with this clause: it needs none of those before."""
    clause = line[starts[first] : ends[first]]
    if clause.startswith(rules.words("headline", "dependent")) or rules.leaning.match(clause):
        return False
    if not first:
        return True
    before = line[starts[first - 1] : ends[first - 1]]
    leads, said = rules.words("headline", "leads"), rules.words("headline", "said")
    drops = before.startswith(leads) or before.endswith((*said, *leads))
    return drops and all(
        line[starts[i] : ends[i]].startswith(leads) or line[starts[i] : ends[i]].endswith((*said, *leads))
        for i in range(first)
    )


def _finishes(line: str, last: int, ends: Sequence[int], starts: Sequence[int], rules: LanguageTable) -> bool:
    """Whether a headline may end with this clause: it is the last, or says something by itself."""
    if last == len(ends) - 1:
        return True
    clause = line[starts[last] : ends[last]]
    finished, unfinished = rules.words("headline", "finished"), rules.words("headline", "unfinished")
    verbs = rules.words("headline", "verbs")
    if finished:
        return clause.endswith(finished)
    # "if the plan is finished in time" is half of a thought where what follows is cut off.
    if (
        not unfinished
        or clause.endswith(unfinished)
        or clause.startswith(rules.words("headline", "dependent"))
    ):
        return False
    return len(clause) >= _LEAST_CHARACTERS and (not verbs or any(verb in clause[2:-2] for verb in verbs))
