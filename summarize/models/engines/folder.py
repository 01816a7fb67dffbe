"""A converted folder opened in CTranslate2: the runtime, its tokens, its settings and its tokenizer.

The same for models that rewrite (`ctranslate`) and models that continue (`generator`). Nothing is generated.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.cores import usable_cores
from summarize.errors import ModelError
from summarize.models.engines.tokenizer import Tokenizer


@dataclass(frozen=True, slots=True)
class Opened:
    """What a converted folder holds.

    Attributes:
        runtime: the `ctranslate2.Translator` or `ctranslate2.Generator`.
        tokens: the vocabulary in the order of its ids.
        settings: generation.json, which the conversion wrote.
        tokenizer: the checkpoint's own.
    """

    runtime: Any
    tokens: list[str]
    settings: dict[str, Any]
    tokenizer: Tokenizer


def open_folder(kind: str, folder: Path, device: str, precision: str, threads: int | None = None) -> Opened:
    """Load a converted model.

    Args:
        kind: "Translator" or "Generator".
        folder: what a conversion returned.
        device: "cpu" or "cuda".
        precision: "int8", "float32", "float16" or "bfloat16".
        threads: CPU threads; None for all this process may use.

    Raises:
        ModelError: where CTranslate2 cannot load it, or the folder lacks a part.
    """
    import ctranslate2

    try:
        runtime = getattr(ctranslate2, kind)(
            str(folder),
            device=device,
            compute_type=compute_type(device, precision),
            intra_threads=threads or usable_cores(),
        )
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"CTranslate2 cannot load {folder} on {device}: {error}") from error
    try:
        settings = json.loads((folder / "generation.json").read_text(encoding="utf-8"))
        tokens = json.loads(_vocabulary(folder).read_text(encoding="utf-8"))
        window = settings["window"]
    except (OSError, ValueError, LookupError) as error:
        raise ModelError(f"{folder} is broken: {error}; delete it and it is converted again") from error
    return Opened(runtime, tokens, settings, Tokenizer.read(folder, window))


def _vocabulary(folder: Path) -> Path:
    names = ("shared_vocabulary.json", "target_vocabulary.json", "vocabulary.json")
    return next((folder / name for name in names if (folder / name).exists()), folder / names[-1])


def compute_type(device: str, precision: str) -> str:
    """Return CTranslate2's name of a precision: int8 computes the rest in float16 on a GPU.

    Example:
        >>> compute_type("cuda", "int8")
        'int8_float16'
    """
    if precision == "int8":
        return "int8_float16" if device == "cuda" else "int8_float32"
    return precision
