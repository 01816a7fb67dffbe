"""Boosted trees for bullets, box and headlines -> ranker.npz, as `summarize.composing.news.trees` reads."""

from __future__ import annotations

import argparse
import gzip
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingRegressor

from summarize.composing.news.lines import NAMES

SENTENCES = {"max_iter": 150, "max_leaf_nodes": 12, "min_samples_leaf": 60, "max_features": 0.6}
DRAFTS = {"max_iter": 250, "max_leaf_nodes": 8, "min_samples_leaf": 80, "max_features": 0.5}
GRADED = {"max_iter": 200, "max_leaf_nodes": 8, "min_samples_leaf": 25, "max_features": 0.4}
LINES = {"max_iter": 100, "max_leaf_nodes": 5, "min_samples_leaf": 40, "max_features": 0.3}
COMMON = {"learning_rate": 0.05, "l2_regularization": 5.0, "random_state": 0}


def arrays(model: Any, name: str) -> dict[str, Any]:
    """The trees of a model, padded to one number of nodes; a leaf leads to itself."""
    trees = [tree.nodes for (tree,) in model._predictors]
    size = max(map(len, trees))
    own = np.arange(size, dtype=np.int16)
    found = {
        "feature": np.zeros((len(trees), size), np.int16),
        "threshold": np.zeros((len(trees), size), np.float32),
        "left": np.tile(own, (len(trees), 1)),
        "right": np.tile(own, (len(trees), 1)),
        "value": np.zeros((len(trees), size), np.float32),
    }
    for number, tree in enumerate(trees):
        inner = np.flatnonzero(~tree["is_leaf"].astype(bool))
        leaves = np.flatnonzero(tree["is_leaf"])
        found["feature"][number, inner] = tree["feature_idx"][inner]
        # The next float up, or a value that equals the threshold in 64 bits would fall to the right.
        exact = tree["num_threshold"][inner].astype(np.float32)
        found["threshold"][number, inner] = np.nextafter(exact, np.float32(np.inf))
        found["left"][number, inner] = tree["left"][inner]
        found["right"][number, inner] = tree["right"][inner]
        found["value"][number, leaves] = tree["value"][leaves]
    found["base"] = np.float64(np.ravel(model._baseline_prediction)[0])
    found["depth"] = np.int64(max(int(tree["depth"].max()) for tree in trees))
    return {f"{name}.{key}": value for key, value in found.items()}


def graded_lines() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features of the lines of bullets and boxes that were read by hand, and whether each is printed."""
    with gzip.open(Path(__file__).with_name("lines.csv.gz"), "rt", encoding="utf-8") as lines:
        names = next(lines).strip().split(",")
        assert names == ["source", "row", "grade", *NAMES], "the features have changed: grade lines again"
        rows = np.array([[float(cell) for cell in line.split(",")[2:]] for line in lines])
    return rows[:, 1:], (rows[:, 0] == 2).astype(float)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collected", type=Path, help="the folder that collect.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    rows = np.load(options.collected / "sentences.npz")
    _, article = np.unique(rows["article"], return_inverse=True)
    found: dict[str, Any] = {}
    for name in ("bullets", "box"):
        mean = np.bincount(article, rows[name]) / np.bincount(article)
        model = HistGradientBoostingRegressor(**SENTENCES, **COMMON)
        found |= arrays(model.fit(rows["x"], rows[name] - mean[article]), name)
    drafts = np.load(options.collected / "headlines.npz")
    model = HistGradientBoostingRegressor(**DRAFTS, **COMMON)
    found |= arrays(model.fit(drafts["x"], drafts["y"], sample_weight=drafts["weight"]), "headline")
    graded = np.load(options.collected / "graded.npz")
    told = model.predict(graded["x"]) + graded["preferences"]
    _, article = np.unique(graded["article"], return_inverse=True)
    mean = np.bincount(article, graded["grade"]) / np.bincount(article)
    model = HistGradientBoostingRegressor(**GRADED, **COMMON)
    rows = np.column_stack([graded["x"], told])
    found |= arrays(model.fit(rows, graded["grade"] - mean[article]), "printed")
    found |= arrays(HistGradientBoostingRegressor(**LINES, **COMMON).fit(*graded_lines()), "line")
    np.savez_compressed(options.output / "ranker.npz", **found)


if __name__ == "__main__":
    main()
