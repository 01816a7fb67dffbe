"""Rows as people have them: any spelling of a column, any table program, every kind of damage."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.errors import DamagedInputError, InputError, MissingDependencyError
from summarize.reading import storage
from summarize.reading.columns import Columns
from summarize.reading.inputs import Inputs, open_inputs
from summarize.reading.lines import UNKNOWN, Dialect
from summarize.reading.rows import Article, Row, article_of

FLOOD = (
    "The river Aire rose by two metres on Monday, and the council closed the bridge at Kirkstall. "
    "Nobody was hurt; 40 families left their homes.\n\n“We were lucky,” said Zoë Müller, who leads the fire "
    'service. "It could have been worse."'
)
STRIKE = (
    "Drivers, guards and cleaners walked out on Friday. The union wants 4,5 % more; talks go on on Sunday."
)
TITLES = ("Bridge closed as river rises; 40 families leave", "Trains stand still, union says")
USUAL = Columns()
ARTICLES = [
    {"id": "a1", "title": TITLES[0], "article": FLOOD, "url": "https://example.org/1,2;3"},
    {"id": "a2", "title": TITLES[1], "article": STRIKE, "url": "https://example.org/4"},
]


def table(rows: Sequence[dict[str, str]] = ARTICLES, delimiter: str = ",", **how: Any) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, **how)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def rows_of(path: Path, asked: Columns | None = USUAL, dialect: Dialect = UNKNOWN) -> list[Row]:
    [source] = open_inputs([str(path)], dialect=dialect)
    return list(source.rows(asked))


def articles(path: Path, **asked: Any) -> list[Article]:
    return [article_of(row, Columns(**asked)) for row in rows_of(path, Columns(**asked))]


def texts(path: Path, dialect: Dialect = UNKNOWN) -> list[str]:
    return [article_of(row, Columns()).text for row in rows_of(path, dialect=dialect)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_table_of_any_program_is_recognised(
    tmp_path: Path, delimiter: str, encoding: str, quoting: int
) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes(table(delimiter=delimiter, quoting=quoting).encode(encoding))
    found = articles(path)
    assert [(a.id, a.title, a.text) for a in found] == [
        ("a1", TITLES[0], FLOOD),
        ("a2", TITLES[1], STRIKE),
    ]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_may_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    rows = [{"id": "1", "text": STRIKE}, {"id": "2", "text": "Zoë said: “no”."}]
    (tmp_path / "a.csv").write_bytes(table(rows, lineterminator=end).encode())
    assert texts(tmp_path / "a.csv") == [STRIKE, "Zoë said: “no”."]


def test_excel_s_own_first_line_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "news.csv").write_text("sep=;\n" + table(delimiter=";"), encoding="utf-8-sig")
    assert texts(tmp_path / "news.csv") == [FLOOD, STRIKE]


def test_what_is_not_recognised_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_bytes(table(ARTICLES * 15, delimiter="^").encode("cp1250"))
    with pytest.raises(InputError, match=r"none of the first 20 rows.*:2: has .* the header has 1"):
        rows_of(path)
    assert texts(path, Dialect("^", "cp1250")) == [FLOOD, STRIKE] * 15


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table([{"Text": FLOOD}, {"Text": STRIKE}]), encoding="utf-8")
    assert texts(tmp_path / "a.csv") == [FLOOD, STRIKE]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_json_lines_as_a_windows_shell_writes_them(tmp_path: Path, mark: str, encoding: str) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\r\n" for row in ARTICLES)
    (tmp_path / "a.jsonl").write_bytes((mark + lines).encode(encoding))
    assert texts(tmp_path / "a.jsonl") == [FLOOD, STRIKE]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("name", ["a.json", "a.json.gz", "a.jsonl"])
def test_a_json_array_and_a_server_s_answer(
    tmp_path: Path, indent: int | None, wrapped: bool, name: str
) -> None:
    document = {"status": "ok", "totalResults": 2, "articles": ARTICLES} if wrapped else ARTICLES
    data = json.dumps(document, indent=indent).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert texts(tmp_path / name) == [FLOOD, STRIKE]


def test_a_long_array_is_read_item_by_item(tmp_path: Path) -> None:
    long = [{"text": f"{number} {FLOOD * 40}"} for number in range(60)] + [7, {"text": STRIKE}]
    (tmp_path / "a.json").write_text(json.dumps(long, indent=1), encoding="utf-8")
    found = rows_of(tmp_path / "a.json")
    assert [row.line for row in found] == list(range(1, 63))
    assert found[59].values()["text"].startswith("59 ")
    assert found[60].error == "holds a JSON int, not an object"
    (tmp_path / "cut.json").write_text(json.dumps(long)[:200_000], encoding="utf-8")
    [source] = open_inputs([str(tmp_path / "cut.json")])
    got: list[Row] = []
    with pytest.raises(DamagedInputError, match="the array breaks off"):
        got.extend(source.rows())
    assert 10 < len(got) < 60


def test_one_object_over_several_lines_is_one_row(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(ARTICLES[0], indent=4))
    assert texts(tmp_path / "a.json") == [FLOOD]


@pytest.mark.parametrize(
    ("row", "text", "title", "id"),
    [
        ({"Article Body": FLOOD, "Headline": "H", "ID": 3}, "Article Body", "H", 3),
        ({"articleBody": FLOOD, "link": "u"}, "articleBody", None, "u"),
        ({"maintext": FLOOD, "title": " A\n title ", "url": "u"}, "maintext", "A title", "u"),
        ({"FULL_TEXT": FLOOD, "Title": None, "GUID": "g"}, "FULL_TEXT", None, "g"),
        ({"teaser": "Short.", "content": FLOOD}, "content", None, None),
        ({"text": "A teaser.", "content": FLOOD, "body": ""}, "content", None, None),
        ({"source": "BBC", "input": FLOOD}, "input", None, None),
        ({"html": f"<div><p>{STRIKE}</p></div>" * 9, "text": FLOOD}, "text", None, None),
    ],
)
def test_columns_are_found_in_any_spelling_and_the_longest_is_the_article(
    tmp_path: Path, row: dict[str, Any], text: str, title: str | None, id: object
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(row))
    [found] = articles(tmp_path / "a.jsonl")
    assert (found.columns.text, found.title) == (text, title)
    assert found.text == row[text]
    assert found.id == (f"{tmp_path / 'a.jsonl'}:1" if id is None else id)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Rain fell in Leeds on Monday.</p><p>The river rose &amp; fell.</p>",
        "Rain fell in Leeds on Monday.<br/><a href='https://example.org'>The river</a> rose &amp; fell.",
        "<html><head><title>Rain</title></head><body><article><p>Rain fell in Leeds on Monday."
        "</p><p>The river rose &amp; fell.</p></article></body></html>",
    ],
)
def test_markup_in_a_column_is_read_as_html(tmp_path: Path, html: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"content": html}))
    [found] = articles(tmp_path / "a.jsonl")
    assert found.text.split() == "Rain fell in Leeds on Monday. The river rose & fell.".split()
    (tmp_path / "b.jsonl").write_text(json.dumps({"content": "Five < 6 and 7 > 3, <3 said she."}))
    assert texts(tmp_path / "b.jsonl") == ["Five < 6 and 7 > 3, <3 said she."]


def test_a_file_without_an_article_is_told_at_once_and_what_would_fit(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table([{"n": str(n), "corpo": FLOOD} for n in range(2000)]))
    [source] = open_inputs([str(tmp_path / "a.csv")])
    with pytest.raises(InputError, match=r"a\.csv: has no column .* there are n, corpo; .*'corpo' would fit"):
        next(source.rows(Columns()))
    assert [a.text for a in articles(tmp_path / "a.csv", text="CORPO")][:1] == [FLOOD]


def test_the_columns_are_told_once_and_where_they_change(tmp_path: Path) -> None:
    for name, column in (("a.jsonl", "article"), ("b.jsonl", "article"), ("c.jsonl", "Body")):
        (tmp_path / name).write_text(f'{{"{column}": "Rain fell."}}\n' * 3)
    told: list[str] = []
    inputs = Inputs(open_inputs([str(tmp_path)]), Columns(), told.append)
    assert len(list(inputs.rows())) == 9
    assert told == [
        f'{tmp_path}/a.jsonl: the article from column "article"',
        f'{tmp_path}/c.jsonl: the article from column "Body"',
    ]


@pytest.mark.parametrize("place", [1, 500, 999])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_line(tmp_path: Path, place: int) -> None:
    lines = [f"{n},Rain fell in Leeds on day {n}.\n" for n in range(1, 1001)]
    lines[place] = f'{place + 1},"Rain fell in Leeds.\n'
    (tmp_path / "a.csv").write_text("id,text\n" + "".join(lines))
    found = rows_of(tmp_path / "a.csv")
    bad = [row for row in found if row.error]
    assert [row.line for row in bad] == [place + 2]
    assert "are no CSV" in bad[0].error
    assert len(found) == 1000


def test_a_quotation_mark_among_quoted_rows_costs_few_rows_and_all_are_told(tmp_path: Path) -> None:
    rows = table([{"id": str(n), "text": f"It rained, {n}."} for n in range(300)], quoting=csv.QUOTE_ALL)
    (tmp_path / "a.csv").write_text(rows.replace('"100"', '"100'))
    found = rows_of(tmp_path / "a.csv")
    good = {row.values()["id"] for row in found if not row.error}
    assert {str(n) for n in range(300)} - good <= {"100", "101"}
    assert sum(bool(row.error) for row in found) >= 1


def test_a_zstd_file_that_breaks_off_is_damaged_wherever_it_was_cut(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = "".join(json.dumps({"text": f"{FLOOD} {n}"}) + "\n" for n in range(3000)).encode()
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(lines)
    (tmp_path / "a.jsonl").write_bytes(packed)  # known by its bytes, whatever it is called
    assert len(rows_of(tmp_path / "a.jsonl")) == 3000
    for share in (0.02, 0.5, 0.99):
        (tmp_path / "cut.jsonl.zst").write_bytes(packed[: int(len(packed) * share)])
        with pytest.raises(DamagedInputError, match="breaks off here"):
            rows_of(tmp_path / "cut.jsonl.zst")
        *_, last = Inputs(open_inputs([str(tmp_path / "cut.jsonl.zst")])).rows()
        assert "breaks off" in last.error
    (tmp_path / "bad.jsonl.zst").write_bytes(packed[:60] + b"\xff" * 40 + packed[100:])
    with pytest.raises(DamagedInputError):
        rows_of(tmp_path / "bad.jsonl.zst")


class Failing(io.RawIOBase):
    """A disk that gives up after so many bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._data:
            raise OSError(5, "Input/output error")
        count = min(len(buffer), len(self._data))
        buffer[:count], self._data = self._data[:count], self._data[count:]
        return count


