"""Several articles as one story: the tab in a real browser, the endpoint, and the text both take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from corpus import SEEDS

from summarize import brief_story, parse
from summarize.errors import InputError
from summarize.web.story import added, listed_articles, split

NAMES = ("Post", "Mercury")
TEXT = "".join(f"--- {name}\n{text}\n" for name, text in zip(NAMES, SEEDS, strict=True))


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads) as address:
        yield address


def open_tab(open_page: Any) -> Any:
    page = open_page()
    page.get_by_role("tab", name="Story").click()
    page.locator("#run-story").wait_for()
    return page


def test_lines_of_a_story_name_who_tells_them(open_page: Any) -> None:
    page = open_tab(open_page)
    page.locator("#story textarea").fill(TEXT)
    page.locator("#story textarea").press("Control+Enter")
    card = page.locator("#story-brief .card")
    card.wait_for()
    brief = brief_story([parse(text, source=name) for name, text in zip(NAMES, SEEDS, strict=True)])
    assert card.locator("header").inner_text() == "news: 2 sources, Post, Mercury"
    assert card.locator("h4.headline").inner_text() == brief.headline.text  # type: ignore[union-attr]
    told = card.locator(".bullets").first.locator("li[dir=auto]:has(> details) > details > summary")
    expected = [
        f"{len(tellers)} of 2 sources: {', '.join(NAMES[teller] for teller in tellers)}"
        for line in brief.bullets
        for tellers in [sorted({found.document for found in line.evidence})]
    ]
    assert told.all_inner_texts() == expected
    assert any(found.startswith("2 of 2") for found in expected), "the seeds share something"
    told.first.click()
    quoted = card.locator("details[open] li").first.inner_text()
    first = brief.bullets[0].evidence[0]
    assert quoted.startswith(NAMES[first.document])


def test_one_article_is_no_story_yet(open_page: Any) -> None:
    page = open_tab(open_page)
    page.locator("#story textarea").fill(SEEDS[0])
    page.locator("#run-story").click()
    page.locator("#story-brief [role=alert]").get_by_text("put a line of ---").wait_for()


@pytest.mark.parametrize(
    "documents", [[f"--- Post\n{SEEDS[0]}", SEEDS[1]], f"--- Post\n{SEEDS[0]}\n---\n{SEEDS[1]}"]
)
def test_programs_give_a_list_or_one_text(url: str, documents: Any) -> None:
    from gradio_client import Client

    client = Client(url, verbose=False)
    brief = client.predict(documents, "textrank", 4, "en", 100, api_name="/summarize_story")
    told = brief_story([parse(text) for text in SEEDS], "textrank", bullets=4, words=100)
    assert [line["text"] for line in brief["bullets"]] == [line.text for line in told.bullets]
    assert [line["text"] for line in brief["text"]] == [line.text for line in told.text]
    assert [brief["outlet"], brief["others"][0]["outlet"]] == ["Post", "Article 2"]
    evidence = [found for line in brief["bullets"] for found in line["evidence"]]
    assert {found["document"] for found in evidence} == {0, 1}
    for found in evidence:
        assert found["text"] in SEEDS[found["document"]]
    for wrong, why in (([], "no articles yet"), (" ", "no articles yet"), (["It rained."] * 101, "too many")):
        with pytest.raises(Exception, match=why):
            client.predict(wrong, "lead", api_name="/summarize_story")


def test_articles_are_parted_by_lines_of_dashes() -> None:
    found = split("One.\r\n---\r\nTwo.\n\n----- A  Paper ---\nThree.\n--\nThree too.\n---\n\n")
    assert [(one.name, one.text.split()) for one in found] == [
        ("Article 1", ["One."]),
        ("Article 2", ["Two."]),
        ("A  Paper", ["Three.", "--", "Three", "too."]),
    ]
    assert [one.name for one in listed_articles(["--- Post\nIt rained.", "Rain.\n---\nMore."])] == [
        "Post",
        "Article 2",
    ]
    both = added("--- A\nOne.", "Two.\n---\nStill two.", "b")
    assert [(one.name, one.text.split()) for one in split(both)] == [
        ("A", ["One."]),
        ("b", ["Two.", "Still", "two."]),
    ], "a rule inside an upload does not part it"
    for empty in ("", "--- A\n---\n"):
        with pytest.raises(InputError, match="line of ---"):
            split(empty)
    with pytest.raises(InputError, match="500,000"):
        listed_articles(["word " * 60_000] * 2)
