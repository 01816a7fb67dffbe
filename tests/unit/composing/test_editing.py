"""One sentence as a line: tied to nothing before it, whole, short enough."""

from __future__ import annotations

import pytest
from corpus import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from summarize.composing.editing import is_ended, is_whole, shorten, stands_alone, tidy
from summarize.language.text import word_count


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("But talks failed.", "Talks failed."),
        ("However, the plan stands.", "The plan stands."),
        ("And, so, it rained.", "It rained."),
        ("Meanwhile, iPhone sales fell.", "iPhone sales fell."),
        ("However, said the paper, sales fell.", "However, said the paper, sales fell."),
        ("The  river\r\nrose .", "The river rose."),
        ("Butter is dear.", "Butter is dear."),
        ("Still life paintings sold.", "Still life paintings sold."),
        ("Also Bremen voted.", "Also Bremen voted."),
        ("It raised Â£350m from ministers.", "It raised £350m from ministers."),
        ("It wasnâ€™t enough.", "It wasn’t enough."),
        ("They had been'sleep walking' for years.", "They had been 'sleep walking' for years."),
        ("It wasn't theirs' to lose, they'd say.", "It wasn't theirs' to lose, they'd say."),
        ("(Rolling Stone)Kanye West sang.", "Kanye West sang."),
        ("(Crawley Town) won.", "(Crawley Town) won."),
        ("He was right. 3.", "He was right."),
        ("The vote is on Nov. 28.", "The vote is on Nov. 28."),
        ("She is the no. 3.", "She is the no. 3."),
    ],
)
def test_tidy(sentence: str, line: str) -> None:
    assert tidy(sentence) == line


@pytest.mark.parametrize(
    "line",
    [
        "He said “no.”",
        'A "sham", he said.',
        "It (the river) rose [again].",
        "«Non», dit-il.",
        "It’s Jones’ car.",
    ],
)
def test_whole(line: str) -> None:
    assert is_whole(line)


@pytest.mark.parametrize(
    "line",
    [
        "“It is over.",
        "It is over,” he said.",
        'He said "no.',
        "It (the river rose.",
        "the river) rose.",
        "«Non, dit-il.",
    ],
)
def test_half(line: str) -> None:
    assert not is_whole(line)


@pytest.mark.parametrize(
    "line", ["It rained.", "It rained!", "“It rained.”", "Did it rain?", "下雨了。", "It rained…"]
)
def test_ended(line: str) -> None:
    assert is_ended(line)


@pytest.mark.parametrize("line", ["It rained and", "It rained,", "It rained:", ""])
def test_not_ended(line: str) -> None:
    assert not is_ended(line)


@pytest.mark.parametrize(
    "line",
    ["He was released.", "They left.", "This is new.", "Those who came left.", "The two met again.", "It’s over.", "Why?", "“It is over,” he said.", "We won.", "Others disagree."],
)  # fmt: skip
def test_leans_on_what_came_before(line: str) -> None:
    assert not stands_alone(line)


@pytest.mark.parametrize(
    "line",
    [
        "Police arrested a man.",
        "“It is over,” said Keir Starmer.",
        "The two-day strike began.",
        "Germany’s chancellor resigned.",
        "下雨了。",
        "Hershey rose.",
    ],
)
def test_stands_alone(line: str) -> None:
    assert stands_alone(line)


def test_shorten_leaves_out_asides_before_clauses() -> None:
    line = "The old bridge (built in 1931) over the river fell on Monday night, which stopped all trains to York."
    assert (
        shorten(line, 16)
        == "The old bridge over the river fell on Monday night, which stopped all trains to York."
    )
    assert shorten(line, 12) == "The old bridge over the river fell on Monday night."
    assert shorten(line, 4) is None
    assert shorten(line, 40) == line


def test_shorten_cuts_no_quotation() -> None:
    line = "The mayor said that it was “a disaster, which nobody had foreseen, and a warning to all of us.”"
    assert shorten(line, 12) is None or is_whole(shorten(line, 12) or "")


@given(TEXTS, st.integers(1, 45))
def test_shorten_any_line(text: str, words: int) -> None:
    line = tidy(text)
    short = shorten(line, words)
    assert short is None or word_count(short) <= words
    if short is not None:
        assert short == short.strip()


@given(TEXTS)
def test_tidy_any_text_is_one_line_and_stays_so(text: str) -> None:
    line = tidy(text)
    assert len(line.splitlines()) <= 1
    assert tidy(line) == line
    assert isinstance(stands_alone(line), bool)
