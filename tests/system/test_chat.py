"""Chat against servers on loopback: a hand-written one that misbehaves, and `transformers serve` itself."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from abstractive_fixtures import STORIES, tiny_bart
from chat_server import Reply, Server, completion, events, serving
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.errors import ModelError, OptionError
from summarize.models import chat_client
from summarize.models.chat_answer import read_answer
from summarize.parsing.parse import parse
from summarize.registry import load
from summarize.style import STYLES, WYSK

ARTICLE = STORIES[0][0]
ANSWER = {
    "headline": "Ferry Marigold sinks off Pellworth after striking a reef",
    "bullets": [
        "The ferry Marigold sank off the coast of Pellworth early on Tuesday.",
        "All 84 passengers were rescued by fishing boats.",
        "Northline said it would suspend the route until an inquiry is finished.",
    ],
    "wysk": [
        "Captain Ines Moreau had reported a failing radar two hours before the accident.",
        "Investigators expect to raise the wreck in May.",
    ],
}


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(json.dumps(ANSWER)) as running:
        yield running


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_client, "LONGEST_WAIT", 0.01)
    for name in ("SUMMARIZE_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def briefs(server: Server, count: int = 1, **options: Any) -> list[Any]:
    return load("chat", model="tiny", base_url=server.url, **options).brief([parse(ARTICLE)] * count)


def test_all_styles_come_from_one_request(server: Server) -> None:
    brief = briefs(server)[0]
    assert str(brief.headline) == ANSWER["headline"]
    assert [str(line) for line in brief.bullets] == ANSWER["bullets"]
    assert [str(line) for line in brief.wysk] == ANSWER["wysk"]
    assert len(server.requests) == 1
    assert brief.bullets[0].evidence
    assert brief.coverage == 1.0
    request = server.requests[0]
    assert request["response_format"]["json_schema"]["schema"]["required"] == ["headline", "bullets", "wysk"]
    assert "All 84 passengers" in request["messages"][1]["content"]


def test_budgets_hold_whatever_the_server_says(server: Server) -> None:
    long = "word " * 60 + "end."
    server.reply = lambda *_: completion(
        json.dumps({"headline": long, "bullets": [long, *ANSWER["bullets"], "It is"], "wysk": [long] * 9})
    )
    brief = briefs(server)[0]
    for style in STYLES:
        assert brief.lines(style.name)
        assert style.admits([str(line) for line in brief.lines(style.name)])
    assert any("stand in" in note for note in brief.notes)


def test_a_server_without_schemas_is_asked_without(server: Server) -> None:
    server.reply = lambda _, body: (
        (400, {}, b'{"error": "response_format is not supported"}')
        if "response_format" in body
        else completion("Here you go:\n```json\n" + json.dumps(ANSWER) + "\n```")
    )
    summarizer = load("chat", model="tiny", base_url=server.url)
    assert str(summarizer.brief([parse(ARTICLE)])[0].headline) == ANSWER["headline"]
    summarizer.brief([parse(ARTICLE)])
    assert ["response_format" in request for request in server.requests] == [True, False, False]


def listening(server: Server, **options: Any) -> tuple[Any, list[dict[str, list[str]]]]:
    """Return a brief, and what was heard of it while it was written."""
    summarizer: Any = load("chat", model="tiny", base_url=server.url, **options)
    heard: list[dict[str, list[str]]] = []
    summarizer.heard = heard.append
    return summarizer.brief([parse(ARTICLE)])[0], heard


def in_pieces(size: int = 7) -> list[str]:
    text = json.dumps(ANSWER, ensure_ascii=False, indent=1)
    return [text[at : at + size] for at in range(0, len(text), size)]


def test_an_answer_is_heard_as_it_is_written(server: Server) -> None:
    server.reply = lambda *_: events(in_pieces())
    brief, heard = listening(server)
    assert server.requests[0]["stream"] is True
    assert str(brief.headline) == ANSWER["headline"] == heard[-1]["headline"][0]
    assert heard[-1] == {name: [text] if isinstance(text, str) else text for name, text in ANSWER.items()}
    headlines = [one["headline"][0] for one in heard if one["headline"]]
    assert headlines[0] != headlines[-1] and all(headlines[-1].startswith(one) for one in headlines)
    assert sum(len(one["bullets"]) == 1 for one in heard) > 1, (
        "the first bullet grows before the second is there"
    )


def test_pieces_may_be_cut_anywhere(server: Server) -> None:
    """Also in the middle of a letter of several bytes, and of a line."""
    answer = ANSWER | {"headline": "Fähre „Marigold“ sinkt vor Pellworth"}
    [*_, sent] = events([json.dumps(answer, ensure_ascii=False)])
    data = b"".join(sent)
    server.reply = lambda *_: (
        200,
        {"Content-Type": "text/event-stream"},
        (data[n : n + 1] for n in range(len(data))),
    )
    assert listening(server)[1][-1]["headline"] == [answer["headline"]]


def test_an_answer_that_breaks_off_is_asked_for_again(server: Server) -> None:
    whole = in_pieces()
    server.reply = lambda number, _: events(whole if number > 1 else whole[:9], ended=number > 1)
    brief, heard = listening(server)
    assert str(brief.headline) == ANSWER["headline"] and len(server.requests) == 2
    assert len(heard[9]["headline"][0] if heard[9]["headline"] else "") < len(heard[8]["headline"][0])


def test_an_error_amid_the_pieces_is_told(server: Server) -> None:
    said = b'data: {"error": {"message": "out of memory"}}\n\n'
    server.reply = lambda *_: (200, {"Content-Type": "text/event-stream"}, [said])
    with pytest.raises(ModelError, match="out of memory"):
        listening(server)


def test_a_server_that_sends_no_pieces_is_asked_without(server: Server) -> None:
    server.reply = lambda _, body: (
        (400, {}, b"no streaming") if "stream" in body else completion(json.dumps(ANSWER))
    )
    assert str(listening(server)[0].headline) == ANSWER["headline"]
    server.reply = lambda *_: completion(json.dumps(ANSWER))  # it passes over what it does not know
    assert str(listening(server)[0].headline) == ANSWER["headline"]


@pytest.mark.parametrize("failure", [(503, {}, b"loading"), (429, {"Retry-After": "0"}, b"{}"), (0, {}, b"")])
def test_a_passing_failure_is_tried_again(server: Server, failure: Reply) -> None:
    server.reply = lambda number, _: failure if number < 3 else completion(json.dumps(ANSWER))
    assert str(briefs(server)[0].headline) == ANSWER["headline"]
    assert len(server.requests) == 3


def test_a_lasting_failure_is_one_clear_error(server: Server) -> None:
    server.reply = lambda *_: (500, {}, b'{"error": {"message": "out of\\nmemory"}}')
    with pytest.raises(ModelError, match=r"tried 3 times.*out of memory.*is the server running"):
        briefs(server, retries=2)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        ((404, {}, b'{"error": {"message": "model tiny not found"}}'), "answered 404: model tiny not found"),
        ((200, {}, b"<html>Welcome</html>"), "no chat completion: <html>Welcome"),
        ((200, {}, b'{"choices": []}'), "no chat completion"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "answered 302"),
    ],
)
def test_what_is_no_answer_is_said(server: Server, reply: Reply, says: str) -> None:
    server.reply = lambda *_: reply
    with pytest.raises(ModelError, match=says):
        briefs(server)
    assert len(server.requests) == 1


def test_a_server_that_never_answers_times_out(server: Server) -> None:
    server.reply = lambda *_: time.sleep(0.5) or completion("")
    with pytest.raises(ModelError, match=r"tried once, 0\.2 seconds"):
        briefs(server, timeout=0.2, retries=0)


def test_nobody_there(server: Server) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ModelError, match="is the server running"):
        load("chat", model="m", base_url=f"http://127.0.0.1:{port}/v1").brief([parse(ARTICLE)])


def test_requests_under_way_are_bounded_and_in_order(server: Server) -> None:
    def reply(_: int, body: dict[str, Any]) -> Reply:
        time.sleep(0.05)
        number = body["messages"][1]["content"].split("number ")[1].split(" ")[0]
        return completion(json.dumps({"headline": f"Story number {number} is told in full"}))

    server.reply = reply
    documents = [parse(f"This is story number {i} of the day. {ARTICLE}") for i in range(12)]
    found = load("chat", model="m", base_url=server.url, workers=3).brief(documents, ["headline"])
    assert [str(brief.headline) for brief in found] == [
        f"Story number {i} is told in full" for i in range(12)
    ]
    assert 1 < server.most_busy <= 3


def test_the_key_is_sent_and_shown_nowhere(
    server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    key = "sk-very-secret-1234567890"
    monkeypatch.setenv("SUMMARIZE_API_KEY", key)
    summarizer = load("chat", model="tiny", base_url=server.url, retries=0)
    brief = summarizer.brief([parse(ARTICLE)])[0]
    assert server.keys == [f"Bearer {key}"]
    assert key not in repr(brief) + summarizer.signature + repr(vars(summarizer))
    for status in (401, 500, 404):
        server.reply = lambda *_, status=status: (status, {}, f"Incorrect API key: {key}".encode())
        with pytest.raises(ModelError) as raised:
            summarizer.brief([parse(ARTICLE)])
        assert key not in str(raised.value)
        assert "[key]" in str(raised.value)
    assert key not in "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "url",
    ["http://user:pass@host/v1", "http://host/v1?key=1", "ftp://host", "host:11434", "http://host:99999"],
)
def test_an_address_that_is_none_or_carries_a_secret(url: str) -> None:
    with pytest.raises(OptionError, match="base_url"):
        load("chat", model="m", base_url=url)


@pytest.mark.parametrize(
    "options", [{}, {"model": "m", "workers": 0}, {"model": "m", "timeout": float("nan")}]
)
def test_options_out_of_range(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        load("chat", **options)


def test_a_long_article_is_reduced_and_that_is_said(server: Server) -> None:
    sentences = [f"Minister number {i} spoke about bridge {i * 7} in the town." for i in range(400)]
    brief = load("chat", model="m", base_url=server.url, max_words=100).brief([parse(" ".join(sentences))])[0]
    assert len(server.requests[0]["messages"][1]["content"].split()) < 130
    assert 0 < brief.coverage < 0.1
    assert "chosen by rank" in " ".join(brief.notes)


@pytest.mark.parametrize(
    "answer",
    [
        json.dumps(ANSWER),
        "<think>{\"headline\": \"no\"}</think>" + json.dumps(ANSWER),
        json.dumps({key.upper(): value for key, value in ANSWER.items()}),
        json.dumps({**ANSWER, "wysk": " ".join(ANSWER["wysk"])}),
        json.dumps({**ANSWER, "bullets": [{"text": line} for line in ANSWER["bullets"]]}),
        json.dumps({**ANSWER, "bullets": "\n".join(f"- {line}" for line in ANSWER["bullets"])}),
        json.dumps(ANSWER)[:-2],
        "**Headline:** " + str(ANSWER["headline"]) + "\n\n**Bullets:**\n"
        + "\n".join(f"{i}. {line}" for i, line in enumerate(ANSWER["bullets"], 1))
        + "\n\n## What you should know\n" + " ".join(ANSWER["wysk"]),
    ],
)  # fmt: skip
def test_answers_are_read_in_whatever_form(answer: str) -> None:
    read = read_answer(answer, ["headline", "bullets", "wysk"])
    assert read == {**ANSWER, "headline": [ANSWER["headline"]]}


def test_a_cut_off_answer_keeps_its_whole_lines() -> None:
    cut = json.dumps(ANSWER)[: json.dumps(ANSWER).index("Northline") + 5]
    assert read_answer(cut, ["bullets"]) == {"bullets": ANSWER["bullets"][:2]}


@settings(max_examples=150, deadline=None)
@given(st.text() | st.recursive(st.none() | st.text() | st.floats(), lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["headline", "bullets", "wysk", "x"]), inner)).map(json.dumps))  # fmt: skip
def test_no_answer_breaks_the_reading(answer: str) -> None:
    read = read_answer(answer, ["headline", "bullets", "wysk"])
    assert all(isinstance(line, str) for lines in read.values() for line in lines)


def test_half_a_character_reaches_the_server_as_valid_json(server: Server) -> None:
    load("chat", model="m", base_url=server.url).brief([parse(f"\ud83d {ARTICLE} Café.")])
    content = server.requests[0]["messages"][1]["content"]
    assert "Café" in content
    assert content.encode("utf-8")


def test_an_unreadable_answer_leaves_the_article_and_a_note(server: Server) -> None:
    server.reply = lambda *_: completion("I am sorry, I cannot do that.")
    brief = briefs(server)[0]
    assert brief.bullets
    assert "could not be read" in " ".join(brief.notes)
    assert WYSK.admits([str(line) for line in brief.wysk])


@pytest.fixture
def transformers_server(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Run `transformers serve` itself with a tiny model of random weights; yield its address and the model."""
    for module in ("torch", "transformers", "fastapi", "uvicorn", "openai"):
        pytest.importorskip(module, reason="transformers serve needs transformers[serving]")
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(tiny_bart())
    tokenizer.chat_template = "{% for message in messages %}{{ message['content'] }}{% endfor %}{% if add_generation_prompt %} {% endif %}"
    config = transformers.LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=4096, bos_token_id=0, eos_token_id=2, pad_token_id=1,
    )  # fmt: skip
    model = tmp_path / "tiny-llama"
    transformers.LlamaForCausalLM(config).save_pretrained(model)
    tokenizer.save_pretrained(model)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "transformers.cli.transformers",
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (tmp_path / "log").open("w") as log:
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "CUDA_VISIBLE_DEVICES": ""}
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1)
                    break
                except OSError:
                    assert process.poll() is None, (tmp_path / "log").read_text()[-2000:]
                    time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/v1", str(model)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def test_transformers_serve_is_understood(transformers_server: tuple[str, str]) -> None:
    url, model = transformers_server
    brief = load("chat", model=model, base_url=url, max_tokens=12, retries=0).brief([parse(ARTICLE)])[0]
    # Random weights write nonsense; what matters is that the server took the request and the nonsense was caught.
    assert "could not be read" in " ".join(brief.notes)
    assert brief.headline is None or STYLES[0].admits([str(brief.headline)])
    assert brief.bullets
    summarizer: Any = load("chat", model=model, base_url=url, max_tokens=12, retries=0)
    heard: list[Any] = []
    summarizer.heard = heard.append
    summarizer.brief([parse(ARTICLE)])
    assert len(heard) > 1, "a real server sends pieces"
    with pytest.raises(ModelError, match=r"answered 4|status 500"):
        load("chat", model="no/such-model", base_url=url, retries=0).brief([parse(ARTICLE)])
