"""What a sentence of a story is worth: the weights of `summarize.story.worth`, by ridge regression.

    python training/story/fit.py DATA

Learns from cnndm_train and dailymail_train and nothing else. Their articles are single, so each is dealt
out, sentence by sentence in turn, to two or three parts that stand for the documents of a story; its
highlights are the summary. The target is the share of a sentence's facts (stems, and pairs of stems, which
count twice) that the summary has. Prints R-1 and R-2 of ten-fold cross-validation on these stories beside
lead in turn and coverage without weights, by which it was decided to ship weights, then the weights; then the
same three systems on the first half of multi_news, as a check. Changes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from summarize_eval.benchmarks.parts import Bench
from summarize_eval.benchmarks.quality import read
from summarize_eval.benchmarks.telling import Ranking, clusters, cut, lead
from summarize_eval.rouge.rouge import Rouge

from summarize import Document, parse
from summarize.language.text import stems, words
from summarize.story.coverage import WORDS, candidates, ranked
from summarize.story.worth import TRAITS, WEIGHTS, traits

SETS = ("cnndm_train", "dailymail_train")
FOLDS, RIDGE = 10, 300.0
SHORT = 50  # words of a text that stands beside highlights, which have about as many
LEAST = 4  # sentences of each part
TYPES = ("rouge1", "rouge2")
Cluster = tuple[list[Document], tuple[str, ...]]


def dealt(text: str, parts: int) -> list[Document]:
    """Deal the sentences of an article out to so many documents; none where it is too short."""
    lines = [sentence.line for sentence in parse(text, language="en").sentences]
    if len(lines) < LEAST * parts:
        return []
    return [parse("\n\n".join(lines[part::parts]), language="en") for part in range(parts)]


def stories(bench: Bench) -> list[Cluster]:
    """The stories that weights are learned from, of two and three parts by turns."""
    examples = [example for name in SETS for example in read(bench, name)]
    found = [
        (dealt(example.text, 2 + number % 2), example.references) for number, example in enumerate(examples)
    ]
    return [(documents, tuple(references)) for documents, references in found if documents]


def target(documents: Sequence[Document], references: Sequence[str]) -> NDArray[np.float64]:
    """The share of each sentence's facts that a reference has, shape (sentences,)."""
    told: set[object] = set()
    for reference in references:
        found = stems(words(reference), documents[0].language)
        told |= {*found, *pairwise(found)}
    rows = []
    for candidate in candidates(documents):
        single = [fact in told for fact in candidate.concepts if isinstance(fact, str)]
        pairs = [fact in told for fact in candidate.concepts if not isinstance(fact, str)]
        rows.append((2 * np.mean(pairs or [False]) + np.mean(single or [False])) / 3)
    return np.array(rows)


def fit(clusters: Sequence[Cluster]) -> tuple[float, ...]:
    """The weight of each trait, and what is added."""
    rows = np.vstack([traits(documents) for documents, _ in clusters])
    wanted = np.concatenate([target(*cluster) for cluster in clusters])
    mean, scale = rows.mean(0), rows.std(0)
    scaled = (rows - mean) / scale
    normal = scaled.T @ scaled + RIDGE * np.eye(len(TRAITS))
    weights = np.linalg.solve(normal, scaled.T @ (wanted - wanted.mean())) / scale
    return (*weights.tolist(), float(wanted.mean() - weights @ mean))


def scores(clusters: Sequence[Cluster], rank: Ranking, length: int) -> NDArray[np.float64]:
    """ROUGE F x 100 of the first words of a text, as many as given, shape (clusters, 2)."""
    rouge = Rouge(TYPES, mode="rouge-score", language="en")
    found = [rouge.score(cut(rank(documents), length), references) for documents, references in clusters]
    return np.array([[100 * one[name].fmeasure for name in TYPES] for one in found])


def coverage(documents: Sequence[Document]) -> list[str]:
    """Our own order of the sentences, with the weights that are in force."""
    return [text for _, text in ranked(documents)]


def show(name: str, tables: dict[str, NDArray[np.float64]]) -> None:
    """Print means, and the 95 % interval of each difference from the second, which has no weights."""
    print(f"{name}, {len(next(iter(tables.values())))} stories, R-1 and R-2")
    plain = list(tables.values())[1]
    for called, table in tables.items():
        more = (table - plain)[:, 0]
        spread = 1.96 * more.std() / np.sqrt(len(more))
        means = " ".join(f"{mean:6.2f}" for mean in table.mean(0))
        print(f"  {called:22} {means}   R-1 {more.mean():+.2f} ±{spread:.2f}")


def main() -> None:
    """Cross-validate, fit on all, check on Multi-News."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder with the sets")
    bench = Bench(parser.parse_args().data)
    given = stories(bench)
    check = clusters(bench, "multi_news", "en", half=0)
    shipped = WEIGHTS.pop("en", ())
    names = ("lead of each in turn", "coverage, no weights", "coverage, weights")
    sides = ((given, SHORT), (check, WORDS))
    unlearned = [(scores(one, lead, length), scores(one, coverage, length)) for one, length in sides]
    learned = np.zeros((len(given), len(TYPES)))
    for fold in range(FOLDS):
        WEIGHTS["en"] = fit([one for number, one in enumerate(given) if number % FOLDS != fold])
        learned[fold::FOLDS] = scores(given[fold::FOLDS], coverage, SHORT)
    tables = dict(zip(names, (*unlearned[0], learned), strict=True))
    show(f"{' and '.join(SETS)}, {FOLDS}-fold", tables)
    weights = fit(given)
    print("weights", [round(weight, 3) for weight in weights], "shipped", list(shipped))
    WEIGHTS["en"] = weights
    tables = dict(zip(names, (*unlearned[1], scores(check, coverage, WORDS)), strict=True))
    show("multi_news, first half", tables)


if __name__ == "__main__":
    main()
