"""What readers said: the third step of `collect.py`, graded drafts and lines -> graded.npz and asked.npz,
and the words of graded drafts for the fourth."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from desks import ReadByHand, Rows, desk_of, joined, read_by_hand
from sets import PRINT, Questioned, articles, fingerprint, fold_of, questioned, sha

from summarize import parse
from summarize.composing.editing import tidy
from summarize.composing.news.cutting import missed
from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.headlines import HeadlineDraft
from summarize.composing.news.learned.grader import WORDS_SEEN
from summarize.composing.news.naming import questions
from summarize.encoder import analyse
from summarize.language.text import stems

MANY = 100_000  # more than any article has sentences


def cuts(folder: Path, given: ReadByHand) -> Rows | None:
    """The cuts of graded drafts: what the encoder has of each, and whether readers asked for what went.

    Of a draft to be printed nothing is missing; of another one only what readers named is told.
    """
    desk = desk_of(parse(given.text), folder, given.fold)
    found: Rows = {"x": [], "missed": [], "fold": []}
    for draft in desk.drafts():
        line = desk.printed(draft)
        grade = given.grades.get(fingerprint(line.text)) if line else None
        if grade is None or (grade.value < PRINT and not grade.missed):
            continue
        a = desk.read[draft.sentence]
        gone = missed.cut_off(a, draft.compression.kept)
        for i in gone if grade.value == PRINT else set(gone).intersection(grade.missed):
            found["x"].append(np.concatenate([a.states[i], a.states[a.heads[i]]]))
            found["missed"].append(grade.value < PRINT)
            found["fold"].append(given.fold)
    return found if found["fold"] else None


def words_of(desk: NewsDesk, drafts: Sequence[HeadlineDraft], number: int) -> Rows:
    """What the grader sees of some drafts but their features, and of the words of their sentences."""
    indices = sorted({draft.sentence for draft in drafts})
    found = [desk.read[index] for index in indices]
    return {
        "sentence": [number * MANY + draft.sentence for draft in drafts],
        "kept": np.array([draft.compression.kept & ((1 << WORDS_SEEN) - 1) for draft in drafts], np.uint64),
        "verb": [draft.clause.verb for draft in drafts],
        "subject": [draft.clause.subject for draft in drafts],
        "sentences": [number * MANY + index for index in indices],
        "sizes": [min(len(a), WORDS_SEEN) for a in found],
        "states": np.concatenate([a.states[:WORDS_SEEN] for a in found]).astype(np.float16),
        "tags": [tag for a in found for tag in a.words.tags[:WORDS_SEEN]],
        "relations": [relation for a in found for relation in a.relations[:WORDS_SEEN]],
    }


def asked(texts: dict[tuple[str, int], str], given: Questioned) -> Rows | None:
    """The words of lines that readers had below a headline: state, traits, and whether they asked."""
    document = parse(texts[given.article])
    if len(document.sentences) != given.sentences:
        return None
    found: Rows = {"x": [], "asked": [], "fold": []}
    for index, (kept, about) in given.lines.items():
        (a,) = analyse([tidy(document.sentences[index].line)])
        if a is None:
            continue
        stemmed = stems(a.words.lower)
        told = {stem for stem in stemmed if sha(stem) in given.headline}
        known = questions.traits(a, stemmed, told, map(frozenset, document.content[:index]))
        shown = [i for i in kept if a.words.tokens[i][0].isalnum()]
        found["x"].extend(np.column_stack([a.states, known])[shown])
        found["asked"].extend(i in about for i in shown)
        found["fold"].extend([fold_of(given.article)] * len(shown))
    return found


def graded(data: Path, output: Path) -> None:
    """The third step."""
    given = [one for one in read_by_hand(articles(data)) if one.grades]
    with ProcessPoolExecutor() as pool:
        rows = joined(pool.map(partial(cuts, output), given, chunksize=20))
        words = joined(pool.map(partial(asked, articles(data)), questioned(), chunksize=20))
    np.savez(output / "graded.npz", **rows)
    np.savez(output / "asked.npz", **words)
