"""Models in the page, in a real browser: a trained checkpoint of the hub's cache, a chat server, and none."""

from __future__ import annotations

import json
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from abstractive_fixtures import STORIES, tiny_bart
from app_server import serving
from browsing import choose, run, write
from chat_server import events
from test_app_access import axe, is_sound
from test_chat import ANSWER, Server, completion

from summarize.summarizers import seq2seq
from summarize.web.jobs.dispatcher import dispatcher
from summarize.web.server.servers import Servers

MODEL, COMMIT = "tests/tiny-bart", "b" * 40
MISSING = "needs <torch>: pip install 'x[y]'"


@pytest.fixture(scope="module")
def chat() -> Iterator[Server]:
    server = Server(json.dumps(ANSWER))
    thread = threading.Thread(target=server.http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any, chat: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with a tiny BART in the cache, a hub that never answers, a chat server, and a summarizer that cannot run."""
    pytest.importorskip("ctranslate2")
    pytest.importorskip("huggingface_hub")
    from huggingface_hub import constants

    cache = tmp_path_factory.mktemp("hub")
    model = cache / f"models--{MODEL.replace('/', '--')}"
    shutil.copytree(tiny_bart(), model / "snapshots" / COMMIT)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(COMMIT)
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as silent:
        patch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        patch.setattr(constants, "HF_HUB_CACHE", str(cache))
        patch.setenv("HF_HUB_CACHE", str(cache))  # for the workers
        patch.setenv("SUMMARIZE_CACHE", str(cache / "converted"))
        patch.setattr(seq2seq.Pegasus, "missing", classmethod(lambda _: MISSING))
        for key in ("SUMMARIZE_API_KEY", "OPENAI_API_KEY"):
            patch.delenv(key, raising=False)
        with serving(uploads, may_ask=Servers((chat.url,))) as address:
            yield address


def options(page: Any) -> None:
    page.get_by_role("button", name="Options and reference").click()
    page.locator("#model textarea, #model input").first.wait_for()


def fill(page: Any, name: str, text: str) -> None:
    page.locator(f"#{name} textarea, #{name} input").first.fill(text)


def test_a_model_beside_the_default_and_once_for_two_visitors(open_page: Any) -> None:
    """The quick column stands while the model is at work, and two sessions have one process of it."""
    pages = [open_page(), open_page()]
    for page, story in zip(pages, STORIES, strict=False):
        write(page, story[0])
        choose(page, "textrank", "seq2seq")
        options(page)
        fill(page, "model", MODEL)
        page.locator("#run").click()
    for page in pages:
        page.locator('.card[data-summarizer="textrank"] h4.headline').wait_for()
    for page, (_, summary, _) in zip(pages, STORIES, strict=False):
        page.locator(".cards[aria-busy=false]").wait_for()
        bullets = page.locator('.card[data-summarizer="seq2seq"] .bullets li').all_inner_texts()
        assert bullets and all(bullet.split("\n")[0] in summary for bullet in bullets)
        assert "model=tests%2Ftiny-bart" in (page.locator("#link a").get_attribute("href") or "")
    assert dispatcher().models() == [f"seq2seq {MODEL}"]


def test_chat_in_the_page(open_page: Any, chat: Server) -> None:
    page = open_page()
    write(page, STORIES[0][0])
    assert not page.locator("#chat-model").is_visible()
    choose(page, "lead", "chat")
    page.locator("#run").click()
    page.locator("#message [role=alert]").get_by_text("name of a model").wait_for()
    assert chat.url in page.locator("#chat-server input").input_value()
    assert "environment" in page.locator("#chat-server").inner_text()
    fill(page, "chat-model", "llama3.2:1b")
    run(page, 2)
    card = page.locator('.card[data-summarizer="chat"]')
    assert card.locator("h4.headline").inner_text() == ANSWER["headline"]
    assert chat.requests[-1]["model"] == "llama3.2:1b"
    assert chat.url not in (page.locator("#link a").get_attribute("href") or "")


def test_a_card_grows_as_its_chat_server_writes(open_page: Any, chat: Server) -> None:
    """What has come is shown before the rest is there; a line of another card may be chosen meanwhile."""
    text, goes_on, ends = json.dumps(ANSWER), threading.Event(), threading.Event()

    def pieces() -> Iterator[str]:
        half = text.index("rescued by")
        yield from (text[at : min(at + 8, half)] for at in range(0, half, 8))
        goes_on.wait(60)
        yield text[half : half + 10]
        ends.wait(60)
        yield text[half + 10 :]

    chat.reply = lambda *_: events(pieces())
    page = open_page("?summarizers=lead,chat&chat_model=tiny")
    write(page, STORIES[0][0])
    page.locator("#run").click()
    growing = page.locator(".card.growing")
    growing.get_by_text("All 84 passengers were", exact=True).wait_for()
    assert growing.locator("h4.headline").inner_text() == ANSWER["headline"]
    assert growing.locator("li").count() == 2 and growing.locator(".wysk").count() == 0
    assert page.locator(".cards").get_attribute("aria-busy") == "true"
    pytest.importorskip("axe_playwright_python")
    page.evaluate(axe())
    is_sound(page)
    line = page.locator('.card[data-summarizer="lead"] .bullets .line').first
    line.click()
    goes_on.set()
    growing.get_by_text("All 84 passengers were rescued by").wait_for()
    assert line.get_attribute("aria-pressed") == "true" and page.locator(".sentence.marked").count() == 1
    ends.set()
    page.locator(".cards[aria-busy=false]").wait_for()
    chat.reply = lambda *_: completion(json.dumps(ANSWER))
    card = page.locator('.card[data-summarizer="chat"]')
    assert card.locator(".wysk p").count() == 2 and growing.count() == 0
    assert card.locator(".bullets .line[data-sources]").count() == 3


def test_what_nobody_said_is_marked_and_announced(open_page: Any, chat: Server) -> None:
    from playwright.sync_api import expect

    wrong = ANSWER | {"bullets": ["All 97 passengers were rescued by fishing boats."]}
    chat.reply = lambda *_: completion(json.dumps(wrong))
    page = open_page("?summarizers=chat&chat_model=tiny")
    write(page, STORIES[0][0])
    run(page, 1)
    chat.reply = lambda *_: completion(json.dumps(ANSWER))
    line = page.locator('.card[data-summarizer="chat"] .bullets .line').first
    assert line.locator("mark").inner_text() == "97"
    expect(line).to_have_accessible_description("Not in the source: “97” (number)")
    expect(line).to_have_role("button")
    assert page.locator(".card .doubt").get_by_text("Not in the source: “97” (number)").is_visible()


def test_what_cannot_run_is_grey_and_says_what_mends_it(open_page: Any) -> None:
    page = open_page()
    assert page.locator("#names").get_by_label("pegasus", exact=True).count() == 0
    page.locator(".unavailable summary").click()
    item = page.locator(".unavailable li[aria-disabled=true]")
    assert "pegasus" in item.inner_text() and item.locator("code").inner_text() == MISSING


def test_a_data_set_of_a_hub_that_does_not_answer_is_not_waited_for(open_page: Any) -> None:
    pytest.importorskip("datasets")
    page = open_page()
    page.get_by_role("tab", name="Evaluate").click()
    page.get_by_label("or the name of a data set").fill("cnn_dailymail")
    page.locator("#run-evaluate").click()
    said = page.locator("#board [role=alert]")
    said.get_by_text("the hub cannot be reached").wait_for()
    assert "no answer within 4 seconds" in said.inner_text()
    assert "give a file of the data set, or try again later" in said.inner_text()
