"""The desks of articles that editors read, each with what was fitted to the folds that leave it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sets import Grade, choices, fingerprint, fold_of, grades

from summarize.composing.news.cutting import missed
from summarize.composing.news.cutting.missed import Readers
from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.learned import box_grader, chooser, cue_words, transformer
from summarize.composing.news.learned.box_grader import BoxGrader
from summarize.composing.news.learned.chooser import Chooser
from summarize.composing.news.learned.models import Models
from summarize.composing.news.learned.trees import Trees, load, read
from summarize.document import Document
from summarize.summarizers.textrank import TextRank

Rows = dict[str, Any]


def joined(found: Iterable[Rows | None]) -> Rows:
    """Put the rows of many articles behind each other."""
    kept = [one for one in found if one is not None]
    return {name: np.concatenate([one[name] for one in kept]) for name in kept[0]}


@dataclass(frozen=True)
class ReadByHand:
    """An article whose drafts were graded, or that an editor wrote a headline for, with its number."""

    number: int
    text: str
    fold: int
    grades: Mapping[str, Grade]
    headline: Sequence[str]

    def value(self, draft: str) -> int:
        """The grade of a draft, -1 where there is none."""
        found = self.grades.get(fingerprint(draft))
        return -1 if found is None else found.value


def read_by_hand(texts: dict[tuple[str, int], str]) -> list[ReadByHand]:
    """All of them."""
    graded, headlines = grades(), {choice.article: choice.headline for choice in choices()}
    return [
        ReadByHand(
            number, texts[article], fold_of(article), graded.get(article, {}), headlines.get(article, ())
        )
        for number, article in enumerate(sorted({*graded, *headlines}))
    ]


def desk_of(document: Document, folder: Path, fold: int) -> NewsDesk:
    """The desk of an article that editors read, with what was fitted to the other folds."""
    path = folder / f"fold{fold}.npz"
    own = (
        lambda: fold_cues(path),
        lambda: fold_readers(path),
        lambda: fold_chooser(path),
        lambda: fold_boxes(path),
    )
    models = Models(fold_trees(folder, fold), *own)
    return NewsDesk(document, TextRank().score(document), models)


fold_cues = cache(cue_words.read)


@cache
def fold_readers(path: Path) -> Readers:
    """The weights of a fold; those that ship where none were fitted yet."""
    return missed.read(path) if "missed.base" in np.load(path) else missed.load()


@cache
def fold_chooser(path: Path) -> Chooser:
    """The network of a fold; the one that ships where none was fitted yet."""
    return Chooser(transformer.read(path, "chooser")) if "chooser.mean" in np.load(path) else chooser.load()


@cache
def fold_boxes(path: Path) -> BoxGrader:
    """The grader of boxes of a fold; the one that ships where none was fitted yet."""
    return box_grader.read(path) if "boxes.mean" in np.load(path) else box_grader.load()


@cache
def fold_trees(folder: Path, fold: int) -> Callable[[str], Trees]:
    """The shipped trees, but for those of a fold that leaves some articles out."""
    path = folder / f"fold{fold}.npz"
    own = {key.partition(".")[0] for key in np.load(path)}
    return cache(lambda name: read(path, name) if name in own else load(name))
