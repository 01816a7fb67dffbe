"""The story at a length: what it chooses, how long it is, what stands behind what, and how it is asked for."""

from __future__ import annotations

import argparse
import json
import random
import time

import jsonschema
import pytest
from corpus import SEED_PATHS
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import Document, brief_story, parse
from summarize.commands.story import add_arguments, run
from summarize.errors import OptionError
from summarize.language.text import word_count
from summarize.reading.read import read
from summarize.story.coverage import story_text
from summarize.writing.record import from_record, to_record
from summarize.writing.wording import AT_LENGTH
from summarize.writing.write import FORMATS, render, schema


def articles(*texts: str) -> list[Document]:
    return [parse(text, language="en") for text in texts]


def told(documents: list[Document], words: int) -> list[str]:
    return [line.text for line in story_text(documents, words)]


FERRY = "A ferry with 140 people on board sank off Pellworth harbour on Tuesday."
OWNER = "The owner of the ship, Northline, has promised an inquiry into its pumps."
BAKER = "A baker who watched from the quay sells bread in a neighbouring village."


def test_what_several_articles_say_comes_before_what_one_says() -> None:
    openings = (BAKER, "Reporters were waiting on the quay for news all day.", "Rain is forecast for Friday.")
    documents = articles(*(f"{opening} {OWNER}" for opening in openings))
    assert told(documents, 20) == [OWNER]
    assert told(documents[:1], 20) == [BAKER]


def test_a_fact_is_told_once() -> None:
    again = "Off Pellworth harbour a ferry with 140 people on board sank on Tuesday."
    lines = told(articles(f"{FERRY} {BAKER}", f"{again} {OWNER}"), 60)
    assert len({FERRY, again} & set(lines)) == 1
    assert {OWNER, BAKER} <= set(lines)


def test_the_opening_of_an_article_counts_more_than_its_end() -> None:
    assert told(articles(f"{FERRY} {BAKER}"), 20) == [FERRY]
    assert told(articles(f"{BAKER} {FERRY}"), 20) == [BAKER]


def test_a_sentence_that_needs_another_stands_behind_it_or_nowhere() -> None:
    needy = "He has captained ships of Northline across the sound for nineteen years."
    captain = "The captain, Jonas Harker, was taken to a hospital in Leeds with burns."
    documents = articles(f"{FERRY} {captain} {needy}", f"{OWNER} {BAKER}")
    lines = told(documents, 200)
    assert lines.index(needy) == lines.index(captain) + 1
    long = captain.replace("burns", "burns " + "and bruises " * 40)
    assert told(articles(f"{FERRY} {long} {needy}", f"{OWNER} {BAKER}"), 200) == [FERRY, OWNER, BAKER]


def test_a_quotation_of_somebody_who_is_not_named_needs_the_sentence_before_it() -> None:
    quoted = "“The pumps of this ship have been out of order since Easter,” {} stated on the quay."
    documents = articles(f"{FERRY} {OWNER} {BAKER} {quoted.format('he')}")
    assert quoted.format("he") in told(documents, 200)[3:]
    alone = articles(f"{FERRY}\n\nWho knew of the pumps?\n\n{quoted.format('he')}")
    assert told(alone, 200) == [FERRY]
    bare = "“The pumps of this ship have been out of order since Easter.”"
    assert told(articles(f"{FERRY} {bare}"), 200) == [FERRY, bare]
    named = articles(f"{FERRY}\n\nWho knew of the pumps?\n\n{quoted.format('Harker')}")
    assert told(named, 200) == [FERRY, quoted.format("Harker")]


def test_a_sentence_of_a_hundred_syllables_is_told_where_syllables_stand_apart() -> None:
    long = "Phà " + "chở người qua sông " * 25 + "đã chìm."
    assert word_count(long) > 80
    assert story_text([parse(long, language="vi")], 200)
    assert (
        story_text([parse(f"{long} Chủ tàu hứa sẽ điều tra về các máy bơm.", language="vi")], 200)[0].text
        == long
    )
    english = f"The ferry {'carried people across the river ' * 20}sank. {OWNER}"
    assert told(articles(english), 200) == [OWNER]


def test_articles_of_needy_sentences_alone_are_told_all_the_same() -> None:
    needy = "He was taken to the hospital in Leeds with burns on Tuesday."
    assert told(articles(needy), 20) == [needy]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ford and Toyota want no advertising on shows that they deem to be offensive:",
        'The owner called what the captain had told reporters "a sham and a lie.',
        "Tragedy: Ann Marsh was on the quay when the ship went down on Tuesday.",
        "No ship of Northline has pumps that my wife and I would put our trust in.",
        "Northline has put off the first crossing of its new ferry, which is to be,.",
    ],
)
def test_what_is_no_whole_sentence_or_no_part_of_the_story_is_not_chosen(sentence: str) -> None:
    assert told(articles(f"{sentence}\n\n{FERRY}\n\n{OWNER}"), 60) == [FERRY, OWNER]


