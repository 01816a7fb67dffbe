"""What a sentence of a story is worth: the weights of `summarize.story.worth`, by ridge regression.

    python training/story/fit.py DATA

The target is the share of a sentence's facts (stems, and pairs of stems, which count twice) that the written
summary has. Reads the first half of multi_news and nothing else, prints R-1 and R-2 of ten-fold
cross-validation beside lead in turn and coverage without weights, then the weights. Changes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from summarize_eval.benchmarks.parts import Bench
from summarize_eval.benchmarks.telling import Ranking, clusters, cut, lead
from summarize_eval.rouge.rouge import Rouge

from summarize import Document
from summarize.language.text import stems, words
from summarize.story.coverage import candidates, ranked
from summarize.story.worth import TRAITS, WEIGHTS, traits

FOLDS, RIDGE = 10, 300.0
TYPES = ("rouge1", "rouge2")
Cluster = tuple[list[Document], tuple[str, ...]]


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


def scores(clusters: Sequence[Cluster], rank: Ranking) -> NDArray[np.float64]:
    """ROUGE F x 100 of the first 250 words, shape (clusters, 2)."""
    rouge = Rouge(TYPES, mode="rouge-score", language="en")
    found = [rouge.score(cut(rank(documents)), references) for documents, references in clusters]
    return np.array([[100 * one[name].fmeasure for name in TYPES] for one in found])


def coverage(documents: Sequence[Document]) -> list[str]:
    """Our own order of the sentences, with the weights that are in force."""
    return [text for _, text in ranked(documents)]


def main() -> None:
    """Cross-validate, then fit on all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder with multi_news.jsonl.gz")
    given = clusters(Bench(parser.parse_args().data), "multi_news", "en", half=0)
    shipped = WEIGHTS.pop("en")
    tables = {"lead of each in turn": scores(given, lead), "coverage, no weights": scores(given, coverage)}
    learned = np.zeros((len(given), len(TYPES)))
    for fold in range(FOLDS):
        WEIGHTS["en"] = fit([one for number, one in enumerate(given) if number % FOLDS != fold])
        learned[fold::FOLDS] = scores(given[fold::FOLDS], coverage)
    tables[f"coverage, {FOLDS}-fold"] = learned
    for name, table in tables.items():
        print(f"{name:22}", *(f"{mean:6.2f}" for mean in table.mean(0)))
    print("weights", [round(weight, 3) for weight in fit(given)], "shipped", list(shipped))


if __name__ == "__main__":
    main()
