"""Fit what grades drafts of headlines, a small transformer, to what `collect.py drafts` found -> ranker.npz.

It learns three things of each draft: its grade, whether a reader would print it, and how near it comes to a
headline that an editor wrote; NumPy then runs it (`summarize/composing/news/learned/grader.py`). First it is
fitted without one fold, on which it is measured beside the trees alone.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from fit import printed, ship
from layers import Layer, stored
from numpy.typing import NDArray
from sets import PRINT
from torch import nn
from torch.nn import functional

from summarize.composing.news.choice import GRADED
from summarize.composing.news.learned.grader import PLACES, coded
from summarize.composing.news.learned.transformer import FURTHEST, NOTHING
from summarize.composing.news.learned.trees import load

WIDTH, INNER, LAYERS, DROPPED = 128, 256, 2, 0.2
RATE, EPOCHS, BATCH, WARM = 7e-4, 3, 64, 100
STATES = 384  # figures that the encoder has of a word
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
        features = np.column_stack([own["x"], self.told])
        self.mean, self.deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
        self.rows = np.clip((features - self.mean) / self.deviation, -FURTHEST, FURTHEST).astype(np.float32)
        self.own = own
        self.grade, self.near, self.fold = own["grade"], own["near"], own["fold"]
        _, self.article = np.unique(own["article"], return_inverse=True)
        self.labels = {name: sorted(set(own[name].tolist())) for name in ("tags", "relations")}
        number = {name: {label: i for i, label in enumerate(found, 1)} for name, found in self.labels.items()}
        codes = {name: np.array([number[name][label] for label in own[name].tolist()]) for name in number}
        ends = np.cumsum(own["sizes"])
        self.sentences = {
            int(key): (own["states"][end - size : end], *(codes[name][end - size : end] for name in codes))
            for key, size, end in zip(own["sentences"], own["sizes"], ends, strict=True)
        }

    def batch(self, numbers: Sequence[int]) -> dict[str, Any]:
        """Pad some drafts to one number of words."""
        own = self.own
        found = [self.sentences[int(own["sentence"][i])] for i in numbers]
        size = max(len(states) for states, *_ in found)
        states = np.zeros((len(numbers), size, STATES), np.float32)
        codes = {name: np.zeros((len(numbers), size), np.int64) for name in EMBEDDED}
        live = np.zeros((len(numbers), size), bool)
        for row, (i, (given, tags, relations)) in enumerate(zip(numbers, found, strict=True)):
            many = len(given)
            states[row, :many], live[row, :many] = given, True
            drafted = coded(int(own["kept"][i]), many, int(own["verb"][i]), int(own["subject"][i]))
            for name, values in {"tags": tags, "relations": relations, **drafted}.items():
                codes[name][row, :many] = values
        return {
            "states": torch.from_numpy(states),
            "live": torch.from_numpy(live),
            "rows": torch.from_numpy(self.rows[numbers]),
            **{name: torch.from_numpy(values) for name, values in codes.items()},
        }


EMBEDDED = {"tags": 0, "relations": 0, "keeps": 2, "places": PLACES + 1, "roles": 3}  # 0: by their labels


class DraftNetwork(nn.Module):
    """The same as `Grader`, with what is dropped while it learns, and a third figure: nearness."""

    def __init__(self, features: int, labels: dict[str, list[str]]) -> None:
        super().__init__()
        self.states, self.features = nn.Linear(STATES, WIDTH), nn.Linear(features, WIDTH)
        self.first, self.last = nn.LayerNorm(STATES), nn.LayerNorm(2 * WIDTH)
        self.embedded = nn.ModuleDict(
            {name: nn.Embedding(size or len(labels[name]) + 1, WIDTH) for name, size in EMBEDDED.items()}
        )
        for embedding in self.embedded.values():
            nn.init.normal_(embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(WIDTH, INNER, DROPPED) for _ in range(LAYERS))
        self.grade, self.drop = nn.Linear(2 * WIDTH, 3), nn.Dropout(DROPPED)

    def forward(self, batch: dict[str, Any]) -> Any:
        """Return grade, odds of print and nearness, shape (drafts, 3)."""
        hidden = self.states(self.drop(self.first(batch["states"])))
        hidden = hidden + sum(self.embedded[name](batch[name]) for name in EMBEDDED)
        hidden = torch.cat([self.drop(self.features(batch["rows"]))[:, None], hidden], 1)
        mask = functional.pad(torch.where(batch["live"], 0.0, NOTHING), (1, 0))[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        kept = functional.pad(batch["keeps"], (1, 0))[..., None].float()
        mean = (hidden * kept).sum(1) / kept.sum(1).clamp(min=1)
        return self.grade(self.drop(self.last(torch.cat([hidden[:, 0], mean], -1))))


def batches(drafts: Drafts, numbers: NDArray[np.int64], chance: random.Random) -> Iterator[list[int]]:
    """Yield whole articles, some `BATCH` drafts at a time."""
    by_article: dict[int, list[int]] = {}
    for i in numbers.tolist():
        by_article.setdefault(int(drafts.article[i]), []).append(i)
    articles = list(by_article)
    chance.shuffle(articles)
    batch: list[int] = []
    for article in articles:
        batch += by_article[article]
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def loss_of(found: Any, drafts: Drafts, numbers: list[int]) -> Any:
    """What is minimized for a batch."""
    grade, near = (torch.tensor(values[numbers]).float() for values in (drafts.grade, drafts.near))
    article = torch.tensor(drafts.article[numbers])
    graded, told = (grade >= 0).float(), (near >= 0).float()
    better = (grade[:, None] > grade[None]) & (article[:, None] == article[None])
    pairs = better.float() * graded[:, None] * graded[None]
    ahead = found[:, 0][:, None] - found[:, 0][None]
    odds = functional.binary_cross_entropy_with_logits(
        found[:, 1], (grade == PRINT).float(), reduction="none"
    )
    return (
        GRADE * _mean((found[:, 0] - grade + 1) ** 2, graded)
        + ODDS * _mean(odds, graded)
        + ORDER * _mean(functional.softplus(-2 * ahead), pairs)
        + NEAR * _mean((found[:, 2] - 3 * near) ** 2, told)
    )


def _mean(values: Any, weights: Any) -> Any:
    return (values * weights).sum() / weights.sum().clamp(min=1)


def fitted(drafts: Drafts, numbers: NDArray[np.int64]) -> DraftNetwork:
    """Fit to some drafts."""
    torch.manual_seed(0)
    chance = random.Random(0)
    network = DraftNetwork(drafts.rows.shape[1], drafts.labels)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.05)
    steps, step = EPOCHS * len(numbers) / BATCH, 0
    for _ in range(EPOCHS):
        for batch in batches(drafts, numbers, chance):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(step / WARM, max(0.02, 1 - step / steps))
            loss = loss_of(network(drafts.batch(batch)), drafts, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
        print(f"step {step}: loss {loss.item():.3f}", flush=True)
    return network.eval()


def exported(network: DraftNetwork, drafts: Drafts) -> dict[str, Any]:
    """The weights as `Grader` reads them."""
    return stored(
        "grader",
        {
            "states": (network.states, network.first),
            "features": (network.features, None),
            "grade": (network.grade, network.last),
        },
        network.layers,
        {"mean": drafts.mean, "deviation": drafts.deviation}
        | {name: embedding.weight.detach().numpy() for name, embedding in network.embedded.items()},
        drafts.labels,
    )


def graded(network: DraftNetwork, drafts: Drafts, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """What the network says of some drafts, as `Grader.grade` puts it."""
    found = np.zeros(len(numbers))
    with torch.no_grad():
        for start in range(0, len(numbers), 2 * BATCH):
            part = slice(start, start + 2 * BATCH)
            own = network(drafts.batch(numbers[part].tolist()))
            found[part] = (own[:, 0] + torch.sigmoid(own[:, 1])).numpy()
    return found


def measured(drafts: Drafts) -> None:
    """Print how often readers would print what is chosen in the fold left out."""
    seen = drafts.fold != LEFT_OUT
    unseen = np.flatnonzero(~seen & (drafts.grade >= 0))
    rows = {f"judged.{key}": value for key, value in drafts.own.items()}
    trees = (
        printed(rows, drafts.told, seen).predict(np.column_stack([drafts.own["x"], drafts.told])[unseen])
        + drafts.told[unseen]
    )
    values = graded(fitted(drafts, np.flatnonzero(seen)), drafts, unseen)
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
    ship(options.output, exported(fitted(drafts, np.arange(len(drafts.grade))), drafts))


if __name__ == "__main__":
    main()
