"""Features and targets, in four steps: of sentences -> overlap.npz and chosen.npz, of those that the encoder
reads -> read.npz, of graded drafts and lines -> graded.npz and asked.npz, then of all drafts and lines ->
drafts.npz.

Each step needs what `fit.py` fitted to the one before: an article that editors read is drafted with the
trees and weights of the fold that leaves it out.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from desks import ReadByHand, Rows, desk_of, joined, read_by_hand
from numpy.typing import NDArray
from readers import graded, words_of
from rouge_score.rouge_scorer import RougeScorer
from sets import (
    EditorChoice,
    GradedBox,
    articles,
    both,
    boxes,
    choices,
    fold_of,
    hashed,
    with_headlines,
    with_highlights,
)

from summarize import parse
from summarize.composing.editing import tidy
from summarize.composing.news.choice import preferences
from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.features import features
from summarize.composing.news.learned.box_grader import in_context
from summarize.composing.news.learned.chooser import summary
from summarize.composing.news.learned.cue_words import PARTS
from summarize.composing.news.next_line import box_features, next_features
from summarize.style import BULLETS, WYSK
from summarize.summarizers.textrank import TextRank

# How much an article of each source weighs where headlines are learned.
WEIGHTS = {
    "wikinews": 3.0,
    "inshorts_headlines": 2.0,
    "xsum_train": 0.7,
    "cnndm_train": 0.3,
    "dailymail_train": 0.3,
}
ROUGE = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
AIM = 40  # words of a line, as `news` has them by default


def with_overlap(given: tuple[int, tuple[str, str, str]]) -> Rows | None:
    """Every sentence of an article with highlights: how much of them it tells."""
    number, (_, text, highlights) = given
    document = parse(text)
    if len(document.sentences) < 4:
        return None
    lines = [hashed(line) for line in highlights.split("\n") if line.strip()]
    rest = [stem for line in lines[1:] for stem in line]
    told = [hashed(sentence.line) for sentence in document.sentences]
    return {
        "x": features(document, TextRank().score(document)),
        "bullets": [max(both(one, line) for line in lines) for one in told],
        "box": [both(one, rest) for one in told],
        "article": [number] * len(told),
    }


def with_choice(texts: dict[tuple[str, int], str], choice: EditorChoice) -> Rows | None:
    """Every sentence of an article that an editor read: what it was chosen for."""
    document = parse(texts[choice.article])
    if len(document.sentences) != choice.sentences:
        return None
    many = len(choice.worth["news"])
    return {
        "x": features(document, TextRank().score(document))[:many],
        **choice.worth,
        "fold": [choice.fold] * many,
        "lines": [tidy(sentence.line) for sentence in document.sentences[:many]],
    }


def read_together(texts: dict[tuple[str, int], str], folder: Path, choice: EditorChoice) -> Rows | None:
    """The sentences of an article that the encoder reads: what they were chosen for."""
    document = parse(texts[choice.article])
    if len(document.sentences) != choice.sentences:
        return None
    desk = desk_of(document, folder, choice.fold)
    read = {i: a for i, a in desk.read.items() if i < len(choice.worth["news"])}
    if not read:
        return None
    indices = sorted(read)
    return {
        "x": desk.worth.together(read),
        "states": np.stack([summary(read[i]) for i in indices]).astype(np.float16),
        "worth": np.array([[choice.worth[part][i] for part in PARTS] for i in indices]),
        "alone": np.array([[desk.worth.alone[part][i] for part in PARTS] for i in indices]),
        "sizes": [len(indices)],
        "fold": [choice.fold],
    }


def titled(given: tuple[str, str, str]) -> Rows | None:
    """The drafts of one article with a title: how near each comes to it."""
    source, text, title = given
    document = parse(text)
    if not document.sentences:
        return None
    desk = NewsDesk(document, TextRank().score(document))
    made = desk.drafts()
    if not made:
        return None
    target = [float(np.mean([s.fmeasure for s in ROUGE.score(title, d.text).values()])) for d in made]
    weight = [10 * WEIGHTS[source] / len(made)] * len(made)
    return {"x": desk.features_of(made), "y": target, "weight": weight}


def judged(folder: Path, given: ReadByHand) -> Rows | None:
    """The drafts of one article that were graded, or that an editor wrote a headline beside."""
    headline = given.headline
    desk = desk_of(parse(given.text), folder, given.fold)
    made = desk.drafts()
    lines = [desk.printed(draft) for draft in made]
    grade = [given.value(line.text) if line else -1 for line in lines]
    kept = [i for i, line in enumerate(lines) if line and (grade[i] >= 0 or headline)]
    if not kept:
        return None
    chosen = [made[i] for i in kept]
    return {
        "x": desk.features_of(chosen),
        "preferences": preferences(chosen),
        "grade": [grade[i] for i in kept],
        "near": [both(hashed(draft.text), headline) / 2 if headline else -1.0 for draft in chosen],
        "article": [given.number] * len(kept),
        "fold": [given.fold] * len(kept),
        **words_of(desk, chosen, given.number),
    }


def next_lines(texts: dict[tuple[str, int], str], folder: Path, choice: EditorChoice) -> Rows | None:
    """The lines that could come next behind some of an editor's bullets, and behind them all for the box."""
    document = parse(texts[choice.article])
    if len(document.sentences) != choice.sentences:
        return None
    desk = desk_of(document, folder, choice.fold)
    desk.headline()
    chance = random.Random(repr(choice.article))
    readable = [i for i in choice.chosen["bullets"] if i in desk.read]
    found = []
    for many in range(min(3, len(readable) + 1)):
        before = _told(desk, sorted(chance.sample(readable, many)))
        able = [
            line
            for i in desk.read
            if i not in before and (line := desk.bullet(i, before, AIM, BULLETS)) is not None
        ]
        found.append(_next(desk, choice, able, list(before.values()), "bullets"))
    before = _told(desk, sorted(readable))
    able = [
        line
        for i in desk.read
        if i not in before and (line := desk.told(i, frozenset(), AIM, WYSK)) is not None
    ]
    found.append(_next(desk, choice, able, list(before.values()), "box"))
    return joined(found) if any(found) else None


