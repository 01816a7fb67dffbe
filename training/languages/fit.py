"""What a sentence is worth in languages other than English: the weights of `summarize.composing.ranking`.

    python training/languages/fit.py DATA

Learns by ridge regression from cnndm_train and dailymail_train, English both, and nothing else. The target
is the F1 of ROUGE-1 plus that of ROUGE-2 of a sentence alone with the highlights; traits and targets are
held against the mean of their article. Prints the weights. Then, on the first half of orangesum_fr_summary,
R-1, R-2 and R-Lsum of one, two and three sentences at several prices of a word, beside the first sentences
and TextRank: where the price was chosen. The second half is for `summarize-eval benchmark --parts french`.
Changes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from summarize_eval.benchmarks.parts import Bench
from summarize_eval.benchmarks.quality import TYPES, read
from summarize_eval.data.dataset import Example
from summarize_eval.rouge.rouge import Rouge

from summarize import Document, parse
from summarize.composing.ranking import TRAITS, WEIGHTS, WORD, traits
from summarize.language.text import word_count
from summarize.summarizers.textrank import TextRank

SETS = ("cnndm_train", "dailymail_train")
RIDGE = 300.0
LEAST = 3  # sentences of an article that teaches anything
MOST = 60  # sentences of an article that are looked at
PRICES = (0.0, 0.002, 0.003, 0.004, 0.005)

Floats = NDArray[np.float64]


def learned(examples: Sequence[Example]) -> Floats:
    """The weight of each trait."""
    rouge = Rouge(("rouge1", "rouge2"), "unicode", language="en")
    rows, targets = [], []
    for example in examples:
        document = parse(example.text, language="en")
        if len(document.sentences) < LEAST:
            continue
        row = traits(document, TextRank().score(document))[:MOST]
        found = [rouge.score(s.line, example.references) for s in document.sentences[:MOST]]
        target = np.array([sum(score.fmeasure for score in one.values()) for one in found])
        rows.append(row - row.mean(0))
        targets.append(target - target.mean())
    seen, wanted = np.vstack(rows), np.concatenate(targets)
    scale = seen.std(0)
    scaled = seen / scale
    weights: Floats = (
        np.linalg.solve(scaled.T @ scaled + RIDGE * np.eye(len(TRAITS)), scaled.T @ wanted) / scale
    )
    return weights


def rouges(
    documents: Sequence[Document], examples: Sequence[Example], scores: Sequence[Floats], count: int
) -> str:
    """R-1, R-2, R-Lsum and the words of the best sentences, so many, in the order of the text."""
    rouge = Rouge(TYPES, "unicode", language="fr")
    found, words = [], []
    for document, example, score in zip(documents, examples, scores, strict=True):
        best = sorted(np.argsort(-score, kind="stable")[:count])
        text = "\n".join(document.sentences[index].line for index in best)
        found.append([100 * one.fmeasure for one in rouge.score(text, example.references).values()])
        words.append(word_count(text))
    return " ".join(f"{mean:5.2f}" for mean in np.mean(found, 0)) + f" {np.mean(words):5.1f} words"


def main() -> None:
    """Fit, and show what each price of a word gives on the first half of the French set."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, metavar="DATA", help="a folder with the sets")
    bench = Bench(parser.parse_args().data)
    weights = learned([example for name in SETS for example in read(bench, name)])
    print("traits", *TRAITS)
    print("weights", [round(weight, 3) for weight in weights.tolist()], "shipped", list(WEIGHTS))
    examples = read(bench, "orangesum_fr_summary")
    examples = examples[: len(examples) // 2]
    documents = [parse(example.text, language="fr") for example in examples]
    ranks = [TextRank().score(document) for document in documents]
    lengths = [np.array([word_count(s.line) for s in document.sentences]) for document in documents]
    sums = [traits(*pair) @ weights for pair in zip(documents, ranks, strict=True)]
    systems = {"first": [-np.arange(len(score), dtype=float) for score in ranks], "textrank": ranks}
    for price in PRICES:
        systems[f"price {price}"] = [s - price * n for s, n in zip(sums, lengths, strict=True)]
    print(f"{len(examples)} French articles; the price that ships is {WORD}")
    for name, scores in systems.items():
        print(f"{name:12}", *(f"| {k}: {rouges(documents, examples, scores, k)}" for k in (1, 2, 3)))


if __name__ == "__main__":
    main()
