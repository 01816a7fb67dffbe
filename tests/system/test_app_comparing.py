"""Cards compared in a real browser: an editor's own summary, the reference as a card, what two cards share."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from browsing import choose, run, write
from corpus import SEEDS, as_scores
from summarize_eval.rouge.lcs import lcs_length, match, positions
from summarize_eval.side_by_side import score

from summarize import Brief, parse, summarize
from summarize.language.stop_words import stop_words
from summarize.language.tokens import Tokens, tokenize
from summarize.style import STYLES
from summarize.web.comparing.own import as_scored, check_own

MINE = """Trump to call Putin

- Donald Trump will call Vladimir Putin on Tuesday.
- During his election campaign, Trump promised to resolve the conflict within a day of assuming office.
"""
ARTICLE = parse(SEEDS[1])


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads) as address:
        yield address


def compare(page: Any, *names: str, own: str = "") -> None:
    write(page, SEEDS[1])
    choose(page, *names)
    if own:
        page.get_by_role("button", name="Your own summary").click()
        page.locator("#own textarea").fill(own)
    run(page, len(names) + bool(own))
    page.locator(".comparing").wait_for()


def mark(page: Any, show: str, one: str, other: str, part: str = "") -> str:
    for name, value in (("show", show), ("one", one), ("other", other), ("part", part)):
        page.locator(f".comparing select[data-{name}]").select_option(value, force=True)
    said: str = page.locator(".overlap").inner_text()
    return said


def hits(page: Any, card: str) -> list[str]:
    found: list[str] = page.locator(f'.card[data-card="{card}"] .hit').all_inner_texts()
    return found


def lines_of(brief: Brief, part: str = "") -> list[Tokens]:
    styles = [part] if part else [style.name for style in STYLES]
    return [tokenize(line.text) for style in styles for line in brief.lines(style)]


def content(line: Tokens) -> list[str]:
    stopped = stop_words("en")
    return [stem for stem, low in zip(line.stems, line.lows, strict=True) if low not in stopped]


def test_a_summary_of_one_s_own(open_page: Any) -> None:
    """It is checked line by line, marks its sources, and stands in the table of scores with the evaluator's figures."""
    page = open_page("?bullets=3&__theme=dark")
    compare(page, "lead", own=MINE)
    own = check_own(MINE, ARTICLE)
    card = page.locator('.card[data-card="your own"]')
    assert (
        card.locator(".bullets .line").all_inner_texts()[0]
        == "Donald Trump will call Vladimir Putin on Tuesday."
    )
    said = card.locator(".bullets .answer").all_inner_texts()
    assert said == [f"{one.answer}, {100 * one.score:.0f} %" for one in own.verdicts.values()][1:]
    assert said[0].startswith("unsupported") and said[1].startswith("supported")
    assert card.locator(".doubt").all_inner_texts() == ["Not in the source: “Tuesday” (name)"]
    color = "found => getComputedStyle(found).color"
    doubted, line = card.locator(".line mark"), card.locator(".line").first
    assert doubted.locator("[data-s]").evaluate(color) == doubted.evaluate(color) != line.evaluate(color)
    card.locator(".bullets .line").nth(1).click()
    marked = page.locator(".sentence.marked").evaluate_all("all => all.map(s => +s.dataset.sentence)")
    assert marked == sorted(found.sentence for found in own.brief.bullets[1].evidence)
    page.locator(".scores").wait_for()
    briefs = [as_scored(own.brief, "wysk"), summarize(ARTICLE, "lead")]
    expected = as_scores(score(briefs, "\n".join(ARTICLE.reference)))
    shown = page.locator(".scores td[data-f]").evaluate_all("all => all.map(c => +c.dataset.f)")
    assert shown == [f for scores in expected.values() for f in scores.values()]


