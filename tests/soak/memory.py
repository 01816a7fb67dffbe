"""Peak memory of batch runs of few and of ten times as many rows, for each format of input and number of workers.

    python tests/soak/memory.py --rows 20000 --formats jsonl,csv,parquet --workers 1,2

The peak is that of the run and its workers together. The exit status is 1 where ten times the rows take more than
a tenth more memory. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from batch_fixtures import article, command, environment

TEXTS = 2_000  # different articles
MOST = 1.1  # times the memory of a tenth of the rows


def _rows(count: int) -> Iterator[dict[str, str]]:
    texts = [article(number, 2) for number in range(TEXTS)]
    return ({"id": f"n{number}", "article": texts[number % TEXTS]} for number in range(count))


def _write(path: Path, count: int) -> Path:
    """Write an input of so many rows, a few of them in memory at a time."""
    rows = _rows(count)
    if path.suffix == ".parquet":
        import pyarrow
        from pyarrow.parquet import ParquetWriter

        schema = pyarrow.schema([("id", "string"), ("article", "string")])
        with ParquetWriter(path, schema) as table:
            while part := list(islice(rows, 5_000)):
                table.write_table(pyarrow.Table.from_pylist(part, schema))
        return path
    with open(path, "w", newline="", encoding="utf-8") as file:
        if path.suffix == ".csv":
            writer = csv.DictWriter(file, ["id", "article"])
            writer.writeheader()
            writer.writerows(rows)
        else:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def _peak(process: int) -> int:
    """Return the most memory that a process and its children have had so far, in bytes; 0 once they are gone."""
    found = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        for number in (str(process), *children):
            status = Path(f"/proc/{number}/status").read_text()
            found += sum(int(line.split()[1]) << 10 for line in status.splitlines() if "VmHWM" in line)
    except OSError:
        pass  # one of them has just ended
    return found


def measure(source: Path, output: Path, workers: int) -> int:
    """Run a batch and return its peak memory in bytes."""
    options = ["-w", workers, "--summarizer", "lead", "-s", "headline", "--language", "en", "--compact"]
    line = command(source, "-o", output, "--overwrite", *options)
    peak = 0
    with subprocess.Popen(line, env=environment(), stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, _peak(process.pid))
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{source}: the run failed")
    return peak


def main() -> int:
    """Measure all; return 1 where the memory grew with the rows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000, help="of the smaller run")
    parser.add_argument("--formats", default="jsonl,csv,parquet")
    parser.add_argument("--workers", default="1,2")
    options = parser.parse_args()
    grew = False
    with tempfile.TemporaryDirectory() as name:
        for suffix in options.formats.split(","):
            few, many = (_write(Path(name) / f"{times}.{suffix}", options.rows * times) for times in (1, 10))
            output = Path(name) / ("out.parquet" if suffix == "parquet" else "out.jsonl")
            for workers in map(int, options.workers.split(",")):
                peaks = [measure(source, output, workers) for source in (few, many)]
                grew |= peaks[1] > MOST * peaks[0]
                told = " and ".join(f"{peak / 2**20:.0f} MiB" for peak in peaks)
                print(
                    f"{suffix}, {workers} workers: {told} at {options.rows:,} and ten times as many rows",
                    flush=True,
                )
    return 1 if grew else 0


if __name__ == "__main__":
    sys.exit(main())
