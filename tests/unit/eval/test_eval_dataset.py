"""Datasets: columns by their usual names, bad lines told by file and line, every kind of file."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from summarize_eval.data.dataset import columns, open_dataset

from summarize.errors import InputError, OptionError

GOOD = {"id": "a", "article": "It rained.", "highlights": "Rain ."}


def write(path: Path, *lines: object) -> str:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("article", "highlights"),
        ("document", "summary"),
        ("text", "summary"),
        ("dialogue", "summary"),
        ("news_body", "news_title"),
        ("article", "headline"),
        ("text", "title"),
    ],
)
def test_columns_are_found_by_their_usual_names(tmp_path: Path, text: str, summary: str) -> None:
    name = write(tmp_path / "d.jsonl", {text: "Body.", summary: "Short."}, {text: "Two.", summary: "2."})
    examples = open_dataset(name).take()
    assert [(e.id, e.text, e.references) for e in examples] == [
        ("1", "Body.", ("Short.",)),
        ("2", "Two.", ("2.",)),
    ]


def test_columns_can_be_named_and_lists_are_several(tmp_path: Path) -> None:
    row = {"key": 7, "a": "Body.", "b": "No.", "c": ["One.", "Two."], "documents": ["x", "y"]}
    name = write(tmp_path / "d.jsonl", row)
    [example] = open_dataset(name, asked=columns("a", "c", "key")).take()
    assert (example.id, example.text, example.references) == ("7", "Body.", ("One.", "Two."))
    [example] = open_dataset(name, asked=columns(summary="b")).take()
    assert example.text == "x\n\ny"


def test_a_headline_is_preferred_when_one_is_wanted(tmp_path: Path) -> None:
    name = write(tmp_path / "d.jsonl", {**GOOD, "title": "Rain falls"})
    assert open_dataset(name, asked=columns(headline=True)).take()[0].references == ("Rain falls",)
    assert open_dataset(name).take()[0].references == ("Rain .",)


def test_bad_lines_are_told_counted_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    write(
        path,
        GOOD,
        '{"id": 1,',
        "[1]",
        "",
        {**GOOD, "article": 5},
        {**GOOD, "article": " "},
        {**GOOD, "highlights": ""},
    )
    with path.open("ab") as file:
        file.write(b'{"article": "\xff", "highlights": ""}\n' + json.dumps({**GOOD, "id": "z"}).encode())
    dataset = open_dataset(str(path))
    assert [example.id for example in dataset] == ["a", "a", "z"]
    assert [problem.split(": ")[0] for problem in dataset.problems] == [
        f"{path}:{n}" for n in (2, 3, 5, 6, 8)
    ]
    assert dataset.empty_references == 1


def test_line_separators_inside_a_text_end_no_line(tmp_path: Path) -> None:
    name = write(
        tmp_path / "d.jsonl", json.dumps({"article": "a\u2028b\x85c", "summary": "s"}, ensure_ascii=False)
    )
    assert open_dataset(name).take()[0].text == "a\u2028b\x85c"


def test_csv_with_quotes_newlines_a_bom_and_bad_rows(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    long = "w " * 100_000
    body = f'id,article,summary\na,"It ""rained"".\nA lot.",Rain\nb,only two\nc,"{long}",Long\n'
    path.write_bytes(b"\xef\xbb\xbf" + body.encode())
    dataset = open_dataset(str(path))
    examples = dataset.take()
    assert [example.id for example in examples] == ["a", "c"]
    assert examples[0].text == 'It "rained".\nA lot.'
    assert dataset.problems == [f"{path}:4: has 2 fields, and the header has 3"]


def test_gzip_and_tsv(tmp_path: Path) -> None:
    path = tmp_path / "d.tsv.gz"
    path.write_bytes(gzip.compress(b"text\tsummary\nBody.\tShort.\n"))
    assert open_dataset(str(path)).take()[0].references == ("Short.",)
    path.write_bytes(gzip.compress(b"text\tsummary\n" * 50)[:-9])
    with pytest.raises(InputError, match="breaks off here"):
        open_dataset(str(path)).take()


def test_parquet_streams_through_datasets(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    path = tmp_path / "d.parquet"
    datasets.Dataset.from_list([GOOD, {**GOOD, "id": "b"}]).to_parquet(str(path))
    assert [example.id for example in open_dataset(str(path)).take()] == ["a", "b"]
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(InputError, match="Parquet"):
        open_dataset(str(path)).take()


@pytest.mark.slow
def test_a_hub_dataset_on_disk_has_splits(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    folder = tmp_path / "set"
    (folder / "data").mkdir(parents=True)
    for split in ("train", "test"):
        rows = [{**GOOD, "id": f"{split}{n}"} for n in range(3)]
        datasets.Dataset.from_list(rows).to_parquet(str(folder / "data" / f"{split}-00000-of-00001.parquet"))
    assert [example.id for example in open_dataset(str(folder), "test").take(2)] == ["test0", "test1"]
    with pytest.raises(OptionError, match="train"):
        open_dataset(str(folder), "validation").take()


def test_a_folder_of_articles_is_compared_with_its_own_boxes(tmp_path: Path) -> None:
    seeds = open_dataset("seeds")
    [example] = seeds.take()
    assert example.id.startswith("004")
    assert len(example.references[0].splitlines()) >= 1
    assert len(seeds.problems) == 1
    assert "What you should know" in seeds.problems[0]
    with pytest.raises(InputError, match=r"no \.txt"):
        open_dataset(str(tmp_path)).take()


@pytest.mark.parametrize(
    ("row", "named", "said"),
    [
        ({"x": "a", "summary": "b"}, None, "--text-column"),
        ({"article": "a", "x": "b"}, None, "--summary-column"),
        (GOOD, {"text": "body"}, "no column is called 'body'; there are id, article, highlights"),
    ],
)
def test_unknown_columns_are_told_with_those_there_are(
    tmp_path: Path, row: dict[str, str], named: dict[str, str] | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        open_dataset(write(tmp_path / "d.jsonl", row), asked=columns(**(named or {}))).take()


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        open_dataset(str(tmp_path / "none.jsonl"))
    with pytest.raises(InputError, match=r"no example.*first of 1 problems: .*:1: is no JSON"):
        open_dataset(write(tmp_path / "d.jsonl", "{")).take()
    (tmp_path / "d.doc").write_text("x")
    with pytest.raises(InputError, match=r"name it \.jsonl"):
        open_dataset(str(tmp_path / "d.doc")).take()


def cached_set(home: Path) -> None:
    """Write a data set as the library keeps one that it has once had of the hub."""
    import pyarrow as pa

    folder = home / "datasets" / "owner___name" / "default" / "0.0.0" / "0"
    folder.mkdir(parents=True)
    table = pa.table({key: [text] for key, text in GOOD.items()})
    with pa.ipc.new_stream(str(folder / "name-test.arrow"), table.schema) as stream:
        stream.write_table(table)
    features = {key: {"dtype": "string", "_type": "Value"} for key in GOOD}
    info = {"features": features, "builder_name": "name", "dataset_name": "name", "config_name": "default"}
    info |= {"splits": {"test": {"name": "test", "num_examples": 1}}, "version": {"version_str": "0.0.0"}}
    (folder / "dataset_info.json").write_text(json.dumps(info))


@pytest.mark.slow
def test_a_hub_that_cannot_be_reached_is_told_and_what_it_gave_before_is_read(tmp_path: Path) -> None:
    pytest.importorskip("datasets")
    cached_set(tmp_path)
    code = (
        "from summarize_eval.data.dataset import open_dataset; "
        "print(open_dataset('owner/name').take(1)); open_dataset('cnn_dailymail').take(1)"
    )
    root = Path(__file__).resolve().parents[3]
    away = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path), "PYTHONPATH": str(root)}
    known = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=known | away, check=False
    )
    assert repr(GOOD["article"]) in done.stdout
    assert "hub:cnn_dailymail: there is no such file or folder here, and the hub cannot be" in done.stderr
    assert "asked http://127.0.0.1:9: " in done.stderr and "Retry" not in done.stderr
