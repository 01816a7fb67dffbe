"""A digest of documents: what leads, what counts once, every format, a newsroom's template, the cache."""

from __future__ import annotations

import argparse
import email
import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path

import jsonschema
import pytest
from corpus import ROOT
from feed_server import fill, serving

from summarize import Document, parse
from summarize.commands.digest import add_arguments, run, since_of
from summarize.errors import Failure, InputError, OptionError
from summarize.reading.dates import read_date
from summarize.story import digest as module
from summarize.story.cache import Cache
from summarize.story.digest import Digest, digest
from summarize.writing.digest.write import DIGEST_FORMATS, render_digest, write_digest
from summarize.writing.write import schema

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


# Events, each in the words of several papers.
TOLD = {
    "ferry": (
        "The ferry Halden ran aground off Pellworth on its last crossing. Divers went down to the hull of the Halden.",
        "Passengers of the Halden spent the night in a school in Pellworth after their ferry struck a rock.",
        "Fishermen from Pellworth brought people ashore from the ferry Halden before the coast guard came.",
        "Oil from the ferry Halden has reached the beaches north of Pellworth, the council reports.",
    ),
    "cup": (
        "Leeds won the national cup on penalties. Goalkeeper Marsh saved twice against Hull.",
        "Goalkeeper Marsh was the hero of Leeds, who beat Hull on penalties to win the cup.",
        "Hull lost the cup to Leeds when Marsh saved the last of their penalties.",
        "A trophy at last: Leeds and Marsh celebrated the cup after penalties against Hull.",
    ),
    "quake": (
        "An earthquake shook Varna at dawn. Two chimneys fell in Varna, the mayor Petrov said.",
        "Mayor Petrov of Varna asked people to stay outside after the dawn earthquake.",
        "Schools in Varna stay closed after the earthquake, mayor Petrov decided.",
        "The earthquake at Varna did little harm, said Petrov, the mayor.",
    ),
    "budget": (
        "Parliament passed the budget by one vote. Minister Okoro spoke for two hours.",
        "By one vote, parliament passed the budget of minister Okoro.",
        "Minister Okoro wept when parliament passed her budget by a single vote.",
        "One vote saved the budget of Okoro in parliament.",
    ),
    "moth": ("A moth long thought lost was found in a wardrobe in Kent by a retired teacher.",),
    "bridge": ("The bridge at Tarn opens in May, a year late and twice as dear as planned.",),
}


def article(
    event: str, version: int = 0, hours: float | None = 1.0, outlet: str | None = None, **changes: object
) -> Document:
    source = f"https://{event}{version}.example/<a>?x=1&y=2"
    document = parse(TOLD[event][version], title=f"On the {event}", source=source, language="en")
    published = NOW - timedelta(hours=hours) if hours is not None else None
    return replace(document, published=published, outlet=outlet or f"Paper {version}", **changes)  # type: ignore[arg-type]


def articles(event: str, count: int, **how: object) -> list[Document]:
    return [article(event, version, **how) for version in range(count)]  # type: ignore[arg-type]


@pytest.fixture
def made() -> Digest:
    failure = Failure("https://bad.example/x", InputError("https://bad.example/x: is <broken>"))
    return digest([*articles("ferry", 3), article("moth"), failure], "lead", now=NOW)


def test_stories_come_by_independent_sources_and_age() -> None:
    given = [
        *articles("ferry", 4, hours=72),
        *articles("cup", 4, outlet="The Same"),
        article("moth", hours=50),
        article("bridge", hours=2),
        *articles("budget", 2),
        *articles("quake", 3),
    ]
    found = digest(given, "lead", now=NOW)
    titles = [brief.document.title for brief in found.stories]
    assert titles == [f"On the {event}" for event in ("quake", "budget", "cup", "ferry")]
    assert [brief.document.title for brief in found.singles] == ["On the bridge", "On the moth"]


def test_the_newest_article_leads_its_story() -> None:
    given = [article("cup", version, hours) for version, hours in enumerate((9, 2, None))]
    (brief,) = digest(given, "lead", now=NOW).stories
    assert [document.outlet for document in brief.documents] == ["Paper 1", "Paper 0", "Paper 2"]


