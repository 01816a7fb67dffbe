"""Threads that work on one list: order, failures, and what is left when nobody asks any more."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from summarize.batch.side_by_side import side_by_side
from summarize.batch.work import BatchSettings, RowResult
from summarize.batch.working import working
from summarize.reading.rows import Row

SEEDS = Path(__file__).parents[3] / "seeds"
RAIN = "The river Aire rose by two metres in Leeds on Monday. Police closed three bridges. Nobody was hurt."


def _rows(texts: list[str]) -> list[Row]:
    return [Row("in.jsonl", place, {"id": place, "text": text}) for place, text in enumerate(texts, start=1)]


def test_results_come_in_order_however_long_each_takes() -> None:
    def work(number: int) -> int:
        time.sleep(0.02 if number % 2 == 0 else 0)
        return number

    assert list(side_by_side(work, range(9), 3)) == list(range(9))


def test_two_are_worked_on_at_once() -> None:
    both = threading.Barrier(2, timeout=10)
    assert len(list(side_by_side(lambda _: both.wait(), range(4), 2))) == 4


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken: list[int] = []

    def given() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    results = side_by_side(lambda number: number, given(), 2)
    next(results)
    assert len(taken) == 3
    results.close()


def test_an_error_comes_in_its_place_and_leaves_no_thread() -> None:
    results = side_by_side(lambda number: 1 // number, (2, 1, 0, 1), 2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("summarize")]


def _turning(seconds: float) -> str:
    """Python code that ends by itself, but late."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass
    return "done"


class _Late(Exception):
    """What work is told that takes too long."""


def test_work_that_takes_too_long_is_told_so_and_the_rest_goes_on() -> None:
    def work(seconds: float) -> str:
        try:
            return _turning(seconds)
        except _Late:
            return "late"

    assert list(side_by_side(work, (0, 30, 0, 0, 30, 0), 2, 0.3, _Late)) == [
        "done", "late", "done", "done", "late", "done",
    ]  # fmt: skip


def test_work_that_hides_that_it_is_late_is_told_again() -> None:
    told: list[int] = []

    def work(stubborn: int) -> int:
        while len(told) < stubborn:
            try:
                _turning(30)
            except _Late:
                told.append(stubborn)
        return len(told)

    assert list(side_by_side(work, (2,), 2, 0.2, _Late)) == [2]


def test_an_error_of_the_work_that_looks_like_a_limit_is_the_work_s() -> None:
    def work(_: int) -> None:
        raise TimeoutError("of the work")

    with pytest.raises(TimeoutError, match="of the work"):
        list(side_by_side(work, (1,), 2, 5.0, _Late))


def test_closing_ends_what_is_being_made() -> None:
    results = side_by_side(_turning, (0, 60, 60, 0), 2, 90.0, _Late)
    assert next(results) == "done"
    began = time.monotonic()
    results.close()
    assert time.monotonic() - began < 30


def _outcomes(threads: bool, rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> list[RowResult]:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("summarize.batch.working.usable_cores", lambda: 2 if threads else 1)
    with working(BatchSettings("news"), 1, 60.0, lambda: False) as work:
        return list(work(iter(rows)))


def test_news_in_two_threads_writes_the_same_and_a_bad_row_fails_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    rows = _rows([seeds[0], RAIN, "", *seeds[1:], RAIN])
    alone, both = (_outcomes(threads, rows, monkeypatch) for threads in (False, True))
    assert both == alone
    assert [outcome.good for outcome in both] == [True, True, False, True, True]
    assert json.loads(both[2].line)["line"] == 3


@pytest.mark.parametrize(
    ("summarizer", "limit", "asked", "threads"),
    [("news", 0.0, None, 2), ("news", 5.0, None, 2), ("news", 5.0, "1", 1), ("textrank", 0.0, None, 1)],
)
def test_who_works_in_threads(
    summarizer: str, limit: float, asked: str | None, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    if asked:
        monkeypatch.setenv("OMP_NUM_THREADS", asked)
    monkeypatch.setattr("summarize.batch.working.usable_cores", lambda: 2)
    begun: list[str] = []
    before = set(threading.enumerate())
    with working(BatchSettings(summarizer), 1, limit, lambda: False) as work:
        for _ in work(iter(_rows([RAIN] * 4))):
            begun = [thread.name for thread in threading.enumerate() if thread not in before] or begun
    assert len(begun) == (threads if threads > 1 else 0)
