"""Many visitors of the app who upload the same file at once, as browsers do, in a process of their own.

    python tests/app_uploaders.py ADDRESS FILE COUNT

Writes a JSON list with the text that each of them gets into the article's box.
"""

from __future__ import annotations

import asyncio
import json
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx


async def upload(client: httpx.AsyncClient, function: int, file: Path) -> Any:
    session = uuid.uuid4().hex
    sent = await client.post("gradio_api/upload", files={"files": (file.name, file.read_bytes())})
    [path] = sent.raise_for_status().json()
    data = {"path": path, "orig_name": file.name, "meta": {"_type": "gradio.FileData"}}
    asked = {"fn_index": function, "session_hash": session, "data": [data]}
    (await client.post("gradio_api/queue/join", json=asked)).raise_for_status()
    async with client.stream("GET", f"gradio_api/queue/data?session_hash={session}") as events:
        async for line in events.aiter_lines():
            event: dict[str, Any] = json.loads(line.removeprefix("data:")) if line else {}
            if event.get("msg") == "process_completed":
                assert event["success"], event
                text, message = event["output"]["data"]
                return message or text
    raise AssertionError("the stream ended without an answer")


async def main(address: str, file: Path, count: int) -> list[Any]:
    async with httpx.AsyncClient(base_url=address, timeout=120, trust_env=False) as client:
        config = (await client.get("config")).json()
        button = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "upload")
        function = next(
            one["id"] for one in config["dependencies"] if [button, "upload"] in [*map(list, one["targets"])]
        )
        return list(await asyncio.gather(*(upload(client, function, file) for _ in range(count))))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))))
