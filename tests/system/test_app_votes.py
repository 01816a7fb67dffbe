"""Blind votes in a real browser, and with a server that is killed while they come in."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import free_port, serving
from browsing import choose, open_tab, write
from corpus import SEEDS
from summarize_eval import web
from summarize_eval.cli import main as evaluate

from summarize.web.voting.ballots import CHOICES
from summarize.web.voting.booth import Booth
from summarize.web.voting.store import VoteStore, read_votes
from summarize.web.voting.study import open_study

HOSTILE_ID = "<img src=x onerror='window.hacked=1'>"
VOTES, VOTERS, KILLS = 200, 4, 2


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("votes") / "votes.db"


def study_file(folder: Path, count: int) -> Path:
    """Articles of a study: the seeds, each time with another first sentence."""
    rows = [
        {"id": f"{HOSTILE_ID} {number}", "article": f"It was day {number} in Leeds. {SEEDS[number % 2]}"}
        for number in range(count)
    ]
    path = folder / "study.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def url(uploads: Path, kept: Path, browser: Any) -> Iterator[str]:
    study = open_study(str(study_file(kept.parent, 6)), ["lead", "textrank", "random"])
    with serving(uploads, booth=Booth(VoteStore(str(kept)), web, study)) as address:
        yield address


def begin(page: Any) -> None:
    open_tab(page, "Vote")
    page.locator("#vote .question").first.wait_for()


def said(page: Any, text: str) -> None:
    page.locator("#vote [data-said]").get_by_text(text).wait_for()


def test_a_vote_by_keyboard(open_page: Any, kept: Path, capsys: Any) -> None:
    """1 to 4 choose, part after part; the names come after the last; Enter goes on; the table is the command's."""
    page = open_page()
    begin(page)
    before = page.locator("#vote").inner_html()
    assert not re.search(r"lead\||textrank\||random\|", before) and "Left:" not in before
    page.keyboard.press("1")
    said(page, "Now: Bullets")
    assert page.locator("#vote .names").inner_text() == ""
    page.keyboard.press("4")
    said(page, "Now: What you should know")
    page.keyboard.press("2")
    said(page, "Left was")
    cast = read_votes(kept)
    assert [(vote.part, vote.choice) for vote in cast] == [
        ("headline", "left"),
        ("bullets", "neither"),
        ("wysk", "right"),
    ]
    assert f"Left: {cast[0].left}" in page.locator("#vote .names").inner_text()
    assert cast[0].right_signature in page.locator("#vote .names").inner_text()
    page.keyboard.press("3")  # all is judged: it does nothing
    page.keyboard.press("Enter")
    said(page, "Which is better?")
    assert len(read_votes(kept)) == 3
    page.locator("#vote details[data-standings] summary").click()
    shown = page.locator("#vote [data-board] .scores")
    shown.first.wait_for()
    assert evaluate(["votes", str(kept)]) == 0
    printed = capsys.readouterr().out
    for line in shown.first.locator("tbody tr").all():
        cells = line.locator("th, td").all_inner_texts()
        assert re.search(r"\s+".join(re.escape(cell) for cell in cells if cell), printed), (cells, printed)


def test_what_was_begun_is_there_after_a_reload(open_page: Any, kept: Path) -> None:
    page = open_page()
    begin(page)
    page.locator('#vote [data-question="headline"] [data-choice="both"]').click()
    said(page, "Kept: Both")
    text = page.locator("#vote .sides").all_inner_texts()
    page.reload()
    begin(page)
    assert page.locator("#vote .sides").all_inner_texts() == text
    assert page.locator('#vote [aria-pressed="true"]').count() == 1
    page.keyboard.press("2")
    said(page, "Now: What you should know")
    assert [vote.part for vote in read_votes(kept)][-2:] == ["headline", "bullets"]


def test_the_article_and_summarizers_of_the_other_tab(open_page: Any, kept: Path) -> None:
    page = open_page()
    open_tab(page, "Vote")
    page.locator("#vote .question").first.wait_for()
    page.get_by_role("button", name="Vote on the article in Compare").click()
    page.locator("#vote [role=alert]").get_by_text("no article").wait_for()
    page.get_by_role("tab", name="Compare").click()
    write(page, f"A note of my own. {SEEDS[0]}")
    choose(page, "lead", "random")
    page.get_by_role("tab", name="Vote").click()
    page.get_by_role("button", name="Vote on the article in Compare").click()
    page.locator("#vote .voted-article").get_by_text("A note of my own").wait_for(state="attached")
    page.keyboard.type("111")
    said(page, "Left was")
    last = read_votes(kept)[-1]
    assert {last.left, last.right} == {"lead", "random"} and last.article == "pasted"


