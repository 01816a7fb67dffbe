"""One brief of several documents: who tells what, copies, disagreements, and every format that shows them."""

from __future__ import annotations

import json

import jsonschema
import pytest
from corpus import SEED_PATHS

from summarize import Document, brief_story, parse
from summarize.brief import Line
from summarize.commands.story import add_arguments, run
from summarize.errors import EmptyTextError, OptionError
from summarize.reading.read import read
from summarize.registry import load
from summarize.story.differences import differences
from summarize.story.joined import Joined, without_copies
from summarize.story.story import with_every_teller
from summarize.writing.record import from_record, to_record
from summarize.writing.write import FORMATS, render, schema

ONE = (
    "A ferry carrying 140 people sank off Pellworth harbour on Tuesday. At least 9 passengers were killed "
    "when the ferry sank, police said. Divers were searching the wreck for survivors."
)
TWO = (
    "A passenger ferry sank off Pellworth harbour on Tuesday with 140 people on board. Police said 11 "
    "passengers were killed when the ferry sank. The operator, Northline, promised an inquiry."
)


def article(text: str, source: str) -> Document:
    return parse(text, source=source, language="en")


@pytest.fixture
def pair() -> list[Document]:
    return [article(ONE, "https://www.reuters.example/ferry"), article(TWO, "wires/ap.txt")]


def tellers(line: object) -> set[int]:
    return {found.document for found in line.evidence}  # type: ignore[attr-defined]


def test_every_line_rests_on_sentences_of_the_documents_it_names(pair: list[Document]) -> None:
    brief = brief_story(pair, "textrank", bullets=4)
    assert brief.documents == tuple(pair)
    for line in (*brief.lines("headline"), *brief.bullets, *brief.wysk, *brief.disagreements):
        assert line.evidence
        for found in line.evidence:
            document = brief.documents[found.document]
            sentence = document.sentences[found.sentence]
            assert (found.start, found.end) == (sentence.start, sentence.end)
            assert document.text[found.start : found.end] == sentence.text
    assert any(tellers(line) == {0, 1} for line in brief.bullets), "both tell of the sinking"
    assert any(len(tellers(line)) == 1 for line in brief.bullets)


def test_a_page_that_holds_no_article_is_named_and_not_counted(pair: list[Document]) -> None:
    brief = brief_story(
        [pair[0], article("Please enable JavaScript.", "wires/dpa.html"), pair[1]], "textrank"
    )
    assert brief.documents == tuple(pair)
    assert "wires/dpa.html holds no article and is not counted" in brief.notes


def test_a_document_that_gives_another_number_does_not_tell_the_line(pair: list[Document]) -> None:
    text = TWO.replace("11 passengers were killed", "14 passengers were killed")
    same, other = (
        with_every_teller([Line("Police said 11 passengers were killed when the ferry sank.")], [document])[0]
        for document in (pair[1], article(text, "c.txt"))
    )
    assert tellers(same) == {0} and not other.evidence


def test_numbers_that_differ_become_one_line_with_both_sources(pair: list[Document]) -> None:
    (line,) = brief_story(pair, "lead").disagreements
    assert "At least 9 passengers" in line.text and "11 passengers" in line.text
    assert tellers(line) == {0, 1}


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("The vote on the bridge was held on Monday.", "The vote on the bridge was held on Tuesday.", "date"),
        ("The mayor, Jon Harker, opened it.", "It was opened by the mayor, John Harker.", "name"),
        ("The bank lost $3 million in the theft.", "The bank lost $5 million in the theft.", "number"),
    ],
)
def test_dates_names_and_money_differ_too(left: str, right: str, kind: str) -> None:
    (line,) = differences([article(left, "a"), article(right, "b")])
    assert line.text.startswith(f"Sources differ on a {kind}:")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Some 48.7% of voters said yes.", "Nearly half, 49% of voters, said yes."),
        ("The mayor opened 3 schools.", "The storm closed 5 schools and shops in the north."),
        ("The mayor, Ann Harker, opened it.", "It was opened by the mayor, John Harker."),
        ("In 2019 people left the town.", "In 2021 people left the town."),
    ],
)
def test_what_agrees_or_is_of_something_else_is_no_disagreement(left: str, right: str) -> None:
    assert not list(differences([article(left, "a"), article(right, "b")]))


def test_a_copy_counts_once_and_is_named(pair: list[Document]) -> None:
    copy = article("PELLWORTH\n\n" + ONE, "b.txt")
    told, copies = without_copies([pair[0], copy, pair[1]])
    assert len(told) == 2 and pair[1] in told and len(copies) == 1
    brief = brief_story([pair[0], copy, pair[1]], "lead")
    assert len(brief.documents) == 2
    assert any("holds the text of" in note for note in brief.notes)
    assert brief_story([pair[0], pair[0]], "lead").others == ()


def test_joining_keeps_every_sentence_and_its_paragraph_apart(pair: list[Document]) -> None:
    joined = Joined(pair).document
    texts = [sentence.text for document in pair for sentence in document.sentences]
    assert [joined.text[s.start : s.end] for s in joined.sentences] == texts
    assert joined.sentences[2].paragraph != joined.sentences[3].paragraph


def test_one_document_is_the_brief_of_that_document(pair: list[Document]) -> None:
    assert brief_story(pair[:1], "lead") == load("lead").brief(pair[:1])[0]


def test_nothing_to_tell_and_mixed_languages_are_refused(pair: list[Document]) -> None:
    with pytest.raises(EmptyTextError, match="give articles"):
        brief_story([parse("")])
    with pytest.raises(OptionError, match="de, en"):
        brief_story([pair[0], parse("Die Fähre sank am Dienstag.", language="de")], "lead")


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_names_the_tellers_and_the_disagreement(format: str, pair: list[Document]) -> None:
    text = render(brief_story(pair, "lead"), format, evidence=True, color=False, width=200)
    assert "Sources differ on a number" in text.replace("\\", "")
    assert ("2 of 2 sources: reuters.example, ap.txt" in text.replace("\\", "")) == (
        not format.startswith("json")
    )


def test_the_record_keeps_the_schema_and_comes_back(pair: list[Document]) -> None:
    brief = brief_story(pair, "textrank")
    record = json.loads(json.dumps(to_record(brief)))
    jsonschema.validate(record, schema())
    assert from_record(record, pair[0], pair[1:]) == brief
    assert "others" not in to_record(brief_story(pair[:1], "lead"))


def test_the_command_writes_one_brief_and_reports_what_it_cannot_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    sources = [*map(str, SEED_PATHS), "missing.txt"]
    assert run(parser.parse_args([*sources, "--summarizer", "textrank", "--format", "json"])) == 1
    told = capsys.readouterr()
    assert "missing.txt" in told.err
    assert len(json.loads(told.out)["others"]) == 1
    with pytest.raises(OptionError, match="none of the sources"):
        run(parser.parse_args(["missing.txt"]))


def test_the_seeds_are_one_story() -> None:
    brief = brief_story([read(path) for path in SEED_PATHS], "textrank")
    assert any(tellers(line) == {0, 1} for line in (*brief.bullets, *brief.wysk))
    assert not brief.disagreements