def test_a_disk_that_fails_is_no_end_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Rain fell."}\n' * 5000)
    monkeypatch.setattr(
        storage, "open_file", lambda name: io.BufferedReader(Failing(b'{"text": "R."}\n' * 54))
    )
    got: list[Row] = []
    with pytest.raises(InputError, match=r"a\.jsonl:55: could not be read any further.*Input/output"):
        got.extend(Inputs(open_inputs([str(path)])).rows())
    assert len(got) == 54


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow"])
def test_a_bad_cell_costs_its_row_and_none_in_a_column_that_is_not_read(tmp_path: Path, name: str) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    raw = [FLOOD.encode()] * 300
    raw[64] = b"Rain f\xffll."
    bad = _unchecked(pa, raw)
    good = pa.array([FLOOD] * 300)
    far = pa.array([10**9 if n == 7 else n for n in range(300)], pa.int32()).cast(pa.date32())
    columns = {"text": good, "note": bad, "day": far, "id": pa.array(range(300))}
    for columns_of, wrong in ((columns, 0), (columns | {"text": bad}, 1)):
        if name.endswith("parquet"):
            parquet.write_table(pa.table(columns_of), tmp_path / name, row_group_size=100)
        else:
            with pa.ipc.new_file(str(tmp_path / name), pa.table(columns_of).schema) as writer:
                writer.write_table(pa.table(columns_of))
        found = rows_of(tmp_path / name)
        assert len(found) == 300
        assert set(found[0].values()) == {"text", "id"}, "other columns are not read"
        assert [row.line for row in found if row.error] == [65] * wrong
    days = rows_of(tmp_path / name, Columns(text="id", also=("day",)))
    assert [row.values()["day"] is not None for row in days] == [True] * 300


