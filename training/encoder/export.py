"""A trained encoder -> encoder.onnx with 8-bit weights, classes.json and vocabulary.txt.

The graph is written by hand: the word embeddings are stored as 8-bit rows with a scale each, and made whole
when looked up; the weights of every product of matrices are quantized for 8-bit instructions.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

LAYERS, WIDTH, HEADS, POSITIONS, RELATION = 6, 384, 12, 256, 96


class Graph:
    """Collects the nodes and weights of the graph.

    Args:
        weights: the state of `train.NewsEncoder`.
    """

    def __init__(self, weights: dict[str, Any]) -> None:
        self.weights = {name: value.float().numpy() for name, value in weights.items()}
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: Any) -> str:
        """Store an array once by its name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def integers(self, *values: int) -> str:
        """Store a list of whole numbers."""
        return self.constant("i" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value: float) -> str:
        """Store one number."""
        return self.constant(f"f{value}", np.array(value, np.float32))

    def add(self, kind: str, *inputs: str, out: str | None = None, outputs: int = 1, **settings: Any) -> Any:
        """Add a node; return the name of its output, or the names where it has several."""
        names = [out or f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **settings))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, name: str, out: str | None = None) -> str:
        """A linear layer of the model."""
        product = self.add("MatMul", x, self.constant(f"{name}.w", self.weights[f"{name}.weight"].T))
        return self.add("Add", product, self.constant(f"{name}.b", self.weights[f"{name}.bias"]), out=out)

    def norm(self, x: str, name: str) -> str:
        """A layer normalization of the model."""
        scale = self.constant(f"{name}.g", self.weights[f"{name}.weight"])
        shift = self.constant(f"{name}.b", self.weights[f"{name}.bias"])
        return self.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def like_words(self, x: str, width: int) -> str:
        """Repeat indices of words over a last axis, for GatherElements."""
        size = self.add("Concat", self.add("Shape", "first"), self.integers(width), axis=0)
        return self.add("Expand", x, size)


def embeddings(g: Graph) -> str:
    """Pieces, shapes and positions -> the input of the first layer."""
    table = g.weights["bert.embeddings.word_embeddings.weight"]
    scale = np.abs(table).max(1, keepdims=True) / 127
    rows = g.add("Gather", g.constant("pieces", np.round(table / scale).astype(np.int8)), "ids")
    scales = g.add("Gather", g.constant("scales", scale.astype(np.float32)), "ids")
    x = g.add("Mul", g.add("Cast", rows, to=TensorProto.FLOAT), scales)
    x = g.add("Add", x, g.add("Gather", g.constant("forms", g.weights["shape.weight"]), "shapes"))
    place = g.weights["bert.embeddings.position_embeddings.weight"][:POSITIONS]
    place = place + g.weights["bert.embeddings.token_type_embeddings.weight"][0]
    length = g.add("Slice", g.add("Shape", "ids"), g.integers(1), g.integers(2), g.integers(0))
    places = g.add("Slice", g.constant("places", place), g.integers(0), length, g.integers(0))
    return g.norm(g.add("Add", x, places), "bert.embeddings.LayerNorm")


