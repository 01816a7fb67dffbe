"""Many visitors of the app at once, each with four summarizers of which one is slow, and one who wants `lead`.

    python tests/soak/visitors.py [--visitors 32] [--slow kl] [--characters 30000] [--seconds 240] [--within 1]

Starts a server of its own. Prints what `lead` takes on the idle server, and what it takes the next visitor again
and again while the others are served. Who is not through after so many seconds leaves, as one does who closes the
tab. Ends with 1 where a request failed, or 95 % of `lead` took a second more than on the idle server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import time
import uuid
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))
from app_server import free_port

from summarize.web.choosing import GROUPS, group_of

SEED = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))[1].read_text(encoding="utf-8")
BEFORE = "median 4.5 to 6.1 s"
UP = 120  # seconds within which the server must answer
WARM, PAUSE = 3, 0.3  # runs before any counts, seconds between two


class Page:
    """The page as a browser speaks to it, without the browser.

    Args:
        client: for its address.
        function: the number of the button that compares.
    """

    def __init__(self, client: httpx.AsyncClient, function: int) -> None:
        self._client, self._function = client, function

    async def compare(self, text: str, names: list[str]) -> tuple[float, float]:
        """Compare summarizers in a session of its own; return the seconds to the first card, and to the last.

        Raises:
            AssertionError: where a card failed, or is missing.
        """
        begin, session = time.perf_counter(), uuid.uuid4().hex
        groups = [[name for name in names if group_of(name) == group] for group in GROUPS]
        data = [text, *groups, 3, "auto", "", "", "", "", "wysk", ""]
        asked = {"fn_index": self._function, "session_hash": session, "data": data}
        (await self._client.post("gradio_api/queue/join", json=asked)).raise_for_status()
        first, cards = 0.0, 0
        address = f"gradio_api/queue/data?session_hash={session}"
        async with self._client.stream("GET", address) as events:
            async for line in events.aiter_lines():
                event: dict[str, Any] = json.loads(line.removeprefix("data:")) if line else {}
                shown = json.dumps(event.get("output", {}))
                assert "card failed" not in shown, shown[shown.index("card failed") :][:400]
                cards = max(cards, shown.count("dl class="))
                first = first or (time.perf_counter() - begin) * bool(cards)
                if event.get("msg") == "process_completed":
                    assert event["success"] and cards == len(names), (cards, str(event)[:400])
                    return first, time.perf_counter() - begin
        raise AssertionError("the stream ended without an answer")

    async def leads(self, times: int) -> list[float]:
        """Ask for `lead` of a short article again and again; return the seconds of each time."""
        found = []
        for _ in range(times):
            found.append((await self.compare(SEED, ["lead"]))[1])
            await asyncio.sleep(PAUSE)
        return found


async def opened(client: httpx.AsyncClient) -> Page:
    """Wait for the server."""
    end = time.monotonic() + UP
    while True:
        try:
            offered = (await client.get("config")).json()["dependencies"]
            return Page(client, next(one["id"] for one in offered if one["api_name"] == "compare"))
        except httpx.HTTPError:
            if time.monotonic() > end:
                raise
            await asyncio.sleep(0.2)


def long_text(characters: int) -> str:
    text = SEED
    while len(text) < characters:
        text += f"\n\nIt was day {len(text)} of the talks.\n\n{SEED}"
    return text


def spread(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    high = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"median {median(ordered):.2f} s, 95 % {high:.2f} s, longest {ordered[-1]:.2f} s"


async def beside(page: Page, options: argparse.Namespace) -> tuple[list[float], list[Any], float]:
    """Return the seconds of `lead` beside the visitors, what became of each of these, and how long all took."""
    names, text = ["lead", "textrank", "news", options.slow], long_text(options.characters)
    begin = time.perf_counter()
    visitors = [
        asyncio.create_task(page.compare(f"Visitor {number} writes.\n\n{text}", names))
        for number in range(options.visitors)
    ]
    await asyncio.sleep(0.05)
    found: list[float] = []
    while (
        not all(one.done() for one in visitors)
        and (left := begin + options.seconds - time.perf_counter()) > 0
    ):
        try:
            found += await asyncio.wait_for(page.leads(1), left)
        except TimeoutError:
            found += [left] if left > 1 or not found else []  # it would have taken longer
    for one in visitors:
        one.cancel()
    done = await asyncio.gather(*visitors, return_exceptions=True)
    return found, done, time.perf_counter() - begin


async def main(options: argparse.Namespace, address: str) -> bool:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=120, trust_env=False, limits=limits) as client:
        page = await opened(client)
        await page.leads(WARM)
        idle = await page.leads(options.idle)
        print(f"lead on the idle server, {len(idle)} times: {spread(idle)}", flush=True)
        found, done, seconds = await beside(page, options)
    served = [one for one in done if isinstance(one, tuple)]
    errors = [one for one in done if isinstance(one, Exception)]  # who left is none
    print(f"lead for the next visitor, {len(found)} times beside {len(done)} visitors: {spread(found)}")
    print(f"the same in version 0.1, as it was measured on a machine that others used as well: {BEFORE}")
    print(
        f"these {len(done)} with lead, textrank, news and {options.slow} of {options.characters:,} characters: "
        f"{len(errors)} errors, {len(served)} served, {len(done) - len(served) - len(errors)} left after "
        f"{seconds:.0f} s"
    )
    if served:
        print(f"their first card: {spread([one[0] for one in served])}; their last: "
              f"{spread([one[1] for one in served])}")  # fmt: skip
    for error in errors[:3]:
        print(f"error: {type(error).__name__}: {error}")
    high = sorted(found)[min(len(found) - 1, int(0.95 * len(found)))]
    return not errors and high <= median(idle) + options.within


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--visitors", type=int, default=32, help="1 to 128")
    parser.add_argument("--idle", type=int, default=20, help="runs on the idle server")
    parser.add_argument("--slow", default="kl")
    parser.add_argument("--characters", type=int, default=30_000)
    parser.add_argument("--seconds", type=float, default=240, help="after which all leave, at most 3600")
    parser.add_argument("--within", type=float, default=1, help="seconds that lead may take more")
    given = parser.parse_args()
    if not (1 <= given.visitors <= 128 and 0 < given.seconds <= 3600):
        parser.error("visitors are 1 to 128, and seconds 1 to 3600")
    port = free_port()
    with TemporaryDirectory() as folder:
        options = ["--port", str(port), "--votes", f"{folder}/votes.db"]
        server = subprocess.Popen(
            [sys.executable, "-m", "summarize", "app", *options], stdout=subprocess.DEVNULL
        )
        try:
            good = asyncio.run(main(given, f"http://127.0.0.1:{port}/"))
        finally:
            server.terminate()
            server.wait(120)
    sys.exit(not good)