def _unchecked(pa: Any, values: list[bytes]) -> Any:
    """A column of texts of which one is none, as a careless writer leaves it."""
    array = pa.array(values, pa.binary())
    return pa.Array.from_buffers(pa.string(), len(array), array.buffers())


def test_an_address_without_the_extra_gives_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for name in ("s3://bucket/news/*.jsonl.gz", "s3://bucket/a.jsonl"):
        with pytest.raises(MissingDependencyError, match=r"pip install 'summarize-toolkit\[batch\]'"):
            open_inputs([name])


SHAPES = st.sampled_from(
    [",", ";", '"', "\n", "\r\n", "[", "{", '{"text": "Rain."}', "}", "]", "\ufeff", "\0", "é", "<p>"]
)


@given(
    st.sampled_from(
        ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.csv.gz", "a.jsonl.zst", "a.parquet", "a.arrow"]
    ),
    st.one_of(
        st.binary(max_size=120), st.lists(SHAPES, max_size=30).map(lambda parts: "".join(parts).encode())
    ),
    st.sampled_from(["plain", "gzip", "utf-16"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_as_rows_or_as_one_error_that_is_told(name: str, data: bytes, how: str) -> None:
    if how == "utf-16":
        data = data.decode("utf-8", "replace").encode("utf-16")
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(gzip.compress(data) if how == "gzip" else data)
        try:
            for row in Inputs(open_inputs([str(path)])).rows():
                with contextlib.suppress(InputError):
                    article_of(row, USUAL)
        except (InputError, MissingDependencyError) as error:
            assert str(path) in str(error)


def test_a_set_with_a_loading_script_is_read_from_the_hub_s_own_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hub cannot be reached from a test: what it answers is what the library says of it."""
    datasets = pytest.importorskip("datasets")
    asked: list[tuple[Any, ...]] = []

    def load_dataset(name: str, config: str | None = None, **how: Any) -> list[dict[str, str]]:
        asked.append((name, config, how.get("data_dir"), how.get("revision")))
        if "revision" not in how:
            raise RuntimeError("Dataset scripts are no longer supported, but found xsum.py")
        return [{"document": FLOOD}]

    monkeypatch.setattr(datasets, "load_dataset", load_dataset)
    [source] = open_inputs(["hub:cnn_dailymail"])
    assert [article_of(row, USUAL).text for row in source.rows(USUAL)] == [FLOOD]
    assert asked == [
        ("abisee/cnn_dailymail", "3.0.0", None, None),
        ("abisee/cnn_dailymail", None, "3.0.0", "refs/convert/parquet"),
    ]


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl"])
def test_a_source_can_be_read_again(tmp_path: Path, name: str) -> None:
    if name == "a.parquet":
        pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.Table.from_pylist(ARTICLES), tmp_path / name)
    else:
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in ARTICLES))
    [source] = open_inputs([str(tmp_path / name)])
    first, second = (list(source.rows(USUAL)) for _ in range(2))
    assert [row.line for row in first] == [row.line for row in second] == [1, 2]
