"""The page in a real browser: Chromium, headless, driven by Playwright. Every wait is for something to appear."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from browsing import begin_run, press_in_frame, run, upload_rows, write
from corpus import HOSTILE, ROOT, SEEDS, as_scores
from summarize_eval.side_by_side import reference_of, score

from summarize import parse, summarize
from summarize.web.jobs import runs


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads) as address:
        yield address


def example(page: Any, number: int) -> None:
    page.locator(f"#example-{number}").click()
    page.wait_for_function("document.querySelector('#article textarea').value.length > 1000")


def test_a_seed_with_two_summarizers_by_keyboard(open_page: Any) -> None:
    page = open_page()
    example(page, 1)
    page.locator("#article textarea").press("Control+Enter")
    page.locator(".cards[aria-busy=false]").wait_for()
    for name in ("news", "lead"):
        brief = summarize(SEEDS[0], name)
        card = page.locator(f'.card[data-summarizer="{name}"]')
        assert card.locator("h4.headline").inner_text() == brief.headline.text  # type: ignore[union-attr]
        assert card.locator(".bullets li").all_inner_texts() == [line.text for line in brief.bullets]
        assert card.locator(".wysk p").all_inner_texts() == [line.text for line in brief.wysk]
        assert card.locator(".figures dt").all_inner_texts() == [
            "words",
            "compression",
            "article read",
            "seconds",
        ]


def test_choosing_a_line_marks_its_source(open_page: Any) -> None:
    page = open_page()
    example(page, 2)
    run(page, 2)
    brief = summarize(SEEDS[1])
    line = page.locator('.card[data-summarizer="news"] .bullets .line').nth(1)
    line.focus()
    page.keyboard.press("Enter")
    expected = sorted(found.sentence for found in brief.bullets[1].evidence)
    marked = page.locator(".sentence.marked")
    assert [int(n) for n in marked.evaluate_all("all => all.map(s => s.dataset.sentence)")] == expected
    assert line.get_attribute("aria-pressed") == "true"
    assert marked.first.inner_text() == brief.document.sentences[expected[0]].text
    assert "marked" in page.locator(".marked-count").inner_text()
    page.keyboard.press("Escape")
    assert marked.count() == 0


def test_the_article_stays_beside_its_briefs(open_page: Any) -> None:
    page = open_page(viewport={"width": 1400, "height": 700})
    example(page, 2)
    run(page, 2)
    page.locator(".scores").wait_for()
    page.evaluate("scrollTo(0, 400)")
    assert page.evaluate("scrollY") > 200
    column = page.locator(".given").bounding_box()
    assert column and abs(column["y"]) < 2
    page.locator('.card[data-summarizer="news"] .wysk .line').last.click()
    for place in (page.locator(".sentence.marked").first, page.locator(".card .line[aria-pressed=true]")):
        box = place.bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 701  # halves of a pixel


def test_a_reference_gives_the_evaluator_s_figures(open_page: Any) -> None:
    page = open_page()
    example(page, 2)
    run(page, 2)
    page.locator(".scores").wait_for()
    document = parse(SEEDS[1])
    for reference in ("", "Trump will call Putin on Monday to end the war in Ukraine."):
        if reference:
            page.get_by_role("button", name="Options and reference").click()
            page.locator("#reference textarea").fill(reference)
            run(page, 2)
        briefs = [summarize(document, name) for name in ("news", "lead")]
        expected = as_scores(score(briefs, reference_of(document, reference)))
        page.wait_for_function(
            "first => document.querySelector('.scores td[data-f]')?.dataset.f === first",
            arg=repr(expected["news"]["rouge1"]),
        )
        shown = page.locator(".scores td[data-f]").evaluate_all("all => all.map(c => c.dataset.f)")
        assert [float(f) for f in shown] == [f for scores in expected.values() for f in scores.values()]
        assert page.locator(".scores .matched mark").count() > 0
        best = [
            max(f[name] for f in expected.values()) for name in ("rouge1", "rouge2", "rougeL", "rougeLsum")
        ]
        assert page.locator(".scores td.winner").count() >= sum(f > 0 for f in best) > 0


def test_the_same_file_from_many_visitors_at_once(url: str, tmp_path: Path) -> None:
    """Each gets its text, though the server keeps one file for all."""
    story = tmp_path / "same.txt"
    story.write_text(SEEDS[0], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "app_uploaders.py"), url, str(story), "12"],
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [SEEDS[0]] * 12


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/x", "not a public address"),
        ("127.0.0.1:9/x", "not a public address"),  # https:// need not be typed
        ("file:///etc/passwd", "not a web address"),
        ("", "address"),
    ],
)
def test_a_bad_url(open_page: Any, address: str, why: str) -> None:
    page = open_page()
    page.locator("#url input, #url textarea").fill(address)
    page.locator("#url input, #url textarea").press("Enter")
    page.locator("#message [role=alert]").get_by_text(why).wait_for()


def test_nothing_to_summarize(open_page: Any) -> None:
    page = open_page()
    page.locator("#run").click()
    page.locator("#message [role=alert]").get_by_text("no article yet").wait_for()


@pytest.mark.parametrize("width", [1400, 390])
def test_the_answer_to_a_button_is_in_sight(open_page: Any, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    _in_sight(page, "#run")  # above the fold, with nothing scrolled
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.locator("#run").click()
    page.locator("#message [role=alert]").wait_for()
    _in_sight(page, "#message [role=alert]")
    example(page, 1)
    run(page, 2)
    _in_sight(page, ".card h3")
    # Again, where the page changes its elements in place; and the same message again.
    for text, shown in ((SEEDS[1], ".card h3"), ("", "#message [role=alert]"), ("", "#message [role=alert]")):
        write(page, text)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_function("!document.querySelector('#run').disabled")
        begin_run(page)
        _in_sight(page, shown)
    page.wait_for_timeout(1700)  # as long as it takes until "Waiting for your turn" would be said
    assert page.locator(".told").count() == 0


def _in_sight(page: Any, selector: str) -> None:
    page.wait_for_function(
        """selector => { const box = document.querySelector(selector).getBoundingClientRect();
          return box.top >= 0 && box.bottom <= innerHeight; }""",
        arg=selector,
    )


def test_hostile_text_is_only_text(open_page: Any) -> None:
    page = open_page()
    write(page, HOSTILE)
    page.get_by_role("button", name="Options and reference").click()
    page.locator("#reference textarea").fill(HOSTILE)
    run(page, 2)
    page.locator(".scores").wait_for()
    page.locator(".card .line").first.click()
    assert page.evaluate("window.hacked") is None
    shown = page.locator(".source-text .body").inner_text()
    for piece in (
        "<script>window.hacked = 1</script>",
        "${window.hacked = 4}",
        "{{window.hacked}}",
        "`x` \\",
    ):
        assert piece in shown
    assert (
        page.locator(".card script, .card img, .card svg, .source-text script, .source-text img").count() == 0
    )


def test_phone_width_and_dark(open_page: Any) -> None:
    page = open_page("?bullets=3&__theme=dark", viewport={"width": 390, "height": 844})
    example(page, 2)
    run(page, 2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".card .bullets .line").first.click()
    box = page.locator(".source-text").bounding_box()
    assert box and box["y"] + box["height"] <= 845 and box["y"] > 200  # it has come up from below
    page.locator("[data-clear]").click()
    assert page.locator(".sentence.marked").count() == 0
    colour, ground = page.locator(".card").first.evaluate(
        "card => [getComputedStyle(card).color, getComputedStyle(card).backgroundColor]"
    )
    assert _light(colour) - _light(ground) > 100  # light on dark


def _light(colour: str) -> float:
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


def test_everything_to_press_has_a_name(open_page: Any) -> None:
    page = open_page()
    example(page, 1)
    run(page, 2)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a[href], textarea, input:not([type=file])")]
          .filter(e => e.checkVisibility())  // not what a closed <details> holds
          .filter(e => !(e.getAttribute("aria-label") || e.innerText?.trim() || e.title || e.labels?.length
            || e.getAttribute("aria-labelledby") || e.closest("label")?.innerText.trim()))
          .map(e => e.outerHTML.slice(0, 200))"""
    )
    assert nameless == []


