"""A digest of 200 feeds and nine bad ones from a real server: nothing hangs, nothing is told or fetched twice."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import EVENTS, PAPERS, Answer, FeedServer, feed, fill, page, serving, story

from summarize.commands.digest import add_arguments, run
from summarize.document import Document
from summarize.errors import Failure
from summarize.reading.feeds import read_feed
from summarize.story.cache import Cache
from summarize.story.fetching import Fetcher, Wanted
from summarize.story.gathering import Gatherer

pytest.importorskip("feedparser")


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with serving() as found:
        yield found


def command(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([*arguments, "--summarizer", "lead", "--workers", "1"]))


@pytest.mark.slow
def test_every_article_is_told_once_and_every_bad_feed_is_named(
    server: FeedServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = fill(server)
    output = tmp_path / "digest.json"
    asked = ["--cache", str(tmp_path / "cache"), "--timeout", "2", "-o", str(output)]
    begin = time.monotonic()
    assert command(f"{server.url}/all.opml", *asked) == 1
    assert time.monotonic() - begin < 120
    errors = [line for line in capsys.readouterr().err.splitlines() if "error:" in line]
    for path, reason in bad.items():
        assert [line for line in errors if f"{server.url}{path}:" in line and reason in line], (path, errors)
    assert len(errors) == len(bad)
    digest = json.loads(output.read_text())
    assert len(digest["failures"]) == len(bad)
    told = [
        record["source"].partition("?")[0]
        for brief in (*digest["stories"], *digest["singles"])
        for record in (brief, *brief.get("others", ()))
    ]
    assert sorted(told) == sorted(f"{server.url}/article/{n}" for n in range(PAPERS))
    assert len(digest["stories"]) == EVENTS and not digest["singles"]
    assert {len(brief["others"]) for brief in digest["stories"]} == {PAPERS // EVENTS - 1}
    # Two at a time, and what the server has not yet noticed to be over.
    assert server.busy["most"] <= 4

    pages = {path: count for path, count in server.asked.items() if path.startswith("/article/")}
    assert set(pages.values()) == {1}
    server.asked.clear()
    first = output.read_text()
    command(f"{server.url}/all.opml", *asked)
    assert set(server.asked) <= bad.keys(), "what went well is not fetched again"
    again = json.loads(output.read_text())
    assert [b["source"] for b in again["stories"]] == [b["source"] for b in json.loads(first)["stories"]]


@pytest.mark.parametrize("number", range(20))
def test_a_feed_is_read_however_odd(number: int) -> None:
    body, kind = feed(number, "article/x")
    found = read_feed(body, "http://paper.example/feeds/all.xml", kind)
    entry = found.entries[0]
    assert entry.link == "http://paper.example/feeds/article/x"
    assert found.title and "per" in found.title
    assert str(entry.title).startswith(story(number)[0]) and "<" not in str(entry.title)
    assert (entry.published is None) == (number in (1, 2, 17))


def test_what_has_not_changed_is_not_sent_again(server: FeedServer, tmp_path: Path) -> None:
    server.pages["/tagged.xml"] = Answer(*feed(0, "/article/0"))
    fetcher = Fetcher(Cache(tmp_path))
    bodies = [
        page.data
        for _ in range(2)
        for _, page in fetcher.fetch_all(
            [Wanted(f"{server.url}/tagged.xml", kinds={"application/rss+xml": ".xml"}, fresh=0)]
        )
        if not isinstance(page, Failure)
    ]
    assert bodies[0] == bodies[1] == server.pages["/tagged.xml"].body
    assert server.asked["/tagged.xml"] == 2 and server.unchanged["/tagged.xml"] == 1


def test_a_feed_does_not_send_us_to_this_machine(server: FeedServer, tmp_path: Path) -> None:
    with serving("127.0.0.2") as inside:
        inside.pages["/secret"] = Answer(page(1))
        server.pages["/sly.xml"] = Answer(*feed(0, f"{inside.url}/secret"))
        found = list(Gatherer(Fetcher(timeout=3)).gather([f"{server.url}/sly.xml"]))
        assert not inside.asked
    (failure,) = found
    assert isinstance(failure, Failure) and "not a public address" in str(failure)


def test_a_page_that_cannot_be_read_leaves_what_the_feed_says(server: FeedServer) -> None:
    server.pages["/lead.xml"] = Answer(*feed(19, "/no/such/page"))
    (document,) = Gatherer(Fetcher()).gather([f"{server.url}/lead.xml"])
    assert isinstance(document, Document) and "counted 22 ambulances" in document.text
    assert document.outlet == "Paper 19" and "404" in document.notes[0]


def test_a_server_that_does_not_answer_is_left_alone(server: FeedServer) -> None:
    silent = [f"/silent/{number}" for number in range(8)]
    for path in silent:
        server.pages[path] = lambda handler: time.sleep(2)
    fetcher = Fetcher(timeout=0.3, per_host=1)
    found = [page for _, page in fetcher.fetch_all([Wanted(server.url + path) for path in silent])]
    assert all(isinstance(page, Failure) for page in found)
    assert sum(server.asked[path] for path in silent) == 3
    assert "3 other addresses" in str(found[-1])
