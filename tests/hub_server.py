"""A server on loopback that speaks as much of the Hugging Face hub's protocol as a download needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

COMMIT = "a" * 40
LARGE = (".safetensors", ".bin")


@dataclass
class Hub:
    """Repositories by id, and what goes wrong with them.

    Attributes:
        repositories: hub id -> folder.
        cuts: how many downloads of `cut_file` are still to break off half way.
        cut_file: the file whose downloads break off.
        corrupt: whether weights are sent with a byte changed.
        requests: what was asked, as "METHOD path".
        ranges: the Range headers of downloads.
    """

    repositories: dict[str, Path]
    cuts: int = 0
    cut_file: str = "model.safetensors"
    corrupt: bool = False
    requests: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)
    url: str = ""


@contextmanager
def serve(hub: Hub) -> Iterator[Hub]:
    """Run the hub on a free port until the block ends."""

    class Handler(_Handler):
        pass

    Handler.hub = hub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.hub.requests.append(f"{self.command} {self.path}")
        path = self.path.partition("?")[0]
        for name, folder in self.hub.repositories.items():
            files = {file.name: file for file in sorted(folder.iterdir())}
            if path.startswith(f"/api/models/{name}/tree/"):
                return self._json([_entry(file) for file in files.values()])
            if path == f"/api/models/{name}" or path.startswith(f"/api/models/{name}/revision/"):
                siblings = [{"rfilename": file} for file in files]
                return self._json({"id": name, "modelId": name, "sha": COMMIT, "siblings": siblings})
            if path.startswith(f"/{name}/resolve/") and path.rsplit("/", 1)[1] in files:
                return self._file(files[path.rsplit("/", 1)[1]])
        code = "EntryNotFound" if "/resolve/" in path else "RepoNotFound"
        self._json({"error": "not found"}, 404, {"X-Error-Code": code})
        return None

    def _json(self, body: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for key, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def _file(self, file: Path) -> None:
        data = file.read_bytes()
        large = file.suffix in LARGE
        etag = _etag(file)
        if large and self.hub.corrupt:
            data = data[:-1] + bytes([data[-1] ^ 1])
        start = 0
        if wanted := self.headers.get("Range"):
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if self.command == "GET":
                self.hub.ranges.append(wanted)
        self.send_response(206 if start else 200)
        self.send_header("ETag", f'"{etag}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(data) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        if large:
            self.send_header("X-Linked-Etag", f'"{etag}"')
            self.send_header("X-Linked-Size", str(len(data)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if file.name == self.hub.cut_file and self.hub.cuts:
            self.hub.cuts -= 1
            self.wfile.write(data[start : start + (len(data) - start) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(data[start:])


def _etag(file: Path) -> str:
    data = file.read_bytes()
    if file.suffix in LARGE:
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _entry(file: Path) -> dict[str, Any]:
    size = file.stat().st_size
    entry: dict[str, Any] = {"type": "file", "path": file.name, "size": size, "oid": _etag(file)}
    if file.suffix in LARGE:
        entry["oid"] = hashlib.sha1(_etag(file).encode()).hexdigest()
        entry["lfs"] = {"oid": _etag(file), "size": size, "pointerSize": 134}
    return entry
