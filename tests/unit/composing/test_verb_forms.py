"""The forms of verbs that headlines need."""

from __future__ import annotations

import pytest

from summarize.composing.verb_forms import base_form, gerund_base, regular_forms, third_person
from summarize.language.lexicon import read_lines

PASTS = {
    "headed": "head", "aired": "air", "treated": "treat", "raged": "rage", "banned": "ban", "helped": "help",
    "dubbed": "dub", "panicked": "panic", "quizzed": "quiz", "noted": "note", "denied": "deny",
    "uncovered": "uncover", "rebuilt": "rebuild", "retweeted": "retweet", "crash-landed": "crash-land",
    "found": "find", "wound": "wind", "lay": "lie", "laid": "lay", "broadcast": "broadcast",
    "premiered": "premiere", "aged": None, "had": None, "xylophoned": None, "need": None,
}  # fmt: skip
PARTICIPLES = {
    "suing": "sue", "planning": "plan", "hoping": "hope", "freeing": "free", "dyeing": "dye",
    "missing": None, "going": None, "dying": None, "morning": None,
}  # fmt: skip
THIRDS = {
    "deny": "denies",
    "pass": "passes",
    "quiz": "quizzes",
    "veto": "vetoes",
    "buy": "buys",
    "have": "has",
}
VERBS = [line.split(" ") for line in read_lines("verbs.txt")]


@pytest.mark.parametrize(("past", "base"), PASTS.items())
def test_the_base_of_a_past_tense(past: str, base: str | None) -> None:
    assert base_form(past) == base


@pytest.mark.parametrize(("participle", "base"), PARTICIPLES.items())
def test_the_base_of_a_participle(participle: str, base: str | None) -> None:
    assert gerund_base(participle) == base


@pytest.mark.parametrize(("base", "third"), THIRDS.items())
def test_the_third_person(base: str, third: str) -> None:
    assert third_person(base) == third


def test_every_regular_verb_is_found_again() -> None:
    """But for the few forms that two verbs share, and those that a headline leaves in the past."""
    regular = [base for base, *forms in VERBS if not forms]
    lost = [base for base in regular if base_form(regular_forms(base)[0]) != base]
    assert len(regular) > 5000
    assert len(lost) < 30, lost


def test_no_line_of_the_table_is_broken() -> None:
    assert {len(verb) for verb in VERBS} == {1, 5}
    assert len({verb[0] for verb in VERBS}) == len(VERBS)
