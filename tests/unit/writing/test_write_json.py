"""JSON and JSON Lines: the schema holds, is documented, and reads back to the same brief."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from briefs import BRIEFS, NOTED, PLAIN, brief_of

from summarize.brief import Brief
from summarize.errors import InputError
from summarize.writing.record import from_record, to_record
from summarize.writing.write import render, schema


@pytest.mark.parametrize("evidence", [False, True])
@pytest.mark.parametrize("brief", BRIEFS)
def test_json_keeps_its_schema(brief: Brief, evidence: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    record = json.loads(render(brief, "json", evidence=evidence))
    jsonschema.validate(record, schema())
    for line, written in zip(brief.bullets, record["bullets"], strict=True):
        assert written["text"] == line.text
        for found, item in zip(line.evidence, written["evidence"], strict=True):
            assert (
                brief.document.text[item["start"] : item["end"]]
                == brief.document.sentences[found.sentence].text
            )
            assert item.get("text") == (brief.document.sentences[found.sentence].text if evidence else None)
    assert record["reference"] == list(brief.document.reference)
    assert record["signature"] == brief.signature and record["coverage"] == brief.coverage


def test_the_schema_refuses_what_is_no_brief() -> None:
    record = to_record(PLAIN)
    validator = jsonschema.Draft202012Validator(schema())
    changes: tuple[dict[str, object], ...] = (
        {"schema": "summarize-brief/2"},
        {"coverage": 1.5},
        {"headline": "text"},
        {"bullets": [{"text": "x"}]},
        {"extra": 1},
        {"document": {}},
    )
    for change in changes:
        assert not validator.is_valid(record | change)
    for key in record:
        assert not validator.is_valid({other: record[other] for other in record if other != key})


def test_every_field_of_the_schema_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "output.md").read_text("utf-8")
    definitions = [schema(), schema()["properties"]["document"], *schema()["$defs"].values()]
    for name in {name for definition in definitions for name in definition["properties"]}:
        assert f"`{name}`" in page, name
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    jsonschema.validate(json.loads(example.group(1)), schema())


def test_one_brief_is_an_object_and_several_are_an_array() -> None:
    assert isinstance(json.loads(render(PLAIN, "json")), dict)
    assert [record["source"] for record in json.loads(render(BRIEFS, "json"))] == [
        "news/a.txt",
        NOTED.document.source,
    ]
    assert len(json.loads(render([PLAIN], "json"))) == 1
    assert json.loads(render([], "json")) == []
    assert render([], "jsonl") == ""


def test_jsonl_is_one_object_a_line_whatever_the_text() -> None:
    hostile = brief_of("One\u2028two\x85three\u2029four\r\nfive \ud800 “six”")
    text = render([PLAIN, hostile, NOTED], "jsonl")
    text.encode()
    assert len(text.splitlines()) == 3  # which also breaks at U+0085 and U+2028
    records = [json.loads(line) for line in text.splitlines()]
    readable = render([brief_of("“One”\x85two\u2028three\u2029four")], "jsonl")
    assert "“One”" in readable and len(readable.splitlines()) == 1
    assert [record["bullets"][0]["text"] for record in records] == [
        brief.bullets[0].text for brief in (PLAIN, hostile, NOTED)
    ]
    for record in records:
        jsonschema.validate(record, schema())


@pytest.mark.parametrize("brief", BRIEFS)
def test_json_reads_back_to_the_same_brief(brief: Brief) -> None:
    assert from_record(json.loads(render(brief, "json", evidence=True)), brief.document) == brief


def test_json_of_another_text_or_schema_is_refused() -> None:
    record = to_record(PLAIN)
    with pytest.raises(InputError, match="another text"):
        from_record(record, replace(PLAIN.document, text=PLAIN.document.text + " "))
    with pytest.raises(InputError, match="schema 'x'"):
        from_record(record | {"schema": "x"}, PLAIN.document)
    with pytest.raises(InputError, match="not complete"):
        from_record({key: record[key] for key in record if key != "bullets"}, PLAIN.document)
    with pytest.raises(InputError, match="not complete"):
        from_record(record | {"bullets": [{"text": "x"}]}, PLAIN.document)
