"""Work in processes: done in lanes, ended by limits, by who asked for it, and with the server."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from corpus import ROOT
from job_functions import (
    break_down,
    complain,
    complain_of_a_folder,
    die,
    fill,
    give_function,
    miss_a_file,
    spin,
    spin_once,
    start_another,
    twice,
    wait_for,
    who,
)

from summarize.errors import InputError, SummarizeError
from summarize.web.jobs import runs
from summarize.web.jobs.dispatcher import Dispatcher, close_dispatcher, open_dispatcher
from summarize.web.jobs.lanes import BusyError, Lane, LimitError, Rules, StoppedError, WebJob, lanes

PATIENCE = 60
LANES = {
    lane.name: lane
    for lane in (
        Lane("quick", 2, seconds=PATIENCE),
        Lane("short", 1, seconds=0.5),
        Lane("narrow", 1, seconds=0.5, overflow="quick"),
        Lane("small", 1, seconds=PATIENCE, memory=300 << 20),
        Lane("model", 2, seconds=PATIENCE, keyed=True),
    )
}


@pytest.fixture(scope="module")
def jobs() -> Iterator[Dispatcher]:
    yield open_dispatcher(Rules(LANES, queue=4))
    close_dispatcher()


def ask(jobs: Dispatcher, function: Callable[..., Any], *arguments: Any, **how: Any) -> WebJob:
    return jobs.submit(WebJob(function, arguments, **how))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.02)


def test_work_is_done_in_another_process_that_stays(jobs: Dispatcher) -> None:
    assert ask(jobs, twice, 21).future.result(PATIENCE) == 42
    first = ask(jobs, who).future.result(PATIENCE)
    assert first != os.getpid() and first == ask(jobs, who).future.result(PATIENCE)


@pytest.mark.parametrize(
    ("function", "kind", "why"),
    [
        (complain, InputError, "^this is no article$"),
        (break_down, SummarizeError, "broke down: ZeroDivisionError: by zero"),
        (miss_a_file, SummarizeError, r"FileNotFoundError: .* 'weights\.bin'$"),
        (complain_of_a_folder, SummarizeError, r"^rows\.csv: is not UTF-8$"),
        (give_function, SummarizeError, "cannot be sent"),
        (die, LimitError, "its process broke down"),
        (lambda: 1, SummarizeError, "cannot be sent to a worker"),
    ],
)
def test_what_goes_wrong_is_told_and_ends_nothing_else(
    jobs: Dispatcher, function: Any, kind: type[Exception], why: str
) -> None:
    with pytest.raises(kind, match=why):
        ask(jobs, function).future.result(PATIENCE)
    assert ask(jobs, twice, 1).future.result(PATIENCE) == 2


def test_work_that_takes_too_long_is_ended(jobs: Dispatcher) -> None:
    with pytest.raises(LimitError, match=r"more than the 0\.5 seconds"):
        ask(jobs, spin, lane="short").future.result(PATIENCE)
    assert ask(jobs, twice, 1, lane="short").future.result(PATIENCE) == 2


def test_work_that_is_long_after_all_is_moved_to_a_lane_for_it(jobs: Dispatcher, tmp_path: Path) -> None:
    job = ask(jobs, spin_once, str(tmp_path / "mark"), lane="narrow")
    assert job.future.result(PATIENCE) == "done" and job.lane == "quick"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_work_that_needs_too_much_memory_is_ended(jobs: Dispatcher) -> None:
    with pytest.raises(LimitError, match=r"more than the 0\.3 GiB of memory"):
        ask(jobs, fill, lane="small").future.result(PATIENCE)
    assert ask(jobs, twice, 1, lane="small").future.result(PATIENCE) == 2


def test_work_ends_when_it_is_killed_with_what_it_started(jobs: Dispatcher, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    job = ask(jobs, start_another, str(note))
    wait_until(lambda: note.exists() and bool(note.read_text()))
    child = int(note.read_text())
    assert is_alive(child)
    jobs.kill(job)
    with pytest.raises(StoppedError):
        job.future.result(PATIENCE)
    wait_until(lambda: not is_alive(child))


def test_work_that_waits_can_be_killed_and_too_much_is_refused(jobs: Dispatcher, tmp_path: Path) -> None:
    go = tmp_path / "go"
    busy = [ask(jobs, wait_for, str(go), lane="small") for _ in range(1)]
    busy[0].begun.result(PATIENCE)
    waiting = [ask(jobs, twice, n, lane="small") for n in range(4)]
    with pytest.raises(BusyError, match="The queue is full: 4 requests are waiting"):
        ask(jobs, twice, 9, lane="small").future.result(PATIENCE)
    assert ask(jobs, twice, 1).future.result(PATIENCE) == 2  # another lane is not concerned
    jobs.kill(waiting[2])
    with pytest.raises(StoppedError):
        waiting[2].future.result(PATIENCE)
    assert jobs.waiting("small") == 3
    assert not any(job.future.done() for job in busy + waiting[3:])
    go.touch()
    assert [job.future.result(PATIENCE) for job in (waiting[0], waiting[1], waiting[3])] == [0, 2, 6]


def test_of_what_waits_the_cheapest_is_done_first(jobs: Dispatcher, tmp_path: Path) -> None:
    go, order = tmp_path / "go", []
    first = ask(jobs, wait_for, str(go), lane="small")
    first.begun.result(PATIENCE)
    for cost in (3.0, 0.01, 1.0):
        job = ask(jobs, twice, 1, lane="small", cost=cost)
        job.future.add_done_callback(lambda _, cost=cost: order.append(cost))
    go.touch()
    wait_until(lambda: len(order) == 3)
    assert first.future.result(PATIENCE) and order == [0.01, 1.0, 3.0]


def test_what_is_cheap_goes_before_what_has_waited_a_while(jobs: Dispatcher) -> None:
    """`lead` takes hundredths of a second, `news` of a long article some tenths; and nothing waits for ever."""
    lead, news, kl = (ask(jobs, twice, 1, lane="small", cost=cost) for cost in (0.015, 0.4, 60.0))
    assert 30 < news.due - lead.due < 120 < kl.due - lead.due < 1200
    for job in (lead, news, kl):
        job.future.result(PATIENCE)


def test_a_model_has_one_process_and_the_third_takes_the_place_of_who_was_idle_longest(
    jobs: Dispatcher, tmp_path: Path
) -> None:
    def where(key: str) -> Any:
        return ask(jobs, who, lane="model", key=key).future.result(PATIENCE)

    bart, t5 = where("bart"), where("t5")
    assert bart != t5 and where("bart") == bart and is_alive(t5)
    pegasus = where("pegasus")
    assert pegasus not in (bart, t5) and where("bart") == bart
    wait_until(lambda: not is_alive(t5))
    # One in use is not let go: a third waits, and a second visitor of the same waits for it too.
    go = tmp_path / "go"
    held = [ask(jobs, wait_for, str(go), lane="model", key=key) for key in ("bart", "pegasus")]
    for job in held:
        job.begun.result(PATIENCE)
    late = [ask(jobs, who, lane="model", key=key) for key in ("t5", "t5")]
    time.sleep(0.3)
    assert not any(job.begun.done() for job in late)
    go.touch()
    assert [job.future.result(PATIENCE) for job in held] == [bart, pegasus]
    t5 = late[0].future.result(PATIENCE)
    assert t5 not in (bart, pegasus) and late[1].future.result(PATIENCE) == t5


def test_a_run_ends_by_stop_and_by_a_newer_one_in_its_place(jobs: Dispatcher, tmp_path: Path) -> None:
    async def play() -> None:
        never = str(tmp_path / "never")
        async with runs.begin("ann", "compare") as run:
            other = runs.begin("ann", "batch")
            job = run.start(wait_for, never)
            assert await runs.has_begun(job, PATIENCE)
            runs.stop("bob", "compare")
            runs.stop("ann", "evaluate")
            assert not run.stopped
            runs.stop("ann", "compare")
            with pytest.raises(StoppedError):
                await run.result(job)
            assert run.stopped and not run.replaced and not other.stopped
            with pytest.raises(StoppedError):
                await run.do(twice, 1)
            runs.end(other)
        async with runs.begin("ann", "compare") as first, runs.begin("bob", "compare") as beside:
            waiting = asyncio.create_task(first.do(wait_for, never))
            await asyncio.sleep(0.1)
            async with runs.begin("ann", "compare") as second:
                assert await second.do(twice, 2) == 4
                with pytest.raises(StoppedError):
                    await waiting
                assert first.replaced and not beside.stopped
            async with runs.begin("bob", "batch") as batch:
                runs.stop("bob")  # who leaves ends all
                assert beside.stopped and batch.stopped

    asyncio.run(asyncio.wait_for(play(), 2 * PATIENCE))


def test_who_no_longer_waits_ends_the_work(jobs: Dispatcher, tmp_path: Path) -> None:
    async def play() -> None:
        async with runs.begin() as run:
            job = run.start(wait_for, str(tmp_path / "never"))
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(run.result(job), 0.3)
            with pytest.raises(StoppedError):  # though the run goes on
                await asyncio.wait_for(asyncio.wrap_future(job.future), PATIENCE)
            assert not run.stopped
            other = run.start(wait_for, str(tmp_path / "never"))
        with pytest.raises(StoppedError):
            await asyncio.wait_for(asyncio.wrap_future(other.future), PATIENCE)

    asyncio.run(play())


def test_workers_end_with_the_server_however_it_ends(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    code = f"""
import sys; sys.path[:0] = [{str(ROOT / "tests")!r}]
from job_functions import spin, who
from summarize.web.jobs.dispatcher import dispatcher
from summarize.web.jobs.lanes import WebJob
pid = dispatcher().submit(WebJob(who, (), lane="long")).future.result(60)
job = dispatcher().submit(WebJob(spin, (), lane="long"))
job.begun.result(60)
open({str(note)!r}, "w").write(str(pid))
job.future.result()
"""
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as server:
        wait_until(lambda: (note.exists() and bool(note.read_text())) or server.poll() is not None)
        assert server.poll() is None, server.communicate()
        server.kill()
    wait_until(lambda: not is_alive(int(note.read_text())))


def test_the_lanes_of_this_machine_leave_room_for_what_is_cheap() -> None:
    found = lanes()
    assert found["quick"].overflow == "long" and found["quick"].warm >= 2
    assert found["quick"].nice < found["long"].nice and found["quick"].seconds < found["long"].seconds
    assert replace(found["model"]).keyed and not found["long"].overflow
