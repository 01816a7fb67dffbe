"""The benchmark: the oracle and the peers do what they say, measuring works, and every part runs."""

import gzip
import itertools
import json
import resource
import time
from pathlib import Path

import pytest
from summarize_eval.benchmarks.measure import alternate, machine, peak_memory, run_child, writer
from summarize_eval.benchmarks.oracle import lead, oracle
from summarize_eval.benchmarks.parts import PARTS, Bench, Table, run_parts, show
from summarize_eval.benchmarks.peers import PEERS
from summarize_eval.rouge.rouge import Rouge

from summarize.errors import InputError, OptionError, SummarizeError

THINGS = itertools.product(("cat", "dog", "owl"), ("Leeds", "York"), ("roof", "bridge"))
SENTENCES = [
    f"The {animal} of {town} sat on the {place} for {days} days."
    for days, (animal, town, place) in enumerate(THINGS, 2)
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Small sets under the names of the real ones."""

    def write(name: str, rows: list[dict[str, object]]) -> None:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    article = "(CNN)" + " ".join(SENTENCES[:5])
    write(
        "cnndm_validation",
        [{"id": str(n), "article": article, "highlights": "A cat sat .\nIn York ."} for n in range(3)],
    )
    write("cnndm_train", [{"id": "1", "article": article, "highlights": "A cat sat ."}])
    headlines = [{"id": str(n), "article": article, "headline": "Cat sits on roof"} for n in range(4)]
    write("wikinews", headlines)
    write("bbc_headlines", [{"id": "1", "article": article, "headline": "Cat sits on roof"}])
    french = (
        "La rivière Aire est montée de deux mètres lundi. Les écoles de la ville restent fermées jeudi. " * 2
    )
    write(
        "orangesum_fr_summary",
        [{"id": str(n), "article": french, "summary": "L'Aire monte."} for n in range(3)],
    )
    write(
        "orangesum_fr_headline",
        [{"id": str(n), "article": french, "headline": "L'Aire monte"} for n in range(3)],
    )
    write("xsum_train", [{"id": "1", "document": article, "summary": "A cat sat on a roof in York."}])
    write("agnews_headlines", headlines[:1])
    stories = [
        {"documents": [article, f"{article} {town} slept."], "summary": "A cat sat."}
        for town in ("Hull", "Bath")
    ]
    write("multi_news", stories)
    told = "Sông dâng hai mét hôm thứ Hai. Trường học trong thành phố đóng cửa đến thứ Năm."
    write(
        "vietnamese_mds",
        [{"documents": [told, f"{told} Hết."], "summaries": ["Sông dâng.", "Đóng cửa."]}] * 2,
    )
    row: dict[str, object] = dict.fromkeys(
        ("reference", "lead", "ptgen", "tconvs2s", "ext_oracle"), "a cat sat ."
    )
    write("xsum_published_outputs", [{"id": "1", **row}])
    return tmp_path


def test_the_oracle_is_greedy_and_knows_the_reference() -> None:
    article = ["A b c.", "Nothing here.", "D e f.", "A b."]
    texts = oracle([article, ["X y."], []], [("d e f\na b c",), ("q",), ("a",)], count=3)
    assert texts == ["A b c.\nD e f.", "", ""]
    assert lead(article, 2) == "A b c.\nNothing here."
    rouge = Rouge(["rouge1", "rouge2"])

    def value(chosen: tuple[int, ...]) -> float:
        text = "\n".join(article[n] for n in chosen)
        return sum(score.fmeasure for score in rouge.score(text, "d e f\na b c").values())

    every = [chosen for count in (1, 2, 3) for chosen in itertools.combinations(range(4), count)]
    assert value((0, 2)) == max(map(value, every))


@pytest.mark.parametrize("peer", PEERS.values(), ids=list(PEERS))
def test_peers_choose_sentences_of_the_article(peer) -> None:  # type: ignore[no-untyped-def]
    if not peer.installed:
        pytest.skip(f"{peer.module} is not installed")
    chosen = peer.summarize(SENTENCES, 3)
    assert len(chosen) == 3
    assert set(chosen) <= set(SENTENCES)


def test_turns_and_medians() -> None:
    order: list[str] = []
    taken = alternate({"a": lambda: order.append("a") or time.sleep(0.01), "b": lambda: order.append("b")}, 3)  # type: ignore[func-returns-value]
    assert order == ["a", "b"] * 3
    assert taken["a"] >= 0.01 > taken["b"]


def test_a_child_writes_the_same_and_its_memory_is_its_own() -> None:
    hold = bytearray(300 << 20)
    hold[::4096] = b"x" * len(hold[::4096])
    text = " ".join(SENTENCES)
    found = run_child("lead", [text, "", text])
    assert found.texts == [writer("lead")(text), "", writer("lead")(text)]
    assert len(found.seconds) == 2
    assert found.start > max(found.seconds)
    assert 10 << 20 < found.memory < 250 << 20 < peak_memory()
    assert peak_memory() <= 1.1 * 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(SummarizeError, match="no summarizer is called 'nobody'"):
        run_child("nobody", [text])
    assert "Python 3" in machine()


def test_every_part_runs_on_small_sets(data: Path) -> None:
    pytest.importorskip("sumy")
    pytest.importorskip("rouge_score")
    names = [
        part.name for part in PARTS if part.name not in ("systems", "speed", "start", "abstractive")
    ]  # these take their time, or need torch
    tables = {table.title.split(":")[0]: table for table in run_parts(names, Bench(data, quick=True))}
    quality = {row[0]: row for row in tables["Extractive quality, three bullets"].rows}
    first = {name: float(row[1].split()[0]) for name, row in quality.items()}
    assert next(iter(first)) == "lead-3"
    assert first["oracle"] >= first["lead-3"] > 0
    assert any(title.startswith("Stories") for title in tables)
    rouge = tables["ROUGE against rouge-score"].rows
    assert [row[-2] for row in rouge] == ["0e+00", "0e+00"]
    whole = tables["A whole evaluation"].rows
    assert [row[0] for row in whole] == ["one system", "two systems, paired bootstrap"]
    assert float(tables["A book, whole process"].rows[0][2]) < 1


def test_engines_are_measured_in_turns_beside_transformers(tmp_path: Path) -> None:
    for name in ("torch", "transformers", "ctranslate2"):
        pytest.importorskip(name, exc_type=ImportError)
    table, *_ = run_parts(["abstractive"], Bench(tmp_path, quick=True))
    rows = [dict(zip(table.header, row, strict=True)) for row in table.rows]
    assert [(row["engine"], row["documents"]) for row in rows] == [
        (engine, size) for size in "12" for engine in ("transformers float32", "ours, ctranslate2 int8")
    ]
    for theirs, ours in zip(rows[::2], rows[1::2], strict=True):
        assert theirs["times faster"] == "1.0"
        ratio = float(theirs["seconds"]) / float(ours["seconds"])
        # Seconds are printed to a thousandth and the ratio to a tenth, which small models make much of.
        assert float(ours["times faster"]) == pytest.approx(ratio, rel=0.02, abs=0.06)
        rate = int(ours["documents"]) / float(ours["seconds"])
        assert float(ours["documents/s"]) == pytest.approx(rate, rel=0.02)


def test_systems_run_on_a_dataset_of_the_user(tmp_path: Path) -> None:
    pytest.importorskip("sumy")
    dataset = tmp_path / "mine.jsonl"
    rows = [
        json.dumps({"article": f"{' '.join(SENTENCES)} Number {n}.", "summary": "A cat."}) for n in range(3)
    ]
    dataset.write_text("\n".join(rows))
    bench = Bench(tmp_path, dataset=str(dataset), limit=2, summarizers="lead,nobody")
    systems, ratios = run_parts(["systems"], bench)
    assert systems.title == f"Systems on 2 articles of {dataset}"
    names = [row[0] for row in systems.rows]
    assert names[0] == "lead"
    assert {"textrank", "sumy-textrank"} <= set(names)
    assert "nobody" not in names
    assert any("nobody did not run" in note for note in systems.notes)
    assert ratios.rows[0][0] == "textrank : sumy-textrank"


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no cnndm_validation"):
        run_parts(["quality"], Bench(tmp_path))
    with pytest.raises(OptionError, match="no part is called 'nothing'"):
        run_parts(["nothing"], Bench(tmp_path))


def test_tables_are_shown_in_every_format() -> None:
    tables = [Table("T", ["what", "s"], [["ours", "1"], ["theirs", "2"]], ("a note",))]
    assert "ours    1" in show(tables)
    assert "| ours | 1 |" in show(tables, "markdown")
    assert json.loads(show(tables, "json"))["tables"][0]["rows"] == [["ours", "1"], ["theirs", "2"]]
