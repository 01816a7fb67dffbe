"""What the page says in a real browser when it is asked for too much: pastes, full queues, closed tabs."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from browsing import NO_EXAMPLE, PATIENCE, choose, ready, run, write
from corpus import SEEDS
from gated import Gate, gated

from summarize import summarize
from summarize.web.jobs.dispatcher import dispatcher
from summarize.web.server.limits import MAX_CHARACTERS

QUEUE = 2


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    with gated(tmp_path_factory.mktemp("gated")) as gate:
        yield gate


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any, installed: Gate) -> Iterator[str]:
    with serving(uploads, queue=QUEUE) as address:
        yield address


@pytest.fixture
def gate(installed: Gate) -> Iterator[Gate]:
    """The summarizer `gated` waits until this is opened."""
    installed.close()
    yield installed
    installed.open()


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
    page.locator("#source [data-edit]").click()
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


def stop(page: Any) -> None:
    page.locator("button.halt:visible").click()


def test_a_full_queue(open_page: Any, url: str, gate: Gate) -> None:
    """Who finds the queue full is told that, keeps the text, and may try again; cheap work goes on."""
    from gradio_client import Client

    late = open_page()
    client = Client(url, verbose=False)
    jobs = []
    for number in range(2 + QUEUE):  # two are worked on
        jobs.append(client.submit("It rained.", "gated", api_name="/summarize_article"))
        wait_until(
            lambda n=number: (gate.begun, dispatcher().waiting("long")) == (min(n + 1, 2), max(n - 1, 0))
        )
    write(late, SEEDS[0])
    choose(late, "gated", "lead")
    run(late, 2)
    late.locator('.card[data-summarizer="lead"] h4.headline').wait_for()
    said = late.locator('.card.failed[data-summarizer="gated"]').inner_text()
    assert f"The queue is full: {QUEUE} requests are waiting" in said
    assert late.locator("#article textarea").input_value() == SEEDS[0]
    gate.open()
    wait_until(lambda: all(job.future.done() for job in jobs))
    run(late, 2)
    assert late.locator(".card.failed").count() == 0


def test_a_flood_of_requests_is_turned_away_at_the_door(browser: Any, gate: Gate, tmp_path: Path) -> None:
    """One request is talked to, one waits for that, and there is one more."""
    with serving(tmp_path, at_once=1) as address:
        pages = [browser.new_page() for _ in range(3)]
        for page in pages:
            page.set_default_timeout(PATIENCE)
            page.goto(address + NO_EXAMPLE)  # an example would be one request more
            ready(page)
            write(page, SEEDS[0])
            choose(page, "gated")
        pages[0].locator("#run").click()
        wait_until(lambda: gate.begun == 1)
        pages[1].locator("#run").click()
        pages[1].locator(".told[role=status]").get_by_text("Waiting for your turn").wait_for()
        pages[2].locator("#run").click()
        pages[2].locator(".told[role=alert]").get_by_text("The queue is full").wait_for()
        assert pages[2].locator("#article textarea").input_value() == SEEDS[0]
        gate.open()
        for page in pages[:2]:
            page.locator(".cards[aria-busy=false]").wait_for()
            assert page.locator(".told").count() == 0
            page.close()
        pages[2].locator("#run").click()
        pages[2].locator(".cards[aria-busy=false]").wait_for()
        pages[2].close()


def test_who_waits_is_told_so_and_may_stop(open_page: Any, gate: Gate) -> None:
    pages = [open_page() for _ in range(3)]  # one more than have a long job done at once
    for page in pages:
        write(page, SEEDS[0])
        choose(page, "gated", "lead")
        page.locator("#run").click()
        page.locator('.card[data-summarizer="lead"] h4.headline').wait_for()
    pages[2].get_by_text("waiting for its turn: others are being served").wait_for()
    stop(pages[0])
    pages[0].locator(".card.stopped").wait_for()
    assert pages[0].locator(".cards[aria-busy=false] .card").count() == 2
    pages[2].get_by_text("working…").wait_for()  # the place that is free is taken at once
    gate.open()
    for page in pages[1:]:
        page.locator(".cards[aria-busy=false]").wait_for()
        assert page.locator(".card h4.headline").count() == 2 and page.locator(".told").count() == 0
    run(pages[0], 2)


@pytest.mark.parametrize("name", ["gated", "gated-model"])
def test_stop_ends_the_process_and_the_next_run_begins_at_once(open_page: Any, gate: Gate, name: str) -> None:
    page = open_page()
    write(page, SEEDS[0])
    choose(page, name, "lead")
    page.locator("#run").click()
    wait_until(lambda: len(gate.waiting) == 1)
    stop(page)
    page.locator(".card.stopped").wait_for()
    wait_until(lambda: gate.waiting == [])
    # The next run is another's article, by a summarizer that need not wait; no word of the first comes.
    write(page, SEEDS[1])
    choose(page, "textrank", "news")
    begin = time.monotonic()
    page.locator("#run").click()
    page.locator('.card[data-summarizer="textrank"] h4.headline').wait_for()
    page.locator('.card[data-summarizer="news"] h4.headline').wait_for()
    assert time.monotonic() - begin < 20
    told = page.locator('.card[data-summarizer="textrank"] .bullets li').all_inner_texts()
    assert told == [line.text for line in summarize(SEEDS[1], "textrank").bullets]
    assert "Putin" in page.locator(".source-text .body").inner_text()
    assert page.locator(".card:not(.reference)").count() == 2 and page.locator(".told").count() == 0


def run_held(open_page: Any, gate: Gate) -> Any:
    """A page whose run waits until the gate opens."""
    page = open_page()
    write(page, SEEDS[0])
    choose(page, "gated")
    page.locator("#run").click()
    wait_until(lambda: len(gate.waiting) == 1)
    page.locator(".card.waiting").wait_for()
    return page


def test_a_new_run_takes_the_place_of_the_one_under_way(open_page: Any, gate: Gate) -> None:
    page = run_held(open_page, gate)
    write(page, SEEDS[1])
    choose(page, "lead")
    page.locator("#run").click()
    page.locator('.card[data-summarizer="lead"] h4.headline').wait_for()
    wait_until(lambda: gate.waiting == [])
    assert page.locator(".cards[aria-busy=false] .card:not(.reference)").count() == 1
    assert "Putin" in page.locator(".source-text .body").inner_text()


def test_the_work_of_a_visitor_who_leaves_is_ended(open_page: Any, gate: Gate) -> None:
    page = run_held(open_page, gate)
    page.close()
    wait_until(lambda: gate.waiting == [])


def test_a_caller_who_cancels_ends_the_work(url: str, gate: Gate) -> None:
    from gradio_client import Client

    job = Client(url, verbose=False).submit("It rained.", "gated", api_name="/summarize_article")
    wait_until(lambda: len(gate.waiting) == 1)
    job.cancel()
    wait_until(lambda: gate.waiting == [])


def test_a_pair_is_not_written_for_a_voter_who_is_gone(url: str, gate: Gate) -> None:
    """And votes are taken meanwhile, and other voters get theirs."""
    asked = {"voter": "voter-who-leaves", "text": SEEDS[0], "names": ["gated", "lead"]}
    link = http.client.HTTPConnection(url.removeprefix("http://").strip("/"), timeout=60)
    link.request("POST", "/votes/next", json.dumps(asked), {"content-type": "application/json"})
    wait_until(lambda: len(gate.waiting) == 1)
    other = {"voter": "voter-who-stays", "text": SEEDS[1], "names": ["random", "lead"]}
    request = urllib.request.Request(
        f"{url}votes/next", json.dumps(other).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert json.load(answer)["parts"]
    assert len(gate.waiting) == 1
    link.close()
    wait_until(lambda: gate.waiting == [])


def test_a_long_text_keeps_nobody_waiting_and_says_that_it_is_long(open_page: Any) -> None:
    """As it was reported: `kl` of 40,000 characters by one, `lead` by another."""
    text = "\n\n".join(f"{SEEDS[1]}\n\nIt was day {n} of the talks." for n in range(12))[:60_000]
    slow, quick = open_page(), open_page()
    write(slow, text)
    choose(slow, "kl", "lead")
    slow.locator("#run").click()
    slow.get_by_text("sentences are long for kl, whose time grows with their cube: about").wait_for()
    write(quick, SEEDS[0])
    choose(quick, "lead")
    begin = time.monotonic()
    run(quick, 1)
    assert time.monotonic() - begin < 10 and slow.locator(".card.waiting").count() == 1
    stop(slow)
    slow.locator(".card.stopped").wait_for()
    write(slow, text * 8)
    slow.locator("#run").click()
    slow.locator(".card.failed").get_by_text("the page gives it").wait_for()
    assert slow.locator('.card[data-summarizer="lead"] h4.headline').count() == 1