def test_sentences_that_follow_each_other_do_so_in_the_text() -> None:
    list_of = "The list of the missing has Ann Marsh, Jo Petrov and Sam Okoro on it."
    lines = told(articles(f"{BAKER} {OWNER}", f"{FERRY} {list_of}"), 200)
    assert lines == [BAKER, OWNER, FERRY, list_of]


def test_a_story_in_a_language_without_tables_is_told_too() -> None:
    text = (
        "Một chiếc phà chở 140 người đã chìm ngoài khơi hôm thứ Ba. Chủ tàu hứa sẽ điều tra về các máy bơm."
    )
    (line,) = story_text([parse(text, language="vi")], 20)
    assert line.text.startswith("Một chiếc phà")


@pytest.mark.slow
def test_a_hundred_articles_are_told_in_seconds() -> None:
    shuffle = random.Random(1)
    syllables = ("lor", "nex", "pil", "vash", "bram", "kot", "mig", "rud")
    names = [first + middle + last for first in syllables for middle in syllables for last in syllables]
    texts = [
        " ".join(f"Police of {' '.join(shuffle.choices(names, k=20))} came." for _ in range(40))
        for _ in range(100)
    ]
    documents = articles(*texts)
    begin = time.perf_counter()
    lines = told(documents, 200)
    assert len(lines) > 3
    assert time.perf_counter() - begin < 15  # takes one; comparing all with all each time took a minute


WORDS = st.sampled_from('ferry Pellworth sank He said 9 11 police the and " ( ) : , . ! ? \n \n\n'.split(" "))
TEXTS = st.lists(st.lists(WORDS, max_size=120).map(" ".join), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(20, 120))
def test_any_articles_give_a_text_that_is_theirs_and_short_enough(texts: list[str], words: int) -> None:
    documents = articles(*texts)
    lines = story_text(documents, words)
    assert sum(word_count(line.text) for line in lines) <= words
    places = [(found.document, found.sentence) for line in lines for found in line.evidence]
    assert len(places) == len(set(places)) == len(lines)
    for line, (number, index) in zip(lines, places, strict=True):
        (found,), sentence = line.evidence, documents[number].sentences[index]
        assert (found.start, found.end) == (sentence.start, sentence.end)
        # Tidying may only take words from the front and set a capital.
        assert sentence.line.replace(" ", "").lower().endswith(line.text.replace(" ", "").lower())
    assert story_text(documents, words) == lines


@pytest.mark.parametrize("words", [-1, 0, 19, 2001])
def test_a_length_that_no_text_can_have_is_refused_before_anything_is_summarized(words: int) -> None:
    with pytest.raises(OptionError, match=f"20 to 2,000 words, not {words:,}"):
        brief_story([], words=words)  # which else says that there is no document
    with pytest.raises(OptionError, match="20 to 2,000"):
        story_text(articles(FERRY), words)


def test_where_no_sentence_is_as_short_a_note_says_so() -> None:
    brief = brief_story(articles(f"{FERRY[:-1]} {'in the rain ' * 5}."), "lead", words=20)
    assert not brief.text
    assert any("ask for more" in note for note in brief.notes)


def test_each_line_names_all_that_tell_it_and_every_format_shows_it() -> None:
    documents = articles(f"{FERRY} {BAKER}", f"{FERRY} {OWNER}")
    brief = brief_story(documents, "lead", words=40)
    ferry = next(line for line in brief.text if line.text == FERRY)
    assert {found.document for found in ferry.evidence} == {0, 1}
    for format in set(FORMATS) - {"json", "jsonl"}:
        shown = render(brief, format, evidence=False, color=False, width=200)
        assert shown.index(AT_LENGTH) < shown.rindex("sank off Pellworth")
    record = json.loads(json.dumps(to_record(brief)))
    jsonschema.validate(record, schema())
    assert [line["text"] for line in record["text"]] == [line.text for line in brief.text]
    assert from_record(record, documents[0], documents[1:]) == brief
    assert "text" not in to_record(brief_story(documents, "lead"))


def test_the_command_tells_the_seeds_at_the_length_that_is_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    asked = [*map(str, SEED_PATHS), "--summarizer", "lead", "--style", "headline", "--format", "json"]
    assert run(parser.parse_args([*asked, "--words", "120"])) == 0
    text = json.loads(capsys.readouterr().out)["text"]
    assert 90 <= sum(word_count(line["text"]) for line in text) <= 120
    assert {found["document"] for line in text for found in line["evidence"]} == {0, 1}
    with pytest.raises(OptionError, match="not 0"):
        run(parser.parse_args([*asked, "--words", "0"]))


def test_the_seeds_at_length_open_with_the_news() -> None:
    first, *_ = story_text([read(path) for path in SEED_PATHS], 120)
    assert "Trump" in first.text and "Putin" in first.text and "Monday" in first.text
