"""Many visitors of the app who upload the same file at once, as browsers do, in a process of their own.

    python tests/app_uploaders.py ADDRESS FILE COUNT

Writes a JSON list with the text that each of them gets into the article's box.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import httpx
from app_callers import answer


async def upload(client: httpx.AsyncClient, function: int, file: Path) -> Any:
    sent = await client.post("gradio_api/upload", files={"files": (file.name, file.read_bytes())})
    [path] = sent.raise_for_status().json()
    data = {"path": path, "orig_name": file.name, "meta": {"_type": "gradio.FileData"}}
    text, message = await answer(client, function, [data])
    return message or text


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
