"""Which headline of a table is best: the weights of `summarize.composing.by_table.choice`.

    python training/languages/headlines.py DATA

Learns by ridge regression from the first half of orangesum_fr_headline; the target is the sum of the F1 of
ROUGE-1, ROUGE-2 and ROUGE-L of a draft with the title, held against the mean of its article. Prints the three
figures of ten-fold cross-validation beside those of the fullest draft of the first sentence that has one and
of the best draft there is; then the weights. The second half is for `summarize-eval benchmark --parts
french`. Changes nothing.

The weight of place ships stronger than the ridge makes it, -0.12: these articles lack their opening, which is
the set's summary, and others open with the news. On the first half that is no worse.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from summarize_eval.benchmarks.parts import Bench
from summarize_eval.benchmarks.quality import read
from summarize_eval.rouge.rouge import Rouge

from summarize import load, parse
from summarize.composing.by_table.choice import TRAITS, WEIGHTS, drafts, first_reach, traits
from summarize.summarizers.base import ExtractiveSummarizer

FOLDS, RIDGE = 10, 10.0
TYPES = ("rouge1", "rouge2", "rougeL")

Floats = NDArray[np.float64]
Article = tuple[Floats, Floats]  # traits (drafts, traits) and figures (drafts, types)


def articles(bench: Bench) -> list[Article]:
    """What is known of the drafts of each article that has any."""
    rouge = Rouge(TYPES, "unicode", language="fr")
    examples = read(bench, "orangesum_fr_headline", headline=True)
    ranker = load("news")
    assert isinstance(ranker, ExtractiveSummarizer)
    found = []
    for example in examples[: len(examples) // 2]:
        document = parse(example.text, language="fr")
        if not document.sentences:
            continue
        scores = ranker.score(document)
        made = list(drafts(document, first_reach(document, scores)))
        if made:
            figures = [rouge.score(draft.text, example.references) for draft in made]
            rows = [[one[kind].fmeasure for kind in TYPES] for one in figures]
            found.append((traits(document, scores, made), np.array(rows)))
    return found


def fit(given: Sequence[Article]) -> Floats:
    """The weight of each trait; every article counts alike."""
    seen = np.vstack([rows - rows.mean(0) for rows, _ in given])
    wanted = np.concatenate([found.sum(1) - found.sum(1).mean() for _, found in given])
    share = np.concatenate([np.full(len(rows), 1 / len(rows)) for rows, _ in given])[:, None]
    scale = np.sqrt((share * seen**2).sum(0) / share.sum())
    scaled = seen / scale
    normal = (scaled * share).T @ scaled + RIDGE * np.eye(len(TRAITS))
    weights: Floats = np.linalg.solve(normal, (scaled * share).T @ wanted) / scale
    return weights


def main() -> None:
    """Cross-validate, and fit on all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder with the sets")
    given = articles(Bench(parser.parse_args().data))
    chosen = np.zeros((len(given), len(TYPES)))
    for fold in range(FOLDS):
        weights = fit([one for number, one in enumerate(given) if number % FOLDS != fold])
        for number in range(fold, len(given), FOLDS):
            rows, found = given[number]
            chosen[number] = found[(rows @ weights).argmax()]
    first = np.array([found[0] for _, found in given])
    best = np.array([found[found.sum(1).argmax()] for _, found in given])
    for name, table in (("first draft", first), ("chosen", chosen), ("best draft", best)):
        print(f"{name:12}", " ".join(f"{100 * mean:5.2f}" for mean in table.mean(0)))
    print("traits", *TRAITS)
    print("weights", [round(weight, 3) for weight in fit(given).tolist()], "shipped", list(WEIGHTS))


if __name__ == "__main__":
    main()
