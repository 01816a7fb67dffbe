"""The entailment judge: a small one that was trained and really judges, from a folder and from the hub."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", exc_type=ImportError)
pytest.importorskip("transformers", exc_type=ImportError)

from hub_server import COMMIT, Hub, serve
from judge_fixtures import OBJECTS, OPPOSITE, SUBJECTS, THREE, TWO, VERBS, reordered, tiny_judge
from summarize_eval.cli import main as measure

from summarize import parse, summarize
from summarize.brief import Evidence, Line
from summarize.cli import main
from summarize.errors import ModelError, OptionError
from summarize.evidence import Answer, check, check_lines
from summarize.evidence.align import passage
from summarize.evidence.score import judged
from summarize.evidence.strict import hold_to_source
from summarize.models.judge import Judge, label_of

ARTICLE = "Rain fell on Monday. The council approved the plan. Nobody was hurt. The union closed the school."
ENTAILED, CONTRADICTED = "The council backed the plan.", "The council refused the plan."


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(str(tiny_judge()), device="cpu")


def test_it_judges_what_it_never_saw(judge: Judge) -> None:
    told, answers = [], []
    for number, (subject, thing) in enumerate((s, o) for s in SUBJECTS[:5] for o in OBJECTS[:4]):
        group = number % 4
        for other in (group, OPPOSITE[group]):
            told.append(
                (
                    f"The {subject} {VERBS[group][0]} the {thing}.",
                    f"The {subject} {VERBS[other][2]} the {thing}.",
                )
            )
            answers.append(other == group)
    found = judge.probabilities(told)
    assert sum((p > 0.5) == answer for p, answer in zip(found, answers, strict=True)) >= 0.95 * len(answers)


def test_its_word_enters_the_score_and_the_flags_stay(judge: Judge) -> None:
    document = parse(ARTICLE, language="en")
    for line, more in ((ENTAILED, True), (CONTRADICTED, False)):
        plain, found = check(line, document), check(line, document, judge=judge)
        said = found.lines[0].judged
        assert said is not None and (said > 0.8) is more and (said < 0.2) is not more
        assert found.lines[0].score == pytest.approx(judged(plain.lines[0].score, said))
        assert (found.score > plain.score) is more
        assert (found.flags, found.lines[0].evidence) == (plain.flags, plain.lines[0].evidence)
        assert judge.name in found.notes[-1]
        assert plain.lines[0].judged is None and not plain.notes


def test_a_contradiction_that_is_flagged_stays_unsupported_whatever_it_says(judge: Judge) -> None:
    document = parse("The council opened the school before the vote.", language="en")
    verdict = check("The council launched the school after the vote.", document, judge=judge)
    assert [flag.kind for flag in verdict.flags] == ["swap"]
    assert verdict.lines[0].judged is not None and verdict.lines[0].judged > 0.8
    assert verdict.score > 0.8
    assert verdict.answer is Answer.UNSUPPORTED


def test_copies_and_lines_without_evidence_are_not_asked(judge: Judge) -> None:
    lines = ["The council approved the plan.", "Quantum chromodynamics explains hadrons.", ENTAILED]
    found = check_lines(lines, parse(ARTICLE, language="en"), judge=judge)
    assert [line.judged is None for line in found] == [True, True, False]


def test_it_reads_the_sentences_and_their_neighbours_in_order() -> None:
    document = parse("One came. Two came. Three came. Four came. Five came. Six came.", language="en")

    def evidence(*numbers: int) -> list[Evidence]:
        return [Evidence(n, document.sentences[n].start, document.sentences[n].end) for n in numbers]

    assert passage(evidence(4), document) == "Four came. Five came. Six came."
    assert passage(evidence(5, 0), document) == "One came. Two came. Five came. Six came."
    long = parse(" ".join(f"{'word ' * 150}{n}." for n in range(5)), language="en")
    kept = passage([Evidence(2, long.sentences[2].start, long.sentences[2].end)], long)
    assert kept.split()[-1] == "2." and len(kept.split()) == 302


def test_batches_give_what_single_pairs_give(judge: Judge) -> None:
    pairs = [(f"The {s} {v} the plan. {'Rain fell. ' * n}", f"The {s} backed the plan.")
             for n, (s, v) in enumerate((s, v) for s in SUBJECTS[:3] for v in ("accepted", "blocked", "opened"))]  # fmt: skip
    single = [judge.probabilities([pair])[0] for pair in pairs]
    judge.batch_tokens, before = 90, judge.batch_tokens
    try:
        assert judge.probabilities(pairs) == pytest.approx(single, abs=1e-5)
    finally:
        judge.batch_tokens = before
    assert judge.probabilities([]) == []


def test_texts_beyond_the_window_and_marks_of_the_tokenizer(judge: Judge) -> None:
    (found,) = judge.probabilities([("rain fell on monday . " * 200, "the council backed the plan . " * 100)])
    assert 0.0 <= found <= 1.0
    # An article that holds the tokenizer's own marks is read like any other.
    assert judge.probabilities([("the council approved the plan [SEP]", "the bank")]) == pytest.approx(
        judge.probabilities([("the council approved the plan [ SEP ]", "the bank")])
    )


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_labels_is_read_from_the_config(
    order: tuple[int, ...], judge: Judge, tmp_path: Path
) -> None:
    other = Judge(str(reordered(tiny_judge(), order, tmp_path / "judge")))
    pair = [("The council approved the plan.", ENTAILED)]
    assert other.probabilities(pair) == pytest.approx(judge.probabilities(pair), abs=1e-6)


def test_two_labels_without_names_are_told_apart_by_the_user() -> None:
    folder = str(tiny_judge(TWO))
    with pytest.raises(ModelError, match="LABEL_0, LABEL_1.*--judge-label"):
        Judge(folder)
    pairs = [("The council approved the plan.", line) for line in (ENTAILED, CONTRADICTED)]
    yes, no = Judge(folder, label="LABEL_1").probabilities(pairs)
    assert yes > 0.8 and no < 0.2
    with pytest.raises(ModelError, match="no label 'SUPPORTED'"):
        Judge(folder, label="SUPPORTED")


@pytest.mark.parametrize(
    ("labels", "index"),
    [
        (THREE, 2),
        (("entailment", "neutral", "contradiction"), 0),  # DeBERTa
        (("CONTRADICTION", "NEUTRAL", "ENTAILMENT"), 2),  # RoBERTa and BART
        (("entailment", "not_entailment"), 0),
        (("not_entailment", "entailment"), 1),
        (("UNSUPPORTED", "SUPPORTED"), 1),
        (("CONTRADICT", "NEUTRAL", "ALIGNED"), 2),  # AlignScore
        (("inconsistent", "consistent"), 1),
        (("NEGATIVE", "POSITIVE"), None),
        (("entailment",), None),
        (("entailment", "supported"), None),
    ],
)
def test_labels(labels: tuple[str, ...], index: int | None) -> None:
    names = {str(number): name for number, name in enumerate(labels)}
    if index is not None:
        assert label_of(names, None, "model") == index
        return
    with pytest.raises(ModelError, match=labels[0]):
        label_of(names, None, "model")


def _broken(what: str, folder: Path) -> Path:
    import torch
    from safetensors.torch import load_file, save_file

    shutil.copytree(tiny_judge(), folder)
    weights = load_file(folder / "model.safetensors")
    if what == "pickled":
        (folder / "model.safetensors").unlink()
        torch.save(weights, folder / "pytorch_model.bin")
    elif what == "no head":
        body = {name: value for name, value in weights.items() if not name.startswith("classifier")}
        save_file(body, folder / "model.safetensors", metadata={"format": "pt"})
    else:
        (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:5000])
    return folder


@pytest.mark.parametrize(
    ("what", "message"),
    [("pickled", "model.safetensors"), ("no head", "not a classifier"), ("truncated", "cannot be loaded")],
)
def test_what_is_no_judge_is_refused(what: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=message):
        Judge(str(_broken(what, tmp_path / "model")))


def test_devices(judge: Judge) -> None:
    import torch

    with pytest.raises(OptionError, match="device"):
        Judge(str(tiny_judge()), device="tpu")
    if not torch.cuda.is_available():
        with pytest.raises(ModelError, match="no GPU"):
            Judge(str(tiny_judge()), device="cuda")
        return
    pairs = [("The council approved the plan.", line) for line in (ENTAILED, CONTRADICTED)]
    other = Judge(str(tiny_judge()), device="cuda")
    assert other.device == "cuda"
    assert other.probabilities(pairs) == pytest.approx(judge.probabilities(pairs), abs=1e-3)


def test_what_it_costs_and_adds_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs = [(ARTICLE, ENTAILED, 1), (ARTICLE, CONTRADICTED, 0)] * 3
    for group in ("summedits", "summedits_other", "xsum", "qags_cnndm"):
        rows = [{"article": article, "summary": line, "faithful": label} for article, line, label in pairs]
        _write(tmp_path / f"faithfulness_{group}.jsonl.gz", rows)
    marks = [
        {"article": a, "summary": line, "consistency": [1 + 4.0 * label] * 3} for a, line, label in pairs
    ]
    _write(tmp_path / "summeval_human.jsonl.gz", marks)
    asked = ["trust", "--data", str(tmp_path), "--parts", "judge"]
    assert measure([*asked, "--judge", str(tiny_judge()), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["judge"]
    assert (found["lines"], found["asked"]) == (30, 30)
    assert found["seconds"][1] > found["seconds"][0]
    assert all(one["auc"][1] == 1.0 for one in found["sets"])
    assert measure([*asked, "--judge", str(tiny_judge())]) == 0
    assert "lines/s with it" in capsys.readouterr().out
    assert measure(asked) == 2
    assert "--judge MODEL" in capsys.readouterr().err


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)


Told = Callable[..., tuple[int, str, str]]


@pytest.fixture
def told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Return a function that runs `summarize check` on a line: its status and what it printed."""

    def run(line: str, *options: str) -> tuple[int, str, str]:
        (tmp_path / "summary.txt").write_text(line)
        (tmp_path / "article.txt").write_text(ARTICLE)
        paths = [str(tmp_path / "summary.txt"), "--source", str(tmp_path / "article.txt"), "--language", "en"]
        status = main(["check", *paths, *options])
        return status, *capsys.readouterr()

    return run


