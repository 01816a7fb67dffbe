"""A chat server on loopback for tests: it answers as it is told, also badly, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

Reply = tuple[int, dict[str, str], bytes | Iterable[bytes]]  # of pieces, each is sent as it is there


def completion(content: str) -> Reply:
    body = {"choices": [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}]}
    return 200, {}, json.dumps(body).encode()


def events(pieces: Iterable[str], ended: bool = True) -> Reply:
    """Return an answer that is sent in pieces, as server-sent events."""

    def sent() -> Iterator[bytes]:
        for piece in pieces:
            body = {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
            yield b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"
        if ended:
            yield b'data: {"choices": [{"delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n'

    return 200, {"Content-Type": "text/event-stream; charset=utf-8"}, sent()


class Server:
    """Answers each request with what `reply` makes of it, and keeps the requests."""

    def __init__(self, answer: str = "") -> None:
        self.reply: Callable[[int, dict[str, Any]], Reply] = lambda *_: completion(answer)
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.busy = self.most_busy = 0
        self.lock = Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: Any) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer.lock:
                    outer.requests.append(body)
                    outer.keys.append(self.headers.get("Authorization"))
                    number = len(outer.requests)
                    outer.busy += 1
                    outer.most_busy = max(outer.busy, outer.most_busy)
                status, headers, data = outer.reply(number, body)
                with outer.lock:
                    outer.busy -= 1
                if status == 0:  # hang up
                    self.close_connection = True
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if isinstance(data, bytes):
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                    return
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for piece in data:
                    self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"


@contextmanager
def serving(answer: str = "") -> Iterator[Server]:
    """Run a server on loopback that gives every request the same answer, until it is told another."""
    running = Server(answer)
    thread = Thread(target=running.http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.http.shutdown()
        running.http.server_close()
        thread.join()
