"""`batch --cluster`: every row is in one story or in the errors, in every format, killed and resumed too."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from batch_fixtures import article, await_writing, batch, read_lines, records, size, start, write_lines

from summarize.batch.stories import StoryAuthor
from summarize.batch.work import BatchSettings, StoryRow
from summarize.cli import main
from summarize.reading.rows import Row

FERRY = (
    "The ferry Halden ran aground off Pellworth on its last crossing. Divers went down to the hull of the Halden.",
    "Passengers of the Halden spent the night in a school in Pellworth after their ferry struck a rock. Nobody drowned.",
    "Fishermen from Pellworth brought people ashore from the ferry Halden before the coast guard came.",
)
CUP = (
    "Leeds won the national cup on penalties. Goalkeeper Marsh saved twice against Hull.",
    "Goalkeeper Marsh was the hero of Leeds, who beat Hull on penalties to win the cup. Hull wept.",
)
MOTH = "A moth long thought lost was found in a wardrobe in Kent by a retired teacher. It is brown."
LEAD = ("--summarizer", "lead", "--cluster")


def rows() -> list[dict[str, Any] | bytes]:
    """Two stories, a single, a copy and two bad rows, mixed."""
    told: list[dict[str, Any] | bytes] = [
        {"id": "moth", "article": MOTH, "views": 1},
        {"id": "f0", "article": FERRY[0], "views": 2, "published": "2026-03-01", "outlet": "Mercury"},
        {"id": "c0", "article": CUP[0], "views": 3},
        b'{"torn": ',
        {"id": "f1", "article": FERRY[1], "views": 4, "published": "2026-03-02", "outlet": "Post"},
        {"id": "c1", "article": CUP[1], "views": "five"},
        {"id": "copy", "article": FERRY[0], "views": 6, "published": "2026-03-01"},
        {"id": "empty", "article": ""},
        {"id": "f2", "article": FERRY[2], "views": 7, "published": "2026-03-01T12:00Z"},
    ]
    return told


def run(*arguments: object) -> int:
    """The command inside this process."""
    return main(["batch", *map(str, arguments), *LEAD])


def test_each_row_is_in_one_story_or_in_the_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", rows())
    output = tmp_path / "out.jsonl"
    assert run(source, "-o", output, "-w", 1, "--carry", "views") == 1
    moth, ferry, cup = read_lines(output)
    assert "7 articles tell 3 stories, 2 of them by several" in capsys.readouterr().err
    assert [(found["id"], found["document"]) for found in ferry["articles"]] == [
        ("f1", 0), ("f2", 1), ("f0", 2), ("copy", None)
    ], "the newest leads, what is a copy is not counted"  # fmt: skip
    assert [found["views"] for found in ferry["articles"]] == [4, 7, 2, 6]
    assert ferry["id"] == "f1" and ferry["outlet"] == "Post" and len(ferry["others"]) == 2
    assert any("is not counted" in note for note in ferry["notes"])
    assert {found["document"] for line in ferry["bullets"] for found in line["evidence"]} <= {0, 1, 2}
    assert [found["id"] for found in cup["articles"]] == ["c0", "c1"]
    assert moth["articles"] == [{"id": "moth", "views": 1, "document": 0}] and "others" not in moth
    assert [row["line"] for row in read_lines(tmp_path / "out.jsonl.errors.jsonl")] == [4, 8]
    assert sorted(os.listdir(tmp_path)) == [
        "in.jsonl", "out.jsonl", "out.jsonl.errors.jsonl", "out.jsonl.run.json"
    ]  # fmt: skip
    assert run(source, "-o", output, "--carry", "views", "--resume") == 1, "it is complete"
    assert main(["batch", str(source), "-o", str(output), "--summarizer", "lead", "--resume"]) == 1
    assert "cluster" in capsys.readouterr().err


def test_workers_formats_and_standard_streams_tell_the_same(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", rows())
    for output, workers in (("out.jsonl", 2), ("out.jsonl.gz", 1), ("out.parquet", 1)):
        if output.endswith("parquet"):
            pytest.importorskip("pyarrow")
        assert run(source, "-o", tmp_path / output, "-w", workers, "--carry", "views") == 1
    plain = (tmp_path / "out.jsonl").read_bytes()
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == plain
    piped = batch("-", "-o", "-", *LEAD, "--carry", "views", input=source.read_text())
    stories = [json.loads(line) for line in piped.stdout.splitlines()]
    assert [story["articles"] for story in stories] == [
        story["articles"] for story in map(json.loads, plain.splitlines())
    ]
    assert "column 'article' is empty" in piped.stderr
    import pyarrow.parquet as parquet

    ferry = parquet.read_table(tmp_path / "out.parquet").to_pylist()[1]
    assert ferry["articles"][1] == {"id": "f2", "views": "7", "document": 1}, "of two kinds, so text"
    assert ferry["bullets"] == json.loads(plain.splitlines()[1])["bullets"]
    assert [other["outlet"] for other in ferry["others"]] == [None, "Mercury"]


def test_a_limit_is_one_of_rows_and_a_row_may_be_left_out(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", rows())
    assert run(source, "-o", tmp_path / "out.jsonl", "--limit", 3, "--skip", "c0", "--compact", "-w", 1) == 1
    stories = read_lines(tmp_path / "out.jsonl")
    assert [[found["id"] for found in story["articles"]] for story in stories] == [["moth"], ["f0"]]
    assert isinstance(stories[0]["headline"], str)


def test_the_first_bad_row_ends_it_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_lines(tmp_path / "in.jsonl", rows())
    assert run(source, "-o", tmp_path / "out.jsonl", "--fail-fast", "-w", 1) == 1
    assert f"{source}:4: is no JSON" in capsys.readouterr().err
    assert (tmp_path / "out.jsonl.part").read_bytes() == b""


def test_a_cluster_of_machines_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_lines(tmp_path / "in.jsonl", rows())
    assert run(source, "-o", tmp_path / "out", "--engine", "ray") == 2
    assert "leave out --engine ray" in capsys.readouterr().err


def test_a_story_that_fails_names_all_its_articles() -> None:
    # A text that went away since it was clustered, for one.
    texts = {"a": "Rain fell.", "b": ""}
    lines = [json.dumps({"id": name, "article": text}).encode() for name, text in texts.items()]
    members = tuple(Row("in", number, line) for number, line in enumerate(lines, 1))
    author = StoryAuthor(BatchSettings("lead", styles=("wysk",), cluster=True))
    [found] = author.outcomes([StoryRow("in", 1, lines[0], members=members)])
    told = json.loads(found.line)
    assert not found.good and told["id"] == "a"
    assert [one["id"] for one in told["articles"]] == ["a", "b"]


def _many(folder: Path) -> Path:
    told = [
        {"id": f"{row['id']}-{version}", "article": text, "views": version}
        for row in records(90)
        for version, text in enumerate((row["article"], f"{article(int(row['id'][1:]), 5)} It is so."))
    ]
    random.Random(1).shuffle(told)
    return write_lines(folder / "in.jsonl", [*told, b"{", {"id": "none", "article": " "}])


@pytest.mark.parametrize(("workers", "output"), [(1, "out.jsonl"), (2, "out.jsonl.gz")])
def test_killed_at_random_moments_and_resumed_it_ends_as_if_nothing_had_been(
    tmp_path: Path, workers: int, output: str
) -> None:
    source = _many(tmp_path)
    options = ["-w", workers, *LEAD, "-s", "bullets", "--carry", "views", "--every", "0.01"]
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    done = batch(source, "-o", whole / output, *options)
    assert done.returncode == 1 and "180 articles tell" in done.stderr, done.stderr
    dice, killed = random.Random(workers), 0
    for _ in range(4):
        there = size(broken)
        process = start(source, "-o", broken / output, "--resume", *options)
        if await_writing(process, broken, there, dice.uniform(-0.2, 0.5), size(whole)):
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
    assert killed
    assert batch(source, "-o", broken / output, "--resume", *options).returncode == 1
    assert sorted(os.listdir(broken)) == sorted(os.listdir(whole)), "nothing that waited is left"
    for path in whole.iterdir():
        assert (broken / path.name).read_bytes() == path.read_bytes(), path.name


def test_stopped_while_it_reads_it_says_how_to_go_on(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(20_000))
    process = start(source, "-o", tmp_path / "out.jsonl", "-w", 1, *LEAD)
    until = time.monotonic() + 60
    while not (tmp_path / "out.jsonl.part").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130 and "--cluster --resume" in told, told
    assert (tmp_path / "out.jsonl.part").read_bytes() == b""
