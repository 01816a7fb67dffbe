"""Captions, notes and standfirsts in the text of a story are set apart; sentences that look alike stay."""

from __future__ import annotations

import pytest

from summarize import Document, parse

STORY = (
    "A drunk driver who killed a young woman while he checked his phone was jailed for six years.",
    "Craig Todd, 27, was on his way home from a pub in Portsmouth when he received a text message.",
    "The judge told him that he had shown no regret for what he did.",
    "He turned left, right into the path of another car, and was seen by two witnesses.",
)


def story_and_clutter(*sentences: str) -> tuple[list[str], list[str]]:
    """What stays of the sentences, set between those of a story, and what is set apart."""
    document = parse(" ".join([*STORY[:2], *sentences, *STORY[2:]]))
    kept = [sentence.line for sentence in document.sentences]
    assert [line for line in kept if line in STORY] == list(STORY)
    assert all(document.text[span.start : span.end] == span.text for span in document.clutter)
    return [line for line in kept if line not in STORY], [span.text for span in document.clutter]


@pytest.mark.parametrize(
    "caption",
    [
        "Craig Todd (left) and Rachel Titley (right).",
        "Todd, left, arrives at court with his brother.",
        "Pictured: The car after the crash on the A3.",
        "Rachel Titley, pictured with her parents in 2012.",
        "Miss Titley is pictured here at her graduation.",
        "A courtroom sketch shows Todd in the dock.",
        "The Todd brothers pose with their mother before the trial.",
        "The wreck of the car on the A3 (AP Photo/Jane Doe).",
        "Scar Booth, which I tested out myself (pictured).",
        "Supporters of Todd shout slogans outside the court in Leeds, Saturday, Feb. 19, 2011.",
        "A man passes graffiti on the Falls Road, Saturday, May, 3, 2014, in reference to Todd.",
        "Watch the police chase ».",
        "Scroll down for video.",
    ],
)
def test_a_caption_is_no_part_of_the_story(caption: str) -> None:
    kept, clutter = story_and_clutter(caption)
    assert kept == []
    assert clutter == [caption]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("Todd (pictured) admitted the charge.", "Todd admitted the charge."),
        ("The court (above) has heard from ten witnesses.", "The court has heard from ten witnesses."),
    ],
)
def test_a_sentence_that_tells_the_story_keeps_all_but_the_mark(sentence: str, line: str) -> None:
    assert story_and_clutter(sentence) == ([line], [])


@pytest.mark.parametrize(
    "sentence",
    [
        "The footage shows that ten minutes passed before the police came.",
        "He will pose with the cup on Monday.",
        "The image of the town has suffered.",
        "One thing is clear: The driver will appeal.",
        "The trial was set for Thursday, March 27, 2014.",
        "The offer is open until Friday, May 2, 2014.",
        "Todd says he leaves Leeds on Saturday.",
        "The centre, right and left of the party agree.",
        "He was seen as a favourite to win.",
    ],
)
def test_a_sentence_that_only_looks_like_a_caption_stays(sentence: str) -> None:
    assert story_and_clutter(sentence) == ([sentence], [])


def test_labels_go_and_what_they_label_stays_where_it_tells_the_story() -> None:
    kept, clutter = story_and_clutter(
        "Jailed: Todd killed her on a bend of the A3.", "Tribute: Flowers at the roadside near Portsmouth."
    )
    assert kept == ["Todd killed her on a bend of the A3."]
    assert clutter == ["Jailed: ", "Tribute: Flowers at the roadside near Portsmouth."]


def test_a_speaker_is_no_label() -> None:
    turns = ["Todd: She came out of nowhere.", "Judge: She was on her own side.", "Todd: That is so."]
    assert story_and_clutter(*turns) == (turns, [])


def test_a_caption_without_a_full_stop_does_not_swallow_the_sentence_behind_it() -> None:
    kept, clutter = story_and_clutter("The wreck of the car (pictured) Police said he had drunk four pints.")
    assert kept == ["Police said he had drunk four pints."]
    assert clutter == ["The wreck of the car (pictured)"]


def test_lines_that_a_data_set_broke_are_whole_again() -> None:
    document = parse(
        "In a statement in a Florida . federal court, he denied it . The judge wrote to the . court."
    )
    assert [sentence.line for sentence in document.sentences] == [
        "In a statement in a Florida federal court, he denied it.",
        "The judge wrote to the court.",
    ]


def paragraphs(*parts: str) -> Document:
    return parse("\n\n".join(parts))


def test_a_standfirst_is_neither_headline_nor_bullet() -> None:
    standfirst = "Police say the man who drove the car had been drinking since noon and was on his phone"
    document = paragraphs("Driver jailed for six years", standfirst, "By Jane Doe", *STORY)
    assert document.title == "Driver jailed for six years"
    assert [span.text for span in document.clutter] == [standfirst, "By Jane Doe"]
    assert [sentence.line for sentence in document.sentences] == list(STORY)


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 3 May 2024. An earlier version said that he was 28.",
        "Correction: An earlier version of this story misspelled the driver's name.",
        "Clarification (May 3): The court sat in Portsmouth.",
        "The opinions expressed in this commentary are solely those of the author.",
        "Jane Doe is a crime reporter based in Leeds.",
    ],
)
def test_notes_about_the_text_and_its_author_are_no_part_of_the_story(note: str) -> None:
    document = paragraphs(*STORY, note)
    assert [span.text for span in document.clutter] == [note]
    assert [sentence.line for sentence in document.sentences] == list(STORY)


def test_a_person_of_the_story_is_not_its_author() -> None:
    last = "Craig Todd is a sports reporter."
    assert [sentence.line for sentence in paragraphs(*STORY, last).sentences] == [*STORY, last]
