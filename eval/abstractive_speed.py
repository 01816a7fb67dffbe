"""Speed and memory of the abstractive engines: ours beside transformers' `generate`, on BART-large.

The weights are random: the speed is that of facebook/bart-large-cnn, whose shape they have, and no hub
is needed. Each measurement runs in a process of its own, so that its peak memory is its own. What is
written is noise; quality is measured elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

INPUT_TOKENS = 942
OUTPUT_TOKENS = 60
BEAMS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement.

    Attributes:
        engine: "transformers float32", "summarize ctranslate2 int8", ...
        documents: how many were given at once.
        seconds: the median of the runs.
        cpu_seconds: processor time of one run, all threads together, which other programs running on the
            machine change far less than `seconds`.
        documents_per_second: documents / seconds.
        peak_mb: the most memory the process held, in MB of 10**6 bytes; on a GPU the device's.
        threads: CPU threads.
        runs: how many runs the median is of.
    """

    engine: str
    documents: int
    seconds: float
    cpu_seconds: float
    documents_per_second: float
    peak_mb: float
    threads: int
    runs: int


def run(
    documents: Sequence[int] = (1, 16),
    repeats: int = 3,
    threads: int | None = None,
    device: str = "cpu",
    precisions: Sequence[str] = ("float32",),
    small: bool = False,
) -> list[Row]:
    """Measure ours and `model.generate` side by side.

    Args:
        documents: batch sizes; each document has 942 tokens, and 60 are written with 4 beams.
        repeats: runs of one document, after one to warm up; larger batches run once.
        threads: CPU threads of both; None for all this process may use.
        device: "cpu" or "cuda".
        precisions: what transformers runs in: "float32", "bfloat16" or "float16".
        small: measure a model of one layer, to try the command out.
    """
    count = threads or len(os.sched_getaffinity(0))
    contenders = [("transformers", precision) for precision in precisions]
    contenders.append(("summarize", "int8" if device == "cpu" else "float16"))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        _child(["build", folder, "small" if small else "large"], folder)
        for size in documents:
            for library, precision in contenders:
                runs = repeats if size == 1 else 1
                arguments = [library, folder, precision, device, str(size), str(runs), str(count)]
                # The first call of ours converts, in a process whose memory is not measured.
                if library == "summarize":
                    _child(["convert", *arguments[1:]], folder)
                rows.append(Row(**json.loads(_child(arguments, folder))))
                print(rows[-1], file=sys.stderr, flush=True)
    return rows


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a table with the settings above it and the ratios to the first engine in it.

    Times faster: by the clock; CPU: by processor time; memory: the share of the first engine's peak.
    """
    settings = (
        f"BART-large with random weights, {INPUT_TOKENS} tokens in, {OUTPUT_TOKENS} out, beam {BEAMS}, "
        f"{rows[0].threads} threads; {_versions()}"
    )
    lines = [
        settings,
        "",
        "| engine | documents | seconds | CPU s | documents/s | peak MB | times faster | CPU | memory |",
        "| --- | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for row in rows:
        base = next(first for first in rows if first.documents == row.documents)
        lines.append(
            f"| {row.engine} | {row.documents} | {row.seconds:.2f} | {row.cpu_seconds:.2f} | "
            f"{row.documents_per_second:.3f} | {row.peak_mb:.0f} | {base.seconds / row.seconds:.1f} | "
            f"{base.cpu_seconds / row.cpu_seconds:.1f} | {row.peak_mb / base.peak_mb:.2f} |"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.abstractive_speed", description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--precisions", nargs="+", default=["float32"])
    parser.add_argument("--small", action="store_true", help="a model of one layer, to try the command")
    print(markdown(run(**vars(parser.parse_args(arguments)))))


def _versions() -> str:
    from importlib.metadata import version

    return ", ".join(f"{name} {version(name)}" for name in ("ctranslate2", "transformers", "torch"))


def _child(arguments: Sequence[str], folder: str) -> str:
    environment = {**os.environ, "SUMMARIZE_CACHE": f"{folder}/cache", "HF_HUB_OFFLINE": "1"}
    # Both read OMP_NUM_THREADS only where no number is given; given numbers are printed in the table.
    done = subprocess.run(
        [sys.executable, "-m", "eval.abstractive_speed_child", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stderr[-2000:]}")
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


if __name__ == "__main__":
    main()
