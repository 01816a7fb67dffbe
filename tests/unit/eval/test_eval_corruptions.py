"""Lines made wrong by rule: each kind changes what it says, and the table counts what was caught."""

from __future__ import annotations

import random

import pytest
from summarize_eval.trust.corruptions import KINDS, Caught, is_caught, show

from summarize.parsing.parse import parse

OWN, OTHERS = ["Ann Lee", "Bob Ray"], ["Carl Orr"]
LINES = {
    "a number": "About 900 people marched in York.",
    "a day or month": "They marched on Tuesday in York.",
    "a new name": "Then Ann Lee spoke to the crowd.",
    "another of the article": "Then Ann Lee spoke to the crowd.",
    "the speaker of a quote": '"We are tired of it," said Ann Lee on the steps.',
    "a negation": "The mayor was at the march.",
    "an opposite": "Prices rose in the spring.",
    "may to will": "The law may change next year.",
    "a lost hedge": "The mayor allegedly knew of the plan.",
    "a lost condition": "The law will change if the council agrees to it.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_one_thing(kind: str) -> None:
    line = LINES[kind]
    changed = KINDS[kind](line, OWN, OTHERS, random.Random(1))
    assert changed and changed != line
    assert KINDS[kind]("So it is.", [], [], random.Random(1)) is None or kind == "a negation"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_changed_is_caught_and_a_copy_is_not(kind: str) -> None:
    document = parse(" ".join(LINES.values()), language="en")
    changed = KINDS[kind](LINES[kind], OWN, OTHERS, random.Random(1))
    assert changed and is_caught(changed, document)
    assert not is_caught(LINES[kind], document)


def test_the_table_gives_shares() -> None:
    text = show([Caught("a number", 4, 3), Caught("copied", 2, 0)])
    assert (
        "a number                     4     75%" in text and "copied                       2    100%" in text
    )