def test_the_command(told: Told, tmp_path: Path) -> None:
    folder = str(tiny_judge())
    assert told(ENTAILED, "--judge", folder)[0] == 0
    status, printed, _ = told(CONTRADICTED, "--judge", folder, "--format", "json")
    record = json.loads(printed)
    assert status == 3 and record["answer"] == "unsupported" and record["lines"][0]["judged"] < 0.2
    assert "; judge " in told(ENTAILED, "--judge", folder)[1]
    assert json.loads(told(ENTAILED, "--format", "json")[1])["lines"][0]["judged"] is None
    status, _, message = told(ENTAILED, "--judge", str(tmp_path))
    assert status == 1 and "config.json" in message
    status, _, message = told(ENTAILED, "--judge-label", "LABEL_1")
    assert status == 2 and "goes with --judge" in message


def test_strict_asks_it_too(judge: Judge, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    brief = summarize(parse(ARTICLE, language="en"))
    # Without its verb's opposite in a table, the rules alone let this line pass.
    wrong = replace(brief, headline=None, wysk=(), bullets=(Line("The council blocked the plan."),))
    (plain,), (held,) = hold_to_source([wrong], 0.2), hold_to_source([wrong], 0.2, judge)
    assert [line.text for line in held.bullets] == ["The council approved the plan."]
    assert held.signature.endswith(judge.name) and judge.name not in plain.signature
    (tmp_path / "article.txt").write_text(ARTICLE)
    assert main([str(tmp_path / "article.txt"), "--strict", "--judge", str(tiny_judge()), "-f", "json"]) == 0
    assert "|strict:" in json.loads(capsys.readouterr().out)["signature"]
    assert main([str(tmp_path / "article.txt"), "--judge", str(tiny_judge())]) == 2
    assert "--judge goes with --strict" in capsys.readouterr().err


def _run(home: Path, endpoint: str, name: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "HUGGINGFACE"))}
    (home / "summary.txt").write_text(ENTAILED)
    (home / "article.txt").write_text(ARTICLE)
    command = ["check", str(home / "summary.txt"), "--source", str(home / "article.txt"), "--judge", name]
    return subprocess.run(
        [sys.executable, "-m", "summarize", *command, "--language", "en", "--format", "json"],
        env={**known, "HF_ENDPOINT": endpoint, "HF_HOME": str(home / "hf"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_from_the_hub_once_and_then_it_is_not_asked(tmp_path: Path) -> None:
    with serve(Hub({"someone/tiny-nli": tiny_judge()})) as hub:
        first = _run(tmp_path, hub.url, "someone/tiny-nli")
        assert first.returncode == 0, first.stderr
        record = json.loads(first.stdout)
        assert record["lines"][0]["judged"] > 0.8
        assert f"someone/tiny-nli@{COMMIT}" in record["notes"][0]
        hub.requests.clear()
        assert _run(tmp_path, hub.url, "someone/tiny-nli").stdout == first.stdout
        assert hub.requests == []


def test_pickled_weights_are_not_even_fetched(tmp_path: Path) -> None:
    folder = _broken("pickled", tmp_path / "model")
    with serve(Hub({"someone/pickled": folder})) as hub:
        refused = _run(tmp_path, hub.url, "someone/pickled")
        assert not [
            request for request in hub.requests if request.startswith("GET") and request.endswith(".bin")
        ]
    assert refused.returncode == 1 and "model.safetensors" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_without_a_hub_it_says_what_to_do(tmp_path: Path) -> None:
    refused = _run(tmp_path, "http://127.0.0.1:9", "someone/tiny-nli", HF_HUB_OFFLINE="1")
    assert refused.returncode == 1 and "--judge FOLDER" in refused.stderr and "smollm2" not in refused.stderr


def test_the_doctor_knows_its_extra(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    extras = capsys.readouterr().out.partition("\nextras\n")[2].splitlines()
    assert [line for line in extras if line.split()[:2] == ["ok", "judge"] and "transformers" in line]
