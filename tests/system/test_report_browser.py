"""The report in Chromium, on a desk's screen and on a phone's: nothing hidden, sortable, evidence a click away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser  # noqa: F401
from summarize_eval.evaluate import evaluate
from summarize_eval.metrics.registry import load_metric
from summarize_eval.reports.html import page as report
from summarize_eval.results import Settings, System
from summarize_eval.run import written_elsewhere

ARTICLES = [
    f"The ferry sank off Pellworth on {day}. All {count} passengers were rescued. Captain Ines Moreau had"
    " reported a failing radar two hours before. Investigators expect to raise the wreck in May."
    for day, count in (("Monday", 84), ("Tuesday", 51), ("Friday", 17))
]
REFERENCES = [("The ferry sank .\nAll were rescued .",)] * 3
GOOD = "The ferry sank off Pellworth.\nAll passengers were rescued."
TEXTS = {
    "lead": [GOOD, GOOD, "Captain Ines Moreau had reported a failing radar."],
    "a-system-with-a-rather-long-name:option=0.25": [
        GOOD,
        "All 999 passengers of the Marigold drowned.",
        GOOD,
    ],
    "third": ["Fish.", GOOD, GOOD],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    systems = []
    for name, texts in TEXTS.items():
        found = written_elsewhere(name, texts, ARTICLES)
        parts = (found.statistics, found.tally, found.defects)
        systems.append(System(name, texts, "", [0.01] * 3, *parts))
    metrics = [load_metric(name) for name in ("editing", "support")]
    settings = Settings(test="paired-bs", samples=200)
    evaluation = evaluate("pets", systems, REFERENCES, None, settings, None, ARTICLES, metrics)
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report(evaluation), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desk", "phone"])
def opened(request: pytest.FixtureRequest, browser: Any, url: str) -> Iterator[Any]:  # noqa: F811
    context = browser.new_context(viewport=dict(zip(("width", "height"), request.param, strict=True)))
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda sent: None if sent.url == url else wrong.append(sent.url))
    page.goto(url)
    yield page
    context.close()
    assert wrong == []


# What stands outside the page, or outside a box that cuts it off or lets it scroll sideways.
_HIDDEN = """() => [...document.querySelectorAll("body *")].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || one.closest("script, details:not([open]) > :not(summary), svg *")) return false;
  return box.right > innerWidth + 1 || box.left < -1 || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth
    && getComputedStyle(one).overflowX !== "visible" && one.tagName !== "SELECT" && one.tagName !== "INPUT");
}).map(one => one.tagName + "." + one.className + " " + one.textContent.slice(0, 40))"""


def test_nothing_is_hidden(opened: Any) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.evaluate(_HIDDEN) == []
    heads = opened.locator("thead button")
    cells = opened.locator("tbody tr").first.locator("th, td")
    assert heads.count() == cells.count() >= 19
    for one in [*heads.all(), *cells.all()]:
        assert one.is_visible() and one.bounding_box()["height"] >= 10
    for name in ("support %", "flags/100", "defects/100", "docs/s", "clean"):
        assert opened.locator("thead button", has_text=name).first.is_visible()


def test_a_heading_sorts_the_table(opened: Any) -> None:
    def names() -> list[str]:
        return opened.locator("tbody th").all_inner_texts()

    assert names() == list(TEXTS)
    opened.locator("thead button", has_text="flags/100").click()
    assert names()[0] == list(TEXTS)[1], "the most flags first"
    opened.locator("thead button", has_text="flags/100").click()
    assert names()[-1] == list(TEXTS)[1]


def test_examples_show_evidence_and_doubts_and_can_be_sorted(opened: Any) -> None:
    place = opened.locator("#place")
    assert place.inner_text() == "1 of 3: 1"
    opened.locator("#order").select_option(label=f"{list(TEXTS)[1]}: most flags")
    assert place.inner_text() == "1 of 3: 2"
    card = opened.locator(".card").nth(2)
    assert "Not in the source: “999” (number)" in card.inner_text() and card.locator("u").first.is_visible()
    opened.locator("#order").select_option(label="third: lowest score first")
    assert place.inner_text() == "1 of 3: 1"
    opened.locator("#order").select_option(label="in the order of the data")
    opened.locator(".card", has_text="lead").locator(".source").nth(1).click()
    shown = opened.locator("#article li.shown")
    assert shown.inner_text() == "All 84 passengers were rescued." and shown.is_visible()
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_letter_can_be_read(opened: Any) -> None:
    """No text is smaller than 9 pixels as it is drawn, those of the charts not either."""
    small = opened.evaluate("""() => [...document.querySelectorAll("svg text")].filter(one => {
      const svg = one.closest("svg"), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      return parseFloat(getComputedStyle(one).fontSize) * scale < 9;
    }).length""")
    assert small == 0
