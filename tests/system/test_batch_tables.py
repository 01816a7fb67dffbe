"""Tables as people have them through `summarize batch`, and runs whose input fails on the way."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from batch_fixtures import article, batch, command, environment, read_lines, records, write_lines

from summarize.cli import main
from summarize.reading import storage


def test_standard_output_takes_rows_as_they_come_and_errors_stay_apart(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [*records(3), {"id": "x", "article": ""}])
    for workers in (1, 2):
        done = batch(source, "-o", "-", "-w", workers, "--compact")
        assert done.returncode == 1
        assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["n0", "n1", "n2"]
        assert f"{source}:4: column 'article' is empty" in done.stderr
        assert "3 done, 1 failed" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_who_reads_standard_output_may_go(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(300))
    process = subprocess.Popen(
        command(source, "-o", "-", "-w", 1, "-s", "headline"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout and json.loads(process.stdout.readline())["id"] == "n0"
    process.stdout.close()
    assert process.stderr and "Traceback" not in process.stderr.read()
    assert process.wait(timeout=60) == 1


def test_a_csv_of_a_spreadsheet_with_titles_through_a_pipe(tmp_path: Path) -> None:
    rows = "".join(f'{n};"Plan {n} approved";"{article(n)} Zürich."\n' for n in range(25))
    (tmp_path / "in.csv").write_bytes(f"ID;Headline;Full Text\n{rows}".encode("cp1252"))
    with open(tmp_path / "in.csv", "rb") as stream:
        done = batch("-", "-o", "-", "--delimiter", ";", "-w", 1, "--summarizer", "lead", stdin=stream)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], row["title"]) for row in found] == [(str(n), f"Plan {n} approved") for n in range(25)]
    assert 'the article from column "Full Text", its title from column "Headline"' in done.stderr


def test_a_table_without_an_article_ends_at_once_with_one_error(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [{"id": n, "corpo": article(n)} for n in range(2000)])
    done = batch(source, "-o", tmp_path / "out.jsonl", "-w", 1)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "there are id, corpo; --text-column 'corpo' would fit" in done.stderr


def test_an_input_that_fails_on_the_way_is_gone_on_with_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(300))
    same = ["batch", str(source), "--compact", "--summarizer", "lead", "-s", "bullets", "-w", "1"]
    assert main([*same, "-o", str(tmp_path / "whole.jsonl")]) == 0

    class Failing(io.FileIO):
        left = 2

        def readinto(self, buffer: object) -> int:
            self.left -= 1
            if not self.left:
                raise OSError(5, "Input/output error")
            return super().readinto(buffer)  # type: ignore[arg-type]

    out = tmp_path / "out.jsonl"
    with monkeypatch.context() as broken:
        broken.setattr(storage, "open_file", lambda name: io.BufferedReader(Failing(name), 1 << 14))
        assert main([*same, "-o", str(out)]) == 1
    assert "could not be read any further" in capsys.readouterr().err
    assert not out.exists()
    assert 0 < len(read_lines(tmp_path / "out.jsonl.part")) < 300
    assert main([*same, "-o", str(out), "--resume"]) == 0
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


def test_memory_does_not_grow_with_the_rows_of_a_parquet_file(tmp_path: Path) -> None:
    pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    table = pa.Table.from_pylist([{"id": n, "article": article(n, 16)} for n in range(1000)])
    script = (
        "import re, sys; from summarize.reading.inputs import Inputs, open_inputs; "
        "rows = sum(1 for _ in Inputs(open_inputs(sys.argv[1:])).rows()); "
        "print(rows, re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])"
    )
    peaks = {}
    for groups in (5, 100):
        path = tmp_path / f"{groups}.parquet"
        with parquet.ParquetWriter(path, table.schema) as writer:
            for _ in range(groups):
                writer.write_table(table)
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)],
            capture_output=True, text=True, env=environment(), check=True,
        )  # fmt: skip
        rows, peak = map(int, done.stdout.split())
        peaks[rows] = peak
    assert peaks[100_000] < 1.1 * peaks[5000]
