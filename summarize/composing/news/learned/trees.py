"""Boosted regression trees (Friedman 2001), as `training/ranker` wrote them: applied with NumPy alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Weights = TypeVar("Weights")


@dataclass(frozen=True)
class Trees:
    """A sum of trees, all padded to one number of nodes.

    Attributes:
        base: what every row starts from.
        feature: column that a node asks for, shape (trees, nodes); 0 for a leaf.
        threshold: a row goes left where its value is at most this.
        left, right: the nodes below; a leaf's own number.
        value: what a leaf adds.
        depth: the most questions of any tree.
    """

    base: float
    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int

    def predict(self, rows: Floats) -> Floats:
        """Return one figure a row.

        Args:
            rows: features, shape (rows, features).
        """
        trees, nodes = self.feature.shape
        line = np.arange(len(rows))[:, None] * rows.shape[1]
        start = np.arange(trees)[None, :] * nodes
        node = np.broadcast_to(start, (len(rows), trees))
        flat = rows.ravel()
        for _ in range(self.depth):
            # A leaf leads to itself, whatever it is asked.
            goes_left = flat.take(line + self.feature.take(node)) <= self.threshold.take(node)
            node = start + np.where(goes_left, self.left.take(node), self.right.take(node))
        total: Floats = self.base + self.value.take(node).sum(axis=1, dtype=np.float64)
        return total


@cache
def load(name: str) -> Trees:
    """Load shipped trees; `training/MODEL_CARD.md` says what each was fitted to.

    Args:
        name: "bullets", "box", "editor_news", "editor_bullets", "editor_box", "next", "boxed", "line",
            "headline" or "printed".
    """
    return shipped(lambda path: read(path, name))


def shipped(reading: Callable[[Path], Weights]) -> Weights:
    """Read something from the file of weights that ships."""
    with as_file(files("summarize.composing.news").joinpath("weights", "ranker.npz")) as path:
        return reading(path)


def read(path: Path, name: str) -> Trees:
    """Read the trees of a name from a file that `training/ranker/fit.py` wrote."""
    stored = np.load(path)
    get = {key: stored[f"{name}.{key}"] for key in ("feature", "threshold", "left", "right", "value")}
    return Trees(float(stored[f"{name}.base"]), **get, depth=int(stored[f"{name}.depth"]))
