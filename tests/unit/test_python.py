"""The library as people call it: what it refuses, and how briefs look in a shell, in JSON and in a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpus import SEED_PATHS, SEEDS

import summarize as toolkit
from summarize import parse, read, summarize
from summarize.errors import InputError


@pytest.fixture(scope="module")
def brief() -> toolkit.Brief:
    return summarize(read(SEED_PATHS[0]), "lead")


@pytest.mark.parametrize("name", ["article.txt", "news/a.html", " https://example.org/story ", "talk.PDF"])
def test_the_name_of_a_file_is_no_article(name: str) -> None:
    with pytest.raises(InputError, match="summarize\\(read"):
        summarize(name)


@pytest.mark.parametrize("given", [Path("article.txt"), 3, None, b"It rained.", ["It rained."]])
def test_what_is_no_text_is_a_type_error(given: Any) -> None:
    with pytest.raises(TypeError, match=type(given).__name__):
        summarize(given)


def test_a_text_that_ends_like_a_file_is_a_text() -> None:
    assert summarize("It rained in Leeds. The minutes are in notes.txt", "lead").bullets


def test_a_brief_fits_a_screen(brief: toolkit.Brief) -> None:
    assert len(repr(brief)) < 160 and "lead" in repr(brief) and "\n" not in repr(brief)
    assert len(repr(brief.document)) < 160 and "sentences" in repr(brief.document)
    assert str(brief).startswith(str(brief.headline)) and "• " in str(brief)


def test_a_brief_as_json(brief: toolkit.Brief) -> None:
    record = json.loads(brief.to_json())
    assert record == json.loads(json.dumps(brief.to_dict()))
    assert record["headline"]["text"] == str(brief.headline)
    assert record["bullets"][0]["evidence"][0]["text"] == brief.document.sentences[0].text
    assert "text" not in brief.to_dict(evidence=False)["bullets"][0]["evidence"][0]


def test_a_brief_in_a_notebook_is_inert() -> None:
    brief = summarize("Rain fell on <b>Leeds</b> & York. It stopped.", "lead", bullets=1)
    assert "<b>" not in brief._repr_html_() and "&lt;b&gt;Leeds" in brief._repr_html_()


def test_a_text_is_not_the_name_of_a_file() -> None:
    with pytest.raises(InputError, match="parse") as error:
        read(SEEDS[0])
    assert len(str(error.value)) < 200


def test_every_name_that_is_public_is_there() -> None:
    assert all(getattr(toolkit, name) is not None for name in toolkit.__all__)
    assert parse("It rained.").sentences
