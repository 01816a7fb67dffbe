"""What the page says in a real browser when it is asked for too much: pastes, full queues, closed tabs."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import files_under, serving
from browsing import run, write
from corpus import SEEDS

from summarize.web import running
from summarize.web.server.limits import MAX_CHARACTERS

QUEUE = 2


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads, queue=QUEUE) as address:
        yield address


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Summarizers wait until this is set."""
    go, work = threading.Event(), running.run_one

    def held_up(*values: Any) -> Any:
        assert go.wait(120)
        return work(*values)

    monkeypatch.setattr(running, "run_one", held_up)
    yield go
    go.set()


def test_a_paste_of_fifty_megabytes(open_page: Any) -> None:
    """It is refused before the browser freezes over it, with a message; what was there stays, and runs."""
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    write(page, SEEDS[0])
    page.evaluate("navigator.clipboard.writeText('word '.repeat(10 * 1024 * 1024))")
    page.locator("#article textarea").press("Control+v")
    page.locator(".told[role=alert]").get_by_text("52,428,800 characters").wait_for()
    assert f"{MAX_CHARACTERS:,}" in page.locator(".told").inner_text()
    assert page.locator("#article textarea").input_value() == SEEDS[0]
    run(page, 2)
    page.evaluate("navigator.clipboard.writeText(' It rained.')")
    page.locator("#article textarea").press("Control+End")
    page.locator("#article textarea").press("Control+v")
    assert page.locator("#article textarea").input_value() == f"{SEEDS[0]} It rained."
    assert page.locator(".told").count() == 0


def test_a_text_over_the_limit_that_was_not_pasted(open_page: Any) -> None:
    page = open_page()
    page.evaluate(
        """n => { const area = document.querySelector("#article textarea");
          area.value = "word ".repeat(n); area.dispatchEvent(new Event("input", { bubbles: true })); }""",
        MAX_CHARACTERS // 5 + 1,
    )
    page.locator("#run").click()
    page.locator("#message [role=alert]").get_by_text(f"{MAX_CHARACTERS:,}").wait_for()
    write(page, SEEDS[0])
    run(page, 2)


def wait_until(condition: Callable[[], bool]) -> None:
    for _ in range(900):
        if condition():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it did not come to that")


def test_a_full_queue(open_page: Any, url: str, gate: threading.Event) -> None:
    """Who waits is told so; who finds the queue full is told that, keeps the text, and may try again."""
    from gradio_client import Client

    visitor, late = open_page(), open_page()
    client = Client(url, verbose=False)
    jobs = [client.submit("It rained.", "lead", api_name="/summarize_article") for _ in range(12)]
    # Those at work wait at the gate, as many wait for them as may, and the rest were turned away.
    wait_until(lambda: any(job.future.done() for job in jobs))
    write(late, SEEDS[0])
    late.locator("#run").click()
    told = late.locator(".told[role=alert]")
    told.get_by_text(f"The queue is full: {QUEUE} requests are waiting").wait_for()
    assert late.locator("#article textarea").input_value() == SEEDS[0]
    write(visitor, SEEDS[1])
    gate.set()
    wait_until(lambda: all(job.future.done() for job in jobs))
    run(late, 2)
    assert told.count() == 0
    run(visitor, 2)


def test_who_waits_is_told_so_and_may_stop(open_page: Any, gate: threading.Event) -> None:
    pages = [open_page() for _ in range(5)]  # one more than are served at once
    for page in pages:
        write(page, SEEDS[0])
        page.locator("#run").click()
    *served, last = pages
    for page in served:
        page.locator(".card.waiting").first.wait_for()
    last.locator(".told[role=status]").get_by_text("Waiting for your turn").wait_for()
    stopped = served.pop()
    stopped.get_by_role("button", name="Stop").locator("visible=true").click()
    stopped.locator(".card.stopped").first.wait_for()
    assert stopped.locator(".cards[aria-busy=true]").count() == 0
    gate.set()
    for page in (*served, last):
        page.locator(".cards[aria-busy=false]").wait_for()
        assert page.locator(".told").count() == 0
    run(stopped, 2)


@pytest.mark.parametrize("tab", ["Batch", "Evaluate"])
def test_uploads_go_when_the_tab_is_closed(open_page: Any, uploads: Path, tmp_path: Path, tab: str) -> None:
    """Used or not; not while another visitor has uploaded the same."""
    file = tmp_path / f"{tab}.jsonl"
    file.write_text(json.dumps({"text": SEEDS[0], "summary": "It rained."}) + "\n", encoding="utf-8")
    pages = [open_page(), open_page()]
    for page in pages:
        page.get_by_role("tab", name=tab).click()
        page.locator("[role=tabpanel]:visible input[type=file]").first.set_input_files(str(file))
        page.locator("[role=tabpanel]:visible .file-preview").wait_for()

    def there() -> bool:
        return any(path.name == file.name for path in files_under(uploads))

    wait_until(there)
    pages[0].close()
    pages[1].locator(f"#run-{tab.lower()}").click()
    said = "1 documents" if tab == "Evaluate" else "1 rows: done"
    pages[1].locator("#rows, #board").get_by_text(said).first.wait_for()
    assert there()
    pages[1].close()
    wait_until(lambda: not there())
