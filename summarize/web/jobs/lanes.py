"""The lanes that work goes in: cheap work never waits behind work that is long. Numbers and types only.

quick
    What is done in well under a second: parsing, `lead`, `textrank`, `news` of an article. Work that turns
    out to be long is moved to the next lane.
long
    What may take up to two minutes: `kl` of a long text, scoring a data set.
remote
    What mostly waits for others: chat servers, addresses, data sets of the hub; and documents, whose
    conversion has a limited process of its own.
model
    One process for each model in memory, which stays until it is stopped, or another model needs its place.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from summarize.cores import usable_cores
from summarize.errors import SummarizeError
from summarize.web.server.limits import QUEUE

GIBI = 1 << 30
MODELS_KEPT = 2  # models in memory, each in its process


class StoppedError(SummarizeError):
    """The work was stopped by who asked for it, or nobody waits for it any more."""


class LimitError(SummarizeError):
    """The work took more time or memory than it may; the message says which."""


class BusyError(SummarizeError):
    """As much work is waiting as may; it says to try again."""


@dataclass(frozen=True)
class Lane:
    """One kind of work and what it may use.

    Attributes:
        name: of the lane.
        most: processes at most.
        warm: processes that are kept ready.
        seconds: that one piece of work may take, loading included.
        memory: bytes that a process may allocate; 0 for any. Only Linux holds it.
        nice: how far its processes stand back for others.
        overflow: the lane that work is moved to which takes too long here, or empty.
        keyed: whether a process keeps to one key, the name of its model.
        threads: of native libraries in each process; 0 for as many as there are cores.
    """

    name: str
    most: int
    warm: int = 0
    seconds: float = 120.0
    memory: int = 2 * GIBI
    nice: int = 0
    overflow: str = ""
    keyed: bool = False
    threads: int = 1


def lanes() -> dict[str, Lane]:
    """Return the lanes of this machine, by name."""
    cores = usable_cores()
    quick = max(2, min(4, cores))
    return {
        lane.name: lane
        for lane in (
            Lane("quick", quick, quick, seconds=10.0, nice=1, overflow="long"),
            Lane("long", max(2, cores // 2), 1, nice=5),
            Lane("remote", 6, seconds=300.0),
            Lane("model", MODELS_KEPT, seconds=900.0, memory=_most(), nice=5, keyed=True, threads=0),
        )
    }


def _most() -> int:
    """Three quarters of the machine's memory, for a model."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 * 3
    except (AttributeError, ValueError, OSError):  # Windows
        return 0


@dataclass(eq=False)
class WebJob:
    """One piece of work.

    Attributes:
        function: a function of a module, which a worker finds by its name.
        arguments: what it is given; they and what it returns can be pickled.
        lane: the name of its lane.
        cost: seconds that it will take, about; less is done first.
        key: the model that it needs, in a lane of models.
        future: what it returned.
        begun: done once a process works on it.
        said: what its process has told last of how far it is, or None.
        due: when it is its turn at the latest, whatever came since; seconds of a clock.
    """

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    lane: str = "quick"
    cost: float = 0.05
    key: str = ""
    future: Future[Any] = field(default_factory=Future)
    begun: Future[None] = field(default_factory=Future)
    said: Any = None
    due: float = 0.0


@dataclass(frozen=True)
class Rules:
    """How a dispatcher runs: its lanes, and how many jobs may wait in each."""

    lanes: dict[str, Lane] = field(default_factory=lanes)
    queue: int = QUEUE
