"""Fit what grades drafts of headlines, a small transformer, to what `collect.py drafts` found -> ranker.npz.

It learns three things of each draft: its grade, whether a reader would print it, and how near it comes to a
headline that an editor wrote; NumPy then runs it (`summarize/composing/news/learned/grader.py`). First it is
fitted without one fold, on which it is measured beside the trees alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from fit import printed, ship
from numpy.typing import NDArray
from sets import PRINT
from torch.nn import functional
from word_network import Features, Shape, WordNetwork, fitted, graded, mean_of, numbered, padded

from summarize.composing.news.choice import GRADED
from summarize.composing.news.learned.grader import PLACES, coded
from summarize.composing.news.learned.trees import load

# What is learned of a draft: its grade, whether a reader would print it, and nearness.
SHAPE = Shape(
    width=128,
    inner=256,
    layers=2,
    embedded={"tags": 0, "relations": 0, "keeps": 2, "places": PLACES + 1, "roles": 3},
    learned=3,
)
LEFT_OUT = 0  # the fold that the first fit does not see
LEAST = 4  # graded drafts of an article that is measured on
# What each thing learned weighs: the grade, the odds of print, which of two drafts is better, and nearness.
GRADE, ODDS, ORDER, NEAR = 1.0, 0.5, 0.5, 1.0


class Drafts:
    """What was collected of drafts, ready for batches."""

    def __init__(self, collected: Path) -> None:
        rows = np.load(collected / "drafts.npz")
        own = {key.removeprefix("judged."): rows[key] for key in rows.files if key.startswith("judged.")}
        self.told = load("headline").predict(own["x"]) + own["preferences"]
        self.features = Features.of(np.column_stack([own["x"], self.told]))
        self.own = own
        self.grade, self.near, self.fold = own["grade"], own["near"], own["fold"]
        _, self.article = np.unique(own["article"], return_inverse=True)
        self.labels, codes = numbered(own)
        ends = np.cumsum(own["sizes"])
        self.sentences = {
            int(key): (own["states"][end - size : end], *(codes[name][end - size : end] for name in codes))
            for key, size, end in zip(own["sentences"], own["sizes"], ends, strict=True)
        }

    def batch(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Pad some drafts to one number of words."""
        own, given = self.own, []
        for i in numbers:
            states, tags, relations = self.sentences[int(own["sentence"][i])]
            drafted = coded(int(own["kept"][i]), len(states), int(own["verb"][i]), int(own["subject"][i]))
            given.append((states, {"tags": tags, "relations": relations, **drafted}))
        return padded(given, self.features.rows[numbers])


def loss_of(drafts: Drafts, found: Any, numbers: list[int]) -> Any:
    """What is minimized for a batch."""
    grade, near = (torch.tensor(values[numbers]).float() for values in (drafts.grade, drafts.near))
    article = torch.tensor(drafts.article[numbers])
    known, told = (grade >= 0).float(), (near >= 0).float()
    better = (grade[:, None] > grade[None]) & (article[:, None] == article[None])
    pairs = better.float() * known[:, None] * known[None]
    ahead = found[:, 0][:, None] - found[:, 0][None]
    odds = functional.binary_cross_entropy_with_logits(
        found[:, 1], (grade == PRINT).float(), reduction="none"
    )
    return (
        GRADE * mean_of((found[:, 0] - grade + 1) ** 2, known)
        + ODDS * mean_of(odds, known)
        + ORDER * mean_of(functional.softplus(-2 * ahead), pairs)
        + NEAR * mean_of((found[:, 2] - 3 * near) ** 2, told)
    )


def network_of(drafts: Drafts, numbers: NDArray[np.int64]) -> WordNetwork:
    """A network that is fitted to some drafts."""
    return fitted(
        SHAPE, drafts.features, drafts.labels, drafts.article, numbers, drafts.batch, partial(loss_of, drafts)
    )


def measured(drafts: Drafts) -> None:
    """Print how often readers would print what is chosen in the fold left out."""
    seen = drafts.fold != LEFT_OUT
    unseen = np.flatnonzero(~seen & (drafts.grade >= 0))
    rows = {f"judged.{key}": value for key, value in drafts.own.items()}
    trees = (
        printed(rows, drafts.told, seen).predict(np.column_stack([drafts.own["x"], drafts.told])[unseen])
        + drafts.told[unseen]
    )
    values = graded(network_of(drafts, np.flatnonzero(seen)), unseen, drafts.batch)
    for name, value in (("trees", trees), ("grader", values), ("both", trees + GRADED * values)):
        chosen = [
            drafts.grade[unseen][own[np.argmax(value[own])]]
            for article in np.unique(drafts.article[unseen])
            if len(own := np.flatnonzero(drafts.article[unseen] == article)) >= LEAST
        ]
        share = np.mean(np.array(chosen) == PRINT)
        print(
            f"{name:6} {len(chosen)} articles: printed {share:.1%}, mean grade {np.mean(chosen):.3f}",
            flush=True,
        )


def main() -> None:
    """Measure, fit to all, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collected", type=Path, help="the folder that collect.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    drafts = Drafts(options.collected)
    measured(drafts)
    network = network_of(drafts, np.arange(len(drafts.grade)))
    ship(options.output, network.exported("grader", drafts.features, drafts.labels))


if __name__ == "__main__":
    main()
