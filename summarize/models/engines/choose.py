"""Which engine, device and precision run a checkpoint: what the user asked for, or the fastest that can."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from summarize.errors import MissingDependencyError, ModelError, OptionError
from summarize.models.checkpoints import INSTALL, Checkpoint
from summarize.models.engines.base import Engine

ENGINES = ("auto", "ctranslate2", "torch")
DEVICES = ("auto", "cpu", "cuda")
PRECISIONS = ("auto", "int8", "float32", "float16", "bfloat16")


def open_engine(
    checkpoint: Checkpoint,
    engine: str = "auto",
    device: str = "auto",
    precision: str = "auto",
    threads: int | None = None,
) -> Engine:
    """Load a checkpoint into the engine that was asked for, or the fastest that can run it.

    Args:
        checkpoint: what `summarize.models.checkpoints.resolve` returned.
        engine: "ctranslate2" or "torch"; "auto" is the first wherever it knows the architecture.
        device: "cpu" or "cuda"; "auto" is a GPU where one can be used.
        precision: "auto" is int8 on a CPU and float16 on a GPU (float32 on a CPU under torch).
        threads: CPU threads; None for all this process may use.

    Raises:
        OptionError: for a value that is none of these.
        MissingDependencyError: where the engine is not installed.
        ModelError: where the checkpoint cannot be run so.
    """
    check(engine, device, precision)
    kind = checkpoint.config()["model_type"]
    from summarize.models.engines.convert import CONVERTIBLE, converted

    # Asking transformers means importing torch, which takes seconds; the convertible need no asking.
    if kind not in CONVERTIBLE:
        require_encoder_decoder(checkpoint)

    if engine == "auto":
        engine = "ctranslate2" if kind in CONVERTIBLE and find_spec("ctranslate2") else "torch"
    if engine == "ctranslate2":
        if kind not in CONVERTIBLE:
            raise ModelError(f"CTranslate2 cannot run {checkpoint.name}, a {kind} model; use --engine torch")
        if not find_spec("ctranslate2"):
            raise MissingDependencyError(f"the engine ctranslate2 is not installed: {INSTALL}")
        from summarize.models.engines.ctranslate import CTranslateEngine

        device = device_of(device, ctranslate2_sees_cuda())
        precision = ("float16" if device == "cuda" else "int8") if precision == "auto" else precision
        return CTranslateEngine(converted(checkpoint, precision), device, precision, threads)
    if not find_spec("torch"):
        raise MissingDependencyError(f"{checkpoint.name}, a {kind} model, needs the engine torch: {INSTALL}")
    from summarize.models.engines.pytorch import TorchEngine

    device = device_of(device, torch_sees_cuda())
    precision = ("float16" if device == "cuda" else "float32") if precision == "auto" else precision
    return TorchEngine(checkpoint.folder, device, precision, threads)


def check(engine: str, device: str, precision: str) -> None:
    """Raise OptionError for a value that no engine knows, before anything is loaded."""
    for option, value, known in (
        ("engine", engine, ENGINES),
        ("device", device, DEVICES),
        ("precision", precision, PRECISIONS),
    ):
        if value not in known:
            raise OptionError(f"{option} must be one of {', '.join(known)}, not {value!r}")


def require_encoder_decoder(checkpoint: Checkpoint) -> None:
    """Raise ModelError for a model that only continues texts or only reads them."""
    config = checkpoint.config()
    if not find_spec("transformers"):
        raise MissingDependencyError(f"{checkpoint.name} needs transformers: {INSTALL}")
    from transformers import CONFIG_MAPPING

    kind = config["model_type"]
    if kind not in CONFIG_MAPPING:
        raise ModelError(
            f"{checkpoint.name} is a {kind} model, which the installed transformers does not know"
        )
    if not config.get("is_encoder_decoder", CONFIG_MAPPING[kind]().is_encoder_decoder):
        raise ModelError(
            f"{checkpoint.name} is a {kind} model without an encoder and a decoder, so it is no "
            "sequence-to-sequence summarizer; serve it and use --summarizer chat, or name another --model"
        )


def ctranslate2_sees_cuda() -> bool:
    """Tell whether CTranslate2 can use a GPU here."""
    import ctranslate2

    return bool(ctranslate2.get_cuda_device_count())


def torch_sees_cuda() -> bool:
    """Tell whether torch can use a GPU here."""
    import torch

    return bool(torch.cuda.is_available())


@cache
def device_of(device: str, cuda: bool) -> str:
    """Return "cpu" or "cuda" for what was asked, where `cuda` tells whether a GPU can be used.

    Raises:
        ModelError: where a GPU is asked for and none can be used.
    """
    if device == "cuda" and not cuda:
        raise ModelError("no GPU can be used here: CUDA reports none; use --device cpu")
    return "cuda" if device == "auto" and cuda else "cpu" if device == "auto" else device
