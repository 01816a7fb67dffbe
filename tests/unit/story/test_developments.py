"""What is new: the newest state leads, an earlier brief is held against it, dates come from page or option."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from summarize import Document, brief_story, parse, read
from summarize.commands.story import add_arguments, run
from summarize.errors import InputError, OptionError
from summarize.story.developments import read_earlier
from summarize.writing.record import from_record, to_record
from summarize.writing.write import FORMATS, render, schema

MORNING = (
    "A ferry carrying 140 people sank off Pellworth harbour on Tuesday. At least 9 passengers were killed "
    "when the ferry sank, police said. Divers were searching the wreck for survivors."
)
EVENING = (
    "A passenger ferry sank off Pellworth harbour on Tuesday with 140 people on board. Police said 11 "
    "passengers were killed when the ferry sank. The captain, Ole Brandt, was arrested on Tuesday evening."
)


@pytest.fixture
def articles() -> list[Document]:
    given = ((MORNING, "morning.txt", 8), (EVENING, "evening.txt", 20))
    return [
        replace(
            parse(text, source=name, language="en"),
            published=datetime(2026, 3, 3, hour, tzinfo=UTC),
            outlet="The Post" if hour == 20 else None,
        )
        for text, name, hour in given
    ]


@pytest.fixture
def earlier(articles: list[Document], tmp_path: Path) -> str:
    path = tmp_path / "earlier.json"
    path.write_text(json.dumps(to_record(brief_story(articles[:1], "lead"))))
    return str(path)


def test_the_newest_state_leads(articles: list[Document]) -> None:
    brief = brief_story(articles, "lead")
    assert [document.source for document in brief.documents] == ["evening.txt", "morning.txt"]
    assert brief.bullets[0].text.startswith("A passenger ferry sank")


def test_what_an_earlier_brief_had_is_not_new_and_a_changed_number_is(
    articles: list[Document], earlier: str
) -> None:
    brief = brief_story(articles, "lead", earlier=read_earlier(earlier))
    told = [line.text for line in brief.developments]
    assert any("11 passengers" in text for text in told) and any("Brandt" in text for text in told)
    assert not any("140 people" in text for text in told)
    for line in brief.developments:
        assert [brief.documents[found.document].source for found in line.evidence] == ["evening.txt"]
        found = line.evidence[0]
        assert brief.documents[found.document].text[found.start : found.end] in EVENING
    record = to_record(brief)
    jsonschema.validate(record, schema())
    assert from_record(record, brief.document, brief.others) == brief


def test_the_same_articles_bring_nothing_new(articles: list[Document], earlier: str) -> None:
    brief = brief_story(articles[:1], "lead", earlier=read_earlier(earlier))
    assert not brief.developments and "nothing is new against the earlier brief" in brief.notes
    only_new = brief_story(articles[1:], "lead", earlier=read_earlier(earlier))
    assert any("Brandt" in line.text for line in only_new.developments)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_tells_what_is_new_and_names_the_outlet(
    format: str, articles: list[Document], earlier: str
) -> None:
    text = render(brief_story(articles, "lead", earlier=read_earlier(earlier)), format, width=200)
    heading = "developments" if format.startswith("json") else "New since the earlier brief"
    assert heading in text and "The Post" in text


def test_the_command_takes_dates_and_an_earlier_brief(
    tmp_path: Path, earlier: str, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, text in zip(paths, (MORNING, EVENING), strict=True):
        path.write_text(text)
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    words = [*map(str, paths), "--summarizer", "lead", "--format", "json"]
    assert run(parser.parse_args([*words, "--dates", "2026-03-03, 2026-03-04", "--since", earlier])) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["source"].endswith("b.txt") and record["published"] == "2026-03-04T00:00:00+00:00"
    assert record["developments"]
    for wrong in ("2026-03-03", "2026-03-03,soon"):
        with pytest.raises(OptionError, match="--dates"):
            run(parser.parse_args([*words, "--dates", wrong]))
    assert run(parser.parse_args([*words, "--dates", ",2026-03-04"])) == 0


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"headline": 3, "bullets": []}', "[{}]"])
def test_what_is_no_brief_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(InputError, match="--format json"):
        read_earlier(str(path))
    with pytest.raises(InputError, match="could not be read"):
        read_earlier(str(tmp_path / "none.json"))


def test_a_page_tells_its_date_and_its_outlet(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    told = json.dumps({"@type": "NewsArticle", "datePublished": "2026-03-03T10:30:00+01:00"})
    path.write_text(
        '<html><head><title>Ferry sinks</title><meta property="og:site_name" content="The Post">'
        f'<script type="application/ld+json">{told}</script></head><body><article><p>{EVENING}</p></article></body></html>'
    )
    document = read(path)
    assert document.published == datetime(2026, 3, 3, 9, 30, tzinfo=UTC) and document.outlet == "The Post"
