"""Measures time and memory: medians of alternating runs, and whole runs in a process of their own.

Leaves out profiling. Two things compared are always run in turns, so that a busy machine slows both.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.cores import usable_cores
from summarize.errors import SummarizeError

from .peers import PEERS


@dataclass(frozen=True)
class ChildRun:
    """What a system did in a process of its own.

    Attributes:
        texts: what it wrote, a sentence a line.
        seconds: for each document; the first, which also loads code and models, is in `start`.
        start: seconds from the start of the process to the first summary.
        memory: peak of the resident memory, in bytes.
    """

    texts: list[str]
    seconds: list[float]
    start: float
    memory: int


def alternate(calls: Mapping[str, Callable[[], object]], repeats: int) -> dict[str, float]:
    """Run each call in turns and return the median seconds of each."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(repeats):
        for name, call in calls.items():
            begin = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - begin)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def run_child(system: str, texts: Sequence[str], style: str = "bullets") -> ChildRun:
    """Run a summarizer or a peer over texts in a new process.

    Raises:
        SummarizeError: where the process fails, with the end of what it said.
    """
    request = json.dumps({"system": system, "style": style, "texts": list(texts), "begin": time.time()})
    answer = _python(["-m", "summarize_eval.benchmarks.measure"], request)
    return ChildRun(**json.loads(answer))


def time_command(arguments: Sequence[str], repeats: int) -> float:
    """Return the median seconds of a whole Python process, from its start to its end."""
    call = alternate({"": lambda: _python(arguments)}, repeats)
    return call[""]


def _python(arguments: Sequence[str], stdin: str = "") -> str:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if done.returncode:
        raise SummarizeError(
            f"python {' '.join(arguments)} failed: {''.join(done.stderr.strip().splitlines()[-1:])}"
        )
    return done.stdout


def peak_memory() -> int:
    """Return the peak of this process's resident memory so far, in bytes."""
    try:
        # Not getrusage: there a child starts with its parent's peak.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return 1024 * int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else 1024 * peak


def machine() -> str:
    """Return what a figure was measured on: processor, cores, Python."""
    name = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{name}, {usable_cores()} cores, Python {platform.python_version()} on {platform.system()}"


def writer(system: str, style: str = "bullets", count: int = 3) -> Callable[[str], str]:
    """Return text -> summary for a summarizer of ours or a peer, the whole way from text to lines."""
    from summarize import parse

    if system in PEERS:
        choose = PEERS[system].summarize

        def write_peer(text: str) -> str:
            sentences = [sentence.line for sentence in parse(text).sentences]
            return "\n".join(choose(sentences, count))

        return write_peer
    from ..run import load_named

    summarizer = load_named(system)

    def write(text: str) -> str:
        brief = summarizer.brief([parse(text)], (style,))[0]
        return "\n".join(line.text for line in brief.lines(style))

    return write


def _child() -> None:
    """Answer the request on standard input: what `run_child` runs in the other process."""
    request = json.load(sys.stdin)
    write = writer(request["system"], request["style"])
    texts, seconds = [], []
    start = 0.0
    for text in request["texts"]:
        begin = time.perf_counter()
        try:
            texts.append(write(text))
        except SummarizeError:
            texts.append("")
        seconds.append(time.perf_counter() - begin)
        start = start or time.time() - request["begin"]
    json.dump({"texts": texts, "seconds": seconds[1:], "start": start, "memory": peak_memory()}, sys.stdout)


if __name__ == "__main__":
    _child()
