"""Chats, interviews and transcripts: turns with speakers, each told once, and articles that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from corpus import SEEDS, articles

from summarize import load, parse
from summarize.cli import main
from summarize.document import Document

COOKIES = "Amanda: I baked cookies. Do you want some?\r\nJerry: Sure!\r\nAmanda: I'll bring you tomorrow :-)"
TRIP = """Hannah: Hey, did you book the flights to Lisbon?
Tom: Not yet, the prices went up by eighty euros over the weekend.
Hannah: Oh no
Hannah: Should we take the train to Porto instead?
Tom: The night train takes eleven hours, but it costs only forty euros and leaves on Friday evening.
Hannah: Fine by me, I will ask Paula whether she still wants to come along with her sister.
Tom: She told me yesterday that she has to work until Saturday, so she would join us on Sunday morning.
Hannah: Then I book two seats for Friday and tell her which hotel we have chosen.
Tom: Great :)"""
INTERVIEW = """The minister on the flood

BBC News: Minister, why were the dams not repaired before the winter?
Ann O'Neill: We had no money for it. The government asked parliament for forty million pounds in March, and parliament voted
it down. In the summer we asked again, and were given ten million, which was enough for the two dams in the north. The other
five were to follow in spring.
BBC News: Will anybody resign?
Ann O'Neill: Not today.
"""


def said(document: Document) -> list[tuple[str | None, str]]:
    return [(sentence.speaker, sentence.line) for sentence in document.sentences]


def test_a_turn_is_a_unit_with_its_speaker() -> None:
    assert said(parse(COOKIES)) == [
        ("Amanda", "Amanda: I baked cookies. Do you want some?"),
        ("Jerry", "Jerry: Sure!"),
        ("Amanda", "Amanda: I'll bring you tomorrow :-)"),
    ]


def test_turns_of_one_speaker_in_a_row_are_one_and_stand_where_they_are_said_to() -> None:
    document = parse(TRIP)
    assert document.is_dialogue
    assert said(document)[2] == ("Hannah", "Hannah: Oh no Should we take the train to Porto instead?")
    assert len(document.sentences) == 8
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    assert [s.paragraph for s in document.sentences] == list(range(8))


def test_a_long_turn_is_cut_into_sentences_that_all_name_the_speaker() -> None:
    document = parse(INTERVIEW)
    answer = [line for _, line in said(document) if line.startswith("Ann O'Neill: ")]
    assert answer[1] == (
        "Ann O'Neill: The government asked parliament for forty million pounds in March, and parliament voted it down."
    )
    assert len(answer) == 5
    assert len({s.paragraph for s in document.sentences}) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Amanda: 你好。\nJerry: 你好！\nAmanda: 再见。",
        "市长：河水泛滥。\n记者：有人受伤吗？\n市长：没有。",
        "#Person1#: Good morning.\n#Person2#: Hello.\n#Person1#: How are you?",
        "Q: Who pays?\nA: The city.\nQ: When?\nA: In May.",
    ],
)
def test_speakers_are_named_in_many_ways(text: str) -> None:
    assert [s.text for s in parse(text).sentences] == text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        *SEEDS,
        "Date: 4 May\nPlace: Leeds\nTime: 10 am\nTickets: ten pounds",
        "Ann: Tea?\nBob: Yes.",
        "Leeds: a river rose.\nIt rained for a day.\nLeeds: a bridge closed.\nTrains stood still.\nYork: dry.",
        "Note: the river rose.\nNote: it fell.\nNote: it rose again.",
    ],
)
def test_what_is_no_dialogue_is_none(text: str) -> None:
    assert not parse(text).is_dialogue


@pytest.mark.slow
def test_no_article_of_real_news_is_a_dialogue() -> None:
    found = [parse(article) for name in ("xsum_train", "cnndm_validation") for article in articles(name, 300)]
    assert [document.text[:200] for document in found if document.is_dialogue] == []


@pytest.mark.parametrize("summarizer", ["news", "textrank", "lead", "lexrank"])
@pytest.mark.parametrize("text", [COOKIES, TRIP, INTERVIEW])
def test_no_turn_is_told_three_times_and_each_line_names_its_speaker(summarizer: str, text: str) -> None:
    [brief] = load(summarizer).brief([parse(text)])
    lines = [str(line) for line in (*brief.bullets, *brief.wysk)]
    assert brief.bullets and len(set(lines)) == len(lines)
    turns = [line for _, line in said(brief.document)]
    assert all(line in turns for line in lines)
    assert brief.headline is None or any(turn.startswith(str(brief.headline)) for turn in turns)
    assert not any(flag for line in (*brief.bullets, *brief.wysk) for flag in line.flags)


def test_what_a_chat_settles_is_told_before_its_small_talk() -> None:
    [brief] = load("news").brief([parse(TRIP)])
    told = " ".join(map(str, (*brief.bullets, *brief.wysk)))
    assert "night train" in told and "Great :)" not in told


def test_a_column_of_dialogues_is_summarized(tmp_path: Path) -> None:
    rows = [{"id": 1, "dialogue": COOKIES, "summary": "Amanda baked cookies."}, {"id": 2, "dialogue": TRIP}]
    (tmp_path / "samsum.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    assert main(["batch", str(tmp_path / "samsum.jsonl"), "-o", str(out), "--workers", "1"]) == 0
    first, second = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert [line["text"] for line in first["bullets"]] == [
        "Amanda: I baked cookies. Do you want some?",
        "Jerry: Sure!",
        "Amanda: I'll bring you tomorrow :-)",
    ]
    assert first["wysk"] == [] and len(second["wysk"]) == 2
