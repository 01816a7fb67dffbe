"""Many visitors of the app at once, each with a session of its own, in a process of their own.

    python tests/app_callers.py ADDRESS < texts.json

Reads a JSON list of texts, and writes one of [first bullet, seconds] for each, all asked for at once.
"""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from time import perf_counter
from typing import Any

import httpx

PATIENCE = 120


async def answer(client: httpx.AsyncClient, function: int, data: list[Any]) -> list[Any]:
    """What a function answers a browser of its own: join the queue, listen for what comes."""
    session = uuid.uuid4().hex
    asked = {"fn_index": function, "session_hash": session, "data": data}
    (await client.post("gradio_api/queue/join", json=asked)).raise_for_status()
    async with client.stream("GET", f"gradio_api/queue/data?session_hash={session}") as events:
        async for line in events.aiter_lines():
            event: dict[str, Any] = json.loads(line.removeprefix("data:")) if line else {}
            if event.get("msg") == "process_completed":
                assert event["success"], event
                found: list[Any] = event["output"]["data"]
                return found
    raise AssertionError("the stream ended without an answer")


async def call(client: httpx.AsyncClient, function: int, text: str) -> tuple[str, float]:
    """The first bullet of one text, and the seconds until it was there."""
    begin = perf_counter()
    [brief, *_] = await answer(client, function, [text, "textrank", 3, "auto", "", ""])
    return brief["bullets"][0]["text"], perf_counter() - begin


async def main(address: str, texts: list[str]) -> list[tuple[str, float]]:
    limits = httpx.Limits(max_connections=2 * len(texts))
    async with httpx.AsyncClient(
        base_url=address, timeout=PATIENCE, trust_env=False, limits=limits
    ) as client:
        offered = (await client.get("config")).json()["dependencies"]
        function = next(one["id"] for one in offered if one["api_name"] == "summarize_article")
        return list(await asyncio.gather(*(call(client, function, text) for text in texts)))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], json.load(sys.stdin)))))
