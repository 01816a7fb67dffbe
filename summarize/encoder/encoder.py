"""Runs the encoder with ONNX Runtime: lines of English -> an `Analysis` of each.

Every line is read by itself. The graph holds 8-bit weights whose inputs are scaled by all that is read
together, so that company would change a line's figures, and the head of one word in ninety; it would save no
time either.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.cores import usable_cores
from summarize.encoder.analysis import Analysis, Name, as_tree, with_conjunctions, with_initials, with_subject
from summarize.encoder.wordpiece import FIRST, LAST, SHAPES, pieces, shape
from summarize.language.tagged import Tagged

MOST_CHARACTERS, MOST_WORDS, MOST_PIECES = (
    1000,
    90,
    200,
)  # of a sentence that is read; a longer one is no news line
_OUTPUTS = ("keep_out", "tag_out", "ner_out", "arc_out", "rel_out", "news_out", "states_out")

Array = NDArray[Any]


class _Coded(NamedTuple):
    words: Tagged
    ids: list[int]
    shapes: list[int]
    first: list[int]


@cache
def is_available() -> bool:
    """Tell whether the encoder can run here: its runtime is installed and its weights lie in the package."""
    weights = files("summarize.encoder").joinpath("weights", "encoder.onnx")
    return find_spec("onnxruntime") is not None and weights.is_file()


def analyse(lines: Sequence[str]) -> list[Analysis | None]:
    """Read lines.

    Args:
        lines: one sentence of English each.

    Returns:
        One analysis a line, in order; None for a line of fewer than 2 or more than 90 words.
    """
    return [_read(line, code, _run(code)) if (code := _code(line)) else None for line in lines]


def _code(line: str) -> _Coded | None:
    if len(line) > MOST_CHARACTERS:
        return None
    words = Tagged(line, tags=False)
    if not 2 <= len(words) <= MOST_WORDS:
        return None
    ids, shapes, first = [FIRST], [0], [0]
    for token, spaced in zip(words.tokens, words.spaced, strict=True):
        own = pieces(token)
        first.append(len(ids))
        ids.extend(own)
        shapes.extend([shape(token) + (0 if spaced else SHAPES)] * len(own))
    if len(ids) >= MOST_PIECES:
        return None
    return _Coded(words, [*ids, LAST], [*shapes, 0], first)


def _run(code: _Coded) -> list[Array]:
    """Return the outputs of the graph for one line."""
    feed = {
        "ids": np.array([code.ids], np.int64),
        "shapes": np.array([code.shapes], np.int64),
        "first": np.array([code.first], np.int64),
        "mask": np.ones((1, len(code.ids)), np.float32),
        "words": np.ones((1, len(code.first)), np.float32),
    }
    return [output[0] for output in _session().run(list(_OUTPUTS), feed)]


def _read(line: str, code: _Coded, outputs: Sequence[Array]) -> Analysis:
    size = len(code.first)
    keep, tag, ner, arc, rel, news, states = outputs
    classes = _classes()
    words = code.words
    words.retag([classes["tags"][i] for i in tag[1:size].argmax(axis=1)])
    kinds = [classes["ners"][i] for i in ner[1:size].argmax(axis=1)]
    relations = [classes["labels"][i] for i in rel[1:size].argmax(axis=1)]
    heads, relations = with_conjunctions(as_tree(arc[1:size, :size]), relations)
    heads, relations = with_initials(heads, relations, words.tokens)
    heads, relations = with_subject(heads, relations, words.tags, words.tokens)
    return Analysis(
        line=line,
        words=words,
        heads=heads,
        relations=relations,
        keep=[float(x) for x in keep[1:size]],
        names=_names(kinds, words.tokens),
        news=float(news[0, 0]),
        states=states[1:size],
    )


def _names(kinds: Sequence[str], tokens: Sequence[str]) -> list[Name]:
    """Names from labels that say where each begins ("B-PER") and goes on ("I-PER").

    The stop behind an initial, "Mary J. Blige", ends no name.
    """
    found: list[Name] = []
    for i, label in enumerate(kinds):
        if label == "O":
            continue
        same = bool(found) and found[-1].kind == label[2:]
        initial = same and found[-1].end == i - 1 and tokens[i - 1] == "." and len(tokens[i - 2]) == 1
        if (same and label[0] == "I" and found[-1].end == i) or initial:
            found[-1] = Name(found[-1].start, i + 1, label[2:])
        else:
            found.append(Name(i, i + 1, label[2:]))
    return found


@cache
def _classes() -> dict[str, list[str]]:
    text = files("summarize.encoder").joinpath("weights", "classes.json").read_text(encoding="utf-8")
    classes: dict[str, list[str]] = json.loads(text)
    return classes


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # A batch with workers shares the cores among them, and says so as every numeric library reads it.
    shared = os.environ.get("OMP_NUM_THREADS", "")
    options.intra_op_num_threads = min(int(shared) if shared.isdigit() and int(shared) else usable_cores(), 2)
    with as_file(files("summarize.encoder").joinpath("weights", "encoder.onnx")) as path:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            # The two operations apart take a fifth less time than the one that they are fused into.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
