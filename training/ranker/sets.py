"""The sets that `news` may be trained on, what editors chose of them, and overlap with a reference."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarize.language.text import stems, words

CHOICES, GRADES, BOXES, QUESTIONS = (
    Path(__file__).with_name(name)
    for name in ("choices.jsonl.gz", "grades.txt", "boxes.jsonl.gz", "questions.jsonl.gz")
)
FOLDS = 5
PRINT = 2  # the grade of a draft or line to be printed
BEST = 3  # that of a line to be printed that is among the best two of a box


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a set of the data folder."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def with_highlights(data: Path) -> list[tuple[str, str, str]]:
    """The articles with highlights that are for training: (source, article, highlights)."""
    found = [("cnndm_train", row["article"], row["highlights"]) for row in rows(data, "cnndm_train")]
    found += [("dailymail_train", row["article"], row["highlights"]) for row in rows(data, "dailymail_train")]
    return found + [
        ("cnndm_train", row["article"], row["highlights"]) for row in rows(data, "cnndm_validation")[:600]
    ]


def with_headlines(data: Path) -> list[tuple[str, str, str]]:
    """The articles with a headline, or what comes near one: (source, article, headline)."""
    half = sorted(rows(data, "wikinews"), key=lambda row: row["id"])[::2]
    found = [("wikinews", row["article"], row["headline"]) for row in half]
    found += [
        ("inshorts_headlines", row["article"], row["headline"]) for row in rows(data, "inshorts_headlines")
    ]
    found += [("xsum_train", row["document"], row["summary"]) for row in rows(data, "xsum_train")[:800]]
    return found + [(name, text, lines.split("\n")[0]) for name, text, lines in with_highlights(data)]


def articles(data: Path) -> dict[tuple[str, int], str]:
    """The same articles by source and row, as choices and grades name them."""
    found: dict[tuple[str, int], str] = {}
    count: Counter[str] = Counter()
    for name, text, _ in with_headlines(data):
        found[name, count[name]] = text
        count[name] += 1
    return found


@dataclass(frozen=True)
class EditorChoice:
    """What an editor chose of one article, by the numbers of its sentences (the first 30 were shown).

    Attributes:
        article: source and row.
        fold: the part of a cross-validation that leaves it out.
        sentences: how many the article had; a parser that finds another number makes the choice worthless.
        worth: of each sentence for "news" (the headline), "bullets" and "box": 1 where it was chosen, about
            half where it could stand in, less than 0 where it may never be a line.
        headline: the stems of the headline that was written, as `hashed` hides them.
    """

    article: tuple[str, int]
    fold: int
    sentences: int
    worth: dict[str, list[float]]
    chosen: dict[str, list[int]]
    headline: Sequence[str]


def choices() -> list[EditorChoice]:
    """Read what editors chose."""
    with gzip.open(CHOICES, "rt", encoding="utf-8") as lines:
        return [_choice(json.loads(line)) for line in lines]


def _choice(row: dict[str, Any]) -> EditorChoice:
    worth = {}
    for part, spare, half in (("news", None, 0.5), ("bullets", "spare", 0.5), ("box", "box_spare", 0.6)):
        figures = [0.0] * min(row["sentences"], 30)
        for i in row["unusable"]:
            figures[i] = -0.3
        for place, i in enumerate(row[part]):
            figures[i] = 1.0 if part != "news" or place == 0 else half
        for i in row[spare] if spare else ():
            figures[i] = half
        worth[part] = figures
    article = (row["source"], row["row"])
    chosen = {part: row[part] for part in worth}
    return EditorChoice(article, fold_of(article), row["sentences"], worth, chosen, row["headline"].split())


def fold_of(article: tuple[str, int]) -> int:
    """The fold of an article, the same whatever the order of a file."""
    return int(sha256(repr(article).encode()).hexdigest(), 16) % FOLDS


@dataclass(frozen=True)
class GradedBox:
    """What editors would print in the box of one article, behind three bullets.

    Attributes:
        article: source and row.
        bullets: the sentences of the bullets that they read.
        grades: of each sentence that was graded: `BEST` among the best two, `PRINT`, 1 clumsy, 0 wrong.
    """

    article: tuple[str, int]
    bullets: Sequence[int]
    grades: dict[int, int]


def boxes() -> list[GradedBox]:
    """Read the graded boxes."""
    with gzip.open(BOXES, "rt", encoding="utf-8") as lines:
        return [_box(json.loads(line)) for line in lines]


def _box(row: dict[str, Any]) -> GradedBox:
    grades = {int(index): grade for index, grade in row["grades"].items()}
    grades |= dict.fromkeys((i for i in row["best"] if grades.get(i) == PRINT), BEST)
    return GradedBox((row["source"], row["row"]), row["bullets"], grades)


@dataclass(frozen=True)
class Grade:
    """What readers said of a draft.

    Attributes:
        value: 2 to print, 1 clumsy, 0 wrong.
        missed: the topmost words of the cuts that they asked for, by their place in the sentence.
    """

    value: int
    missed: frozenset[int]


@dataclass(frozen=True)
class Questioned:
    """What readers of one article's headline could not place in each of some lines below it.

    Attributes:
        article: source and row.
        sentences: how many the article had; a parser that finds another number makes the rest worthless.
        headline: its stems, as `hashed` hides them.
        lines: the words of each line and those that were asked about, by sentence and by their place in it.
    """

    article: tuple[str, int]
    sentences: int
    headline: frozenset[str]
    lines: dict[int, tuple[list[int], frozenset[int]]]


def questioned() -> list[Questioned]:
    """Read what readers asked."""
    with gzip.open(QUESTIONS, "rt", encoding="utf-8") as lines:
        return [_questioned(json.loads(line)) for line in lines]


def _questioned(row: dict[str, Any]) -> Questioned:
    lines = {int(i): (line["kept"], frozenset(line["asked"])) for i, line in row["lines"].items()}
    return Questioned(
        (row["source"], row["row"]), row["sentences"], frozenset(row["headline"].split()), lines
    )


def grades() -> dict[tuple[str, int], dict[str, Grade]]:
    """What drafts were graded, by article and fingerprint."""
    found: dict[tuple[str, int], dict[str, Grade]] = {}
    for line in GRADES.read_text(encoding="utf-8").splitlines():
        name, row, text, grade, *words = line.split()
        missed = frozenset(int(place) for word in words for place in word.split(","))
        found.setdefault((name, int(row)), {})[text] = Grade(int(grade), missed)
    return found


def fingerprint(text: str) -> str:
    """What stands for a draft in the file of grades, which holds none of the articles' words."""
    return sha256(text.encode()).hexdigest()[:12]


def hashed(text: str) -> list[str]:
    """The stems of a text as short hashes, in their order."""
    return [sha(stem) for stem in stems(words(text.lower()))]


def sha(stem: str) -> str:
    """What stands for a stem."""
    return sha256(stem.encode()).hexdigest()[:6]


def overlap(line: Sequence[str], reference: Sequence[str], size: int) -> float:
    """The F1 of the n-grams of two lists of stems."""
    mine, theirs = (Counter(zip(*(one[i:] for i in range(size)), strict=False)) for one in (line, reference))
    return 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())


def both(line: Sequence[str], reference: Sequence[str]) -> float:
    """The sum of the F1 of single words and of pairs."""
    return overlap(line, reference, 1) + overlap(line, reference, 2)
