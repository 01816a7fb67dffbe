"""Boosted trees and weights for bullets, box and headlines -> ranker.npz, in the steps of `collect.py`."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sets import FOLDS
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import normalize

from summarize.composing.news.learned.cue_words import PARTS, cues
from summarize.composing.news.lines import NAMES

SENTENCES = {"max_iter": 150, "max_leaf_nodes": 12, "min_samples_leaf": 60, "max_features": 0.6}
DRAFTS = {"max_iter": 250, "max_leaf_nodes": 8, "min_samples_leaf": 80, "max_features": 0.5}
GRADED = {"max_iter": 200, "max_leaf_nodes": 8, "min_samples_leaf": 25, "max_features": 0.4}
CHOSEN = {"max_iter": 150, "max_leaf_nodes": 8, "min_samples_leaf": 40, "max_features": 0.4}
NEXT = {"max_iter": 200, "max_leaf_nodes": 8, "min_samples_leaf": 40, "max_features": 0.4}
NEAR = (1.0, 0.1)  # nearness to an editor's headline beside a grade: its scale, and how much it weighs
LINES = {"max_iter": 200, "max_leaf_nodes": 6, "min_samples_leaf": 30, "max_features": 0.3}
MISSED, ASKED = 0.01, 0.03  # how freely what readers miss, and ask, is fitted
STATES = 384  # figures that the encoder has of a word
RARE, STIFF = 8, 10.0  # sentences that a word must stand in, and the penalty of its weight
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


def sentences(collected: Path, output: Path) -> None:
    """Fit what ranks sentences: overlap with highlights, then what editors chose, for each fold and all."""
    rows = np.load(collected / "overlap.npz")
    _, article = np.unique(rows["article"], return_inverse=True)
    found: dict[str, Any] = {}
    overlap = {}
    for name in ("bullets", "box"):
        mean = np.bincount(article, rows[name]) / np.bincount(article)
        overlap[name] = HistGradientBoostingRegressor(**SENTENCES, **COMMON)
        found |= arrays(overlap[name].fit(rows["x"], rows[name] - mean[article]), name)
    rows = np.load(collected / "chosen.npz")
    words = CountVectorizer(analyzer=lambda line: sorted(cues(line)), min_df=RARE, binary=True)
    vectors = normalize(
        words.fit_transform(json.loads((collected / "chosen.json").read_text())).astype(float)
    )
    x = np.column_stack([rows["x"], *(model.predict(rows["x"]) for model in overlap.values())])
    for fold in (*range(FOLDS), None):
        seen = rows["fold"] != fold
        own: dict[str, Any] = {}
        weights = []
        for name in PARTS:
            spoken_for, ridge = told_by_words(vectors, rows[name], rows["fold"], fold)
            weights.append(ridge)
            model = HistGradientBoostingRegressor(**CHOSEN, **COMMON)
            chosen = np.column_stack([x, spoken_for])[seen]
            own |= arrays(model.fit(chosen, rows[name][seen]), f"editor_{name}")
        own["cues.words"] = np.frombuffer("\n".join(words.get_feature_names_out()).encode(), np.uint8)
        own["cues.weights"] = np.column_stack([ridge.coef_ for ridge in weights]).astype(np.float16)
        own["cues.base"] = np.array([ridge.intercept_ for ridge in weights])
        if fold is not None:
            np.savez_compressed(collected / f"fold{fold}.npz", **own)
    ship(output, found | own)


def told_by_words(vectors: Any, y: Any, folds: Any, fold: int | None) -> tuple[NDArray[np.float64], Ridge]:
    """What words alone say of each sentence, by weights that did not see its article, and all weights."""
    found = np.zeros(len(y))
    for other in range(FOLDS):
        seen, unseen = (folds != fold) & (folds != other), folds == other
        if other != fold:
            found[unseen] = Ridge(alpha=STIFF).fit(vectors[seen], y[seen]).predict(vectors[unseen])
    seen = folds != fold
    return found, Ridge(alpha=STIFF).fit(vectors[seen], y[seen])


def regressions(path: Path, target: str, freedom: float) -> Iterator[tuple[int | None, LogisticRegression]]:
    """Yield a logistic regression for each fold, which it does not see, and one of all rows last.

    Before the last it prints how well the others tell what they did not see.
    """
    rows = np.load(path)
    x, y, folds = rows["x"], rows[target], rows["fold"]
    odds = np.zeros(len(y))
    for fold in range(FOLDS):
        seen = folds != fold
        model = LogisticRegression(C=freedom, max_iter=500).fit(x[seen], y[seen])
        odds[~seen] = model.decision_function(x[~seen])
        yield fold, model
    print(f"{target}: {len(y)} rows; area under the ROC curve {roc_auc_score(y, odds):.3f}")
    yield None, LogisticRegression(C=freedom, max_iter=500).fit(x, y)


def graded(collected: Path, output: Path) -> None:
    """Fit what readers miss, for each fold and all."""
    for fold, model in regressions(collected / "graded.npz", "missed", MISSED):
        own = {
            "missed.weights": model.coef_.reshape(2, -1).astype(np.float32),
            "missed.base": np.float64(model.intercept_[0]),
        }
        if fold is not None:
            keep(collected / f"fold{fold}.npz", own)
    ship(output, own | asked(collected))


def asked(collected: Path) -> dict[str, Any]:
    """Fit what makes readers ask."""
    *_, (_, model) = regressions(collected / "asked.npz", "asked", ASKED)
    states, traits = np.split(model.coef_[0], [STATES])
    return {
        "questions.states": states.astype(np.float32),
        "questions.traits": traits.astype(np.float32),
        "questions.base": np.float64(model.intercept_[0]),
    }


def drafts(collected: Path, output: Path) -> None:
    """Fit what chooses headlines and lines."""
    rows = np.load(collected / "drafts.npz")
    model = HistGradientBoostingRegressor(**DRAFTS, **COMMON)
    found = arrays(
        model.fit(rows["titled.x"], rows["titled.y"], sample_weight=rows["titled.weight"]), "headline"
    )
    told = model.predict(rows["judged.x"]) + rows["judged.preferences"]
    found |= arrays(printed(rows, told), "printed")
    found |= arrays(HistGradientBoostingRegressor(**LINES, **COMMON).fit(*graded_lines()), "line")
    ship(output, found | lines(rows, collected))


def lines(rows: Any, collected: Path) -> dict[str, Any]:
    """Fit what chooses the next line, for each fold and all."""
    for fold in (*range(FOLDS), None):
        seen = rows["next.fold"] != fold
        model = HistGradientBoostingRegressor(**NEXT, **COMMON)
        x, y, weight = (rows[f"next.{key}"][seen] for key in ("x", "y", "weight"))
        found = arrays(model.fit(x, y, sample_weight=weight), "next")
        if fold is not None:
            keep(collected / f"fold{fold}.npz", found)
    return found


def printed(rows: Any, told: NDArray[np.float64], seen: Any = True) -> HistGradientBoostingRegressor:
    """Fit grades of drafts and nearness to headlines that editors wrote, each less its article's mean."""
    x = np.column_stack([rows["judged.x"], told])
    _, article = np.unique(rows["judged.article"], return_inverse=True)
    xs, ys, weights = [], [], []
    for target, lowest, scale, weight in (("grade", 0, 1.0, 1.0), ("near", 0.0, *NEAR)):
        y = rows[f"judged.{target}"].astype(float)
        kept = (y >= lowest) & seen
        mean = np.bincount(article[kept], y[kept]) / np.maximum(1, np.bincount(article[kept]))
        xs.append(x[kept])
        ys.append(scale * (y[kept] - mean[article[kept]]))
        weights.append(np.full(kept.sum(), weight))
    model = HistGradientBoostingRegressor(**GRADED, **COMMON)
    return model.fit(np.concatenate(xs), np.concatenate(ys), sample_weight=np.concatenate(weights))


def keep(path: Path, found: dict[str, Any]) -> None:
    """Add what was fitted without a fold to the fold's file."""
    np.savez_compressed(path, **{**np.load(path), **found})


def ship(output: Path, found: dict[str, Any]) -> None:
    """Write trees beside those of the other step."""
    path = output / "ranker.npz"
    new = {key.partition(".")[0] for key in found}
    others = np.load(path) if path.is_file() else {}
    kept = {key: others[key] for key in others if key.partition(".")[0] not in new}
    np.savez_compressed(path, **kept, **found)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=("sentences", "graded", "drafts"))
    parser.add_argument("collected", type=Path, help="the folder that collect.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    {"sentences": sentences, "graded": graded, "drafts": drafts}[options.step](
        options.collected, options.output
    )


if __name__ == "__main__":
    main()
