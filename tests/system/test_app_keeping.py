"""What a browser keeps of its own runs: reload, Back, links that show a result again, and the list of the last ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from browsing import begin_run, choose, run, write
from corpus import HOSTILE, SEEDS

from summarize import summarize

HASH = "location.hash.startsWith('#article=')"


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads) as address:
        yield address


def is_shown(page: Any, text: str, *names: str) -> None:
    for name in names:
        headline = summarize(text, name).headline
        assert headline
        shown = page.locator(f'.card[data-summarizer="{name}"] h4.headline')
        shown.get_by_text(headline.text).wait_for()
    assert page.locator("#article textarea").input_value() == text


def test_reload_and_back_show_the_work_again(open_page: Any) -> None:
    page = open_page()
    write(page, SEEDS[1])
    choose(page, "luhn", "lead")
    run(page, 2)
    page.wait_for_function(HASH)
    page.reload()
    is_shown(page, SEEDS[1], "luhn", "lead")
    page.locator("#article textarea").wait_for(state="hidden")  # folded, as it was
    page.goto("about:blank")
    page.go_back()
    is_shown(page, SEEDS[1], "luhn", "lead")


def test_links_are_copied_and_show_a_result_again(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    write(page, HOSTILE)
    choose(page, "lead")
    run(page, 1)
    page.locator("#link a").click()
    page.locator("#link").get_by_text("Link copied").wait_for()
    assert "summarizers=lead" in page.evaluate("navigator.clipboard.readText()")
    assert page.locator(".card").count() == 1  # the page is where it was
    page.locator("#link [data-share]").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('#article='))")
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_page(f"?{link.partition('?')[2]}".partition("#")[0])
    other.goto("about:blank")
    other.goto(link)
    other.locator(".cards[aria-busy=false]").wait_for()
    assert other.locator("#article textarea").input_value() == HOSTILE
    assert other.evaluate("window.hacked") is None


def test_the_last_runs_are_listed_and_forgotten(open_page: Any) -> None:
    page = open_page()
    assert not page.locator("#history").is_visible()
    choose(page, "lead")
    for text in SEEDS:
        write(page, text)
        begin_run(page)
        page.locator(".cards[aria-busy=false]").wait_for()
        page.wait_for_function(
            "title => document.querySelector('#history a')?.textContent === title", arg=text.strip()[:70]
        )
    page.locator("#history summary").click()
    assert page.locator("#history li").count() == 2
    page.locator("#history a").nth(1).click()
    is_shown(page, SEEDS[0], "lead")
    page.locator("#history summary").click()
    page.locator("#history [data-forget]").click()
    page.locator("#history").wait_for(state="hidden")
    page.reload()
    is_shown(page, SEEDS[0], "lead")


def test_an_error_leaves_the_briefs(open_page: Any) -> None:
    page = open_page()
    write(page, SEEDS[0])
    choose(page, "lead")
    run(page, 1)
    choose(page)
    page.locator("#run").click()
    page.locator("#message [role=alert]").get_by_text("at least one summarizer").wait_for()
    assert page.locator(".card").count() == 1 and page.locator(".source-text .sentence").count() > 5


@pytest.mark.parametrize("code", ["broken", "%00", "S0lNSUksTsxNVchJLEktUijJSCxRAABZ"])
def test_a_link_that_is_not_whole_says_so(open_page: Any, code: str) -> None:
    page = open_page("?bullets=4")
    page.goto("about:blank")
    page.go_back()
    page.evaluate("code => { location.hash = `#article=${code}`; }", code)
    page.locator(".told[role=alert]").get_by_text("the link is not whole").wait_for()
    assert page.locator(".card").count() == 0


def test_what_is_pasted_before_the_settings_come_stays(browser: Any, url: str) -> None:
    """The server's answers come when the visitor has pasted already."""
    page, held, pasted = browser.new_page(), list[Any](), threading.Event()
    page.route("**/gradio_api/**", lambda one: one.continue_() if pasted.is_set() else held.append(one))
    page.goto(f"{url}?summarizers=lsa&bullets=5")
    page.wait_for_function("document.querySelector('#article textarea')?.value === ''")  # no server was asked
    write(page, SEEDS[1])
    pasted.set()
    for one in held:
        one.continue_()
    page.wait_for_function("document.documentElement.dataset.settings")
    assert page.locator("#article textarea").input_value() == SEEDS[1]
    run(page, 1)
    assert page.locator('.card[data-summarizer="lsa"]').count() == 1
    page.close()
