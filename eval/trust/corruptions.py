"""Lines made wrong by rule, and the share that checking catches: `summarize-eval trust --parts corruptions`.

Each line is a sentence of its article with one thing changed, of ten kinds; as controls stand sentences as
they are, and as `news` compresses them. Articles are drawn by a fixed seed. English only.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize import load, parse
from summarize.document import Document
from summarize.encoder import analyse
from summarize.evidence import check
from summarize.language.words import MONTHS, WEEKDAYS
from summarize.reading.columns import Columns
from summarize.reading.inputs import each_row, open_inputs
from summarize.reading.rows import article_of

SET, SKIPPED = "cnndm_validation", 600  # the rows that nothing was trained on
EACH, SEED = 40, 2027
_MODAL = re.compile(r"\b(?:may|might|could)\b")
_HEDGE = re.compile(r"\b(?:allegedly|reportedly|apparently|possibly|probably) ")
_NEGATABLE = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should)\b(?! not|n['’]t)")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w.,%]|\s(?:a\.m|p\.m))")
_DAY = re.compile(
    rf"\b(?:{'|'.join(day for day in [*WEEKDAYS, *MONTHS] if day.isalpha() and len(day) > 3)})\b"
)
_CONDITION = re.compile(
    r"(?<!even)(?<!see)(?<!know)(?<!asked)(?<!Asked)(?<!sure)(?<!as)(?<!wonder)(?<!determine),? "
    r"(?:if|unless) (?:\w+[ ’']){3,}[^,.\"”]+(?=\.$)"
)
_OPPOSITES = {
    "rose": "fell", "fell": "rose", "increased": "decreased", "won": "lost", "lost": "won", "before": "after",
    "after": "before", "first": "last", "more": "fewer", "accepted": "rejected", "rejected": "accepted",
    "opened": "closed", "agreed": "refused", "arrested": "released", "guilty": "innocent",
    "supports": "opposes", "joined": "left", "began": "ended", "allowed": "banned", "highest": "lowest",
    "best": "worst", "died": "survived",
}  # fmt: skip
_OPPOSITE = re.compile(rf"\b(?:{'|'.join(_OPPOSITES)})\b")
_SAID = re.compile(r"[\"”] (?:said|says) ([A-Z]\w+ [A-Z]\w+)")


@dataclass(frozen=True, slots=True)
class Caught:
    """How many corrupted lines of a kind were made, and how many checking flagged or called unsupported."""

    kind: str
    lines: int
    caught: int


def run(data_dir: Path, each: int = EACH) -> list[Caught]:
    """Corrupt lines of each kind, check them and their controls, and count.

    Args:
        data_dir: the folder that holds `cnndm_validation`.
        each: how many lines of a kind at most.

    Raises:
        InputError: where the set is missing.
    """
    everything = _documents(data_dir)
    documents = everything[SKIPPED:]
    random.Random(SEED).shuffle(documents)
    names = [_people(document) for document in documents]
    found = []
    for kind, corrupt in KINDS.items():
        lines = _corrupted(corrupt, documents, names, each)
        found.append(Caught(kind, len(lines), sum(is_caught(line, document) for line, document in lines)))
    for kind, lines in (("copied", _copied(everything)), ("compressed", _compressed(documents, 4 * each))):
        found.append(Caught(kind, len(lines), sum(is_caught(line, document) for line, document in lines)))
    return found


def is_caught(line: str, document: Document) -> bool:
    """Whether checking flags a line or calls it unsupported."""
    verdict = check(line, document)
    return not verdict.faithful or any(one.flags for one in verdict.lines)


def show(found: Sequence[Caught]) -> str:
    """Return the counts as a table."""
    wrong = [one for one in found if one.kind in KINDS]
    right = [one for one in found if one.kind not in KINDS]
    lines = [f"{'changed':24} lines  caught"]
    lines += [f"{one.kind:24} {one.lines:5} {one.caught / max(one.lines, 1):7.0%}" for one in wrong]
    total, caught = sum(one.lines for one in wrong), sum(one.caught for one in wrong)
    lines += [f"{'all':24} {total:5} {caught / max(total, 1):7.0%}", "", f"{'control':24} lines  passed"]
    lines += [f"{one.kind:24} {one.lines:5} {1 - one.caught / max(one.lines, 1):7.0%}" for one in right]
    return "\n".join(lines)


Names = Sequence[str]
Corrupt = Callable[[str, Names, Names, random.Random], str | None]


def _documents(data_dir: Path) -> list[Document]:
    sources = open_inputs([str(next(iter(data_dir.glob(f"{SET}.jsonl*")), data_dir / f"{SET}.jsonl"))])
    asked = Columns("article")
    texts = [article_of(row, asked).text for source in sources for row in each_row(source, asked)]
    return [parse(text, language="en") for text in texts]


def _people(document: Document) -> list[str]:
    lines = [sentence.line for sentence in document.sentences[:20]]
    found = dict.fromkeys(
        " ".join(a.words.tokens[name.start : name.end])
        for a in analyse(lines)
        if a is not None
        for name in a.names
        if name.kind == "PER" and name.end == name.start + 2
    )
    return [name for name in found if "." not in name and "'" not in name]


def _corrupted(
    corrupt: Corrupt, documents: Sequence[Document], names: Sequence[Names], each: int
) -> list[tuple[str, Document]]:
    draw, found = random.Random(SEED), []
    for number, document in enumerate(documents):
        others = names[(number + 1) % len(names)]
        for sentence in document.sentences[:15]:
            line = sentence.line
            changed = corrupt(line, names[number], others, draw) if 6 <= len(line.split()) <= 45 else None
            if changed is not None and changed != line:
                found.append((changed, document))
                break
        if len(found) == each:
            break
    return found


def _copied(documents: Sequence[Document]) -> list[tuple[str, Document]]:
    return [(sentence.line, document) for document in documents for sentence in document.sentences[:3]]


def _compressed(documents: Sequence[Document], most: int) -> list[tuple[str, Document]]:
    briefs = load("news").brief([document for document in documents if document.sentences][: most // 2])
    lines = [
        (str(line), brief.document) for brief in briefs for line in (*brief.bullets[:1], *brief.wysk[:1])
    ]
    return lines[:most]


def _number(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _NUMBER.search(line)
    return match and _put(line, match, str(int(match.group()) + draw.choice([1, 3, 10])))


def _date(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _DAY.search(line)
    if match is None:
        return None
    kinds = WEEKDAYS if match.group() in WEEKDAYS else MONTHS
    return _put(
        line,
        match,
        draw.choice(sorted(day for day in kinds if day.isalpha() and day != match.group() and len(day) > 3)),
    )


def _swap(line: str, own: Names, given: Sequence[str], draw: random.Random) -> str | None:
    here = [name for name in own if name in line]
    other = [name for name in given if name not in line and name.split()[1] not in line]
    return line.replace(here[0], draw.choice(other), 1) if here and other else None


def _another(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    return _swap(line, own, own, draw)


def _new(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    return _swap(line, own, others, draw)


def _negation(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _NEGATABLE.search(line)
    return match and _put(line, match, f"{match.group()} not")


def _certain(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _MODAL.search(line)
    return match and _put(line, match, "will")


def _unhedged(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _HEDGE.search(line)
    return match and _put(line, match, "")


def _opposite(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _OPPOSITE.search(line)
    return match and _put(line, match, _OPPOSITES[match.group()])


def _speaker(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _SAID.search(line)
    other = [name for name in own if name not in line]
    return (
        _put(line, match, match.group().replace(match.group(1), draw.choice(other)))
        if match and other
        else None
    )


def _unconditional(line: str, own: Names, others: Names, draw: random.Random) -> str | None:
    match = _CONDITION.search(line)
    return match and _put(line, match, "")


def _put(line: str, match: re.Match[str], new: str) -> str:
    return line[: match.start()] + new + line[match.end() :]


KINDS: dict[str, Corrupt] = {
    "a number": _number,
    "a day or month": _date,
    "a new name": _new,
    "another of the article": _another,
    "the speaker of a quote": _speaker,
    "a negation": _negation,
    "an opposite": _opposite,
    "may to will": _certain,
    "a lost hedge": _unhedged,
    "a lost condition": _unconditional,
}
