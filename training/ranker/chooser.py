"""Fit what chooses sentences together, a small transformer, to what `collect.py read` found -> ranker.npz.

It is fitted once without each fold, on which it is measured beside the trees that see a sentence alone, and
once to all.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from fit import keep, ship
from layers import Layer, stored
from numpy.typing import NDArray
from sets import FOLDS
from torch import nn
from torch.nn import functional

from summarize.composing.news.learned.cue_words import PARTS
from summarize.composing.news.learned.transformer import FURTHEST, NOTHING

WIDTH, INNER, LAYERS, DROPPED = 96, 192, 1, 0.5
RATE, EPOCHS, BATCH, WARM = 1e-3, 24, 16, 50
ORDER = 0.3  # what the order within an article weighs beside the worth of each sentence


@dataclass(frozen=True)
class ReadArticle:
    """The sentences of one article that were read.

    Attributes:
        fold: the part of a cross-validation that leaves it out.
        rows: their features less the mean, over the deviation, shape (sentences, features).
        states: what `summary` makes of the encoder's, shape (sentences, 1152).
        worth: how much each belongs into headline, bullets and box, shape (sentences, 3).
        alone: what trees say of each, shape (sentences, 3).
    """

    fold: int
    rows: NDArray[np.float32]
    states: NDArray[np.float32]
    worth: NDArray[np.float32]
    alone: NDArray[np.float64]


class SentenceNetwork(nn.Module):
    """The same as `Chooser`, with what is dropped while it learns."""

    def __init__(self, features: int, states: int) -> None:
        super().__init__()
        self.features, self.states = nn.Linear(features, WIDTH), nn.Linear(states, WIDTH)
        self.first, self.last, self.drop = nn.LayerNorm(states), nn.LayerNorm(WIDTH), nn.Dropout(DROPPED)
        self.layers = nn.ModuleList(Layer(WIDTH, INNER, DROPPED) for _ in range(LAYERS))
        self.worth = nn.Linear(WIDTH, len(PARTS))

    def forward(self, rows: Any, states: Any, live: Any) -> Any:
        """Return the worth of each sentence for each part, shape (articles, sentences, 3)."""
        hidden = self.features(rows) + self.states(self.drop(self.first(states)))
        mask = torch.where(live, 0.0, NOTHING)[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return self.worth(self.drop(self.last(hidden)))


def articles(collected: Path) -> tuple[list[ReadArticle], NDArray[np.float64], NDArray[np.float64]]:
    """The articles, and mean and deviation of their features."""
    found = np.load(collected / "read.npz")
    mean, deviation = found["x"].mean(axis=0), found["x"].std(axis=0) + 1e-6
    rows = np.clip((found["x"] - mean) / deviation, -FURTHEST, FURTHEST).astype(np.float32)
    ends = np.cumsum(found["sizes"])
    parts = [slice(end - size, end) for size, end in zip(found["sizes"], ends, strict=True)]
    states, worth = found["states"].astype(np.float32), found["worth"].astype(np.float32)
    return (
        [
            ReadArticle(int(fold), rows[part], states[part], worth[part], found["alone"][part])
            for fold, part in zip(found["fold"], parts, strict=True)
        ],
        mean,
        deviation,
    )


def padded(batch: list[ReadArticle]) -> tuple[Any, Any, Any, Any]:
    """Features, states, which places hold a sentence, and worth, padded to one number of sentences."""
    size = max(len(article.rows) for article in batch)
    filled = [
        torch.from_numpy(
            np.stack(
                [np.pad(own, ((0, size - len(own)), (0, 0))) for own in (getattr(a, name) for a in batch)]
            )
        )
        for name in ("rows", "states", "worth")
    ]
    live = torch.tensor([[i < len(article.rows) for i in range(size)] for article in batch])
    return filled[0], filled[1], live, filled[2]


def fitted(given: list[ReadArticle]) -> SentenceNetwork:
    """Fit to some articles."""
    torch.manual_seed(0)
    chance = random.Random(0)
    given = list(given)
    network = SentenceNetwork(given[0].rows.shape[1], given[0].states.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.3)
    steps, step = EPOCHS * len(given) / BATCH, 0
    for _ in range(EPOCHS):
        chance.shuffle(given)
        for start in range(0, len(given), BATCH):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(step / WARM, max(0.02, 1 - step / steps))
            loss = loss_of(network, padded(given[start : start + BATCH]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return network.eval()


def loss_of(network: SentenceNetwork, batch: tuple[Any, Any, Any, Any]) -> Any:
    """What is minimized: the error of each worth, and the cross-entropy of an article's sentences."""
    rows, states, live, worth = batch
    found = network(rows, states, live)
    there = live[..., None].float()
    error = ((found - worth) ** 2 * there).sum() / there.sum()
    share = worth.clamp(min=0) * there
    share = share / share.sum(1, keepdim=True).clamp(min=1e-6)
    odds = functional.log_softmax((3 * found).masked_fill(~live[..., None], NOTHING), 1)
    return len(PARTS) * error - ORDER * (share * odds.masked_fill(~live[..., None], 0)).sum(1).mean()


def exported(
    network: SentenceNetwork, mean: NDArray[np.float64], deviation: NDArray[np.float64]
) -> dict[str, Any]:
    """The weights as `Chooser` reads them."""
    matrices = {
        "features": (network.features, None),
        "states": (network.states, network.first),
        "worth": (network.worth, network.last),
    }
    return stored("chooser", matrices, network.layers, {"mean": mean, "deviation": deviation}, {})


def chosen(worth: NDArray[np.float64], article: ReadArticle) -> list[bool]:
    """Whether an editor chose the sentence that is worth most, for each part where one was read."""
    return [
        bool(article.worth[np.argmax(worth[:, part]), part] == 1)
        if (article.worth[:, part] == 1).any()
        else False
        for part in range(len(PARTS))
    ]


def main() -> None:
    """Fit, measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collected", type=Path, help="the folder that collect.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    given, mean, deviation = articles(options.collected)
    alone, together = [], []
    for fold in range(FOLDS):
        network = fitted([article for article in given if article.fold != fold])
        keep(options.collected / f"fold{fold}.npz", exported(network, mean, deviation))
        for article in (article for article in given if article.fold == fold):
            rows, states, live, _ = padded([article])
            with torch.no_grad():
                together.append(chosen(network(rows, states, live)[0].numpy(), article))
            alone.append(chosen(article.alone, article))
    for name, found in (("alone", alone), ("together", together)):
        shares = zip(PARTS, np.mean(found, axis=0), strict=True)
        print(f"{name:8}", *(f"{part} {share:.1%}" for part, share in shares), sep="  ")
    ship(options.output, exported(fitted(given), mean, deviation))


if __name__ == "__main__":
    main()