def test_typing_elsewhere_is_no_vote(open_page: Any, kept: Path) -> None:
    page = open_page()
    begin(page)
    before = len(read_votes(kept))
    page.get_by_role("tab", name="Compare").click()
    page.locator("#article textarea").press_sequentially("1234")
    page.get_by_role("tab", name="Vote").click()
    page.keyboard.press("Control+1")
    page.keyboard.press("5")
    page.keyboard.press("1")
    said(page, "Kept: Left")
    assert len(read_votes(kept)) == before + 1


def test_a_phone_and_hostile_ids(open_page: Any) -> None:
    page = open_page("?bullets=3&__theme=dark", viewport={"width": 390, "height": 844})
    begin(page)
    page.keyboard.type("111")
    said(page, "Left was")
    page.locator("#vote details[data-standings] summary").click()
    page.locator("#vote .scores").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("window.hacked") is None


def test_what_other_websites_and_programs_send(url: str, kept: Path) -> None:
    before = len(read_votes(kept))
    good = {"voter": "somebody-1", "ballot": "x", "part": "headline", "choice": "left"}
    for path, body, kind, status in (
        ("cast", json.dumps(good).encode(), "text/plain", 415),  # what a form of another website may send
        ("cast", b"[]", "application/json", 400),
        ("cast", b"{", "application/json", 400),
        ("cast", json.dumps(good).encode(), "application/json", 400),
        ("next", b'{"voter": "\'; DROP TABLE votes"}', "application/json", 400),
        ("next", b'{"voter": "somebody-1", "names": "lead"}', "application/json", 400),
    ):
        assert post(f"{url}votes/{path}", body, kind)[0] == status, (path, body)
    with urllib.request.urlopen(f"{url}votes/votes.jsonl", timeout=60) as answer:
        assert [json.loads(line)["ballot"] for line in answer] == [vote.ballot for vote in read_votes(kept)]
    assert len(read_votes(kept)) == before


def post(address: str, body: bytes, kind: str = "application/json") -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(address, body, {"content-type": kind})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


class Killed:
    """`summarize app` in a process of its own, which is killed again and again."""

    def __init__(self, folder: Path) -> None:
        self.address = f"http://127.0.0.1:{free_port()}/"
        options = ["--port", self.address.rstrip("/").rpartition(":")[2], "--votes", str(folder / "votes.db")]
        study = ["--study", str(study_file(folder, 6)), "--summarizers", "lead,textrank,random"]
        self._command = [sys.executable, "-m", "summarize", "app", *options, *study]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(60)


def insist(address: str, body: dict[str, Any]) -> dict[str, Any]:
    """Post until the server answers, as a voter would who sees no confirmation."""
    for _ in range(600):
        try:
            status, answer = post(address, json.dumps(body).encode())
        except (OSError, ValueError, http.client.HTTPException):
            time.sleep(0.1)
            continue
        assert status == 200, answer
        return answer
    raise AssertionError("the server did not come back")


def test_no_vote_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    """Kill -9 during 200 votes: every vote that was acknowledged is in the file, once, as it was cast."""
    server, acknowledged, trouble = Killed(tmp_path), [], []

    def votes_of(voter: str) -> None:
        try:
            given = 0
            while given < VOTES // VOTERS:
                pair = insist(f"{server.address}votes/next", {"voter": voter})
                for part in pair["parts"][: VOTES // VOTERS - given]:
                    cast = {"ballot": pair["ballot"], "part": part["part"], "choice": CHOICES[given % 4]}
                    insist(f"{server.address}votes/cast", {"voter": voter} | cast)
                    acknowledged.append(cast)
                    given += 1
        except BaseException as error:
            trouble.append(error)

    voters = [threading.Thread(target=votes_of, args=[f"voter-number-{number}"]) for number in range(VOTERS)]
    try:
        for voter in voters:
            voter.start()
        for kill in range(1, KILLS + 1):
            while len(acknowledged) < kill * VOTES // (KILLS + 1) and not trouble:
                time.sleep(0.002)
            server.kill()
            at_once = {(vote.ballot, vote.part): vote.choice for vote in read_votes(tmp_path / "votes.db")}
            assert all(at_once[one["ballot"], one["part"]] == one["choice"] for one in list(acknowledged))
            server.start()
        for voter in voters:
            voter.join(180)
    finally:
        server.kill()
    assert not trouble
    found = read_votes(tmp_path / "votes.db")
    assert len(acknowledged) == len(found) == VOTES
    assert {(one["ballot"], one["part"], one["choice"]) for one in acknowledged} == {
        (vote.ballot, vote.part, vote.choice) for vote in found
    }
