"""Several runs that start at one moment into one output: one has it, the others are told, no row is doubled."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summarize.batch.finished import Paths
from summarize.batch.journal import Journal
from summarize.batch.work import RowResult
from summarize.errors import OutputError

pytest.importorskip("fcntl", reason="this system has no locks")

RUNS, ROUNDS, ROWS = 5, 30, 5
IDENTITY = {"input": "in.jsonl"}
WHOLE = b"".join(b"%d\n" % number for number in range(ROWS))
WON, BUSY, DONE = "won", "another run is writing it", "exists already"


def _journal(folder: Path, **options: bool) -> Journal:
    wanted: dict[str, bool] = {"resume": False, "overwrite": False, **options}
    return Journal(Paths(folder / "out.jsonl"), IDENTITY, **wanted)


def _write(journal: Journal) -> None:
    for number in range(journal.checkpoint.rows, ROWS):
        journal.add(RowResult(True, b"%d\n" % number), number)
    journal.save(complete=True)
    journal.finish()
    journal.close()


def _race(folder: Path, options: dict[str, bool], hurry: bool, barrier: Any, outcomes: Any) -> None:
    """Start a run in each round at the moment when all others do; one that has the output writes it.

    In a hurry it writes at once, and the others try again until they are told something else than to wait.
    """
    for number in range(ROUNDS):
        barrier.wait()
        journal, outcome = _attempt(folder / str(number), options)
        while hurry and BUSY in outcome:
            journal, outcome = _attempt(folder / str(number), options)
        if journal and hurry:
            _write(journal)
        barrier.wait()
        if journal and not hurry:
            _write(journal)
        outcomes.put(outcome)


def _races(asked: Any, barrier: Any, outcomes: Any) -> None:
    while race := asked.get():
        _race(*race, barrier, outcomes)


def _attempt(folder: Path, options: dict[str, bool]) -> tuple[Journal | None, str]:
    try:
        return _journal(folder, **options), WON
    except OutputError as error:
        return None, str(error)
    except Exception as error:
        return None, f"a bug: {error!r}"


@pytest.fixture(scope="module")
def race() -> Iterator[Callable[[Path, dict[str, bool], bool], list[str]]]:
    """Let all processes race in a folder, and return what each was told in each round."""
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(RUNS), context.Queue()
    asked = [context.SimpleQueue() for _ in range(RUNS)]
    processes = [context.Process(target=_races, args=(one, barrier, outcomes), daemon=True) for one in asked]

    def told(folder: Path, options: dict[str, bool], hurry: bool) -> list[str]:
        for one in asked:
            one.put((folder, options, hurry))
        return [outcomes.get(timeout=60) for _ in range(ROUNDS * RUNS)]

    try:
        for process in processes:
            process.start()
        yield told
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _nothing(folder: Path) -> None:
    folder.mkdir(exist_ok=True)


def _unfinished(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    journal = _journal(folder)
    journal.add(RowResult(True, b"0\n"), 0)
    journal.save()
    journal.close()


def _finished(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    _write(_journal(folder))


@pytest.mark.parametrize(
    ("stands", "options", "hurry"),
    [
        (_nothing, {}, False),
        (_nothing, {}, True),
        (_unfinished, {"resume": True}, False),
        (_unfinished, {"resume": True}, True),
        (_unfinished, {"overwrite": True}, False),
        (_finished, {"overwrite": True}, False),
    ],
)
def test_of_runs_that_start_at_once_one_has_the_output(
    tmp_path: Path, race: Any, stands: Callable[[Path], None], options: dict[str, bool], hurry: bool
) -> None:
    for number in range(ROUNDS):
        stands(tmp_path / str(number))
    told = race(tmp_path, options, hurry)
    assert told.count(WON) == ROUNDS
    expected = DONE if hurry else BUSY
    assert all(expected in message for message in told if message != WON), told
    for number in range(ROUNDS):
        assert (tmp_path / str(number) / "out.jsonl").read_bytes() == WHOLE
        assert not (tmp_path / str(number) / "out.jsonl.journal").exists()


@pytest.mark.parametrize("left", [b"", b'{"input": "in.'])
def test_a_journal_without_a_whole_line_is_none(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "out.jsonl.journal").write_bytes(left)
    _write(_journal(tmp_path))
    assert (tmp_path / "out.jsonl").read_bytes() == WHOLE


def test_a_run_that_is_refused_leaves_nothing_behind(tmp_path: Path) -> None:
    _finished(tmp_path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match="exists already"):
        _journal(tmp_path)
    assert sorted(tmp_path.iterdir()) == before