def test_a_copy_in_another_paper_makes_no_story_of_a_single() -> None:
    found = digest([article("cup"), article("cup", outlet="Other"), article("cup")], "lead", now=NOW)
    assert not found.stories and len(found.singles) == 1
    assert len([note for note in found.singles[0].notes if "holds the text of" in note]) == 1


def test_a_page_without_an_article_is_named() -> None:
    page = parse("Please enable JavaScript.", source="wall.html", language="en")
    (failure,) = digest([article("cup"), page], "lead", now=NOW).failures
    assert failure.source == "wall.html" and "no sentence" in failure.reason


def test_languages_are_told_apart() -> None:
    given = [article("cup"), article("cup", 1, language="de"), article("cup", 2)]
    found = digest(given, "lead", now=NOW)
    assert len(found.stories) == 1 and len(found.singles) == 1


def test_html_is_one_page_that_fetches_nothing_and_escapes(made: Digest) -> None:
    text = render_digest(made)
    assert "3 independent sources, the last 2 March 2026, 11:00 UTC" in text
    assert "Told by one source" in text and "source sentence" in text
    assert "is &lt;broken&gt;" in text and "<a>?x" not in text
    assert not re.search(r"<(?:script|link|img|iframe)|src=|@import|url\(", text)


def test_markdown_has_the_stories_below_its_title(made: Digest) -> None:
    text = render_digest(made, "markdown")
    assert re.findall(r"(?m)^# .*", text) == ["# News digest, 2 March 2026"]
    assert "3 of 3 sources" in text or "1 of 3 sources" in text


def test_json_keeps_the_schema_of_briefs(made: Digest) -> None:
    record = json.loads(render_digest(made, "json", evidence=True))
    for brief in (*record["stories"], *record["singles"]):
        jsonschema.validate(brief, schema())
    assert record["schema"] == "summarize-digest/1" and len(record["stories"][0]["others"]) == 2
    assert record["stories"][0]["published"].startswith("2026-03-02") and record["stories"][0]["outlet"]
    assert record["failures"] == [{"source": "https://bad.example/x", "reason": "is <broken>"}]


def test_atom_is_read_back_by_a_feed_reader(made: Digest) -> None:
    feedparser = pytest.importorskip("feedparser")
    found = feedparser.parse(render_digest(made, "atom").encode())
    assert not found.bozo and found.version == "atom10" and len(found.entries) == 2
    entry = found.entries[0]
    assert [link["rel"] for link in entry.links] == ["alternate", "related", "related"]
    assert entry.link == made.stories[0].document.source and "Halden" in entry.content[0]["value"]
    assert entry.updated_parsed[:5] == (2026, 3, 2, 11, 0)


def test_the_mail_has_text_and_html_of_the_same(made: Digest) -> None:
    message = email.message_from_string(render_digest(made, "eml"), policy=default)
    assert message["Subject"] == "News digest, 2 March 2026"
    text, page = (part.get_content() for part in message.iter_parts())
    for brief in (*made.stories, *made.singles):
        assert str(brief.headline) in " ".join(text.split()) and str(brief.headline) in page
    assert "https://ferry0.example/<a>?x=1&y=2" in text and "<script" not in page


def test_a_newsroom_s_template_takes_the_place_of_a_format(made: Digest, tmp_path: Path) -> None:
    path = tmp_path / "front.html"
    path.write_text(
        "{% for s in stories %}{{ s.headline }}:{{ s.sources|length }}{% endfor %}{{ failures[0] }}"
    )
    write_digest(made, tmp_path / "out.anything", template=str(path))
    text = (tmp_path / "out.anything").read_text()
    assert text.startswith(f"{made.stories[0].headline}:3") and "&lt;broken&gt;" in text
    for wrong, told in (
        ("{% for %}", "front.html:1"),
        ("{{ nothing.x }}", "nothing"),
        ("{{ ().__class__.__base__ }}", "docs/story"),
    ):
        path.write_text(wrong)
        with pytest.raises(InputError, match=re.escape(told)):
            render_digest(made, template=str(path))
    with pytest.raises(InputError, match="could not be read"):
        render_digest(made, template=str(tmp_path / "none.html"))


