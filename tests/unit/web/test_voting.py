"""Blind votes without a server: what is kept and in what file, what a voter is shown, which articles there are."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from corpus import SEEDS
from summarize_eval import web

from summarize import parse
from summarize.commands.parsers import parser_of
from summarize.errors import InputError, OptionError, OutputError, SummarizeError
from summarize.web.jobs import runs
from summarize.web.jobs.dispatcher import close_dispatcher, open_dispatcher
from summarize.web.voting.ballots import Ballot, Vote, as_csv, as_jsonl
from summarize.web.voting.booth import Booth
from summarize.web.voting.opening import open_booth
from summarize.web.voting.store import VoteStore, read_votes
from summarize.web.voting.study import (
    Contestant,
    Study,
    StudyArticle,
    contestants,
    default_study,
    open_study,
)

ANN, BOB = "ann-ann-ann", "bob-bob-bob"
NAMES = ("lead", "textrank", "random")


def ballot(number: str = "b1", voter: str = ANN) -> Ballot:
    return Ballot(
        number, "a1", "hash", "lead", "lead|v", "news", "news|v", ("headline", "wysk"), voter, "now"
    )


def booth(
    store: VoteStore | None = None, names: tuple[str, ...] = NAMES, texts: tuple[str, ...] = SEEDS
) -> Booth:
    articles = [StudyArticle(f"a{number}", text) for number, text in enumerate(texts)]
    return Booth(
        store or VoteStore(), web, Study({one.text_hash: one for one in articles}, contestants(names))
    )


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    open_dispatcher()
    yield
    close_dispatcher()


def pair_of(where: Booth, *asked: Any) -> dict[str, Any]:
    run = runs.begin()
    try:
        return where.next(run, *asked)
    finally:
        runs.end(run)


def judge(where: Booth, voter: str, pair: dict[str, Any], choice: str = "left") -> dict[str, Any]:
    given: dict[str, Any] = {}
    for part in pair["parts"]:
        given = where.cast(voter, pair["ballot"], part["part"], choice)
    return given


def test_a_vote_is_a_row_of_its_ballot(tmp_path: Path) -> None:
    store = VoteStore(str(tmp_path / "votes.db"))
    store.hand_out(ballot())
    store.cast("b1", "headline", "left")
    store.cast("b1", "wysk", "neither")
    store.cast("b1", "headline", "both")  # thought again, or sent twice: one row
    store.cast("unknown", "headline", "left")
    kept = read_votes(tmp_path / "votes.db")  # while it is open
    assert [(vote.part, vote.choice) for vote in kept] == [("headline", "both"), ("wysk", "neither")]
    assert astuple(kept[0])[:8] == ("b1", "a1", "hash", "headline", "lead", "lead|v", "news", "news|v")
    assert kept[0].voter == ANN and kept[0].cast.endswith("+00:00")
    store.close()
    again = VoteStore(str(tmp_path / "votes.db"))
    assert again.votes() == kept and again.ballot("b1") == ballot() and again.ballots_of(BOB) == []


def test_what_a_vote_waits_for(tmp_path: Path) -> None:
    """The log is written ahead and flushed at each commit: what SQLite promises for a lost process or lost power."""
    store = VoteStore(str(tmp_path / "votes.db"))
    asked = [store._link.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert asked == ["wal", 2]


def test_a_choice_that_does_not_exist_is_not_kept() -> None:
    store = VoteStore()
    store.hand_out(ballot())
    with pytest.raises(OutputError, match="CHECK"):
        store.cast("b1", "headline", "middle")
    assert store.votes() == []


def test_files_that_hold_something_else_stay_as_they_are(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as link:
        link.execute("CREATE TABLE friends (name TEXT)")
    (tmp_path / "text.db").write_text("no database at all, but a text of some length " * 20, encoding="utf-8")
    for name, why in (("other.db", "something else"), ("text.db", "no file of votes")):
        before = (tmp_path / name).read_bytes()
        for use in (VoteStore, read_votes):
            with pytest.raises(InputError, match=why):
                use(str(tmp_path / name))
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(OutputError, match="name a file in a folder"):
        VoteStore(str(tmp_path / "nowhere" / "votes.db"))
    with pytest.raises(InputError, match="there is no such file"):
        read_votes(tmp_path / "none.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(InputError, match="holds no votes yet"):
        read_votes(tmp_path / "empty.db")


def test_exports_say_what_is_kept() -> None:
    rows = [Vote("b1", 'a "1",\n2', "h", "wysk", "lead", "lead|v", "news", "news|v", "left", ANN, "now")]
    assert [json.loads(line) for line in as_jsonl(rows)] == list(
        csv.DictReader(io.StringIO("".join(as_csv(rows))))
    )


def test_the_names_are_hidden_until_all_parts_are_judged() -> None:
    where = booth()
    pair = pair_of(where, ANN)
    for name in NAMES:  # the texts of the briefs say nothing of who wrote them
        assert f'"{name}' not in json.dumps(pair) and f"{name}|" not in json.dumps(pair)
    first, *rest = [part["part"] for part in pair["parts"]]
    assert where.cast(ANN, pair["ballot"], first, "both") == {"choices": {first: "both"}, "names": None}
    assert where.cast(ANN, pair["ballot"], first, "left")["choices"] == {first: "left"}
    for part in rest:
        given = where.cast(ANN, pair["ballot"], part, "right")
    assert {given["names"]["left"], given["names"]["right"]} < set(NAMES)
    assert where.cast(ANN, pair["ballot"], first, "neither")["choices"][first] == "left"  # it is too late


def test_what_stands_left_is_what_its_name_wrote() -> None:
    where, sides = booth(names=("lead", "random")), set()
    for number in range(12):
        voter = f"voter-{number}"
        pair = pair_of(where, voter)
        names = judge(where, voter, pair)["names"]
        found = [one for one in where._study.contestants.values() if one.name == names["left"]]
        shown = where.store.ballot(pair["ballot"])
        assert shown is not None
        text = where._study.articles[shown.text_hash].text
        brief = found[0].write(parse(text))
        assert pair["parts"][0]["left"] == (brief.headline.text,)
        sides.add(names["left"])
    assert sides == {"lead", "random"}


def test_a_pair_that_was_begun_comes_again_as_it_was(tmp_path: Path) -> None:
    where = booth(VoteStore(str(tmp_path / "votes.db")))
    pair = pair_of(where, ANN)
    where.cast(ANN, pair["ballot"], "headline", "right")
    where.store.close()
    again = pair_of(booth(VoteStore(str(tmp_path / "votes.db"))), ANN)  # another server, the same file
    assert again["ballot"] == pair["ballot"]
    assert [part["left"] for part in again["parts"]] == [part["left"] for part in pair["parts"]]
    assert [part["choice"] for part in again["parts"]] == ["right", "", ""]


def test_everything_is_asked_once() -> None:
    where, seen = booth(), set()
    while not (pair := pair_of(where, ANN)).get("done"):
        names = judge(where, ANN, pair)["names"]
        seen.add((pair["article"][0], frozenset((names["left"], names["right"]))))
    assert len(seen) == pair["judged"] == 2 * 3
    assert not pair_of(where, BOB).get("done")


def test_votes_of_others_are_refused() -> None:
    where = booth()
    pair = pair_of(where, ANN)
    for voter, number, part, choice in (
        (BOB, pair["ballot"], "headline", "left"),
        (ANN, "made-up", "headline", "left"),
        (ANN, pair["ballot"], "title", "left"),
        (ANN, pair["ballot"], "headline", "middle"),
    ):
        with pytest.raises(SummarizeError):
            where.cast(voter, number, part, choice)
    assert where.store.votes() == []


def test_an_article_of_a_voter_s_own() -> None:
    where = booth()
    text = "Rain fell on Leeds on Monday. The river Aire rose by two metres. Nobody was hurt, the city said."
    pair = pair_of(where, ANN, text, ["lead", "random"])
    assert "Rain fell on Leeds" in pair["article"][0]
    given = judge(where, ANN, pair)
    assert {given["names"]["left"], given["names"]["right"]} == {"lead", "random"}
    assert where.store.votes()[0].article == "pasted"
    assert text not in json.dumps([vote.article for vote in where.store.votes()])
    assert pair_of(where, ANN, text, ["lead", "random"])["done"]
    for names, why in (
        (["lead"], "at least two"),
        ([], "at least one"),
        (["lead", "seq2seq"], "needs a model"),
    ):
        with pytest.raises(OptionError, match=why):
            pair_of(where, ANN, text, names)


def test_what_a_summarizer_cannot_do_is_passed_over() -> None:
    where = booth(texts=("??? !!!", SEEDS[0]), names=("lead", "random"))
    pair = pair_of(where, ANN)
    assert pair["article"]
    judge(where, ANN, pair)
    assert "no sentence" in pair_of(where, ANN)["problem"]


def test_a_brief_that_would_take_too_long_is_not_begun() -> None:
    long = " ".join(f"Rain number {n} fell on the town that day." for n in range(2500))
    where = booth(texts=(long,), names=("kl", "lead"))
    assert "2,500 sentences are long for kl" in pair_of(where, ANN)["problem"]


def test_a_model_with_options_has_a_process_of_its_own() -> None:
    document = parse("It rained in Leeds.")
    options = {}, {"model": "t5-small"}, {"model": "t5-base", "beams": 2}
    plans = [Contestant("t5", "", "t5", some).plan(document) for some in options]
    assert [one.key for one in plans] == ["t5 ", "t5  model=t5-small", "t5  beams=2 model=t5-base"]
    assert {one.lane for one in plans} == {"model"}
    assert Contestant("lead", "", "lead", {}).plan(document).lane == "quick"


def test_a_study_of_rows(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "article": SEEDS[0]},
        {"id": "two", "article": SEEDS[1]},
        {"id": "again", "article": SEEDS[0]},
    ]
    lines = [*(json.dumps(row) for row in rows), "no JSON"]
    (tmp_path / "study.jsonl").write_text("\n".join(lines), encoding="utf-8")
    study = open_study(str(tmp_path / "study.jsonl"), ["lead", "textrank:plain=true", "textrank"])
    assert [one.id for one in study.articles.values()] == ["one", "two"]
    assert [one.name for one in study.contestants.values()] == ["lead", "textrank:plain=true", "textrank"]
    assert any("plain:True" in signature for signature in study.contestants)
    assert len(study.problems) == 2
    assert "is the text of one again" in study.problems[0] and "is no JSON" in study.problems[1]


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--study", "{study}"], "go together"),
        (["--summarizers", "lead,random"], "go together"),
        (["--study", "{study}", "--summarizers", "lead"], "at least two"),
        (["--study", "{study}", "--summarizers", "lead,lead"], "named twice"),
        (["--study", "{study}", "--summarizers", "lead,nobody"], "nobody"),
        (["--study", "{study}.none", "--summarizers", "lead,random"], "no such file"),
        (["--study", "{empty}", "--summarizers", "lead,random"], "no article"),
    ],
)
def test_a_wrong_study_is_told(tmp_path: Path, options: list[str], why: str) -> None:
    (tmp_path / "study.jsonl").write_text(json.dumps({"article": SEEDS[0]}), encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text('{"article": ""}\n', encoding="utf-8")
    places = {"study": tmp_path / "study.jsonl", "empty": tmp_path / "empty.jsonl"}
    asked = parser_of("app").parse_args(
        [one.format(**places) for one in [*options, "--votes", str(tmp_path / "v.db")]]
    )
    with pytest.raises(SummarizeError, match=why):
        open_booth(asked, web)
    assert not (tmp_path / "v.db").exists()


def test_votes_are_kept_without_being_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert open_booth(parser_of("app").parse_args([]), web).store.lasting
    assert (tmp_path / "summarize-toolkit" / "votes.db").exists()
    assert str(tmp_path) in capsys.readouterr().err
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert not open_booth(parser_of("app").parse_args([]), web).store.lasting
    assert "lost when the app stops" in capsys.readouterr().err
    assert len(default_study().articles) == 2
