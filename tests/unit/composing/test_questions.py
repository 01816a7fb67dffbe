"""What makes a reader of a line ask "which?" or "who is that?"."""

from __future__ import annotations

import pytest
from analysed import read
from hypothesis import given
from hypothesis import strategies as st

from summarize.composing.news.naming.questions import load, words_shown
from summarize.language.repetition import content_of

# A line, what readers ask about in it, and what nobody asks about.
ASKED = [
    ("The group left the city on Monday.", "group", "Monday"),
    ("Petersen said in London that the plans were ready.", "Petersen", "London"),
    ("The decision also means that Barack Obama will stay.", "decision", "Obama"),
    ("The decision also means that Barack Obama will stay.", "also", "Barack"),
]


@pytest.mark.parametrize(
    ("line", "asked", "known"), ASKED, ids=[f"{asked}, {known}" for _, asked, known in ASKED]
)
def test_what_nothing_introduces_is_asked_about(line: str, asked: str, known: str) -> None:
    a = read(line)
    odds = dict(zip(a.words.tokens, load().odds(a, set(), [content_of(line)]), strict=True))
    assert odds[asked] > -0.5 > odds[known] + 1.5


def test_what_a_reader_has_read_is_asked_about_less() -> None:
    line = "The group left the city on Monday."
    a, before, group = read(line), [content_of(line)], content_of("A group of pilgrims")
    asked = load().asked
    assert asked(a, range(7), line, group, before) < asked(a, range(7), line, set(), before) / 1.5


def test_nobody_asks_about_what_a_name_replaces_or_a_cut_took() -> None:
    a = read("He said the group had left.")
    assert [a.words.tokens[i] for i in words_shown(a, range(len(a)), "Ann Lee said the group had left.")] == [
        "said", "the", "group", "had", "left",
    ]  # fmt: skip
    asked, whole = load().asked, range(len(a))
    assert asked(a, whole, "Ann Lee said the group had left.", set(), []) < asked(a, whole, a.line, set(), [])
    assert asked(a, [1], "Said.", set(), []) < 0.2
    assert asked(a, [], "", set(), []) == 0.0


@given(st.lists(st.sampled_from("The man of Leeds he said that police charged , 35 and".split()), min_size=2))
def test_more_words_never_raise_fewer_questions(words: list[str]) -> None:
    a = read(" ".join(words[:60]))
    found = [load().asked(a, range(many), a.line, set(), []) for many in range(len(a) + 1)]
    assert found == sorted(found)