def layer(g: Graph, x: str, bias: str, number: int) -> str:
    """One layer of the transformer."""
    name = f"bert.encoder.layer.{number}"
    parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    joined = np.concatenate([g.weights[f"{part}.weight"].T for part in parts], axis=1)
    shift = np.concatenate([g.weights[f"{part}.bias"] for part in parts])
    joined[:, :WIDTH] *= (WIDTH // HEADS) ** -0.5
    shift[:WIDTH] *= (WIDTH // HEADS) ** -0.5
    product = g.add("MatMul", x, g.constant(f"{name}.qkv", joined))
    mixed = g.add("Add", product, g.constant(f"{name}.qkv.b", shift))
    split = g.add("Split", mixed, outputs=3, axis=-1, num_outputs=3)
    orders = ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])
    query, key, value = (
        g.add("Transpose", g.add("Reshape", part, g.integers(0, 0, HEADS, WIDTH // HEADS)), perm=order)
        for part, order in zip(split, orders, strict=True)
    )
    weights = g.add("Softmax", g.add("Add", g.add("MatMul", query, key), bias), axis=-1)
    seen = g.add("Transpose", g.add("MatMul", weights, value), perm=[0, 2, 1, 3])
    seen = g.add("Reshape", seen, g.integers(0, 0, WIDTH))
    x = g.norm(
        g.add("Add", g.linear(seen, f"{name}.attention.output.dense"), x),
        f"{name}.attention.output.LayerNorm",
    )
    hidden = g.add("Gelu", g.linear(x, f"{name}.intermediate.dense"))
    return g.norm(g.add("Add", g.linear(hidden, f"{name}.output.dense"), x), f"{name}.output.LayerNorm")


def outputs(g: Graph, x: str) -> None:
    """The heads over the first piece of each word, and the one over the sentence."""
    first = g.like_words(g.add("Unsqueeze", "first", g.integers(2)), WIDTH)
    words = g.add("GatherElements", x, first, axis=1, out="states_out")
    g.add("Squeeze", g.linear(words, "keep"), g.integers(2), out="keep_out")
    g.linear(words, "tag", out="tag_out")
    g.linear(words, "ner", out="ner_out")
    below, above = g.add("Gelu", g.linear(words, "arc_d")), g.add("Gelu", g.linear(words, "arc_h"))
    turned = g.add("Transpose", above, perm=[0, 2, 1])
    arcs = g.add("MatMul", g.add("MatMul", below, g.constant("arc_w", g.weights["arc_w"])), turned)
    arcs = g.add("Add", arcs, g.add("Transpose", g.linear(above, "arc_b"), perm=[0, 2, 1]))
    absent = g.add("Mul", g.add("Sub", "words", g.number(1)), g.number(10_000))
    arcs = g.add("Add", arcs, g.add("Unsqueeze", absent, g.integers(1)), out="arc_out")
    best = g.like_words(g.add("ArgMax", arcs, axis=2, keepdims=1), RELATION)
    chosen = g.add("GatherElements", g.linear(words, "rel_h"), best, axis=1)
    g.linear(g.add("Tanh", g.add("Add", g.linear(words, "rel_d"), chosen)), "rel", out="rel_out")
    whole = g.add("Slice", x, g.integers(0), g.integers(1), g.integers(1))
    g.linear(whole, "news", out="news_out")


def build(weights: dict[str, Any]) -> Any:
    """Return the whole graph in 32 bits."""
    g = Graph(weights)
    absent = g.add("Mul", g.add("Sub", "mask", g.number(1)), g.number(10_000))
    bias = g.add("Unsqueeze", absent, g.integers(1, 2))
    x = embeddings(g)
    for number in range(LAYERS):
        x = layer(g, x, bias, number)
    outputs(g, x)
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    given = [info(name, whole, ["b", "l"]) for name in ("ids", "shapes")]
    given += [
        info("first", whole, ["b", "w"]),
        info("mask", real, ["b", "l"]),
        info("words", real, ["b", "w"]),
    ]
    made = [info("keep_out", real, ["b", "w"])]
    made += [info(f"{name}_out", real, ["b", "x", name]) for name in ("tag", "ner", "arc", "rel", "news")]
    made.append(info("states_out", real, ["b", "w", WIDTH]))
    graph = helper.make_graph(g.nodes, "encoder", given, made, list(g.constants.values()))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    """Write the weights that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path, help="the folder that train.py wrote")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        onnx.save(build(torch.load(options.trained / "model.pt", map_location="cpu")), whole)
        quantize_dynamic(
            whole,
            options.output / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            # Seven bits: on processors without VNNI eight would overflow, and two machines would differ.
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
            extra_options={"MatMulConstBOnly": True},
        )
    shutil.copy(options.trained / "classes.json", options.output)


if __name__ == "__main__":
    main()
