"""The known abstractive checkpoints in one table: model, revision, prefix and decoding settings.

The settings are those the checkpoints were published with, but for headlines, which are decoded short
and with every beam kept, because a headline has twelve words. How many hypotheses of the other texts are
kept is the summarizer's option. Loads nothing.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from summarize.models.checkpoints import Checkpoint
from summarize.models.engines.base import Decoding

HIGHLIGHTS = Decoding(beams=4, min_tokens=55, max_tokens=141, length_penalty=2.0, no_repeat_ngram=3)
SENTENCE = Decoding(beams=6, min_tokens=4, max_tokens=40, length_penalty=1.0, candidates=6)
PASSAGE = Decoding(beams=4, min_tokens=10, max_tokens=80, length_penalty=1.0)


@dataclass(frozen=True, slots=True)
class Preset:
    """What runs under one name.

    Attributes:
        model: hub id of the checkpoint that writes bullets and box; None where the user names it.
        headline_model: hub id of one that writes a single sentence; None where `model` does it.
        revision: branch, tag or commit of both.
        prefix: what is put before every input.
        highlights: how bullets are decoded.
        headline: how headlines are decoded.
        passage: how a sentence of the box is decoded.
        languages: the languages the checkpoint was trained on, or empty where that is not known.
    """

    model: str | None
    headline_model: str | None = None
    revision: str = "main"
    prefix: str = ""
    highlights: Decoding = HIGHLIGHTS
    headline: Decoding = SENTENCE
    passage: Decoding = PASSAGE
    languages: frozenset[str] = frozenset({"en"})


PRESETS = {
    "bart": Preset("facebook/bart-large-cnn", "facebook/bart-large-xsum"),
    "distilbart": Preset("sshleifer/distilbart-cnn-12-6", "sshleifer/distilbart-xsum-12-6"),
    "pegasus": Preset(
        "google/pegasus-cnn_dailymail",
        "google/pegasus-xsum",
        highlights=Decoding(beams=8, min_tokens=31, max_tokens=127, length_penalty=0.8, no_repeat_ngram=0),
    ),
    "t5": Preset(
        "google-t5/t5-base",
        prefix="summarize: ",
        highlights=Decoding(beams=4, min_tokens=29, max_tokens=199, length_penalty=2.0),
    ),
    "seq2seq": Preset(None, highlights=Decoding(min_tokens=10), languages=frozenset()),
}
_NAMES = {
    "num_beams": "beams",
    "max_length": "max_tokens",
    "min_length": "min_tokens",
    "length_penalty": "length_penalty",
    "no_repeat_ngram_size": "no_repeat_ngram",
}


def published(checkpoint: Checkpoint, otherwise: Decoding) -> tuple[Decoding, str]:
    """Return the decoding settings and the prefix a checkpoint was published with.

    They stand in generation_config.json or, in older checkpoints, in config.json, there perhaps under
    the task "summarization".

    Args:
        checkpoint: where to look.
        otherwise: what holds where the checkpoint says nothing.
    """
    config = checkpoint.config()
    said: dict[str, Any] = {
        **config,
        **((config.get("task_specific_params") or {}).get("summarization") or {}),
    }
    path = checkpoint.folder / "generation_config.json"
    if path.is_file():
        with suppress(ValueError):
            said |= json.loads(path.read_text(encoding="utf-8"))
    found = {ours: said[theirs] for theirs, ours in _NAMES.items() if said.get(theirs) is not None}
    # transformers counts the start token in lengths and writes max_length 20 where nothing was meant.
    if found.pop("max_tokens", 20) > 20:
        found["max_tokens"] = said["max_length"] - 1
    if "min_tokens" in found:
        found["min_tokens"] = max(0, found["min_tokens"] - 1)
    return replace(otherwise, **found), str(said.get("prefix") or "")