def test_only_one_s_own_summary(open_page: Any) -> None:
    page = open_page()
    compare(page, own="Trump will call Putin. He promised peace.")
    assert page.locator(".card").all_inner_texts()[0].startswith("your own")
    page.locator("#own textarea").fill("word " * 5000)
    page.locator("#run").click()
    page.locator("#message [role=alert]").get_by_text("Is it the article").wait_for()


def test_lines_that_two_share_are_dimmed(open_page: Any) -> None:
    page = open_page()
    compare(page, "lead", "news", own=MINE)
    briefs = {name: summarize(ARTICLE, name) for name in ("lead", "news")} | {
        "your own": check_own(MINE, ARTICLE).brief
    }
    texts = {name: [line.stems for line in lines_of(brief)] for name, brief in briefs.items()}
    for name, lines in texts.items():
        others = [line for other, found in texts.items() if other != name for line in found]
        dimmed = page.locator(f'.card[data-card="{name}"] .line.shared')
        assert dimmed.count() == sum(line in others for line in lines), name
    assert page.locator('.card[data-card="your own"] .line.shared').count() == 1
    plain, dim = (
        page.locator(f".card .line{kind} [data-s]").first.evaluate("word => getComputedStyle(word).color")
        for kind in (":not(.shared)", ".shared")
    )
    assert plain != dim
    # The own bullet is nearly one of another card: what that lacks is marked, and nothing of what it has.
    differs = page.locator('.card[data-card="your own"] .differs').all_inner_texts()
    assert "Tuesday" in differs and "Putin" not in differs
    mark(page, "plain", "lead", "news")
    assert page.locator(".shared, .differs, .hit").count() == 0


def test_the_reference_is_a_card_with_overlays(open_page: Any) -> None:
    page = open_page()
    compare(page, "news", "lead")
    reference = page.locator('.card[data-card="reference"]')
    assert reference.locator(".line").all_inner_texts() == list(ARTICLE.reference)
    brief, wanted = summarize(ARTICLE, "news"), [tokenize(line) for line in ARTICLE.reference]
    # Words and pairs of words, stop words left out.
    mine = [content(line) for line in lines_of(brief)]
    theirs = [content(line) for line in wanted]
    said = mark(page, "words", "news", "reference")
    words = {stem for line in theirs for stem in line}
    count = sum(stem in words for line in mine for stem in line)
    assert len(hits(page, "news")) == count > 5
    assert said.startswith(f"news: {count} of {sum(map(len, mine))}; reference: ")
    assert "the" not in hits(page, "news")
    mark(page, "pairs", "news", "reference")
    pairs = {pair for line in theirs for pair in pairwise(line)}
    count = 0
    for line in mine:
        inside = {n + k for n, pair in enumerate(pairwise(line)) if pair in pairs for k in (0, 1)}
        count += len(inside)
    assert len(hits(page, "news")) == count > 0
    # The longest common subsequence, of all and of a part; its length is the evaluator's.
    for part in ("", "wysk"):
        mark(page, "lcs", "news", "reference", part)
        one = [stem for line in lines_of(brief, part) for stem in line.stems]
        other = [stem for line in wanted for stem in line.stems]
        length = lcs_length(match(positions(other), one), len(other))
        assert len(hits(page, "news")) == len(hits(page, "reference")) == length > 3


def test_any_two_cards_on_a_phone_and_again_after_a_run(open_page: Any) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    compare(page, "news", "lead")
    said = mark(page, "lcs", "news", "lead")
    assert said.startswith("news: ") and len(hits(page, "news")) == len(hits(page, "lead")) > 20
    assert mark(page, "lcs", "lead", "lead") == "Choose two different cards."
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    before = page.locator(".comparing").get_attribute("data-made")
    page.locator("#run").click()
    page.wait_for_function(
        "before => document.querySelector('.comparing')?.dataset.made !== before", arg=before
    )
    page.locator(".cards[aria-busy=false]").wait_for()
    page.locator(".overlap").get_by_text("stand in another card").wait_for()
    assert page.locator(".hit").count() == 0 and page.locator(".shared").count() > 0
