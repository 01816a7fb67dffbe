"""Which line breaks are the author's: every shape in which plain text is met."""

from __future__ import annotations

import textwrap

import pytest
from corpus import SEEDS, TEXTS
from hypothesis import given

from summarize.parsing.layout import paragraphs

STORY = [
    "The mayor of Leeds said on Monday that the river had risen by two metres in a night, and that forty families had "
    "left their homes for the town hall.",
    "Nobody was hurt. Schools in the north of the city will stay closed until Thursday, and trains to York do not run, "
    "the council said in a statement on Tuesday morning.",
    "Insurers expect claims of ten million pounds. The government has promised help, but the council fears that it "
    "will come too late for the small shops along the quay.",
]


def texts(text: str) -> list[str]:
    return [" ".join(text[p.start : p.end].split()) for p in paragraphs(text)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_one_paragraph_a_line(newline: str) -> None:
    assert texts(newline.join(STORY)) == STORY


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_blank_lines_between(newline: str) -> None:
    assert texts((newline * 2).join(STORY)) == STORY
    assert texts(f"{newline} \t{newline}".join(STORY)) == STORY


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 72, 80])
def test_hard_wrapped(newline: str, width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in STORY)
    assert texts(wrapped.replace("\n", newline)) == STORY


def test_hard_wrapped_and_indented() -> None:
    assert texts("\n\n".join(textwrap.fill(p, 72, initial_indent="  ") for p in STORY)) == STORY


def test_mixed_line_breaks() -> None:
    assert texts(f"{STORY[0]}\r\n{STORY[1]}\n\n{STORY[2]}\r") == STORY


def test_form_feed_ends_a_paragraph() -> None:
    assert texts("One page ends here.\fThe next begins.") == ["One page ends here.", "The next begins."]


def test_break_in_mid_sentence_is_mended() -> None:
    assert texts(STORY[0].replace("by two", "by\ntwo") + "\n" + STORY[1]) == STORY[:2]


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "1.", "2)"])
def test_list_marks_are_no_text(mark: str) -> None:
    text = f"{mark} first point\n{mark} second point"
    found = paragraphs(text)
    assert [text[p.start : p.end] for p in found] == ["first point", "second point"]
    assert all(p.item for p in found)


def test_seeds_are_one_paragraph_a_line() -> None:
    for seed in SEEDS:
        assert texts(seed) == [" ".join(line.split()) for line in seed.splitlines() if line.strip()]


@given(TEXTS)
def test_nothing_but_blanks_and_list_marks_is_lost(text: str) -> None:
    last, lost = 0, ""
    for paragraph in paragraphs(text):
        assert last <= paragraph.start < paragraph.end <= len(text)
        piece = text[paragraph.start : paragraph.end]
        assert piece == piece.strip()
        lost += text[last : paragraph.start]
        last = paragraph.end
    assert not set("".join((lost + text[last:]).split())) - set("-*+•‣▪·–—.)0123456789")
