"""A chat completion that comes in pieces, as server-sent events -> the same completion in one piece.

Bytes in, bytes out: how a server is talked to is `chat_client`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


class ChatStream:
    """Puts the pieces of an answer together, and tells what has come so far.

    Args:
        heard: called with the text so far whenever there is more of it.

    Attributes:
        ended: whether the server has said that this was all.
    """

    def __init__(self, heard: Callable[[str], None]) -> None:
        self._heard = heard
        self._rest = b""  # of a line that is not whole
        self._text: list[str] = []
        self._usage: Any = None
        self._error: bytes = b""
        self.ended = False

    def feed(self, block: bytes) -> None:
        """Take what came from the server, which may end in the middle of anything."""
        before = len(self._text)
        *lines, self._rest = (self._rest + block).split(b"\n")
        for line in lines:
            if line.startswith(b"data:"):
                self._take(line.removeprefix(b"data:").strip())
        if len(self._text) > before:
            self._heard("".join(self._text))

    def whole(self) -> bytes:
        """Return the answer as servers send it in one piece; an error that came in its place, as it is."""
        if self._error:
            return self._error
        message = {"role": "assistant", "content": "".join(self._text)}
        return json.dumps({"choices": [{"message": message}], "usage": self._usage}).encode()

    def _take(self, data: bytes) -> None:
        if data == b"[DONE]":
            self.ended = True
            return
        try:
            event = json.loads(data)
            self._usage = event.get("usage") or self._usage
            if event.get("error"):
                self._error, self.ended = data, True
            for choice in event.get("choices") or ():
                piece = (choice.get("delta") or {}).get("content")
                self._text += [str(piece)] * bool(piece)
                self.ended = self.ended or bool(choice.get("finish_reason"))
        except (ValueError, TypeError, AttributeError):  # a line of something else is no part of the answer
            return
