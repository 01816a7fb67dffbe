"""Fit what grades lines of the box, a small transformer, to what `collect.py drafts` found -> ranker.npz.

It learns of each line its grade and whether a reader would print it; NumPy then runs it
(`summarize/composing/news/learned/box_grader.py`). What has not seen a fold goes into the fold's file,
and what these networks say together of the lines that they had not seen is printed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from fit import keep, ship
from numpy.typing import NDArray
from sets import FOLDS, PRINT
from sklearn.metrics import roc_auc_score
from torch.nn import functional
from word_network import Features, Shape, WordNetwork, fitted, graded, numbered, padded

from summarize.composing.news.learned.box_grader import AHEAD, KNOWN

SHAPE = Shape(
    width=96,
    inner=192,
    layers=2,
    embedded={"tags": 0, "relations": 0, "keeps": 2, "known": KNOWN + 1, "roles": AHEAD + 1},
    learned=2,
    epochs=6,
    warm=50,
)
ODDS, ORDER = 0.5, 0.5  # what the odds of print, and which of two lines is better, weigh beside the grade


class GradedLines:
    """What was collected of lines of the box, ready for batches."""

    def __init__(self, collected: Path) -> None:
        rows = np.load(collected / "drafts.npz")
        own = {key.removeprefix("boxed."): rows[key] for key in rows.files if key.startswith("boxed.")}
        self.features = Features.of(own["x"])
        self.grade, self.article, self.fold = own["grade"], own["article"], own["fold"]
        self.labels, codes = numbered(own)
        codes |= {name: own[name] for name in SHAPE.embedded if name not in codes}
        parts = [
            slice(end - size, end) for size, end in zip(own["sizes"], own["sizes"].cumsum(), strict=True)
        ]
        self.words = [
            (own["states"][part], {name: found[part] for name, found in codes.items()}) for part in parts
        ]

    def batch(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Pad some lines to one number of words."""
        return padded([self.words[i] for i in numbers], self.features.rows[numbers])


def loss_of(lines: GradedLines, found: Any, numbers: list[int]) -> Any:
    """What is minimized for a batch; the best two of an article are better than others to print."""
    better = torch.tensor(lines.grade[numbers]).float()
    article = torch.tensor(lines.article[numbers])
    grade = better.clamp(max=PRINT)
    pairs = ((better[:, None] > better[None]) & (article[:, None] == article[None])).float()
    ahead = found[:, 0][:, None] - found[:, 0][None]
    odds = functional.binary_cross_entropy_with_logits(found[:, 1], (grade == PRINT).float())
    order = (functional.softplus(-2 * ahead) * pairs).sum() / pairs.sum().clamp(min=1)
    return ((found[:, 0] - grade + 1) ** 2).mean() + ODDS * odds + ORDER * order


def network_of(lines: GradedLines, numbers: NDArray[np.int64]) -> WordNetwork:
    """A network that is fitted to some lines."""
    return fitted(
        SHAPE, lines.features, lines.labels, lines.article, numbers, lines.batch, partial(loss_of, lines)
    )


def exported(network: WordNetwork, lines: GradedLines) -> dict[str, Any]:
    """The weights as `BoxGrader` reads them."""
    return network.exported("boxes", lines.features, lines.labels)


def main() -> None:
    """Fit without each fold, measure, fit to all, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collected", type=Path, help="the folder that collect.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    lines = GradedLines(options.collected)
    said = np.zeros(len(lines.grade))
    for fold in range(FOLDS):
        network = network_of(lines, np.flatnonzero(lines.fold != fold))
        unseen = np.flatnonzero(lines.fold == fold)
        said[unseen] = graded(network, unseen, lines.batch)
        keep(options.collected / f"fold{fold}.npz", exported(network, lines))
    first = [
        lines.grade[own[np.argmax(said[own])]] >= PRINT
        for article in np.unique(lines.article)
        if len(own := np.flatnonzero(lines.article == article)) > 1
    ]
    area = roc_auc_score(lines.grade >= PRINT, said)
    print(f"{len(said)} lines: area under the ROC curve {area:.3f}, first ones to print {np.mean(first):.1%}")
    ship(options.output, exported(network_of(lines, np.arange(len(said))), lines))


if __name__ == "__main__":
    main()
