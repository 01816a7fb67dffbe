"""The app's tools for models, through the client of the `mcp` package, which checks each answer's schema."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import serving
from corpus import SEEDS
from gated import gated
from jsonschema import Draft202012Validator

from summarize import summarize
from summarize.registry import table
from summarize.writing.write import schema

CALLS: dict[str, dict[str, Any]] = {
    "list_summarizers": {},
    "summarize_article": {"text": SEEDS[0], "summarizer": "lead", "bullets": 2},
    "compare_summarizers": {"text": SEEDS[1], "summarizers": ["lead", "textrank"]},
    "check_summary": {"summary": "Nine hundred people died in Leeds.", "article": SEEDS[0]},
    "summarize_batch": {"articles": [SEEDS[0], " "], "summarizer": "lead"},
    "summarize_story": {"documents": [f"--- Post\n{SEEDS[0]}", SEEDS[1]], "summarizer": "lead"},
    "score_summary": {"summary": "The cat sat.", "reference": "The cat sat down."},
    "evaluate_summarizers": {"dataset": "seeds", "summarizers": "lead", "style": "wysk", "limit": 2},
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("uploads")) as address:
        yield address


def talk(url: str, say: Callable[[Any], Awaitable[Any]]) -> Any:
    """Return what `say` makes of a session with the server's tools."""
    import mcp
    from mcp.client.streamable_http import streamable_http_client

    async def session() -> Any:
        async with (
            streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
            mcp.ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await say(session)

    return asyncio.run(session())


@pytest.fixture(scope="module")
def tools(url: str) -> dict[str, Any]:
    async def listed(session: Any) -> Any:
        return (await session.list_tools()).tools

    return {tool.name: tool for tool in talk(url, listed)}


def test_tools_say_what_they_take_and_give(tools: dict[str, Any]) -> None:
    assert set(tools) == {*CALLS, "summarize_url"}
    for tool in tools.values():
        for found in (tool.inputSchema, tool.outputSchema):
            Draft202012Validator.check_schema(found)
        assert tool.annotations.readOnlyHint and not tool.annotations.destructiveHint
        assert all(one.get("description") for one in tool.inputSchema["properties"].values()), tool.name
    assert tools["summarize_url"].annotations.openWorldHint
    assert not tools["score_summary"].annotations.openWorldHint
    taken = tools["compare_summarizers"].inputSchema["properties"]
    names, text = taken["summarizers"]["anyOf"]
    assert names["items"]["enum"] == list(table()) and names["maxItems"] == 4 and text == {"type": "string"}
    assert (taken["bullets"]["minimum"], taken["bullets"]["maximum"], taken["bullets"]["default"]) == (
        1,
        10,
        3,
    )
    limits = tools["evaluate_summarizers"].inputSchema["properties"]
    assert limits["limit"]["maximum"] == 200 and limits["style"]["enum"] == ["headline", "bullets", "wysk"]
    assert tools["summarize_article"].inputSchema["required"] == ["text"]


def test_descriptions_are_whole(tools: dict[str, Any]) -> None:
    tool = tools["summarize_article"]
    assert tool.description.startswith("Summarize a news article into a headline")
    assert tool.description.endswith("what in it the source does not support.")
    model = tool.inputSchema["properties"]["model"]["description"]
    assert model == (
        "a model of the hub for summarizers that take one, or empty for their own; for chat, the name of a "
        "model on its server."
    )


def test_answers_are_json_that_keeps_its_schema(url: str, tools: dict[str, Any]) -> None:
    async def all_of_them(session: Any) -> dict[str, Any]:
        await session.list_tools()  # so that the client knows the schemas, which it then holds answers to
        return {name: await session.call_tool(name, given) for name, given in CALLS.items()}

    found = talk(url, all_of_them)
    for name, answer in found.items():
        assert not answer.isError, answer
        assert json.loads(answer.content[0].text) == answer.structuredContent
        Draft202012Validator(tools[name].outputSchema).validate(answer.structuredContent)
    brief = found["summarize_article"].structuredContent
    Draft202012Validator(schema()).validate(brief)
    assert [line["text"] for line in brief["bullets"]] == [
        line.text for line in summarize(SEEDS[0], "lead", bullets=2).bullets
    ]
    assert [one["summarizer"] for one in found["compare_summarizers"].structuredContent["result"]] == [
        "lead",
        "textrank",
    ]
    assert found["check_summary"].structuredContent["faithful"] is False
    assert found["summarize_batch"].structuredContent["errors"][0].startswith("2: ")


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("summarize_article", {"text": ""}, "no article yet"),
        ("summarize_article", {}, "'text' is a required property; it takes text, summarizer"),
        ("summarize_article", {"text": "It rained.", "bulets": 3}, "'bulets' was unexpected"),
        ("summarize_article", {"text": "It rained.", "bullets": "three"}, "bullets: 'three' is not of type"),
        ("summarize_article", {"text": "It rained.", "bullets": 99}, "from 1 to 10, not 99"),
        ("summarize_article", {"text": "It rained.", "summarizer": "textrnk"}, "did you mean textrank"),
        ("compare_summarizers", {"text": "It rained.", "summarizers": ["lead", "a", "b", "c", "d"]}, "at most 4"),
        ("score_summary", {"summary": "It rained.", "reference": ""}, "no reference to score against"),
        ("summarise", {}, "no tool is called 'summarise'; the tools are list_summarizers"),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(url: str, name: str, given: dict[str, Any], why: str) -> None:
    answer = talk(url, lambda session: session.call_tool(name, given))
    assert answer.isError and why in answer.content[0].text


def test_a_caller_who_goes_ends_its_work(tmp_path: Path) -> None:
    """The last test here: this server's workers know the plugin, and take the place of the other's."""
    with gated(tmp_path / "gated") as gate, serving(tmp_path) as address:

        async def leave(session: Any) -> None:
            given = {"text": "It rained.", "summarizer": "gated"}
            calling = asyncio.create_task(session.call_tool("summarize_article", given))
            while not gate.begun:
                await asyncio.sleep(0.05)
            assert gate.waiting
            calling.cancel()

        talk(address, leave)
        end = time.monotonic() + 60
        while gate.waiting:
            assert time.monotonic() < end
            time.sleep(0.05)
