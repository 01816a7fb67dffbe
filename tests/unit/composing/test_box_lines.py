"""How lines of the box are graded: by what stands above them, each by itself."""

from __future__ import annotations

import numpy as np
from analysed import desk_of

from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.next_line import worth_in_box
from summarize.composing.news.sentences import Told
from summarize.style import BULLETS, WYSK

STRIKE = (
    "Nurses at the city hospital in Leeds will walk out on Friday over pay, their union said. "
    "The strike is the first in the history of the hospital. "
    "About 400 operations have been put off until the end of the month. "
    "The hospital has 1,200 beds and employs 3,000 people. "
    "The health minister will meet the union on Thursday in a last attempt to stop the strike. "
    "The canteen was painted in March. "
    "Talks between the two sides broke down on Monday after eleven hours."
)


def fully_read(text: str) -> NewsDesk:
    desk = desk_of(text)
    desk.headline()
    while desk.read_further():
        pass
    return desk


def line_of(desk: NewsDesk, index: int) -> Told:
    line = desk.told(index, frozenset(), 35, WYSK)
    assert line is not None
    return line


def test_what_comes_next_is_worth_more_than_a_detail() -> None:
    desk = fully_read(STRIKE)
    bullets = desk.in_order([0, 2], 40, BULLETS)
    meeting, canteen = worth_in_box(desk, [line_of(desk, 4), line_of(desk, 5)], bullets)
    assert meeting > canteen + 0.1


def test_a_line_that_a_bullet_told_is_worth_less() -> None:
    desk = fully_read(STRIKE)
    meeting = line_of(desk, 4)
    (fresh,) = worth_in_box(desk, [meeting], desk.in_order([0, 2], 40, BULLETS))
    (again,) = worth_in_box(desk, [meeting], desk.in_order([0, 4], 40, BULLETS))
    assert fresh > again


def test_each_line_is_graded_by_itself() -> None:
    desk = fully_read(STRIKE)
    bullets = desk.in_order([0, 2], 40, BULLETS)
    lines = [line_of(desk, index) for index in (3, 4, 6)]
    alone = [worth_in_box(desk, [line], bullets)[0] for line in lines]
    assert np.allclose(worth_in_box(desk, lines, bullets), alone, atol=1e-4)
