"""Layers of a small transformer (Vaswani et al. 2017), normalized first (Xiong et al. 2020), in NumPy alone.

Weights are as `training/ranker/layers.py` wrote them: bytes with a scale for each column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

HEADS = 4
FURTHEST = 4.0  # standard deviations that a feature may be off its mean
NOTHING = -1e9  # what attention is told of padding

Array = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """The weights of one network.

    Attributes:
        arrays: matrices, biases and embeddings by name; those of the first layer are "layer0.qkv" and so on.
        labels: the number of each name that an embedding is of; 0 is that of all others.
        layers: how many.
    """

    arrays: Mapping[str, Array]
    labels: Mapping[str, Mapping[str, int]]
    layers: int

    def linear(self, name: str, values: Array) -> Array:
        """Return values times a matrix, and its bias, shape (..., columns)."""
        found: Array = values @ self.arrays[name] + self.arrays[f"{name}.bias"]
        return found

    def scaled(self, rows: NDArray[np.float64]) -> Array:
        """Return features less their mean, over their deviation: those of what the network learned from."""
        far = (rows - self.arrays["mean"]) / self.arrays["deviation"]
        return np.clip(far, -FURTHEST, FURTHEST).astype(np.float32)

    def contextual(self, hidden: Array, live: NDArray[np.bool_]) -> Array:
        """Return what each place of some sequences is once it has seen the others, shape (many, size, width).

        Args:
            hidden: shape (many, size, width).
            live: which places hold something, shape (many, size).
        """
        mask = np.where(live, 0.0, NOTHING).astype(np.float32)[:, None, None]
        for number in range(self.layers):
            hidden = self._layer(hidden, mask, f"layer{number}.")
        return hidden

    def _layer(self, hidden: Array, mask: Array, name: str) -> Array:
        many, size, width = hidden.shape
        three = self.linear(name + "qkv", normalized(hidden))
        query, key, value = three.reshape(many, size, 3, HEADS, width // HEADS).transpose(2, 0, 3, 1, 4)
        weight = query @ key.transpose(0, 1, 3, 2) / np.sqrt(np.float32(width // HEADS)) + mask
        weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
        weight /= weight.sum(axis=-1, keepdims=True)
        seen = (weight @ value).transpose(0, 2, 1, 3).reshape(many, size, width)
        hidden = hidden + self.linear(name + "out", seen)
        inner = np.maximum(self.linear(name + "up", normalized(hidden)), 0)
        return hidden + self.linear(name + "down", inner)


def normalized(hidden: Array) -> Array:
    """Return each vector less its mean, with a variance of one."""
    hidden = hidden - hidden.mean(axis=-1, keepdims=True)
    found: Array = hidden / np.sqrt((hidden**2).mean(axis=-1, keepdims=True) + np.float32(1e-5))
    return found


def read(path: Path, network: str) -> Weights:
    """Read the weights of one network from a file that `training/ranker` wrote."""
    stored = np.load(path)
    own = {
        key.removeprefix(f"{network}."): stored[key] for key in stored.files if key.startswith(f"{network}.")
    }
    arrays, labels = {}, {}
    for name, value in own.items():
        if name.endswith(".labels"):
            given = enumerate(bytes(value).decode().split(), start=1)
            labels[name.removesuffix(".labels")] = {label: number for number, label in given}
        elif value.dtype == np.int8:
            arrays[name] = value.astype(np.float32) * own[f"{name}.scale"]
        elif not name.endswith(".scale"):
            arrays[name] = value
    return Weights(arrays, labels, sum(name.endswith(".qkv") for name in arrays))
