"""Batch runs as a user starts them: every kind of input and output, and every kind of bad row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import pty
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from batch_fixtures import article, batch, command, environment, read_lines, records, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.batch.work import Author, BatchSettings
from summarize.cli import main
from summarize.reading.lines import MAX_LINE, JsonLines
from summarize.reading.rows import Row


def run(*arguments: object, summarizer: str = "lead") -> int:
    """The command inside this process; the default summarizer takes thirty times as long as `lead`."""
    return main(["batch", "--summarizer", summarizer, *map(str, arguments)])


def test_one_row_out_for_each_row_in_in_their_order(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(10))
    options = ("--workers", "1", "--carry", "url,views=count")
    assert run(source, "-o", tmp_path / "out.jsonl", *options, summarizer="news") == 0
    rows = read_lines(tmp_path / "out.jsonl")
    assert [row["id"] for row in rows] == [f"n{n}" for n in range(10)]
    assert [row["url"] for row in rows] == [f"https://example.org/{n}" for n in range(10)]
    assert [row["count"] for row in rows] == list(range(10))
    assert rows[3]["source"] == f"{source}:4"
    assert all(row["headline"]["text"] and row["bullets"] for row in rows)
    assert sorted(os.listdir(tmp_path)) == ["in.jsonl", "out.jsonl", "out.jsonl.run.json"]


@pytest.mark.parametrize(("summarizer", "count", "most"), [("lead", 90, 3), ("news", 20, 2)])
def test_one_worker_and_many_give_the_same_bytes(
    tmp_path: Path, summarizer: str, count: int, most: int
) -> None:
    rows: list[Any] = records(count)
    rows[17:17] = [b'{"article": broken', {"id": "none", "article": ""}, b""]
    source = write_lines(tmp_path / "in.jsonl", rows)
    outputs = []
    for workers in range(1, most + 1):
        output = tmp_path / f"{workers}.jsonl"
        options = ("--workers", workers, "-s", "bullets,wysk")
        assert run(source, "-o", output, *options, summarizer=summarizer) == 1
        outputs.append((output.read_bytes(), Path(f"{output}.errors.jsonl").read_bytes()))
    assert all(output == outputs[0] for output in outputs)
    assert len(outputs[0][0].splitlines()) == count


def test_the_order_of_sets_changes_no_byte(tmp_path: Path) -> None:
    """Python gives words other hashes in every process, and so sets another order."""
    source = write_lines(tmp_path / "in.jsonl", records(60)[50:])
    outputs = []
    for seed in ("0", "1", "2"):
        output = tmp_path / f"{seed}.jsonl"
        done = batch(source, "-o", output, "--workers", 1, hash_seed=seed)
        assert done.returncode == 0, done.stderr
        outputs.append(output.read_bytes())
    assert outputs[0] == outputs[1] == outputs[2]


def _bad_rows() -> list[tuple[bytes, str]]:
    return [
        (b'{"id": 1, "article": ""}', "is empty"),
        (b'{"id": 2, "article": "  \\n "}', "is empty"),
        (b'{"id": 3, "article": null}', "no text but NoneType"),
        (b'{"id": 4, "article": 17}', "no text but int"),
        (b'{"id": 5, "article": {"en": "Rain fell."}}', "no text but dict"),
        (b'{"id": 6, "title": "Rain"}', "has no column"),
        (b'{"id": 7, "article": "Rain f\xffll."}', "is not UTF-8"),
        (b'{"id": 8, "article": "Rain', "is no JSON"),
        (b'["Rain fell."]', "a JSON list, not an object"),
        (b"[" * 100_000, "is no JSON"),
        (b'{"id": 9, "article": "' + b"a" * 2**20 + b'"}', "no sentence keeps the budget"),
        (b'{"id": 10, "article": "...  !!! ---"}', "no sentence"),
        (b"\x00\x01\x02", "is no JSON"),
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_row_is_told_by_file_line_id_and_reason_and_the_others_are_done(
    tmp_path: Path, workers: int
) -> None:
    bad = _bad_rows()
    rows: list[Any] = [
        row for pair in zip(records(len(bad)), (line for line, _ in bad), strict=True) for row in pair
    ]
    source = write_lines(tmp_path / "in.jsonl", rows)
    assert run(source, "-o", tmp_path / "out.jsonl", "--workers", workers) == 1
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == [f"n{n}" for n in range(len(bad))]
    errors = read_lines(tmp_path / "out.jsonl.errors.jsonl")
    assert [row["line"] for row in errors] == list(range(2, 2 * len(bad) + 1, 2))
    assert {row["file"] for row in errors} == {str(source)}
    for row, (_, reason) in zip(errors, bad, strict=True):
        assert reason in row["reason"]
    assert [row["id"] for row in errors][:6] == [1, 2, 3, 4, 5, 6]
    assert errors[10]["id"] == 9


def test_fail_fast_stops_at_the_first_bad_row_and_keeps_what_was_before(tmp_path: Path) -> None:
    rows: list[Any] = records(40)
    rows[20] = {"id": "bad", "article": ""}
    source = write_lines(tmp_path / "in.jsonl", rows)
    for workers in (1, 2):
        output = tmp_path / f"out{workers}.jsonl"
        same = (source, "-o", output, "-s", "bullets", "--summarizer", "lead")
        done = batch(*same, "--workers", workers, "--fail-fast")
        assert done.returncode == 1
        assert f"{source}:21" in done.stderr
        assert "--resume" in done.stderr
        assert len(read_lines(Path(f"{output}.part"))) == 20
        assert batch(*same, "--workers", 1, "--resume").returncode == 1
        assert len(read_lines(output)) == 39


def test_a_line_too_long_to_be_an_article_is_one_bad_row_and_never_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    with open(path, "wb") as file:
        file.write(json.dumps(records(1)[0]).encode() + b"\n")
        for _ in range(3 * MAX_LINE // 2**20):
            file.write(b"x" * 2**20)
        file.write(b"\n" + json.dumps(records(1, 1)[0]).encode() + b"\n")
    rows = list(JsonLines(str(path)).rows())
    assert [(row.line, bool(row.error)) for row in rows] == [(1, False), (2, True), (3, False)]


@given(st.lists(st.binary(max_size=60), max_size=8))
@settings(max_examples=80, deadline=None)
def test_any_bytes_are_read_row_by_row_and_each_ends_as_output_or_error(lines: list[bytes]) -> None:
    author = Author(BatchSettings("lead"))
    rows = [Row("f", number, line) for number, line in enumerate(lines, 1)]
    outcomes = list(author.outcomes(rows))
    assert len(outcomes) == len(rows)
    for outcome in outcomes:
        assert outcome.line.count(b"\n") == 1
        assert ("reason" in json.loads(outcome.line)) is not outcome.good


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_any_text_ends_as_output_or_error(text: str) -> None:
    line = json.dumps({"id": text, "article": text}).encode()
    [outcome] = Author(BatchSettings("textrank")).outcomes([Row("f", 1, line)])
    assert json.loads(outcome.line)["id"] == text
    assert len(outcome.line.decode().splitlines()) == 1


def test_gzip_zstd_csv_tsv_parquet_and_arrow_give_the_same_briefs(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    zstandard = pytest.importorskip("zstandard")
    from pyarrow import parquet

    rows = records(20)
    plain = write_lines(tmp_path / "a.jsonl", rows)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    frames = [zstandard.compress(line + b"\n") for line in plain.read_bytes().splitlines()]
    (tmp_path / "a.jsonl.zst").write_bytes(b"".join(frames))
    for suffix, delimiter in (("csv", ","), ("tsv", "\t")):
        with open(tmp_path / f"a.{suffix}", "w", newline="") as file:
            file.write("\ufeff")
            table = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
            table.writeheader()
            table.writerows(rows)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress((tmp_path / "a.csv").read_bytes()))
    table = pa.Table.from_pylist(rows)
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    with pa.OSFile(str(tmp_path / "a.arrow"), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    with pa.OSFile(str(tmp_path / "b.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    found = {}
    for name in sorted(path.name for path in tmp_path.glob("[ab].*")):
        output = tmp_path / f"{name}.out.jsonl"
        assert run(tmp_path / name, "-o", output, "--compact", "-w", 1) == 0, name
        found[name] = output.read_bytes()
    assert len(found) == 9
    assert set(found.values()) == {found["a.jsonl"]}
    address = f"file://{tmp_path}/a.p*quet"  # an address is read through Arrow, as s3:// is
    assert run(address, "-o", tmp_path / "address.jsonl", "--compact", "-w", 1) == 0
    assert (tmp_path / "address.jsonl").read_bytes() == found["a.jsonl"]


def test_csv_keeps_line_breaks_in_fields_and_tells_bad_lines_by_number(tmp_path: Path) -> None:
    text = article(1).replace(". ", ".\n\nIn Zürich, Genève and Málaga, ")  # by which it is known as UTF-8
    path = tmp_path / "in.csv"
    good = io.StringIO()
    csv.writer(good).writerows([["id", "text"], ["1", text], ["2", article(2)]])
    lines = (
        good.getvalue().encode()
        + b"3\n4,"
        + b"\xff\xfe rain fell\n5,\n"
        + b"6,"
        + article(6).encode()
        + b"\n"
    )
    path.write_bytes(lines)
    assert run(path, "-o", tmp_path / "out.jsonl", "-w", 1) == 1
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == ["1", "2", "6"]
    errors = read_lines(tmp_path / "out.jsonl.errors.jsonl")
    numbers = [
        number for number, line in enumerate(lines.split(b"\n"), 1) if line[:2] in (b"3", b"4,", b"5,")
    ]
    assert [row["line"] for row in errors] == numbers
    assert [
        "fields" in errors[0]["reason"],
        "UTF-8" in errors[1]["reason"],
        "empty" in errors[2]["reason"],
    ] == [True] * 3


def test_a_file_that_breaks_off_is_an_error_behind_its_last_row(tmp_path: Path) -> None:
    whole = gzip.compress(write_lines(tmp_path / "x.jsonl", records(300)).read_bytes())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    write_lines(tmp_path / "b.jsonl", records(2, 900))
    assert run(tmp_path / "[ab].jsonl*", "-o", tmp_path / "out.jsonl", "-s", "bullets", "-w", 1) == 1
    rows = [row["id"] for row in read_lines(tmp_path / "out.jsonl")]
    assert rows[-2:] == ["n900", "n901"]
    assert rows[:-2] == [f"n{n}" for n in range(len(rows) - 2)]
    error = read_lines(tmp_path / "out.jsonl.errors.jsonl")[-1]
    assert "breaks off" in error["reason"]
    assert error["line"] >= len(rows) - 2 > 50


def test_a_folder_of_texts_and_pages(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text(article(1))
    (folder / "c.html").write_text(
        f"<html><body><article><h1>News</h1><p>{article(2)}</p></article></body></html>"
    )
    (folder / "deep" / "a.txt").write_bytes(article(3).encode("utf-16"))
    (folder / "empty.txt").write_text(" ")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    (folder / "ignored.xyz").write_text("no")
    output = folder / "out.jsonl"  # inside the folder that is read: it must not be read itself
    for _ in range(2):
        assert run(folder, "-o", output, "-w", 2, "--overwrite") == 1
    assert [Path(row["id"]).name for row in read_lines(output)] == ["b.txt", "c.html", "a.txt"]
    assert [Path(row["file"]).name for row in read_lines(folder / "out.jsonl.errors.jsonl")] == [
        "empty.txt",
        "picture.txt",
    ]


def test_a_data_set_in_the_layout_of_the_hub_is_streamed(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    folder = tmp_path / "set"
    folder.mkdir()
    write_lines(folder / "train.jsonl", records(3))
    write_lines(folder / "test.jsonl", records(5, 10))
    assert run(f"hub:{folder}", "-o", tmp_path / "out.jsonl", "--limit", 4, "-w", 1) == 0
    assert [row["id"] for row in read_lines(tmp_path / "out.jsonl")] == ["n10", "n11", "n12", "n13"]
    assert run(f"hub:{folder}", "-o", tmp_path / "other.jsonl", "--split", "nosuch", "-w", 1) == 2


def test_gzipped_output_holds_the_same_rows(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", records(150))
    assert run(source, "-o", tmp_path / "out.jsonl", "--compact", "-s", "bullets", "-w", 1) == 0
    assert run(source, "-o", tmp_path / "out.jsonl.gz", "--compact", "-s", "bullets", "-w", 1) == 0
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize("kind", ["full", "compact", "evidence"])
def test_parquet_output_holds_the_same_rows_with_types(tmp_path: Path, kind: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = records(25)
    rows[3]["views"], rows[4]["mixed"], rows[5]["mixed"] = None, 3, "x"
    source = write_lines(tmp_path / "in.jsonl", rows)
    options = ["-w", 1, "--carry", "views,mixed,absent", *([] if kind == "full" else [f"--{kind}"])]
    assert run(source, "-o", tmp_path / "out.jsonl", *options) == 0
    assert run(source, "-o", tmp_path / "out.parquet", *options) == 0
    table = parquet.read_table(tmp_path / "out.parquet")
    assert str(table.schema.field("views").type) == "int64"
    expected = read_lines(tmp_path / "out.jsonl")
    expected[4]["mixed"] = "3"
    assert table.to_pylist() == expected
    assert sorted(os.listdir(tmp_path)) == [
        "in.jsonl",
        "out.jsonl",
        "out.jsonl.run.json",
        "out.parquet",
        "out.parquet.run.json",
    ]


def test_dates_bytes_and_nan_of_a_table_are_carried_as_json_can_hold_them(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from datetime import date

    from pyarrow import parquet

    row = {"text": article(1), "day": date(2026, 1, 2), "score": float("nan"), "hash": b"\x01\xff"}
    parquet.write_table(pa.Table.from_pylist([row]), tmp_path / "in.parquet")
    assert (
        run(tmp_path / "in.parquet", "-o", tmp_path / "out.jsonl", "--carry", "day,score,hash", "-w", 1) == 0
    )
    [found] = read_lines(tmp_path / "out.jsonl")
    assert [found["day"], found["score"], found["hash"]] == ["2026-01-02", None, "01ff"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["nothere.jsonl", "-o", "o.jsonl"], 1, "there is no such file"),
        (["in.jsonl", "-o", "o.txt"], 2, "name a file ending in"),
        (["in.jsonl", "-o", "in.jsonl"], 1, "both read and written"),
        (["in.jsonl", "-o", "nofolder/o.jsonl"], 1, "check the folder"),
        (["in.jsonl", "-o", "o.jsonl", "--carry", "title"], 2, "--carry title=article_title"),
        (["in.jsonl", "-o", "o.jsonl", "--summarizer", "nosuch"], 2, "no summarizer is called"),
        (["in.jsonl", "-o", "o.jsonl", "-O", "nosuch=1"], 2, "has no option 'nosuch'"),
        (["in.jsonl", "-o", "o.jsonl", "-O", "bullet_words=7", "-w", "2"], 2, "bullet_words must be"),
        (["in.jsonl", "-o", "o.jsonl", "--resume", "--overwrite"], 2, "choose one"),
        (["in.xyz", "-o", "o.jsonl"], 1, "cannot tell what it holds"),
        (["in.jsonl", "-o", "s3://bucket/o.jsonl"], 2, "--engine ray"),
        (["in.jsonl", "-o", "-", "--resume"], 2, "name a file"),
        (
            ["in.jsonl", "-o", "o.jsonl", "--text-column", "corpo"],
            1,
            "no column is called 'corpo'; there are id",
        ),
        (["https://example.org/a.jsonl", "-o", "o.jsonl"], 1, "download it"),
        (["broken.parquet", "-o", "o.jsonl"], 1, "is no Parquet file"),
    ],
)
def test_wrong_usage_says_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    status: int,
    message: str,
) -> None:
    if "parquet" in arguments[0]:
        pytest.importorskip("pyarrow")
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "in.jsonl", records(2))
    (tmp_path / "in.xyz").write_text("x")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 not really PAR1")
    assert run(*arguments, summarizer="news") == status
    assert message in capsys.readouterr().err


def test_it_is_quiet_where_there_is_no_terminal_and_sums_up_in_one_line(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [*records(5), {"id": "x"}])
    done = batch(source, "-o", tmp_path / "out.jsonl", "-w", 1)
    assert done.stdout == ""
    columns, line = done.stderr.splitlines()
    assert f'{source}: the article from column "article", its id from column "id"' in columns
    assert "5 done, 1 failed" in line
    assert "documents/s" in line
    assert "out.jsonl.errors.jsonl" in line


def test_a_terminal_sees_rate_failures_and_time_left(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", [{"id": "x"}, *records(2500)])  # a second of work or more
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(source, "-o", tmp_path / "o.jsonl", "-w", 1, "-s", "bullets", "--summarizer", "lead"),
        stderr=theirs,
        env=environment(),
    )
    os.close(theirs)
    seen = bytearray()

    def read() -> None:
        try:
            while data := os.read(ours, 4096):
                seen.extend(data)
        except OSError:
            return  # the other end has gone: so a terminal says end of file

    reader = threading.Thread(target=read)
    reader.start()
    assert process.wait(120) == 1
    reader.join(10)
    os.close(ours)
    live = [line for line in seen.decode().split("\r") if "/s, " in line]
    assert live
    assert "1 failed" in live[-1]
    assert "left" in live[-1]


def test_standard_input_is_read_as_lines(tmp_path: Path) -> None:
    text = "\n".join(json.dumps(row) for row in records(3))
    done = batch("-", "-o", tmp_path / "out.jsonl", "-w", 1, input=text)
    assert done.returncode == 0, done.stderr
    assert len(read_lines(tmp_path / "out.jsonl")) == 3
