"""One request to an OpenAI-compatible server: retries, time-outs, keys that appear in no message.

Knows nothing of summaries. Keys come from SUMMARIZE_API_KEY or OPENAI_API_KEY at the time of the request.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import urllib3

from summarize.errors import ModelError, OptionError, first_line
from summarize.models.chat_stream import ChatStream

_REFUSED = (400, 415, 422, 501)
PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
MOST_BYTES = 10_000_000
LONGEST_WAIT = 30.0
KEYS = ("SUMMARIZE_API_KEY", "OPENAI_API_KEY")


class ChatClient:
    """Asks `/chat/completions` of one server. May be used by several threads.

    Attributes:
        tokens: how many "prompt_tokens" and "completion_tokens" the server has counted so far.
    """

    def __init__(self, base_url: str, timeout: float, retries: int) -> None:
        """Take the address of a server.

        Args:
            base_url: with scheme, host and path; no user, password or query.
            timeout: seconds for one request in all.
            retries: how often a request is repeated that failed for a passing reason.

        Raises:
            OptionError: for an address that is none, or that carries a secret.
        """
        try:
            parts = urlsplit(base_url)
            port = parts.port
        except ValueError as error:
            raise OptionError(f"base_url is not an address: {error}") from error
        if parts.username or parts.password or parts.query:
            raise OptionError(f"base_url may carry no key; put it into the environment as {KEYS[0]}")
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise OptionError(f"base_url must look like http://127.0.0.1:11434/v1, not {base_url!r}")
        self.base_url = base_url.rstrip("/")
        self._timeout = timeout
        self._retries = retries
        self._pool = urllib3.PoolManager(retries=False)
        self._takes_schema = True
        self.tokens: Counter[str] = Counter()
        self._lock = Lock()

    def complete(
        self, body: dict[str, Any], schema: dict[str, Any], heard: Callable[[str], None] | None = None
    ) -> str:
        """Return the text of the server's answer.

        Args:
            body: the request without its response format.
            schema: the JSON schema of the answer; left out for a server that refuses it.
            heard: called with the text so far as it comes, where the server sends it in pieces.

        Raises:
            ModelError: where the server cannot be reached, refuses, or answers with something else.
        """
        if self._takes_schema:
            form = {"type": "json_schema", "json_schema": {"name": "brief", "strict": True, "schema": schema}}
            status, data = self._post({**body, "response_format": form}, heard)
            if status not in _REFUSED:
                return self._text(status, data)
            # Servers that know no schemas say so in as many ways as there are servers.
        status, data = self._post(body, heard)
        if status in _REFUSED and heard:  # perhaps it is the pieces that it does not know
            return self.complete(body, schema)
        if status == 200:
            self._takes_schema = False
        return self._text(status, data)

    def _post(self, body: dict[str, Any], heard: Callable[[str], None] | None = None) -> tuple[int, bytes]:
        """Send one request, again after a passing failure, and return status and body."""
        failure = ""
        for attempt in range(self._retries + 1):
            wait = min(LONGEST_WAIT, 0.5 * 2**attempt) * (0.75 + random.random() / 2)
            try:
                status, headers, data = self._send(body, heard)
            except (urllib3.exceptions.HTTPError, OSError) as error:
                failure = first_line(error)
            else:
                if status not in PASSING:
                    return status, data
                failure = f"status {status}: {_said(data)}"
                wait = _asked_wait(headers, wait)
            if attempt < self._retries:
                time.sleep(wait)
        tried = f"tried {self._retries + 1} times" if self._retries else "tried once"
        raise ModelError(
            self._scrubbed(
                f"{self.base_url} gave no answer ({tried}, {self._timeout:g} seconds each): {failure}; is "
                "the server running, and is --base-url right?"
            )
        )

    def _send(self, body: dict[str, Any], heard: Callable[[str], None] | None) -> tuple[int, Any, bytes]:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if heard:
            body, headers["Accept"] = {**body, "stream": True}, "text/event-stream, application/json"
        if key := _key():
            headers["Authorization"] = f"Bearer {key}"
        deadline = time.monotonic() + self._timeout
        response = self._pool.request(
            "POST",
            f"{self.base_url}/chat/completions",
            # Half characters are no JSON to many servers.
            body=json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
            headers=headers,
            timeout=urllib3.Timeout(connect=min(10.0, self._timeout), read=self._timeout),
            preload_content=False,
            redirect=False,  # a key goes to the server it was meant for
        )
        data = bytearray()
        kind = response.headers.get("Content-Type", "")
        stream = ChatStream(heard) if heard and kind.startswith("text/event-stream") else None
        try:
            while block := response.read1(65536):
                data += block
                if stream:
                    stream.feed(block)
                if len(data) > MOST_BYTES:
                    raise ModelError(f"{self.base_url} answered with more than {MOST_BYTES} bytes")
                # The library's time-out is one between bytes, which a trickle never reaches.
                if time.monotonic() > deadline:
                    raise urllib3.exceptions.TimeoutError(f"no whole answer in {self._timeout:g} seconds")
        finally:
            response.close()
        if stream and not stream.ended:
            raise urllib3.exceptions.ProtocolError("the answer broke off")
        return response.status, response.headers, stream.whole() if stream else bytes(data)

    def _text(self, status: int, data: bytes) -> str:
        where = f"{self.base_url}/chat/completions"
        if status in (401, 403):
            have = "the key it was given" if _key() else "a request without a key"
            raise ModelError(self._scrubbed(f"{where} refuses {have} ({_said(data)}); set {KEYS[0]}"))
        if status != 200:
            raise ModelError(
                self._scrubbed(f"{where} answered {status}: {_said(data)}; check --model and --base-url")
            )
        try:
            answer = json.loads(data)
            message = answer["choices"][0]["message"]
            text = message.get("content") or message.get("refusal") or ""
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ModelError(
                self._scrubbed(f"{where} answered with no chat completion: {_said(data)}; check --base-url")
            ) from error
        self._add_up(answer.get("usage"))
        if isinstance(text, list):  # parts, as some servers send them
            text = "".join(part.get("text", "") for part in text if isinstance(part, dict))
        return str(text)

    def _add_up(self, usage: object) -> None:
        """Add the tokens of an answer; a server that counts none adds nothing."""
        counts = usage if isinstance(usage, dict) else {}
        with self._lock:
            for name in ("prompt_tokens", "completion_tokens"):
                if isinstance(counts.get(name), int):
                    self.tokens[name] += counts[name]

    def _scrubbed(self, message: str) -> str:
        """Return a message without the key, which some servers quote back."""
        for name in KEYS:
            if key := os.environ.get(name, "").strip():
                message = message.replace(key, "[key]")
        return message


def _key() -> str | None:
    return next((key for name in KEYS if (key := os.environ.get(name, "").strip())), None)


def _asked_wait(headers: Any, otherwise: float) -> float:
    """Return the seconds a server asks to wait, within reason.

    Example:
        >>> _asked_wait({"Retry-After": "2"}, 0.5), _asked_wait({"Retry-After": "Wed, 21 Oct"}, 0.5)
        (2.0, 0.5)
    """
    try:
        return min(LONGEST_WAIT, max(0.0, float(headers.get("Retry-After", otherwise))))
    except ValueError:
        return otherwise


def _said(data: bytes) -> str:
    """Return what a server said in an error, on one line and not too long.

    Example:
        >>> _said(b'{"error": {"message": "no such model"}}')
        'no such model'
    """
    text = data.decode("utf-8", "replace")
    try:
        error = json.loads(text)
        error = error.get("error", error) if isinstance(error, dict) else error
        text = str(error.get("message", error) if isinstance(error, dict) else error)
    except ValueError:
        pass
    text = " ".join(text.split())
    return f"{text[:200]}..." if len(text) > 200 else text or "nothing"
