"""How long it takes from opening the app until the first brief is on the screen, in Chromium.

    python tests/soak/opening.py [--times 10] [--within 2]

Starts a server of its own, and opens the page as a new visitor each time, with nothing cached. Prints when the first
headline was drawn, counted from the start of the navigation. Ends with 1 where the median is over `--within` seconds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from app_server import free_port
from browsing import CHROMIUM, FLAGS
from playwright.sync_api import sync_playwright

UP = 120  # seconds within which the server must answer
# Drawn, and not only in the document: two frames later.
_DRAWN = """() => new Promise(done => { const look = () => document.querySelector(".card h4.headline")
  ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() / 1000)))
  : requestAnimationFrame(look); look(); })"""


def wait_for(address: str) -> None:
    end = time.monotonic() + UP
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def opened(browser: Any, address: str) -> float:
    """Return the seconds until a new visitor sees the first brief."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    seconds = float(page.evaluate(_DRAWN))
    context.close()
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=10, help="how often it is opened")
    parser.add_argument("--within", type=float, default=2, help="seconds that the median may be")
    given = parser.parse_args()
    address = f"http://127.0.0.1:{free_port()}/"
    with TemporaryDirectory() as folder:
        options = ["--port", address.rstrip("/").rpartition(":")[2], "--votes", f"{folder}/votes.db"]
        server = subprocess.Popen(
            [sys.executable, "-m", "summarize", "app", *options], stdout=subprocess.DEVNULL
        )
        try:
            wait_for(address)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                found = [opened(browser, address) for _ in range(given.times)]
                browser.close()
        finally:
            server.terminate()
            server.wait(120)
    told = ", ".join(f"{seconds:.2f}" for seconds in found)
    print(f"first brief on the screen, seconds after opening: median {median(found):.2f} ({told})")
    sys.exit(median(found) > given.within)
