"""The folder of a run on a cluster: what is taken for done, and what --overwrite may remove."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from summarize.batch.shards import DONE, ERRORS, MANIFEST, ShardFolder, Shards, begin, digest
from summarize.batch.work import BatchSettings
from summarize.errors import OutputError
from summarize.reading.rows import Row
from summarize.reading.storage import Folder

ROWS = [Row("in.jsonl", 1, b'{"article": "It rained."}'), Row("in.jsonl", 2, b'{"article": "We ran."}')]


def shards(folder: Path, **options: bool) -> Shards:
    return Shards(str(folder), BatchSettings("lead"), **options)


def start(folder: Path, **options: bool) -> None:
    begin(Folder(str(folder)), shards(folder, **options), [["in.jsonl", 10]], None)


@pytest.fixture
def written(tmp_path: Path) -> str:
    """A shard of two rows, one of them bad."""
    start(tmp_path)
    name = shards(tmp_path).name(0, 0)
    ShardFolder(str(tmp_path)).write(name, b'{"headline": "x"}\n', b'{"error": "y"}\n', digest(ROWS))
    return name


def test_a_shard_that_was_written_is_done(tmp_path: Path, written: str) -> None:
    folder = ShardFolder(str(tmp_path))
    assert folder.holds(written, ROWS)
    assert not folder.holds(written, ROWS[:1])
    assert not folder.holds(shards(tmp_path).name(0, 1), ROWS)


@pytest.mark.parametrize("ending", ["", ERRORS])
def test_a_shard_that_was_cut_off_or_edited_is_not(tmp_path: Path, written: str, ending: str) -> None:
    file = tmp_path / (written + ending)
    file.write_bytes(file.read_bytes()[:-1])
    assert not ShardFolder(str(tmp_path)).holds(written, ROWS)
    file.unlink()
    assert not ShardFolder(str(tmp_path)).holds(written, ROWS)


def test_a_record_that_is_garbage_is_no_record(tmp_path: Path, written: str) -> None:
    (tmp_path / (written + DONE)).write_bytes(b"\xff{")
    assert not ShardFolder(str(tmp_path)).holds(written, ROWS)


def test_overwrite_removes_what_a_run_wrote_and_nothing_else(tmp_path: Path, written: str) -> None:
    theirs = tmp_path / "thesis.txt"
    theirs.write_text("mine", encoding="utf-8")
    start(tmp_path, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "thesis.txt"]
    assert theirs.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    foreign = tmp_path / "part-00000-00000000.jsonl"
    foreign.write_text("theirs", encoding="utf-8")
    (tmp_path / MANIFEST).write_text(json.dumps({"name": "another program"}), encoding="utf-8")
    with pytest.raises(OutputError, match="none is touched"):
        start(tmp_path, overwrite=True)
    assert foreign.read_text(encoding="utf-8") == "theirs"


def test_a_run_with_other_settings_is_told_what_differs(tmp_path: Path, written: str) -> None:
    other = Shards(str(tmp_path), BatchSettings("lead", bullets=2), resume=True)
    with pytest.raises(OutputError, match="differs in bullets"):
        begin(Folder(str(tmp_path)), other, [["in.jsonl", 10]], None)
