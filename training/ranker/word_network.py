"""The network of `WordReader` in torch, with what is dropped while it learns, and how it is fitted."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from layers import Layer, stored
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from summarize.composing.news.learned.transformer import FURTHEST, NOTHING

STATES = 384  # figures that the encoder has of a word


@dataclass(frozen=True)
class Shape:
    """The size of a network and how it is fitted.

    Attributes:
        width, inner, layers: of the transformer.
        embedded: how many codes each embedding has; 0 for as many as there are labels.
        learned: how many things it learns of a line.
        rate, epochs, batch, warm: of the optimizer; a batch is filled with whole articles.
    """

    width: int
    inner: int
    layers: int
    embedded: Mapping[str, int]
    learned: int
    rate: float = 7e-4
    epochs: int = 3
    batch: int = 64
    warm: int = 100
    dropped: float = 0.2


class WordNetwork(nn.Module):
    """A transformer over the words of a line, with its features as one word more."""

    def __init__(self, shape: Shape, features: int, labels: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        width, self.shape = shape.width, shape
        self.states, self.features = nn.Linear(STATES, width), nn.Linear(features, width)
        self.first, self.last = nn.LayerNorm(STATES), nn.LayerNorm(2 * width)
        self.embedded = nn.ModuleDict(
            {
                name: nn.Embedding(size or len(labels[name]) + 1, width)
                for name, size in shape.embedded.items()
            }
        )
        for embedding in self.embedded.values():
            nn.init.normal_(embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer(width, shape.inner, shape.dropped) for _ in range(shape.layers))
        self.grade, self.drop = nn.Linear(2 * width, shape.learned), nn.Dropout(shape.dropped)

    def forward(self, batch: dict[str, Any]) -> Any:
        """Return what is learned of each line, shape (lines, things)."""
        hidden = self.states(self.drop(self.first(batch["states"])))
        hidden = hidden + sum(embedding(batch[name]) for name, embedding in self.embedded.items())
        hidden = torch.cat([self.drop(self.features(batch["rows"]))[:, None], hidden], 1)
        mask = functional.pad(torch.where(batch["live"], 0.0, NOTHING), (1, 0))[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        kept = functional.pad(batch["keeps"], (1, 0))[..., None].float()
        mean = (hidden * kept).sum(1) / kept.sum(1).clamp(min=1)
        return self.grade(self.drop(self.last(torch.cat([hidden[:, 0], mean], -1))))

    def exported(self, name: str, features: Features, labels: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """The weights as `WordReader` reads them, with mean and deviation of the features."""
        return stored(
            name,
            {
                "states": (self.states, self.first),
                "features": (self.features, None),
                "grade": (self.grade, self.last),
            },
            self.layers,
            {"mean": features.mean, "deviation": features.deviation}
            | {key: own.weight.detach().numpy() for key, own in self.embedded.items()},
            labels,
        )


def padded(
    given: Sequence[tuple[NDArray[np.float16], Mapping[str, NDArray[np.int64]]]], rows: NDArray[np.float32]
) -> dict[str, Any]:
    """Pad lines to one number of words: the states of the words of each, and their codes by name."""
    size = max(len(states) for states, _ in given)
    states = np.zeros((len(given), size, STATES), np.float32)
    codes = {name: np.zeros((len(given), size), np.int64) for name in given[0][1]}
    live = np.zeros((len(given), size), bool)
    for row, (own, coded) in enumerate(given):
        states[row, : len(own)], live[row, : len(own)] = own, True
        for name, values in coded.items():
            codes[name][row, : len(own)] = values
    return {
        name: torch.from_numpy(values)
        for name, values in {"states": states, "live": live, "rows": rows, **codes}.items()
    }


@dataclass(frozen=True)
class Features:
    """The features of lines as a network sees them.

    Attributes:
        mean, deviation: of each feature, shape (features,).
        rows: less their mean, over their deviation, shape (lines, features).
    """

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]
    rows: NDArray[np.float32]

    @classmethod
    def of(cls, x: NDArray[np.float64]) -> Features:
        """Scale features, shape (lines, features)."""
        mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
        return cls(mean, deviation, np.clip((x - mean) / deviation, -FURTHEST, FURTHEST).astype(np.float32))


def numbered(
    own: Mapping[str, NDArray[np.str_]],
) -> tuple[dict[str, list[str]], dict[str, NDArray[np.int64]]]:
    """Return the labels of tags and relations, and the number of each word's; that of "" is 0."""
    labels = {name: sorted(set(own[name].tolist()) - {""}) for name in ("tags", "relations")}
    number = {name: {label: i for i, label in enumerate(found, 1)} for name, found in labels.items()}
    codes = {
        name: np.array([known.get(label, 0) for label in own[name].tolist()])
        for name, known in number.items()
    }
    return labels, codes


def fitted(
    shape: Shape,
    features: Features,
    labels: Mapping[str, Sequence[str]],
    article: NDArray[np.int64],
    numbers: NDArray[np.int64],
    batch_of: Callable[[list[int]], dict[str, Any]],
    loss_of: Callable[[Any, list[int]], Any],
) -> WordNetwork:
    """Return a network that is fitted to some lines.

    Args:
        shape: of the network.
        features: of all lines.
        labels: names that embeddings are of.
        article: of each line.
        numbers: the lines to fit it to.
        batch_of: pads some of them.
        loss_of: what is minimized, from what the network says of some of them.
    """
    torch.manual_seed(0)
    network, chance = WordNetwork(shape, features.rows.shape[1], labels), random.Random(0)
    optimizer = torch.optim.AdamW(network.parameters(), lr=shape.rate, weight_decay=0.05)
    steps, step = shape.epochs * len(numbers) / shape.batch, 0
    for _ in range(shape.epochs):
        for batch in _batches(article, numbers, shape.batch, chance):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = shape.rate * min(step / shape.warm, max(0.02, 1 - step / steps))
            loss = loss_of(network(batch_of(batch)), batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
        print(f"step {step}: loss {loss.item():.3f}", flush=True)
    return network.eval()


def _batches(
    article: NDArray[np.int64], numbers: NDArray[np.int64], size: int, chance: random.Random
) -> Iterator[list[int]]:
    """Yield whole articles, some `size` lines at a time."""
    by_article: dict[int, list[int]] = {}
    for i in numbers.tolist():
        by_article.setdefault(int(article[i]), []).append(i)
    articles = list(by_article)
    chance.shuffle(articles)
    batch: list[int] = []
    for one in articles:
        batch += by_article[one]
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def graded(
    network: WordNetwork, numbers: NDArray[np.int64], batch_of: Callable[[list[int]], dict[str, Any]]
) -> NDArray[np.float64]:
    """What a network says of some lines, as `WordReader.grades` puts it: grade and odds of print."""
    found, size = np.zeros(len(numbers)), 2 * network.shape.batch
    with torch.no_grad():
        for start in range(0, len(numbers), size):
            own = network(batch_of(numbers[start : start + size].tolist()))
            found[start : start + size] = (own[:, 0] + torch.sigmoid(own[:, 1])).numpy()
    return found


def mean_of(values: Any, weights: Any) -> Any:
    """The mean of what has a weight, 0 where nothing has."""
    return (values * weights).sum() / weights.sum().clamp(min=1)
