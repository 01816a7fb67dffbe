"""What a line lost of its sentence: tables of (line, sentence, what is lost)."""

from __future__ import annotations

import time

import pytest

from summarize.evidence.lost import lost

LOST = [
    ("She is allowed Internet access", "She is not allowed Internet access.", ["negation"]),
    ("Minister attends talks", "The minister didn't attend the talks in Rome.", ["negation"]),
    ("Police found evidence of a break-in", "Police found no evidence of a break-in.", ["negation"]),
    ("Union agrees to the deal", "The union refused to agree to the deal.", ["negation"]),
    ("Smith to be prosecuted", "Smith is unlikely to be prosecuted.", ["negation"]),
    ("Ann Lee resigns", "Ann Lee may resign on Friday.", ["hedge"]),
    ("Airline cuts 300 jobs", "The airline plans to cut 300 jobs.", ["hedge"]),
    ("Driver killed by gang", "The driver was allegedly killed by a gang.", ["hedge"]),
    ("Bank chief spying for Iran", "The bank chief was accused of spying for Iran.", ["hedge"]),
    ("Rates to rise in May", "Rates are expected to rise in May.", ["hedge"]),
    ("Storm kills nine", "The storm could kill nine people.", ["hedge"]),
    (
        "Owners unlikely to be prosecuted",
        "Owners are unlikely to be prosecuted, providing they hand in the weapons.",
        ["condition"],
    ),
    ("Workers will strike", "Workers will strike unless the firm raises pay.", ["condition"]),
    ("Workers will strike", "If pay is not raised, workers will strike.", ["condition"]),
    ("Two men set fire to shop", "Two men set fire to the shop, police said.", ["source"]),
    ("Two men set fire to shop", "Police said two men set fire to the shop.", ["source"]),
    ("Tax plan to cost £2bn", "The tax plan will cost £2bn, according to the opposition.", ["source"]),
    ("Prices doubled in a year", "According to a report, prices doubled in a year.", ["source"]),
    ("Mayor lied", "The opposition claims that the mayor lied.", ["source"]),
]
KEPT = [
    ("She is not allowed Internet access", "She is not allowed Internet access."),
    ("Storm kills nine", "The storm killed nine people, but did not reach Leeds."),
    ("Storm kills nine", "The storm killed nine people, and may reach Leeds on Monday."),
    ("Ann Lee could resign", "Ann Lee may resign on Friday."),
    ("Ann Lee might resign", "Ann Lee may resign on Friday."),
    ("No deal, police say", "Police say there was no deal."),
    ("Police: two men set fire to shop", "Police said two men set fire to the shop."),
    ("Workers will strike if pay stays", "Workers will strike unless the firm raises pay."),
    ("He won the race", "Asked if he was glad, he smiled; he won the race."),
    ("Not only Leeds voted", "Not only Leeds voted."),
    ("Leeds voted", "Not only Leeds voted."),
    ("Firm provided food to flood victims", "The firm provided food to flood victims."),
    ("Minister told to resign", "The minister was told to resign."),
    ("Trooper shot on road", "A trooper was shot on a road and the man that possibly shot him is held."),
    ("Storm kills nine", "Storm kills nine"),
    ("", ""),
    ("Storm kills nine", ""),
]


@pytest.mark.parametrize(("line", "sentence", "kinds"), LOST)
def test_what_a_line_lost_is_named(line: str, sentence: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in lost(line, sentence)] == kinds


@pytest.mark.parametrize(("line", "sentence"), KEPT)
def test_what_is_kept_or_has_nothing_to_govern_is_not_lost(line: str, sentence: str) -> None:
    assert lost(line, sentence) == []


def test_the_words_that_were_lost_are_told() -> None:
    sentence = "Owners are unlikely to be prosecuted, providing they hand in the weapons, police said."
    assert lost("Owners unlikely to be prosecuted", sentence) == [
        ("condition", "providing they hand in the weapons"),
        ("source", "police said"),
    ]


def test_a_call_is_quick() -> None:
    sentence = (
        "If pay is not raised, workers may strike in Leeds on Monday and plan to march, the union said. "
    )
    best = min(_seconds("Workers strike in Leeds", sentence) for _ in range(5))
    assert best < 0.002


def _seconds(line: str, sentence: str) -> float:
    started = time.perf_counter()
    lost(line, sentence)
    return time.perf_counter() - started
