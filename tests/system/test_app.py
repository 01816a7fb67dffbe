"""The app as programs see it: typed endpoints, tools for models, many callers at once, limits."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import pytest
from app_server import serving
from corpus import ROOT, SEEDS
from gated import gated

from summarize import summarize
from summarize.registry import table
from summarize.web.server.limits import MAX_BODY_BYTES, MAX_CHARACTERS

ENDPOINTS = {
    *("/list_summarizers", "/summarize_article", "/summarize_url", "/compare_summarizers", "/check_summary"),
    *("/summarize_batch", "/summarize_story", "/score_summary", "/evaluate_summarizers"),
}


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def url(uploads: Path) -> Iterator[str]:
    with serving(uploads) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Any:
    from gradio_client import Client

    return Client(url, verbose=False)


def test_it_listens_on_this_machine_only(url: str) -> None:
    assert url.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{url}config", timeout=60) as answer:
        config = json.load(answer)
    assert config["analytics_enabled"] is False and not config.get("is_space")


def test_every_action_has_a_documented_endpoint_and_nothing_else(client: Any) -> None:
    named = client.view_api(return_format="dict", print_info=False)
    assert set(named["named_endpoints"]) == ENDPOINTS and not named["unnamed_endpoints"]
    parameters = named["named_endpoints"]["/summarize_article"]["parameters"]
    types = {one["parameter_name"]: one["python_type"]["type"] for one in parameters}
    texts = dict.fromkeys(("text", "summarizer", "language", "model", "base_url"), "str")
    assert types == texts | {"bullets": "int"}
    assert "article" in named["named_endpoints"]["/summarize_article"].get("description", "").lower()
    returns = {
        name: one["returns"][0]["python_type"]["type"] for name, one in named["named_endpoints"].items()
    }
    assert returns["/summarize_article"].startswith(
        "dict(schema: Literal[summarize-brief/1], source: str | None"
    )
    assert returns["/score_summary"].startswith("dict(rouge1: dict(precision: float, recall: float")
    assert returns["/compare_summarizers"].startswith("list[dict(summarizer: str, brief: dict(")
    assert not any("Any" in found for found in returns.values())


def test_summarizing(client: Any) -> None:
    found = client.predict(SEEDS[0], "lead", 2, api_name="/summarize_article")
    brief = summarize(SEEDS[0], "lead", bullets=2)
    assert [line["text"] for line in found["bullets"]] == [line.text for line in brief.bullets]
    assert found["signature"] == brief.signature
    evidence = found["bullets"][0]["evidence"][0]
    assert SEEDS[0][evidence["start"] : evidence["end"]] == evidence["text"]


def test_comparing_and_listing(client: Any) -> None:
    listed = client.predict(api_name="/list_summarizers")
    assert [one["name"] for one in listed] == list(table())
    absent = [one["name"] for one in listed if not one["runs"]][:1]
    found = client.predict(SEEDS[0], ["textrank", "lead", *absent], api_name="/compare_summarizers")
    good = {one["summarizer"]: one for one in found if one["brief"]}
    assert {"textrank", "lead"} <= set(good) and good["lead"]["words"] > 0
    for one in found:
        assert one["brief"] or "pip install" in one["error"]


def test_checking_scoring_and_batches(client: Any) -> None:
    verdict = client.predict("Nine hundred people died in Leeds.", SEEDS[0], api_name="/check_summary")
    assert not verdict["faithful"] and verdict["lines"][0]["flags"]
    score = client.predict("The cat sat.", "The cat sat down.", api_name="/score_summary")
    assert score["rouge1"] == {"precision": 1.0, "recall": 0.75, "fmeasure": pytest.approx(6 / 7)}
    batch = client.predict([SEEDS[0], " ", SEEDS[1]], "lead", api_name="/summarize_batch")
    assert len(batch["briefs"]) == 2 and batch["errors"][0].startswith("2: ")
    board = client.predict("seeds", ["lead"], "wysk", 5, api_name="/evaluate_summarizers")
    assert "lead" in json.dumps(board)


def test_a_string_by_itself_is_no_list_of_letters(client: Any) -> None:
    found = client.predict(SEEDS[0], "lead, textrank", api_name="/compare_summarizers")
    assert sorted(one["summarizer"] for one in found) == ["lead", "textrank"]
    assert len(client.predict(SEEDS[0], "lead", api_name="/summarize_batch")["briefs"]) == 1
    board = client.predict("seeds", "lead", "wysk", 1, api_name="/evaluate_summarizers")
    assert [one["name"] for one in board["systems"]] == ["lead"]


@pytest.mark.parametrize(
    ("endpoint", "values", "why"),
    [
        ("/summarize_article", ["  "], "no article yet"),
        ("/summarize_article", ["It rained.", "textrnk"], "did you mean textrank"),
        ("/summarize_article", ["It rained.", "lead", 99], "from 1 to 10"),
        ("/summarize_article", ["It rained.", "lead", 3, "en", "/etc"], "as on the hub"),
        ("/compare_summarizers", ["It rained.", []], "at least one summarizer"),
        ("/score_summary", ["It rained.", " "], "no reference to score against"),
        ("/score_summary", ["", "It rained."], "no summary to score"),
        ("/check_summary", ["", "It rained."], "no summary to check"),
        ("/check_summary", ["It rained.", ""], "no article to check"),
        ("/summarize_url", ["http://127.0.0.1:1/"], "not a public address"),
        ("/summarize_url", ["file:///etc/passwd"], "not a web address"),
        ("/compare_summarizers", ["It rained.", ["lead", "a", "b", "c", "d"]], "at most 4"),
        ("/evaluate_summarizers", ["/etc/passwd"], "no data set"),
        ("/evaluate_summarizers", ["seeds", ["lead"], "wysk", 100000], "1 to 200"),
    ],
)
def test_errors_say_what_to_do(client: Any, endpoint: str, values: list[Any], why: str) -> None:
    with pytest.raises(Exception, match=why):
        client.predict(*values, api_name=endpoint)


def test_a_paste_of_fifty_megabytes(client: Any, url: str, uploads: Path) -> None:
    with pytest.raises(Exception, match=f"{MAX_CHARACTERS:,}"):
        client.predict("word " * (10 * 2**20), api_name="/summarize_article")
    assert client.predict("It rained in Leeds.", "lead", api_name="/summarize_article")["bullets"]
    request = urllib.request.Request(f"{url}gradio_api/queue/join", data=b"x" * (MAX_BODY_BYTES + 1))
    with pytest.raises((urllib.error.HTTPError, urllib.error.URLError)) as error:
        urllib.request.urlopen(request, timeout=120)
    # The server may close before all is sent; where it is heard, it says 413.
    assert getattr(error.value, "code", 413) == 413


def test_thirty_two_callers_at_once(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No error, and every caller gets the brief of the text it sent."""
    texts = [f"Storm number {n} reached Leeds on Monday. {SEEDS[1]}" for n in range(32)]
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "app_callers.py"), url],
        input=json.dumps(texts), capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [text for text, _ in found] == [summarize(text, "textrank").bullets[0].text for text in texts]
    times = [seconds for _, seconds in found]
    with capsys.disabled():
        print(
            f"\n32 callers: median {median(times):.2f} s, 95th percentile {quantiles(times, n=20)[-1]:.2f} s"
        )


