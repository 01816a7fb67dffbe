"""The judge, against a chat server on loopback: both orders, the prompt as published, and what it costs."""

import json
from collections.abc import Iterator
from importlib.resources import files

import pytest
from chat_server import Server, completion, serving
from summarize_eval.cli import main
from summarize_eval.metrics.base import Sample
from summarize_eval.metrics.judge import read_verdict
from summarize_eval.metrics.registry import load_metric

from summarize.errors import ModelError, OptionError

ARTICLE = "The ferry sank off Pellworth on Tuesday. All 84 passengers were rescued."
TRUE, WRONG = "All 84 passengers were rescued.", "All 48 passengers drowned."
USAGE = {"prompt_tokens": 300, "completion_tokens": 20}


def verdict(better: str) -> tuple[int, dict[str, str], bytes]:
    status, headers, data = completion(json.dumps({"reason": "Because.", "better": better}))
    return status, headers, json.dumps({**json.loads(data), "usage": USAGE}).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        # An honest judge: whoever says 84 has it right.
        running.reply = lambda _, body: verdict(
            "A" if "84" in body["messages"][1]["content"].split("<A>")[1].split("</A>")[0] else "B"
        )
        yield running


def judge(server: Server, *samples: Sample, options: str = "") -> dict[str, list[float]]:
    metric = load_metric(f"judge:model=llama3:8b:base_url={server.url}{options}")
    assert "model:llama3:8b|prompt:" in metric.signature
    return {name: values.tolist() for name, values in metric.score(samples).items()}


def test_each_pair_is_asked_in_both_orders_with_the_prompt_that_ships(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    samples = (
        Sample(TRUE, (WRONG,), ARTICLE),
        Sample(WRONG, (TRUE,), ARTICLE),
        Sample(TRUE, (TRUE,), ARTICLE),
    )
    found = judge(server, *samples, options=":price_in=2:price_out=10")
    assert found == {"judge": [1.0, 0.0, 0.5], "judge_agreed": [1.0, 1.0, 1.0]}
    shown = sorted(request["messages"][1]["content"].split("<A>")[1] for request in server.requests)
    # The second sample is the first one the other way round: nothing is paid twice. Equal texts cost nothing.
    assert len(shown) == 2 and TRUE in shown[0].split("<B>")[1] and TRUE in shown[1].split("<B>")[0]
    prompt = (files("summarize_eval.metrics") / "judge.txt").read_text()
    assert all(request["messages"][0]["content"] == prompt for request in server.requests)
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith(f"judge: 2 requests to {server.url}, about ")
    assert said[1] == "judge: the server counted 600 tokens read and 40 written, price 0.0016"


def test_a_judge_that_favours_a_place_is_found_out(server: Server) -> None:
    server.reply = lambda *_: verdict("A")
    found = judge(server, Sample(TRUE, (WRONG,), ARTICLE))
    assert found == {"judge": [0.5], "judge_agreed": [0.0]}


def test_answers_without_a_verdict_are_ties_and_told(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    server.reply = lambda *_: completion("Both are fine.")
    assert judge(server, Sample(TRUE, (WRONG,), ARTICLE))["judge"] == [0.5]
    assert "2 answers named neither side and count as ties" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answer", "side"),
    [
        ('```json\n{"better" : "tie"}\n```', "tie"),
        ('{"better": "C"}', None),
        ("", None),
        ('{"better": "b"', "B"),
    ],
)
def test_answers_are_read(answer: str, side: str | None) -> None:
    assert read_verdict(answer) == side


def test_what_a_judge_needs_is_said(server: Server) -> None:
    with pytest.raises(OptionError, match="judge:model=NAME"):
        load_metric("judge")
    with pytest.raises(OptionError, match="has none"):
        judge(server, Sample(TRUE, (), ARTICLE))
    server.reply = lambda *_: (404, {}, b'{"error": "no such model"}')
    with pytest.raises(ModelError, match="no such model"):
        judge(server, Sample(TRUE, (WRONG,), ARTICLE))


def test_the_command_takes_a_judge(
    server: Server, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    path = f"{tmp_path}/texts.jsonl"
    rows = [{"id": 1, "article": ARTICLE, "prediction": TRUE, "reference": WRONG}]
    with open(path, "w") as file:
        file.write("\n".join(map(json.dumps, rows)))
    metric = f"judge:model=tiny:base_url={server.url}"
    asked = ["score", path, "--references", path, "--sources", path, "--metrics", metric, "--format", "json"]
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)["systems"][0]
    assert found["figures"]["judge"]["mean"] == 1.0
