"""Scores in the page: the evaluator's own figures, shown as they are."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import SEEDS, as_scores
from summarize_eval.board import board
from summarize_eval.data.dataset import open_dataset
from summarize_eval.endpoints import evaluate_summarizers, score_summary
from summarize_eval.evaluate import evaluate
from summarize_eval.results import Settings, System
from summarize_eval.rouge.rouge import Rouge
from summarize_eval.run import run as run_all
from summarize_eval.side_by_side import reference_of, rows_of, score, show_board, show_scores

from summarize import Brief, parse, summarize
from summarize.errors import InputError, OptionError
from summarize.web.jobs import runs
from summarize.web.jobs.dispatcher import close_dispatcher, open_dispatcher
from summarize.web.jobs.lanes import StoppedError

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


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[None]:
    open_dispatcher()
    yield
    close_dispatcher()


def play(*values: Any, stop_at: int = 0, **named: Any) -> list[tuple[str, Any]]:
    """Return all states of a board; it is stopped after one of them."""

    async def states() -> list[tuple[str, Any]]:
        found = []
        async with runs.begin() as run:
            async for state in board(run, *values, **named):
                found.append(state)
                if len(found) == stop_at:
                    run.stop()
        return found

    return asyncio.run(states())


def test_a_board_of_the_seeds() -> None:
    states = play("seeds", ["lead", "textrank"], "wysk")
    assert [bool(found) for _, found in states] == [False, False, False, True]
    assert "textrank: has written about 1 of 1 documents (2 of 2 summarizers)" in states[2][0]
    html = states[-1][1]
    assert 'download="report.html"' in html and "too few" in html
    assert "±" not in html  # one of the seeds has a box: no interval can be told from one document
    assert "flags/100" in html and "s/doc" in html
    assert "${" not in html and "{{" not in html


def test_a_board_s_figures_are_those_of_a_run() -> None:
    record = play("seeds", ["lead"], "wysk", as_record=True)[-1][1]
    examples = open_dataset("seeds").take()
    [system] = run_all(["lead"], examples, "wysk", quiet=True)
    expected = evaluate("seeds", [system], [example.references for example in examples])
    shown = record["systems"][0]["scores"]["rouge1"]["fmeasure"]
    assert shown == pytest.approx(expected.results[0].means[0, 2])


def test_a_board_that_is_stopped_shows_what_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    rows = [{"text": f"{SEEDS[0]} Day {n}.", "summary": "It rained."} for n in range(20)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    # After "reading", three pieces of lead and one of textrank.
    *_, (state, html) = play(str(path), ["lead", "textrank"], stop_at=5, upload=True)
    assert state == "Stopped. Here is what lead had finished."
    assert "20 documents" in html and "textrank" not in html and 'download="report.html"' in html
    # In the first summarizer already: what it has written about.
    *_, (state, html) = play(str(path), ["lead", "textrank"], stop_at=3, upload=True)
    assert "16 documents" in html
    with pytest.raises(StoppedError):
        play(str(path), ["lead"], stop_at=1, upload=True)


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
        play(name, ["lead"])


def test_options_do_not_ride_on_a_name() -> None:
    with pytest.raises(OptionError, match="no summarizer"):
        play("seeds", ["chat:base_url='http://127.0.0.1:1'"])


@pytest.mark.slow
def test_endpoints() -> None:
    scores = asyncio.run(score_summary("The cat sat.", "The cat sat down."))
    assert scores["rouge1"]["recall"] == 0.75
    found = asyncio.run(evaluate_summarizers("seeds", ["lead"], "wysk", 5))
    assert json.dumps(found) and "lead" in json.dumps(found)


@pytest.mark.parametrize(("documents", "charts"), [(1, False), (5, True)])
def test_a_board_has_the_best_first_and_charts_where_documents_suffice(documents: int, charts: bool) -> None:
    texts = {"poor": "It snowed.", "good": "It rained in Leeds on Monday.", "fair": "It rained."}
    systems = [System(name, [text] * documents) for name, text in texts.items()]
    references = [("It rained in Leeds on Monday.",)] * documents
    html = show_board(evaluate("rain", systems, references, settings=Settings(samples=20)))
    assert re.findall(r'<th scope="row">(\w+)</th>', html) == ["good", "fair", "poor"]
    assert ("<svg" in html) is charts and ("too few" in html) is not charts
    assert f"rain: {documents} document{'s' if documents > 1 else ''}</h2>" in html
