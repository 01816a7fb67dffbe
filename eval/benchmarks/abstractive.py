"""Benchmark part on abstractive engines: ours beside `generate` of transformers, on a BART-large.

The weights are random: the speed is that of facebook/bart-large-cnn, whose shape they have, and no hub
is needed. Each measurement runs in a process of its own, so that its peak memory is its own. What is
written is noise; quality is measured elsewhere.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.cores import usable_cores
from summarize.errors import MissingDependencyError, SummarizeError

from .parts import Bench, Table

INPUT_TOKENS = 942
OUTPUT_TOKENS = 60
BEAMS = 4
_ROUNDS = 3  # of one document; larger batches run once, since transformers takes minutes for them


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one engine took for one batch.

    Attributes:
        seconds: by the clock, loading left out.
        cpu_seconds: processor time, all threads together.
        peak_mb: the most memory the process held, in MB of 10**6 bytes; on a GPU the device's.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine in a precision: "transformers" or "summarize"."""

    runner: str
    precision: str

    def __str__(self) -> str:
        return f"{'ours, ctranslate2' if self.runner == 'summarize' else self.runner} {self.precision}"


def speed(bench: Bench) -> list[Table]:
    """Measure on the CPU, and on a GPU where there is one."""
    try:
        import ctranslate2
        import torch
        import transformers  # noqa: F401
    except ImportError as error:
        raise MissingDependencyError(
            f"this part compares with transformers and needs {error.name}; "
            "install it with: pip install 'summarize-toolkit[abstractive]'"
        ) from error
    batches: tuple[int, ...] = (1, 2) if bench.quick else (1, 16)
    precisions = ("float32",) if bench.quick else ("float32", "bfloat16")
    tables = [_table("cpu", batches, precisions, bench.quick)]
    if torch.cuda.is_available() and ctranslate2.get_cuda_device_count():
        batches = (1, 2) if bench.quick else (1, 8, 64)
        tables.append(_table("cuda", batches, ("float16", "bfloat16"), bench.quick))
    return tables


def _table(device: str, batches: Sequence[int], precisions: Sequence[str], quick: bool) -> Table:
    threads = usable_cores()
    contenders = [Contender("transformers", precision) for precision in precisions]
    contenders.append(Contender("summarize", "int8" if device == "cpu" else "float16"))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        _child(folder, "build", "small" if quick else "large")
        # The first call of ours converts, in a process whose memory is not measured.
        _child(folder, "convert", contenders[-1].precision, device)
        for size in batches:
            taken = _in_turns(folder, contenders, device, size, threads, 1 if quick or size > 1 else _ROUNDS)
            rows += [_row(name, size, found, taken[contenders[0]]) for name, found in taken.items()]
    header = ["engine", "documents", "seconds", "CPU s", "documents/s", "peak MB"]
    header += ["times faster", "by CPU", "memory"]
    notes = (
        f"BART-large with random weights{', scaled down' if quick else ''}, {INPUT_TOKENS} tokens in, "
        f"{OUTPUT_TOKENS} out, beam {BEAMS}, no 3-gram twice, {threads} threads, device {device}",
        f"one document: medians of {1 if quick else _ROUNDS} rounds in turns, after one to warm up; "
        "larger batches: one round",
        f"times faster (by the clock and by processor time) and memory: beside {contenders[0]}",
        "goals on a CPU: 6.5 times on one document, 10 times on 16, a third of the memory",
    )
    return Table(f"Abstractive: speed on {device}", header, rows, notes)


def _in_turns(
    folder: str, contenders: Sequence[Contender], device: str, size: int, threads: int, rounds: int
) -> dict[Contender, Measurement]:
    """Return the medians of each contender, measured round after round so that a busy machine slows all."""
    found: dict[Contender, list[Measurement]] = {each: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            output = _child(folder, each.runner, each.precision, device, str(size), str(threads))
            found[each].append(Measurement(**json.loads(output)))
            print(f"benchmark: {each}, {size}: {found[each][-1].seconds:.2f} s", file=sys.stderr, flush=True)
    return {
        each: Measurement(
            statistics.median(one.seconds for one in every),
            statistics.median(one.cpu_seconds for one in every),
            max(one.peak_mb for one in every),
        )
        for each, every in found.items()
    }


def _row(name: Contender, size: int, found: Measurement, base: Measurement) -> list[str]:
    return [
        str(name),
        str(size),
        f"{found.seconds:.3f}",
        f"{found.cpu_seconds:.2f}",
        f"{size / found.seconds:.3f}",
        f"{found.peak_mb:,.0f}",
        f"{base.seconds / found.seconds:.1f}",
        f"{base.cpu_seconds / found.cpu_seconds:.1f}",
        f"{found.peak_mb / base.peak_mb:.2f}",
    ]


def _child(folder: str, task: str, *arguments: str) -> str:
    """Run `summarize_eval.benchmarks.abstractive_child` and return the last line it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "summarize_eval.benchmarks.abstractive_child", task, folder, *arguments],
        env={**os.environ, "SUMMARIZE_CACHE": f"{folder}/cache", "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    if done.returncode:
        raise SummarizeError(f"the benchmark's {task} {' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return done.stdout.strip().rpartition("\n")[2]