def test_a_link_restores_the_settings(open_page: Any) -> None:
    page = open_page("?summarizers=lsa,luhn&bullets=5&language=en")
    page.locator("#names").get_by_label("lsa", exact=True).and_(page.locator(":checked")).wait_for()
    assert not page.locator("#names").get_by_label("news", exact=True).is_checked()
    write(page, SEEDS[0])
    run(page, 2)
    assert page.locator('.card[data-summarizer="lsa"] .bullets li').count() == 5
    assert "bullets=5" in (page.locator("#link a").get_attribute("href") or "")


def test_download_and_copy(open_page: Any) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    example(page, 1)
    run(page, 2)
    card = page.locator('.card[data-summarizer="lead"]')
    with page.expect_download() as download:
        card.get_by_role("link", name="JSON").click()
    record = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert record["summarizer"] == "lead" and download.value.suggested_filename == "lead.json"
    card.get_by_role("button", name="Copy").click()
    card.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("# ")


def run_batch(page: Any, file: Path) -> None:
    upload_rows(page, "Batch", file)
    page.locator("#run-batch").click()


def test_batch(open_page: Any, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    lines = [json.dumps({"id": "a", "text": SEEDS[0]}), "{broken", json.dumps({"id": "c", "text": SEEDS[1]})]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    page = open_page()
    run_batch(page, file)
    page.locator("#rows").get_by_text("2 briefs, 1 errors, 3 rows: done").wait_for()
    assert "row 2" in page.locator("#rows .errors").inner_text()
    row, brief = page.locator("#rows .row").nth(1), summarize(SEEDS[1])
    assert not row.locator(".card").is_visible()
    row.locator("summary").first.click()  # a row opens as a card, and a line of it as what it rests on
    lines = row.locator(".bullets > li")
    assert [text.split("\n")[0] for text in lines.all_inner_texts()] == [one.text for one in brief.bullets]
    lines.first.locator("summary").press("Enter")
    found = [brief.document.sentences[one.sentence].text for one in brief.bullets[0].evidence]
    assert lines.first.locator(".tellers li").all_inner_texts() == found
    with page.expect_download() as download:
        page.locator("#rows").get_by_role("link", name="JSON Lines").click()
    found = [json.loads(line) for line in Path(download.value.path()).read_text("utf-8").splitlines()]
    assert [record["source"] for record in found] == ["a", "c"]


def test_a_batch_that_is_stopped_keeps_what_is_done(open_page: Any, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text((json.dumps({"text": SEEDS[0]}) + "\n") * 400, encoding="utf-8")
    page = open_page()
    run_batch(page, file)
    page.locator("#rows").get_by_text("working…").wait_for()
    page.locator("button.halt:visible").click()
    said = page.locator("#rows").get_by_text("stopped; what is done is below").inner_text()
    count = int(said.split()[0])
    assert 0 < count < 400
    with page.expect_download() as download:
        page.locator("#rows").get_by_role("link", name="JSON Lines").click()
    assert len(Path(download.value.path()).read_text("utf-8").splitlines()) == count


def test_a_batch_ends_when_its_visitor_leaves(open_page: Any, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text((json.dumps({"text": SEEDS[0]}) + "\n") * 400, encoding="utf-8")
    page = open_page()
    run_batch(page, file)
    page.locator("#rows").get_by_text("working…").wait_for()
    assert runs.under_way("batch") == 1
    page.close()
    end = time.monotonic() + 60
    while runs.under_way("batch"):
        assert time.monotonic() < end
        time.sleep(0.1)


def test_an_evaluation_that_is_stopped_shows_what_is_finished(open_page: Any, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    rows = [{"text": f"{SEEDS[0]} It was day {n}.", "summary": "It rained."} for n in range(200)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    page = open_page()
    upload_rows(page, "Evaluate", file)
    page.get_by_label("Documents at most").first.fill("200")
    page.locator("#run-evaluate").click()
    page.locator("#board").get_by_text("news: has written about").wait_for()
    page.locator("button.halt:visible").click()
    page.locator("#board").get_by_text("Stopped. Here is what").wait_for()
    page.locator(".board table").wait_for()
    with page.expect_download() as download:
        page.locator(".board").get_by_role("link", name="report").click()
    assert "<!doctype html>" in Path(download.value.path()).read_text("utf-8").lower()


def test_evaluate(open_page: Any) -> None:
    page = open_page()
    page.get_by_role("tab", name="Evaluate").click()
    page.locator("#run-evaluate").click()
    page.locator(".board").wait_for()
    assert "news" in page.locator(".board table").inner_text()
    assert "too few to tell summarizers apart" in page.locator(".board").inner_text()  # a single document
    assert page.locator(".board svg").count() == 0
    page.locator(".browse summary").click()
    examples = page.frame_locator(".browse iframe")
    card = examples.locator(".card").filter(has=page.get_by_role("heading", name="news"))
    press_in_frame(card.locator(".source").first)
    shown = examples.locator("#article li.shown")
    shown.wait_for()
    assert shown.inner_text() in SEEDS[1] and examples.locator("#board").is_hidden()
    assert page.evaluate("document.querySelector('.browse iframe').sandbox.value") == "allow-scripts"
    with page.expect_download() as download:
        page.locator(".board").get_by_role("link", name="report").click()
    assert "<!doctype html>" in Path(download.value.path()).read_text("utf-8").lower()
