"""Cache: what was fetched and what was written of it, in a folder, so that no run does either twice.

Bodies and briefs are kept under a hash of what they are of. Every file is written whole or not at all, so
that a run may be killed at any moment; one that is damaged counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from summarize.document import Document
from summarize.errors import OutputError
from summarize.reading.web import Page

KEPT_DAYS = 30


class Cache:
    """A folder of pages and briefs.

    Args:
        folder: where; made if need be.

    Raises:
        OutputError: where nothing can be written there.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)
        try:
            for kind in ("pages", "bodies", "briefs"):
                (self._folder / kind).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{folder}: no cache can be kept here: {error.strerror or error}; name another with --cache"
            ) from error

    def page(self, url: str) -> tuple[Page, float] | None:
        """Return what was fetched from an address, and the seconds since; None where nothing was."""
        record = self._record("pages", _hash(url.encode("utf-8", "surrogatepass")))
        if record is None:
            return None
        try:
            page = Page(
                self._path("bodies", record["body"]).read_bytes(),
                record["suffix"],
                record["charset"],
                record["url"],
                record["kind"],
                dict(record["validators"]),
            )
            return page, max(0.0, time.time() - float(record["fetched"]))
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def keep_page(self, url: str, page: Page) -> None:
        """Keep what was fetched from an address just now."""
        body = _hash(page.data)
        path = self._path("bodies", body)
        if not path.exists():
            self._write(path, page.data)
        record = {
            "url": page.url,
            "address": url,
            "fetched": time.time(),
            "body": body,
            "suffix": page.suffix,
            "charset": page.charset,
            "kind": page.kind,
            "validators": dict(page.validators),
        }
        name = _hash(url.encode("utf-8", "surrogatepass"))
        self._write(self._path("pages", name), json.dumps(record).encode())

    def brief(self, key: str) -> dict[str, Any] | None:
        """Return the record of a brief by what `key_of` gave, or None."""
        return self._record("briefs", key)

    def keep_brief(self, key: str, record: dict[str, Any]) -> None:
        """Keep the record of a brief."""
        self._write(self._path("briefs", key), json.dumps(record).encode())

    def prune(self, days: float = KEPT_DAYS) -> None:
        """Remove what no run has used for so many days."""
        oldest = time.time() - days * 86_400
        for kind in ("pages", "bodies", "briefs"):
            for path in (self._folder / kind).iterdir():
                with suppress(OSError):
                    if path.stat().st_mtime < oldest:
                        path.unlink()

    def _record(self, kind: str, name: str) -> dict[str, Any] | None:
        path = self._path(kind, name)
        try:
            record = json.loads(path.read_bytes())
            os.utime(path)
            if kind == "pages":
                os.utime(self._path("bodies", record["body"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return record if isinstance(record, dict) else None

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / kind / str(name)

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.part")
        try:
            part.write_bytes(data)
            os.replace(part, path)
        except OSError as error:
            raise OutputError(f"{path}: could not be written: {error.strerror or error}") from error


def key_of(what: Sequence[Any], documents: Sequence[Document]) -> str:
    """Return the name under which a brief is kept.

    Args:
        what: all that decides what is written besides the documents, as JSON can hold it.
        documents: what it is written of, in order.
    """
    told = [
        [d.text, d.title, d.source, d.outlet, d.language, d.published and d.published.isoformat()]
        for d in documents
    ]
    return _hash(json.dumps([list(what), told]).encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
