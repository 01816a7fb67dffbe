"""Layers of the small transformers that choose, in torch, and how their weights are stored for NumPy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from summarize.composing.news.learned.transformer import HEADS


class Layer(nn.Module):
    """One layer of a transformer, normalized first."""

    def __init__(self, width: int, inner: int, dropped: float) -> None:
        super().__init__()
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(dropped)

    def forward(self, hidden: Any, mask: Any) -> Any:
        """Return each place having seen the others, shape (many, size, width)."""
        many, size, width = hidden.shape
        three = self.qkv(self.before(hidden)).view(many, size, 3, HEADS, width // HEADS)
        query, key, value = three.permute(2, 0, 3, 1, 4)
        weight = torch.softmax(query @ key.transpose(-1, -2) / (width // HEADS) ** 0.5 + mask, -1)
        seen = (self.drop(weight) @ value).transpose(1, 2).reshape(many, size, width)
        hidden = hidden + self.drop(self.out(seen))
        return hidden + self.drop(self.down(torch.relu(self.up(self.between(hidden)))))


def stored(
    network: str,
    matrices: Mapping[str, tuple[nn.Linear, nn.LayerNorm | None]],
    layers: Iterable[Layer],
    further: Mapping[str, Any],
    labels: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """Return the weights of a network as `summarize/composing/news/transformer.py` reads them.

    Args:
        network: its name.
        matrices: each with the normalization before it, which goes into the matrix.
        layers: its layers.
        further: embeddings, and mean and deviation of the features.
        labels: names that embeddings are of.
    """
    linear = dict(matrices)
    for number, layer in enumerate(layers):
        own = {"qkv": (layer.qkv, layer.before), "out": (layer.out, None)}
        own |= {"up": (layer.up, layer.between), "down": (layer.down, None)}
        linear |= {f"layer{number}.{name}": value for name, value in own.items()}
    arrays = dict(further)
    with torch.no_grad():
        for name, (matrix, norm) in linear.items():
            bias = matrix.bias if norm is None else matrix.bias + matrix.weight @ norm.bias
            weight = matrix.weight if norm is None else matrix.weight * norm.weight
            arrays |= {name: weight.T.numpy(), f"{name}.bias": bias.numpy()}
    found: dict[str, Any] = {}
    for name, value in arrays.items():
        if value.ndim == 2:  # bytes, with a scale for each column
            scale = np.abs(value).max(axis=0) / 127 + 1e-12
            found[f"{network}.{name}"] = np.round(value / scale).astype(np.int8)
            found[f"{network}.{name}.scale"] = scale.astype(np.float32)
        else:
            found[f"{network}.{name}"] = value.astype(np.float32)
    for name, one in labels.items():
        found[f"{network}.{name}.labels"] = np.frombuffer(" ".join(one).encode(), np.uint8)
    return found