def graded_box(
    texts: dict[tuple[str, int], str], folder: Path, numbered: tuple[int, GradedBox]
) -> Rows | None:
    """The lines that could stand in a box, as editors graded them behind the bullets that they read."""
    number, box = numbered
    fold = fold_of(box.article)
    desk = desk_of(parse(texts[box.article]), folder, fold)
    desk.headline()
    bullets = list(_told(desk, [i for i in box.bullets if i in desk.read]).values())
    found = {i: desk.told(i, frozenset(), AIM, WYSK) for i in box.grades if i in desk.read}
    able = [line for line in found.values() if line is not None]
    if not able:
        return None
    words = in_context(desk, able, bullets)
    return {
        "x": box_features(desk, able, bullets),
        "grade": [box.grades[line.index] for line in able],
        "article": [number] * len(able),
        "fold": [fold] * len(able),
        "sizes": [len(own.tags) for own in words],
        **{
            name: np.concatenate([getattr(own, name) for own in words])
            for name in ("states", "tags", "relations", "keeps", "known", "roles")
        },
    }


def _told(desk: NewsDesk, indices: Iterable[int]) -> dict[int, Any]:
    told: dict[int, Any] = {}
    for index in indices:
        if (line := desk.bullet(index, told, AIM, BULLETS)) is not None:
            told[index] = line
    return told


def _next(desk: NewsDesk, choice: EditorChoice, able: list[Any], before: list[Any], part: str) -> Rows | None:
    worth = choice.worth[part]
    able = [line for line in able if line.index < len(worth)]
    if not able:
        return None
    return {
        "x": next_features(desk, [(line, before) for line in able], box=part == "box"),
        "y": [worth[line.index] for line in able],
        "weight": [10 / len(able)] * len(able),
        "fold": [choice.fold] * len(able),
    }


def sentences(data: Path, output: Path) -> None:
    """The first step."""
    texts = articles(data)
    with ProcessPoolExecutor() as pool:
        overlap = joined(pool.map(with_overlap, enumerate(with_highlights(data)), chunksize=20))
        chosen = joined(pool.map(partial(with_choice, texts), choices(), chunksize=20))
    np.savez(output / "overlap.npz", **overlap)
    (output / "chosen.json").write_text(json.dumps(chosen.pop("lines").tolist()), encoding="utf-8")
    np.savez(output / "chosen.npz", **chosen)


def read(data: Path, output: Path) -> None:
    """The second step."""
    with ProcessPoolExecutor() as pool:
        rows = joined(pool.map(partial(read_together, articles(data), output), choices(), chunksize=20))
    np.savez(output / "read.npz", **rows)


def drafts(data: Path, output: Path) -> None:
    """The fourth step."""
    texts, chosen = articles(data), choices()
    with ProcessPoolExecutor() as pool:
        found: dict[str, NDArray[Any]] = {}
        for name, rows in (
            ("titled", joined(pool.map(titled, with_headlines(data), chunksize=20))),
            ("judged", joined(pool.map(partial(judged, output), read_by_hand(texts), chunksize=20))),
            ("next", joined(pool.map(partial(next_lines, texts, output), chosen, chunksize=20))),
            ("boxed", joined(pool.map(partial(graded_box, texts, output), enumerate(boxes()), chunksize=20))),
        ):
            found |= {f"{name}.{key}": value for key, value in rows.items()}
    np.savez(output / "drafts.npz", **found)


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("sentences", "read", "graded", "drafts"))
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    steps = {"sentences": sentences, "read": read, "graded": graded, "drafts": drafts}
    steps[options.step](options.data, options.output)


if __name__ == "__main__":
    main()
