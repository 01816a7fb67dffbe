"""Scores in the page: the evaluator's own figures, shown as they are."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from corpus import SEEDS, as_scores
from summarize_eval.endpoints import evaluate_summarizers, score_summary
from summarize_eval.rouge.rouge import Rouge
from summarize_eval.side_by_side import (
    board,
    reference_of,
    rows_of,
    score,
    show_board,
    show_scores,
)

from summarize import Brief, parse, summarize
from summarize.errors import InputError, OptionError

DOCUMENT = parse(SEEDS[1])


def briefs() -> list[Brief]:
    return [summarize(DOCUMENT, name) for name in ("textrank", "lead")]


def test_scores_are_those_of_the_metric() -> None:
    reference = reference_of(DOCUMENT, "")
    assert reference.startswith("President Trump is ramping up")
    scores = as_scores(score(briefs(), reference))
    for brief in briefs():
        expected = Rouge().score("\n".join(line.text for line in brief.wysk), reference)
        assert scores[brief.summarizer] == {name: found.fmeasure for name, found in expected.items()}


def test_a_pasted_reference_goes_before_the_article_s() -> None:
    assert reference_of(DOCUMENT, " Rain. ") == "Rain."


def test_the_table_shows_the_figures_and_the_winner() -> None:
    found = score(briefs(), reference_of(DOCUMENT, ""), "bullets")
    html = show_scores(found)
    shown = [float(value) for value in re.findall(r'data-f="([^"]+)"', html)]
    assert shown == [value for scores in as_scores(found).values() for value in scores.values()]
    assert html.count('class="winner"') >= 4 and "<svg" in html and "<mark>Trump</mark>" in html


def test_a_reference_of_markup_is_text() -> None:
    html = show_scores(score(briefs(), "<script>alert(1)</script> Trump ${x}"))
    assert "<script" not in html and "${" not in html


def test_without_a_reference_or_with_another_style() -> None:
    with pytest.raises(InputError, match="no reference"):
        score(briefs(), " ")
    with pytest.raises(OptionError, match="no style"):
        score(briefs(), "x", "poem")


def test_rows_of_an_upload(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        json.dumps({"id": "a", "text": "It rained."}) + "\n{broken\n" + json.dumps({"text": ""}) + "\n"
    )
    found = list(rows_of(str(path)))
    assert (found[0].id, found[0].text) == ("a", "It rained.")
    assert [bool(row.error) for row in found] == [False, True, True]
    table = tmp_path / "rows.csv"
    table.write_text("x,y\n1,2\n")
    with pytest.raises(InputError, match=r"^rows\.csv: has no column that looks like an article"):
        list(rows_of(str(table)))


@pytest.mark.parametrize("name", ["rows.json", "rows.json.gz", "rows.csv.gz", "rows.parquet"])
def test_an_upload_may_be_packed_or_a_table(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    rows = [{"ID": "a", "Body": "<p>It rained.</p>"}, {"ID": "b", "Body": "It snowed."}]
    if name.endswith(".parquet"):
        pa, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(pa.Table.from_pylist(rows), path)
    else:
        text = json.dumps(rows) if ".json" in name else "ID;Body\na;<p>It rained.</p>\nb;It snowed.\n"
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    assert [(row.id, row.text) for row in rows_of(str(path))] == [("a", "It rained."), ("b", "It snowed.")]
    (tmp_path / "one.txt").write_text("It rained.")
    with pytest.raises(InputError, match="a single text, not a table"):
        list(rows_of(str(tmp_path / "one.txt")))


def test_a_board_of_the_seeds() -> None:
    states = list(board("seeds", ["lead", "textrank"], "wysk"))
    assert [found is None for _, found in states] == [True, True, True, False]
    evaluation = states[-1][1]
    assert evaluation is not None
    html = show_board(evaluation)
    assert 'download="report.html"' in html and "Quality against speed" in html
    assert "±" not in html  # one of the seeds has a box: no interval can be told from one document
    assert "flags/100" in html and "s/doc" in html
    assert "${" not in html and "{{" not in html


@pytest.mark.parametrize(
    "name", ["/etc", "../shared", "seeds/../..", "tests/data", "", "hub:x", "a/b/c", "eval/data"]
)
def test_no_path_of_the_server_is_a_data_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus import ROOT

    monkeypatch.chdir(ROOT)
    (ROOT / "tests").is_dir()
    if name == "tests/data":
        name = "summarize/data"
    with pytest.raises(OptionError, match="no data set is called"):
        list(board(name, ["lead"]))


def test_options_do_not_ride_on_a_name() -> None:
    with pytest.raises(OptionError, match="no summarizer"):
        list(board("seeds", ["chat:base_url='http://127.0.0.1:1'"]))


def test_endpoints() -> None:
    assert score_summary("The cat sat.", "The cat sat down.")["rouge1"]["recall"] == 0.75
    found = evaluate_summarizers("seeds", ["lead"], "wysk", 5)
    assert json.dumps(found) and "lead" in json.dumps(found)