def test_a_full_queue_says_so(tmp_path: Path) -> None:
    from gradio_client import Client

    with gated(tmp_path / "gated") as gate, serving(tmp_path, queue=2) as address:
        client = Client(address, verbose=False)
        submit = lambda name: client.submit("It rained.", name, api_name="/summarize_article")  # noqa: E731
        jobs = [submit("gated") for _ in range(12)]
        # Nothing can finish yet, so what is over was turned away.
        assert wait([job.future for job in jobs], timeout=120, return_when=FIRST_COMPLETED).done
        while gate.begun < 2:
            assert not all(job.future.done() for job in jobs)
            time.sleep(0.05)
        assert submit("lead").result(timeout=120)["bullets"]  # what is cheap has a queue of its own
        gate.open()
        errors = [job.exception(timeout=120) for job in jobs]
    full = [error for error in errors if error]
    assert full and len(full) < len(jobs) and all("full" in str(error) for error in full)


def test_the_page_starts_light() -> None:
    heavy = "torch", "transformers", "ctranslate2", "datasets", "sumy", "nltk", "trafilatura", "markitdown"
    code = f"import sys; from summarize_eval import web; from summarize.web.page import build; build(web); print([m for m in {heavy!r} if m in sys.modules])"
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert found.stdout.strip().endswith("[]"), found.stdout + found.stderr


def test_components_describe_themselves_once_and_as_ever(url: str) -> None:
    """A new session costs no description of all components; what it is told is what Gradio would say."""
    import gradio as gr
    from summarize_eval import web

    from summarize.web.page import build

    page = build(web)
    for number, block in page.blocks.items():
        told = page.default_config.config_for_block(number, [], block)
        told.get("props", {}).pop("value", None)  # a session puts its own values there
        again = page.default_config.config_for_block(number, [], block)
        for name in ("get_config", "api_info", "api_info_as_input", "api_info_as_output", "example_inputs"):
            block.__dict__.pop(name, None)
        assert again == page.default_config.config_for_block(number, [], block)
    box = next(block for block in build(web).blocks.values() if isinstance(block, gr.Textbox))
    first = box.get_config()
    assert box.api_info() is not None and first is not box.get_config()


def test_a_browser_s_private_events_are_no_endpoint(client: Any) -> None:
    with pytest.raises(Exception, match="Cannot find a function"):
        client.predict(api_name="/compare")


def test_no_file_of_the_server_is_served(url: str) -> None:
    for path in (
        "/etc/passwd",
        str(ROOT / "pyproject.toml"),
        str(ROOT / "seeds" / "x" / ".." / ".." / "app.py"),
    ):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(f"{url}gradio_api/file={path}", timeout=60)
        assert error.value.code in (403, 404)
