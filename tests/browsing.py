"""Chromium, headless, driven by Playwright, for tests of the page; skipped with the reason where it is absent."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
NO_EXAMPLE = "?bullets=3"  # who brings settings is shown no example
LONG = 20_000  # characters: what is typed takes Chromium time that grows with the square of them
PATIENCE = 90_000  # milliseconds that something may take to appear on a busy machine


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if importlib.util.find_spec("playwright") is None:
        pytest.skip("playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


class Tab:
    """A visitor's tab, which is left as nobody had been there and lent to the next.

    Chromium keeps in it what it has compiled of the page's libraries, which takes more than all else of opening it.

    Attributes:
        page: the page in it, as Playwright has it.
        wrong: what has failed in the page or was asked for elsewhere.
    """

    def __init__(self, browser: Any) -> None:
        self.wrong: list[str] = []
        self.page = browser.new_context().new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.wrong.append(f"error in the page: {error}"))
        self.page.on("request", self._see)
        self._protocol = self.page.context.new_cdp_session(self.page)

    def _see(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1", "data:", "blob:", "about:")):
            self.wrong.append(request.url)

    def go(self, url: str, viewport: Any = None, motion: str = "reduce", permissions: Any = ()) -> None:
        """Open an address as one with this window and these permissions."""
        self.page.set_viewport_size(viewport or {"width": 1400, "height": 1000})
        self.page.emulate_media(reduced_motion=motion, color_scheme="light")
        self.page.context.grant_permissions(permissions)
        self.page.goto(url)

    def leave(self, url: str) -> bool:
        """Leave the page, and forget what it has kept; tell whether another visitor may have the tab."""
        context = self.page.context
        if self.wrong or self.page.is_closed():
            context.close()
            return False
        if self.page.url.startswith(url):
            self.page.evaluate("sessionStorage.clear()")
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        context.clear_permissions()
        context.clear_cookies()
        self._protocol.send("Storage.clearDataForOrigin", {"origin": url.rstrip("/"), "storageTypes": "all"})
        return True


@pytest.fixture(scope="module")
def tabs() -> list[Tab]:
    """The tabs that nobody has."""
    return []


@pytest.fixture
def open_page(browser: Any, tabs: list[Tab], url: str) -> Iterator[Any]:
    """Open the page; at the end nothing may have failed in it or been fetched from elsewhere.

    Its visitor asks for no motion: a bar that breathes is drawn sixty times a second as long as a test waits.
    """
    opened = []

    def open_it(query: str = "", **options: Any) -> Any:
        opened.append(tabs.pop() if tabs else Tab(browser))
        page = opened[-1].page
        opened[-1].go(url + (query or NO_EXAMPLE), **options)
        ready(page)
        return page

    yield open_it
    tabs.extend(tab for tab in opened if tab.leave(url))
    assert [wrong for tab in opened for wrong in tab.wrong] == []


def ready(page: Any) -> None:
    """Wait until a page that was opened may be used."""
    page.locator("#run").wait_for()
    page.wait_for_function("document.documentElement.dataset.settings")  # those of the address are there


def press_in_frame(button: Any) -> None:
    """Click a button of a frame that was made just now: Chromium may still give a click to the page around it."""
    for _ in range(100):
        button.click()
        if button.evaluate("button => document.activeElement === button"):
            return
        button.page.wait_for_timeout(100)
    raise AssertionError("no click comes into the frame")


def write(page: Any, text: str) -> None:
    """Put a text into the article's box, which is opened where it has folded into the marked article."""
    if page.locator("#source [data-edit]").is_visible():
        page.locator("#source [data-edit]").click()
    area = page.locator("#article textarea")
    if len(text) < LONG:
        area.fill(text)
    else:
        area.evaluate(
            "(area, text) => { area.value = text; area.dispatchEvent(new Event('input', {bubbles: true})); }",
            text,
        )


def choose(page: Any, *names: str) -> None:
    """Tick these summarizers, and no others."""
    for box in page.locator("#names input[type=checkbox]").all():
        name = box.locator("xpath=ancestor::label").inner_text().strip()
        box.set_checked(name in names)


def open_tab(page: Any, name: str) -> None:
    """Open a tab, which a phone keeps behind "More tabs"."""
    tab = page.get_by_role("tab", name=name)
    further = page.locator(".overflow-dropdown").get_by_role("button", name=name, include_hidden=True)
    tab.or_(further).first.wait_for(state="attached")
    if not tab.count():
        page.get_by_role("button", name="More tabs").click()
    tab.or_(further).first.click()


def upload_rows(page: Any, tab: str, file: Path) -> None:
    """Open the tab and give it the file; the panel of the tab before, which has an upload too, stays for a moment."""
    open_tab(page, tab)
    button = f"#run-{tab.lower()}"
    page.locator(button).wait_for()
    panel = page.get_by_role("tabpanel").filter(has=page.locator(button))
    panel.locator("input[type=file]").set_input_files(str(file))
    # Its name in one piece is shown while it is uploaded only: the list of files writes name and ending apart.
    panel.locator(f'.file-preview [aria-label="{file.name}"]').wait_for()


def begin_run(page: Any) -> None:
    """Click, and wait for the first that this run shows, which bears a higher number than what was there."""
    numbers = "[...document.querySelectorAll('[data-run]')].map(output => +output.dataset.run)"
    before = page.evaluate(f"Math.max(0, ...{numbers})")
    page.locator("#run").click()
    page.wait_for_function(f"before => {numbers}.some(number => number > before)", arg=before)


def run(page: Any, count: int) -> None:
    begin_run(page)
    page.locator(".cards[aria-busy=false]").wait_for()
    assert page.locator(".card:not(.reference)").count() == count
