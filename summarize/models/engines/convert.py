"""Conversion of a checkpoint to CTranslate2, once, into the user's cache; and the loading behind it.

Locked against a second process, written beside and renamed, keyed by model, revision and precision.
Needs torch and transformers; what it writes needs neither.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from summarize.errors import MissingDependencyError, ModelError
from summarize.models.checkpoints import INSTALL, Checkpoint, cache_root
from summarize.models.engines.tokenizer import window_of

CONVERTIBLE = frozenset({"bart", "pegasus", "t5", "mt5"})
# Part of the key: raise it when what is written below changes.
_FORMAT = 1


def converted(checkpoint: Checkpoint, precision: str) -> Path:
    """Return the folder of a converted checkpoint, converting it if that was not done before.

    Raises:
        ModelError: where the weights cannot be loaded or the cache cannot be written.
        MissingDependencyError: where torch or transformers, needed for the conversion only, is missing.
    """
    return once(target_of(checkpoint, precision), lambda folder: _convert(checkpoint, precision, folder))


def once(target: Path, build: Callable[[Path], None]) -> Path:
    """Return a folder of the cache, building it if it is not there: beside it, under a lock, then renamed.

    Args:
        target: where it is to stand.
        build: fills the folder whose path it is given, which does not exist yet.

    Raises:
        ModelError: where the cache cannot be written.
    """
    if target.is_dir():
        return target
    from filelock import FileLock

    partial = target.with_suffix(".partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_suffix(".lock")):
            if target.is_dir():
                return target
            # Whatever a killed process left is under the same lock, so no living one writes there.
            shutil.rmtree(partial, ignore_errors=True)
            try:
                build(partial)
                partial.rename(target)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"the converted model cannot be kept in {target.parent}: {error}; set SUMMARIZE_CACHE to "
            "a folder with room that you may write to"
        ) from error
    return target


def target_of(checkpoint: Checkpoint, precision: str) -> Path:
    """Return where a checkpoint's conversion is kept, whether it is there or not."""
    import hashlib

    from summarize.models.engines.base import version_of

    where = (
        f"{checkpoint.folder if Path(checkpoint.name).is_dir() else checkpoint.name}\0{checkpoint.revision}"
    )
    key = hashlib.sha256(f"{where}\0{version_of('ctranslate2')}\0{_FORMAT}".encode()).hexdigest()[:16]
    readable = re.sub(r"[^\w-]+", "--", checkpoint.name).strip("-")[-60:]
    return cache_root() / "ctranslate2" / f"{readable}-{key}-{precision}"


def load_model(folder: Path, dtype: Any = None, kind: str = "Seq2SeqLM", **kwargs: Any) -> Any:
    """Load a model with transformers, offline.

    Args:
        folder: what `save_pretrained` wrote.
        dtype: how the weights are held; None for as they were saved.
        kind: which of transformers' AutoModelFor... classes.
        kwargs: further ones of its `from_pretrained`.

    Raises:
        ModelError: for weights that are truncated, do not fit, or belong to no such model.
    """
    try:
        import transformers
    except ImportError as error:
        raise MissingDependencyError(f"this needs torch and transformers: {INSTALL}") from error
    try:
        return getattr(transformers, f"AutoModelFor{kind}").from_pretrained(
            str(folder), dtype=dtype, local_files_only=True, trust_remote_code=False, **kwargs
        )
    except Exception as error:  # safetensors, pickle, zip and torch each raise their own kinds
        message = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(
            f"the weights in {folder} cannot be loaded: {message}; the file may be truncated or of another "
            "model: fetch or save it again"
        ) from error


def load_tokenizer(folder: Path, **kwargs: Any) -> Any:
    """Load a checkpoint's tokenizer with transformers, offline.

    Raises:
        ModelError: where its files are broken, or it has no fast form, which both engines need.
    """
    import transformers

    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(
            str(folder), local_files_only=True, trust_remote_code=False, **kwargs
        )
    except Exception as error:  # each tokenizer raises its own kinds
        message = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ModelError(f"the tokenizer in {folder} cannot be loaded: {message}") from error
    if not hasattr(tokenizer, "backend_tokenizer"):
        raise ModelError(f"the tokenizer in {folder} ({type(tokenizer).__name__}) has no tokenizer.json form")
    return tokenizer


def _convert(checkpoint: Checkpoint, precision: str, folder: Path) -> None:
    require_for_conversion(checkpoint.name, "torch", "transformers")
    from summarize.models.hub import verify

    verify(checkpoint.folder)
    print(f"converting {checkpoint.name} to CTranslate2 {precision}, once ...", file=sys.stderr)
    model = load_model(checkpoint.folder)
    tokenizer = load_tokenizer(checkpoint.folder)
    run_converter(checkpoint.name, checkpoint.folder, model, tokenizer, precision, folder)
    config = model.generation_config
    end = config.eos_token_id if isinstance(config.eos_token_id, list) else [config.eos_token_id]
    prefix = [] if config.forced_bos_token_id is None else [config.forced_bos_token_id]
    settings = {
        "model": checkpoint.name,
        "revision": checkpoint.revision,
        "window": window_of(model.config.to_dict(), tokenizer),
        "end": end,
        "prefix": prefix,
    }
    (folder / "generation.json").write_text(json.dumps(settings), encoding="utf-8")


def require_for_conversion(name: str, *modules: str) -> None:
    """Raise MissingDependencyError unless the modules that a conversion needs are installed."""
    if missing := [module for module in modules if find_spec(module) is None]:
        raise MissingDependencyError(f"converting {name} needs {' and '.join(missing)}, this once: {INSTALL}")


def run_converter(name: str, source: Path, model: Any, tokenizer: Any, precision: str, folder: Path) -> None:
    """Write a loaded model and its tokenizer as a CTranslate2 folder.

    Raises:
        ModelError: where CTranslate2 cannot take the model.
    """
    converter = _converter(source, model, tokenizer)
    quantization = "int8_float32" if precision == "int8" else precision
    try:
        converter.convert(str(folder), quantization=quantization)
    except (ValueError, AttributeError, NotImplementedError, RuntimeError) as error:
        raise ModelError(
            f"CTranslate2 cannot convert {name}: {error}; --engine torch runs it unconverted"
        ) from error
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


def _converter(folder: Path, model: Any, tokenizer: Any) -> Any:
    """Return a converter that takes a model and a tokenizer already loaded.

    CTranslate2's loaders read two keys of old configurations that transformers no longer writes. What
    they said can be read off the model itself: a stack that normalizes before each layer ends with a
    normalization, and one that normalizes its embeddings holds the layer for it.
    """
    from ctranslate2.converters import TransformersConverter

    encoder = getattr(getattr(model, "model", None), "encoder", None)
    if encoder is not None:
        model.config.normalize_before = hasattr(encoder, "layer_norm")
        model.config.normalize_embedding = hasattr(encoder, "layernorm_embedding")

    class Loaded(TransformersConverter):  # type: ignore[misc]
        def load_model(self, *_: Any, **__: Any) -> Any:
            return model

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return _FullVocabulary(tokenizer, model.config.vocab_size)

    return Loaded(str(folder))


class _FullVocabulary:
    """A tokenizer with a token for every row of the embeddings, which many checkpoints pad."""

    def __init__(self, tokenizer: Any, size: int) -> None:
        self._tokenizer = tokenizer
        self._size = size

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)

    def get_vocab(self) -> dict[str, int]:
        known: dict[str, int] = self._tokenizer.get_vocab()
        missing = set(range(self._size)) - set(known.values())
        return {**known, **{f"<unused-{index}>": index for index in missing}}
