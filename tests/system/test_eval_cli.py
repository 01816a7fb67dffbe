"""The command: every example of its help on small data, and errors a user can fix."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from summarize_eval.cli import main

from summarize.version import __version__

STORY = "Rain fell in {0} on Monday. The river rose by two metres. Nobody was hurt in {0}. Schools stay shut."


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def dataset(tmp_path: Path) -> str:
    path = tmp_path / "data.jsonl"
    rows = [
        {"id": town, "article": STORY.format(town), "highlights": f"Rain fell in {town} .\nRiver rose ."}
        for town in "ABCD"
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    return str(path)


def test_score_jsonl_by_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs, references = tmp_path / "outputs.jsonl", tmp_path / "refs.jsonl"
    outputs.write_text('{"id": 2, "prediction": "b c"}\n{"id": 1, "prediction": "a"}\n')
    rows = [{"id": 1, "reference": "a", "article": "a b"}, {"id": 2, "reference": "b d", "article": "x c"}]
    references.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert main(["score", str(outputs), "--references", str(references), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["rouge1"] for row in found["systems"][0]["documents"]] == [1.0, 0.5]
    assert found["systems"][0]["statistics"]["coverage"] == 0.75, "the references' file has the articles"


def test_score_two_text_files_paired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (
        ("a", "x\ny\n"),
        ("b", "One two. Six.\nThree four.\n"),
        ("ref", "One two. Six.\nThree four.\n"),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
    files = [str(tmp_path / f"{name}.txt") for name in "ab"]
    assert (
        main(["score", *files, "--references", str(tmp_path / "ref.txt"), "--paired-bs", "--rouge", "perl"])
        == 0
    )
    out = capsys.readouterr().out
    assert "100.00 ±0.00*" in out
    assert "differs from a" in out
    assert "tokenizer:perl|stemmer:wordnet-2.0+porter" in out
    assert "test:paired-bs" in out
    assert "no line breaks in the references, b;" in out


def test_run_with_a_report_and_outputs(
    dataset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, outputs = tmp_path / "report.html", tmp_path / "out.jsonl"
    arguments = [
        "run",
        "--dataset",
        dataset,
        "--summarizers",
        "lead,textrank",
        "--limit",
        "3",
        "--bullets",
        "2",
    ]
    assert main([*arguments, "--report", str(page), "--outputs", str(outputs), "--format", "markdown"]) == 0
    captured = capsys.readouterr()
    assert "| lead |" in captured.out
    assert "lead: 3/3 documents" in captured.err
    assert page.read_text().startswith("<!doctype html>")
    assert [json.loads(line)["id"] for line in outputs.read_text().splitlines()] == ["A", "B", "C"]
    assert not list((tmp_path / "cache").rglob("*.jsonl")), "a complete run leaves no journal"
    again = ["score", str(outputs), "--references", dataset, "--column", "lead", "--limit", "3"]
    with pytest.raises(SystemExit):
        main(again)  # score has no --limit


def test_run_says_how_many_lines_were_skipped(dataset: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--dataset", dataset, "--quiet", "--bootstrap", "0"]) == 0
    captured = capsys.readouterr()
    assert f"1 rows were skipped; first: {dataset}:5: is no JSON" in captured.out
    assert captured.err == ""


def test_run_the_seeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--dataset", "seeds", "--quiet", "--summarizers", "lead"]) == 0
    assert "seeds (wysk): 1 documents" in capsys.readouterr().out


def test_benchmark_lists_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["benchmark", "--list"]) == 0
    assert "rouge-score" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["score", "none.txt", "--references", "none.txt"], 1, "none.txt: there is no such file"),
        (["run", "--dataset", "none.jsonl"], 1, "none.jsonl: there is no such file"),
        (["benchmark"], 2, "name the folder of the sets with --data"),
        (["benchmark", "--data", "none"], 1, "--data"),
        (["benchmark", "--data", ".", "--parts", "speeed"], 2, "no part is called 'speeed'"),
        (["run", "--dataset", "seeds", "--summarizers", "textrnk"], 2, "did you mean textrank"),
        (
            ["run", "--dataset", "seeds", "--types", "rouge7,rougeX", "--quiet"],
            2,
            "no ROUGE type is called 'rougeX'",
        ),
        (["run", "--dataset", "seeds", "--quiet", "--report", "no/such/folder.html"], 1, "cannot be written"),
    ],
)
def test_errors_say_what_to_do(
    arguments: list[str], status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == status
    captured = capsys.readouterr()
    assert captured.err.startswith("summarize-eval: error: ")
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    "wrong", [["--bootstrap", "-1"], ["--confidence", "2"], ["--limit", "0"], ["--paired-bs", "--paired-ar"]]
)
def test_wrong_usage_exits_2(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["run", "--dataset", "seeds", *wrong])
    assert stopped.value.code == 2


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"summarize-eval {__version__}\n"


@pytest.mark.parametrize("command", ["", "score", "run", "benchmark", "meta", "trust", "completion"])
def test_help_fits_sixty_columns(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_an_option_for_every_summarizer(dataset: str, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", "--dataset", dataset, "--quiet", "--format", "json", "--bootstrap", "0", "--summarizers"]
    assert main([*run, "textrank", "-O", "plain=true"]) == 0
    given = json.loads(capsys.readouterr().out)["systems"][0]
    assert main([*run, "textrank:plain=True"]) == 0
    named = json.loads(capsys.readouterr().out)["systems"][0]
    assert given["name"] == "textrank:plain=true"
    assert "|plain:True" in given["signature"]
    assert given["signature"] == named["signature"]


def test_help_imports_nothing_heavy() -> None:
    heavy = ("datasets", "sumy", "nltk", "torch", "rouge_score")
    code = f"""
import sys
from summarize_eval.cli import main
try:
    main(["--help"])
except SystemExit:
    print([name for name in {heavy} if name in sys.modules])
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout.endswith("[]\n")
