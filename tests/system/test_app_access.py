"""Who uses the page by keyboard, by ear, or with weak eyes: axe-core in every tab and state, light and dark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from browsing import choose, press_in_frame, run, upload_rows, write
from corpus import SEEDS

from summarize.summarizers import seq2seq

Opener = Callable[..., Any]
_AXE = """async (rules) => (await axe.run(document,
    {resultTypes: ["violations"], ...(rules && {runOnly: {type: "rule", values: rules}})})).violations
  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target} ${node.html.slice(0, 150)}`))"""
_OF_COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that look at what the themes differ in


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seq2seq.Pegasus, "missing", classmethod(lambda _: "needs torch: pip install torch"))
        with serving(uploads) as address:
            yield address


def axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def opened(open_page: Any) -> Opener:
    """Open the page, which follows the system from light to dark and back, with axe-core in it."""
    pytest.importorskip("axe_playwright_python", reason="pip install axe-playwright-python")

    def open_it(query: str = "", **options: Any) -> Any:
        # Most visitors have motion, and what moves must be read too.
        options = {"motion": "no-preference", **options}
        page = open_page(f"?bullets=3{query}", **options)
        page.evaluate(axe())
        return page

    return open_it


def is_sound(page: Any) -> None:
    """Assert that axe-core finds nothing in light, and nothing wrong with the colours of the dark."""
    has_no_fault(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.querySelector('.dark')")
    has_no_fault(page, _OF_COLOURS)
    page.emulate_media(color_scheme="light")
    page.wait_for_function("!document.querySelector('.dark')")


def has_no_fault(page: Any, rules: Sequence[str] | None = None) -> None:
    """Assert that axe-core, with these rules or all, finds nothing in the page as it is."""
    # What is moving in is half transparent for a moment; what breathes goes on for ever.
    page.evaluate("""() => Promise.all(document.getAnimations()
        .filter(one => one.effect.getComputedTiming().iterations !== Infinity)
        .map(one => one.finished.catch(() => null)))""")
    found = page.evaluate(_AXE, rules)
    assert not found, "\n".join(found)


def test_compare(opened: Opener) -> None:
    page = opened()
    is_sound(page)
    write(page, "")
    page.locator("#run").click()
    page.locator("#message [role=alert]").wait_for()
    is_sound(page)
    page.get_by_role("button", name="Options and reference").click()
    page.get_by_role("button", name="Your own summary").click()
    page.locator(".unavailable summary").click()
    page.locator("#own textarea").fill("Nine hundred people died in Leeds.\n\n- It rained.")
    write(page, SEEDS[1])
    choose(page, "news", "lead", "chat")
    page.locator("#chat-model").wait_for()
    is_sound(page)
    choose(page, "news", "lead")
    run(page, 3)
    page.locator(".scores").wait_for()
    page.locator("#history summary").click()
    page.locator(".card .line[data-sources]").first.click()  # both cards have it
    is_sound(page)
    page.locator("[data-show]").select_option("pairs")
    is_sound(page)
    assert "Ready: news, lead" in page.locator("#briefs [role=status]").first.inner_text()


def test_compare_on_a_phone(opened: Opener) -> None:
    page = opened(viewport={"width": 390, "height": 844})
    write(page, SEEDS[0])
    run(page, 2)
    page.locator(".card .bullets .line").first.click()
    is_sound(page)


def test_story(opened: Opener) -> None:
    page = opened()
    page.get_by_role("tab", name="Story").click()
    page.locator("#run-story").click()
    page.locator("#story-brief [role=alert]").wait_for()
    is_sound(page)
    page.locator("#story textarea").fill(f"--- Post\n{SEEDS[0]}\n--- Mercury\n{SEEDS[1]}")
    page.locator("#run-story").click()
    page.locator("#story-brief .card .tellers summary").first.click()
    is_sound(page)


def test_batch(opened: Opener, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": SEEDS[0]}) + "\n{broken\n", encoding="utf-8")
    page = opened()
    page.get_by_role("tab", name="Batch").click()
    page.locator("#run-batch").click()
    page.locator("#rows [role=alert]").wait_for()
    is_sound(page)
    upload_rows(page, "Batch", file)
    page.locator("#run-batch").click()
    page.locator("#rows").get_by_text("1 briefs, 1 errors, 2 rows: done").wait_for()
    page.locator("#rows .row summary").first.click()
    page.locator("#rows .tellers summary").first.click()
    is_sound(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_evaluate(opened: Opener, theme: str) -> None:
    """In a theme that the address asks for, in which the frame stays as it was made."""
    page = opened(f"&__theme={theme}")
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#run-evaluate").wait_for()
    has_no_fault(page)
    page.locator("#run-evaluate").click()
    page.locator(".board").wait_for()
    page.locator(".browse summary").click()
    frame = page.locator(".browse iframe").element_handle().content_frame()
    press_in_frame(frame.locator(".card .source").first)
    frame.locator("#article li.shown").wait_for()
    has_no_fault(page)
    frame.evaluate(axe())
    has_no_fault(frame)


def test_vote(opened: Opener) -> None:
    page = opened()
    page.get_by_role("tab", name="Vote").click()
    page.locator("#vote [data-pair] button").first.wait_for()
    is_sound(page)
    for _ in range(3):
        page.keyboard.press("1")
        page.wait_for_timeout(300)  # as a hand does
    page.locator("#vote details[data-standings] summary").click()
    page.locator("#vote [data-board] table").first.wait_for()
    is_sound(page)


def test_the_button_is_near_and_focus_is_seen(open_page: Any) -> None:
    """From the article to its button within a few Tabs, each with a line around what has the focus."""
    page = open_page()
    page.locator("#article textarea").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        where, line = page.evaluate(
            """() => { const it = document.activeElement, style = getComputedStyle(it);
              return [it.id, `${style.outlineStyle} ${style.outlineWidth}`]; }"""
        )
        if where == "run":
            assert line in ("solid 2px", "solid 3px")
            return
    raise AssertionError("eight Tabs from the article do not come to its button")
