"""Options as people write them: one reader for every command, and what is refused."""

from __future__ import annotations

import argparse
from typing import Any

import pytest
from summarize_eval.metrics.registry import load_metric
from summarize_eval.run import load_named, names_of

from summarize.commands import batch, brief
from summarize.errors import OptionError
from summarize.options import check_options, read_named, read_option


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("damping=0.7", "damping", 0.7),
        ("damping=1e-3", "damping", 0.001),
        ("seed=-3", "seed", -3),
        (" seed=3 ", "seed", 3),
        ("plain=true", "plain", True),
        ("plain=True", "plain", True),
        ("plain=FALSE", "plain", False),
        ("revision=none", "revision", None),
        ("revision=None", "revision", None),
        ("model='7'", "model", "7"),
        ("model=llama3:8b", "model", "llama3:8b"),
        ("model=a=b", "model", "a=b"),
        ("model=", "model", ""),
        ("model=/home/me/my models/bart", "model", "/home/me/my models/bart"),
        ("words=[1, 2]", "words", [1, 2]),
        ("words={[]: 1}", "words", "{[]: 1}"),
        ("text=" + "(" * 5000, "text", "(" * 5000),
    ],
)  # fmt: skip
def test_one_option(text: str, name: str, value: object) -> None:
    found = read_option(text)
    assert found == (name, value)
    assert type(found[1]) is type(value)


@pytest.mark.parametrize("text", ["damping", "=0.7", "", "two words=1", "0x=1", "-O=1"])
def test_no_option(text: str) -> None:
    with pytest.raises(OptionError, match="is written NAME=VALUE, as in damping=0.7, not"):
        read_option(text)


@pytest.mark.parametrize(
    ("text", "name", "options"),
    [
        ("lead", "lead", {}),
        ("textrank:damping=0.6:plain=true", "textrank", {"damping": 0.6, "plain": True}),
        ("chat:model=llama3:8b:base_url=http://127.0.0.1:80/v1", "chat", {"model": "llama3:8b", "base_url": "http://127.0.0.1:80/v1"}),
        ("seq2seq:model=C:/models/bart", "seq2seq", {"model": "C:/models/bart"}),
    ],
)  # fmt: skip
def test_a_name_with_options(text: str, name: str, options: dict[str, Any]) -> None:
    assert read_named(text) == (name, options)


def test_a_name_with_what_is_no_option() -> None:
    with pytest.raises(OptionError, match="'damping' is no option; write textrank:NAME=VALUE"):
        read_named("textrank:damping")


def parsed(command: Any, *arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize("value", ["true", "True", "TRUE"])
def test_every_command_reads_an_option_alike(value: str) -> None:
    wanted = ("textrank", {"plain": True, "damping": 0.6})
    options = ("-O", f"plain={value}", "-O", "damping=0.6")
    for arguments in (
        ("--summarizer", "textrank", *options),
        ("--summarizer", f"textrank:plain={value}:damping=0.6"),
        ("--summarizer", "textrank:plain=false:damping=0.6", "-O", f"plain={value}"),
    ):
        assert brief.summarizer_asked(parsed(brief, "a.txt", *arguments)) == wanted
        settings = batch._settings(parsed(batch, "a.jsonl", "-o", "b.jsonl", *arguments))
        assert (settings.summarizer, settings.options) == wanted
    signature = brief.chosen_summarizer(parsed(brief, "a.txt", *arguments)).signature
    named = names_of("textrank", [f"plain={value}", "damping=0.6"])
    assert named == [f"textrank:plain={value}:damping=0.6"]
    assert load_named(named[0]).signature == signature


KNOWN: dict[str, Any] = {"seed": 0, "damping": 0.85, "plain": False, "model": "", "revision": None}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("seed", 1.5, "x: seed must be a whole number, not 1.5"),
        ("seed", True, "x: seed must be a whole number, not True"),
        ("damping", "high", "x: damping must be a number, not 'high'"),
        ("plain", "yes", "x: plain must be true or false, not 'yes'"),
        ("model", 7, r"x: model must be text \(write model='7'\), not 7"),
        ("sed", 1, "x has no option 'sed'; it has seed, damping, plain, model, revision"),
    ],
)  # fmt: skip
def test_values_that_are_refused(name: str, value: object, says: str) -> None:
    with pytest.raises(OptionError, match=says):
        check_options("x", KNOWN, {name: value})


def test_values_that_are_taken() -> None:
    check_options("x", KNOWN, {"seed": 3, "damping": 1, "plain": True, "model": "m", "revision": 7})


def test_metrics_check_their_options_too() -> None:
    with pytest.raises(OptionError, match="rouge has no option 'x'; it has mode, formula"):
        load_metric("rouge:x=1")
    with pytest.raises(OptionError, match="rouge: mode must be text"):
        load_metric("rouge:mode=1")
