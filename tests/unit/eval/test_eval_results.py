"""Results as JSON: every command's file holds to the schema that ships, and further metrics stand beside ROUGE."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from summarize_eval.cli import main
from summarize_eval.evaluate import evaluate
from summarize_eval.metrics.base import Metric, Sample
from summarize_eval.metrics.registry import load_metric
from summarize_eval.reports.html import page
from summarize_eval.reports.record import record, schema
from summarize_eval.reports.tables import render, table
from summarize_eval.results import Settings, System
from summarize_eval.run import written_elsewhere

from summarize.errors import OptionError

ARTICLE = (
    "The ferry sank off Pellworth on Tuesday. All 84 passengers were rescued. He may resign, police said."
)
ROWS = [
    {
        "id": str(n),
        "article": ARTICLE,
        "highlights": "The ferry sank .\nAll were rescued .",
        "prediction": text,
    }
    for n, text in enumerate(["The ferry sank off Pellworth.", "He resigned", "", "All 84 passengers sang."])
]


class Length(Metric):
    """A metric of another package: one class."""

    name = "length"
    signature = "length|unit:words"

    def score(self, samples: Any) -> dict[str, np.ndarray]:
        return {"length": np.array([float(len(sample.summary.split())) for sample in samples])}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS) + "{broken\n")
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        "score {0} --references {0} --reference-column highlights",
        "score {0} {0} --references {0} --reference-column highlights --sources {0} --paired-bs --equal-length"
        " --metrics chrf,editing:kinds=all,statistics",
        "score {0} --references {0} --reference-column highlights --types rouge9 --bootstrap 0",
        "run --dataset {0} --summarizers lead,textrank --paired-ar --metrics bleu,support",
        "run --dataset {0} --summarizers lead --limit 1 --style headline",
    ],
)
def test_every_result_holds_to_the_schema(
    command: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    arguments = [part.format(data) for part in command.split()]
    assert main([*arguments, "--format", "json", *["--quiet"] * (arguments[0] == "run")]) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema())
    found["systems"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.validate(found, schema())


def test_the_agreement_of_metrics_holds_to_its_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"a": "The ferry sank.", "b": "A ferry.", "c": "Fish."}
    rows = [
        {
            "id": 1,
            "article": ARTICLE,
            "references": ["The ferry sank."],
            "system": name,
            "summary": text,
            "x": n,
        }
        for n, (name, text) in enumerate(texts.items())
    ]
    path = tmp_path / "marks.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    asked = ["--marks", "x", "--metrics", "rouge,editing", "--bootstrap", "20", "--format", "json"]
    assert main(["meta", "--data", str(path), *asked]) == 0
    shipped = json.loads((files("summarize_eval.metrics") / "agreement.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.validate(json.loads(capsys.readouterr().out), shipped)


def test_a_metric_stands_beside_rouge_with_interval_test_and_signature() -> None:
    systems = [System("short", ["a b", "c", "a"]), System("long", ["a b c", "c d e f", "a b"])]
    found = evaluate("x", systems, [("a b",)] * 3, settings=Settings(test="paired-bs"), metrics=[Length()])
    header, rows = table(found)
    column = header.index("length")
    assert rows[0][column].startswith("1.333 ±") and rows[1][column].startswith("3.000 ±")
    text = render(found)
    assert "length|unit:words" in page(found)
    assert "length|unit:words" in text and "long, length: +1.667 [" in text
    short, long = record(found)["systems"]
    assert [row["length"] for row in long["documents"]] == [3, 4, 2]
    assert long["figures"]["length"]["difference"]["mean"] == pytest.approx(5 / 3)
    assert "p_value_holm" in long["figures"]["length"] and "p_value_holm" not in short["figures"]["length"]


def test_a_metric_of_another_package_is_one_class_and_one_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letters_metric.py").write_text(
        "import numpy as np\n"
        "from summarize_eval.metrics.base import Metric\n\n"
        "class Letters(Metric):\n"
        "    name = 'letters'\n\n"
        "    def __init__(self, least=1):\n"
        "        self.least = least\n\n"
        "    @property\n"
        "    def signature(self):\n"
        "        return f'letters|least:{self.least}'\n\n"
        "    def score(self, samples):\n"
        "        return {'letters': np.array([float(max(len(s.summary), self.least)) for s in samples])}\n"
    )
    package = tmp_path / "letters_metric-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: letters-metric\nVersion: 1.0\n")
    points = package / "entry_points.txt"
    points.write_text("[summarize.metrics]\nletters = letters_metric:Letters\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    asked = ["score", data, "--references", data, "--reference-column", "highlights", "--format", "json"]
    assert main([*asked, "--metrics", "letters:least=12"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["metrics"] == ["letters|least:12"]
    assert [row["letters"] for row in found["systems"][0]["documents"]] == [29, 12, 12, 23]
    points.write_text("[summarize.metrics]\nrouge = letters_metric:Letters\n")
    with pytest.raises(OptionError, match="'rouge' is claimed by letters_metric:Letters"):
        load_metric("rouge")


def test_metrics_that_cannot_be_computed_are_refused() -> None:
    for metrics, said in (
        ([load_metric("support")], "support needs the articles"),
        ([Length(), Length()], "two metrics give a figure 'length'"),
    ):
        with pytest.raises(OptionError, match=said):
            evaluate("x", [System("s", ["a"])], [("a",)], metrics=metrics)


def test_what_an_editor_would_look_at_is_counted_in_every_run() -> None:
    system = written_elsewhere("s", [row["prediction"] for row in ROWS], [ARTICLE] * 4)
    assert system.defects is not None
    assert system.defects.kinds == {"reference": 1, "unfinished": 1, "hedge": 1, "source": 1}
    assert (system.defects.lines, system.defects.flawed) == (3, 1)
    found = evaluate("x", [system], [("a",)] * 4, articles=[ARTICLE] * 4)
    assert "s: defects in 3 lines: reference 1, unfinished 1, hedge 1, source 1" in render(found)
    header, rows = table(found)
    assert rows[0][header.index("defects/100")] == "133.3"
    headline = load_metric("editing:style=headline").score([Sample("Ferry sinks off Pellworth", (), ARTICLE)])
    assert headline["clean"].tolist() == [1.0], "a headline needs no full stop"


def test_other_languages_have_no_count_of_defects() -> None:
    french = (
        "Le ferry a coulé mardi au large de Nantes. Tous les passagers ont été secourus par des pêcheurs."
    )
    system = written_elsewhere("s", ["Le ferry a coulé mardi"], [french])
    header, rows = table(evaluate("x", [system], [("a",)], articles=[french]))
    assert rows[0][header.index("defects/100")] == "-"
