"""Outputs and references of any system: by line, by column, by id, several references."""

import json
from pathlib import Path

import pytest
from summarize_eval.data.outputs import align, read_texts

from summarize.errors import InputError


def lines(path: Path, *rows: object) -> str:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_line_by_line_an_empty_line_is_an_empty_summary(tmp_path: Path) -> None:
    found = read_texts(lines(tmp_path / "a.txt", "One.", "", "Three.\u2028Still three."))
    assert found.texts == [("One.",), ("",), ("Three.\u2028Still three.",)]
    assert found.name == "a"
    assert found.ids is None


def test_ids_put_systems_in_the_order_of_the_references(tmp_path: Path) -> None:
    system = read_texts(lines(tmp_path / "s.jsonl", {"id": 2, "output": "two"}, {"id": 1, "output": "one"}))
    reference = read_texts(
        lines(tmp_path / "r.jsonl", {"id": "1", "summary": "1"}, {"id": "2", "summary": "2"}),
        None,
        "reference",
    )
    [ordered], references = align([system], [reference])
    assert ordered.texts == [("one",), ("two",)]
    assert references == [("1",), ("2",)]


def test_several_files_and_lists_are_several_references(tmp_path: Path) -> None:
    system = read_texts(lines(tmp_path / "s.txt", "x"))
    first = read_texts(lines(tmp_path / "r.txt", "a"), what="reference")
    second = read_texts(lines(tmp_path / "q.jsonl", {"references": ["b", "c"]}), what="reference")
    assert align([system], [first, second])[1] == [("a", "b", "c")]


def test_the_toolkit_s_own_json_is_read(tmp_path: Path) -> None:
    row = {"id": 1, "headline": {"text": "H"}, "bullets": [{"text": "One."}, {"text": "Two."}]}
    name = lines(tmp_path / "b.jsonl", row)
    assert read_texts(name).texts == [("One.\nTwo.",)]
    assert read_texts(name, "headline").texts == [("H",)]


def test_a_bad_row_is_skipped_only_where_ids_keep_the_order(tmp_path: Path) -> None:
    good, bad = {"id": 1, "output": "a"}, '{"id": 2'
    reference = {"id": 1, "reference": "r"}
    system = read_texts(lines(tmp_path / "s.jsonl", good, bad))
    references = read_texts(lines(tmp_path / "r.jsonl", reference), what="reference")
    assert align([system], [references])[1] == [("r",)]
    assert system.problems[0].startswith(f"{tmp_path / 's.jsonl'}:2:")
    nameless = read_texts(lines(tmp_path / "n.jsonl", {"output": "a"}, bad))
    with pytest.raises(InputError, match="cannot be skipped"):
        align([nameless], [references])


def test_files_that_do_not_fit_are_told(tmp_path: Path) -> None:
    one = read_texts(lines(tmp_path / "a.txt", "x"))
    two = read_texts(lines(tmp_path / "b.txt", "x", "y"))
    with pytest.raises(InputError, match="a 1, b 2"):
        align([one], [two])
    system = read_texts(lines(tmp_path / "s.jsonl", {"id": 1, "output": "a"}))
    reference = read_texts(lines(tmp_path / "r.jsonl", {"id": 3, "reference": "r"}), what="reference")
    with pytest.raises(InputError, match="lacks 1 of 1 ids, '3' first"):
        align([system], [reference])
    with pytest.raises(InputError, match="--column"):
        read_texts(lines(tmp_path / "x.jsonl", {"id": 1, "x": "a"}))
    with pytest.raises(InputError, match="no such file"):
        read_texts(str(tmp_path / "none.txt"))
    with pytest.raises(InputError, match="empty"):
        read_texts(lines(tmp_path / "e.txt"))