@pytest.mark.parametrize("format", DIGEST_FORMATS)
def test_an_empty_digest_is_written_too(format: str) -> None:
    assert "2026" in render_digest(digest([], "lead", now=NOW), format)


def test_what_was_written_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [*articles("ferry", 2), article("cup")]
    first = digest(documents, "lead", cache=Cache(tmp_path), now=NOW)
    monkeypatch.setattr(module, "brief_story", lambda *_, **__: pytest.fail("written again"))
    assert digest(documents, "lead", cache=Cache(tmp_path), now=NOW) == first
    monkeypatch.undo()
    for path in (tmp_path / "briefs").iterdir():
        path.write_text("{ damaged")
    assert digest(documents, "lead", cache=Cache(tmp_path), now=NOW) == first
    changed = digest([*documents, article("cup", 1)], "lead", cache=Cache(tmp_path), now=NOW)
    assert len(changed.stories) == 2


def test_processes_write_the_same(tmp_path: Path) -> None:
    texts = ["".join(f"{sound}{number} " for sound in ("Ba", "Ko", "Li")) + "met." for number in range(30)]
    documents = [parse(text, source=f"{number}.txt", language="en") for number, text in enumerate(texts)]
    assert digest(documents, "lead", workers=2, now=NOW) == digest(documents, "lead", now=NOW)


@pytest.mark.slow
def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    papers = 60
    with serving() as server:
        fill(server, papers)
        words = [sys.executable, "-m", "summarize.cli", "digest", f"{server.url}/good.opml"]
        words += ["--summarizer", "lead", "-f", "json", "--workers", "1", "--cache", str(tmp_path)]

        def pages() -> int:
            return sum(count for path, count in list(server.asked.items()) if "/article/" in path)

        child = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 60
        while pages() < 15 and time.monotonic() < limit:
            time.sleep(0.005)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        before = pages()
        assert 15 <= before < papers
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert (
            sum(1 + len(brief.get("others", ())) for brief in found["stories"] + found["singles"]) == papers
        )
        # Only what was on its way when the run was killed came twice.
        twice = [path for path, count in server.asked.items() if "/article/" in path and count > 1]
        assert len(twice) <= 2


def test_rows_bring_dates_outlets_and_links(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {
            "text": TOLD["cup"][n],
            "title": f"Cup {n}",
            "url": f"https://x.example/{n}",
            "publisher": f"P{n}",
            "Published_At": when,
        }
        for n, when in ((0, "2020-01-01T10:00:00Z"), (1, NOW.isoformat()), (2, "no date"))
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"text": ""}]))
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    asked = [
        str(path),
        "--since",
        "2026-03-01",
        "--summarizer",
        "lead",
        "--cache",
        str(tmp_path / "c"),
        "-f",
        "json",
    ]
    assert run(parser.parse_args(asked)) == 1
    told = capsys.readouterr()
    (brief,) = json.loads(told.out)["stories"]
    assert (brief["source"], brief["outlet"], brief["published"]) == (
        "https://x.example/1",
        "P1",
        NOW.isoformat(),
    )
    assert [other["outlet"] for other in brief["others"]] == ["P2"] and "published" not in brief["others"][0]
    assert "rows.jsonl:4" in told.err and "1 articles are older" in told.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--since", "soon"], "span"),
        (["--timeout", "0"], "--timeout"),
        (["--entries", "0"], "--entries"),
        (["-o", "x.docx"], "suffix"),
        (["--template", "a", "-f", "json"], "--template"),
    ],
)
def test_wrong_options_are_told_before_the_work(words: list[str], told: str, tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    with pytest.raises(OptionError, match=told):
        run(parser.parse_args(["missing.xml", "--cache", str(tmp_path), *words]))


def test_spans_and_dates() -> None:
    assert since_of("36h", NOW) == NOW - timedelta(hours=36) and since_of("2026-03-01") == NOW.replace(
        day=1, hour=0
    )
    for text in ("2026-03-02T12:00:00Z", "Mon, 02 Mar 2026 13:00:00 +0100", 1772452800, "1772452800000", NOW):
        assert read_date(text, NOW) == NOW
    for wrong in ("2026", "", None, "soon", -1, 10**30, True, "2199-01-01", "Feb 31", ["x"], "1" * 300):
        assert read_date(wrong, NOW) is None
