"""Access to the Hugging Face hub: reach it quickly or say so, download, and check every byte.

Uses huggingface_hub for the transfer, which resumes a file that was cut off. Looks up no cache.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from summarize.errors import ModelError, first_line
from summarize.reading.deadline import within

_WANTED = ("*.json", "*.txt", "*.model", "*.jinja")
_BLOCK = 1 << 20


class HubUnreachableError(ModelError):
    """The hub could not be reached, or broke off; the message says how."""


def fetch(name: str, revision: str | None, seconds: float, pickled: bool = True) -> tuple[Path, str]:
    """Download a checkpoint into the Hugging Face cache and return its folder and commit.

    Args:
        name: the id of a model on the hub.
        revision: a branch, tag or commit, or None for main.
        seconds: how long to wait for the hub's first answer.
        pickled: whether pickled weights are downloaded where it has no others.

    Raises:
        HubUnreachableError: where the hub does not answer in time or breaks off.
        ModelError: where a file is not what the hub said it would be; it is removed from the cache.
        huggingface_hub.errors.RepositoryNotFoundError, RevisionNotFoundError: for a wrong id.
    """
    from huggingface_hub import constants, snapshot_download
    from huggingface_hub.errors import (
        GatedRepoError,
        LocalEntryNotFoundError,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )

    if constants.HF_HUB_OFFLINE:
        raise HubUnreachableError("HF_HUB_OFFLINE forbids asking it")
    commit, files = _ask(name, revision, seconds)
    safe = not pickled or any(file.endswith(".safetensors") for file in files)
    weights = "*.safetensors" if safe else "pytorch_model*.bin"
    try:
        folder = Path(snapshot_download(name, revision=commit, allow_patterns=[*_WANTED, weights]))
    except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError):
        raise
    except (OSError, RuntimeError, LocalEntryNotFoundError, _transport_error()) as error:
        raise HubUnreachableError(f"the download broke off: {first_line(error)}") from error
    verify(folder)
    # The commit is downloaded by its hash, so the branch it stands for is written down here: the
    # next run finds it without asking.
    if commit != revision:
        reference = folder.parent.parent / "refs" / (revision or "main")
        reference.parent.mkdir(parents=True, exist_ok=True)
        reference.write_text(commit, encoding="utf-8")
    return folder, commit


def verify(folder: Path) -> None:
    """Check the files of a snapshot against the hashes the cache names them by.

    Raises:
        ModelError: for a file that is not what the hub announced; it is removed, so that the next run
            fetches it again.
    """
    for link in sorted(folder.rglob("*")):
        blob = link.resolve()
        if not link.is_symlink() or blob.parent.name != "blobs" or _hash(blob) in (None, blob.name):
            continue
        link.unlink()
        blob.unlink(missing_ok=True)
        raise ModelError(
            f"{link.name} of {folder.parent.parent.name} arrived corrupted (its hash is not "
            f"{blob.name[:12]}...) and was removed; run again to fetch it once more"
        )


def _hash(blob: Path) -> str | None:
    """Return the hash of a blob in the form of its name: SHA-256, or git's SHA-1; None for another."""
    if re.fullmatch(r"[0-9a-f]{64}", blob.name):
        digest = hashlib.sha256()
    elif re.fullmatch(r"[0-9a-f]{40}", blob.name):
        digest = hashlib.sha1(b"blob %d\0" % blob.stat().st_size, usedforsecurity=False)
    else:
        return None
    with blob.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _ask(name: str, revision: str | None, seconds: float) -> tuple[str, list[str]]:
    """Return the commit and the files of a repository."""
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    try:
        answer = within(seconds, lambda: HfApi().model_info(name, revision=revision, timeout=seconds))
    except (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError):
        raise
    except Exception as error:
        raise HubUnreachableError(f"asked {constants.ENDPOINT}: {first_line(error)}") from error
    return answer.sha or revision or "main", [file.rfilename for file in answer.siblings or []]


def _transport_error() -> type[Exception]:
    """Return the base class of the errors of the HTTP client that huggingface_hub uses."""
    from huggingface_hub import get_session

    # The client was httpx in some versions and httpx2 in later ones; both call the class HTTPError.
    package = type(get_session()).__module__.split(".")[0]
    error: type[Exception] = getattr(__import__(package), "HTTPError", OSError)
    return error
