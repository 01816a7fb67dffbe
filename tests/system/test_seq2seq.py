"""Sequence-to-sequence summarizers: three texts within their budgets, articles of any length, nothing in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from abstractive_fixtures import INVENTED, STORIES, tiny_bart
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.brief import Brief
from summarize.errors import ModelError, OptionError
from summarize.models.checkpoints import Checkpoint
from summarize.models.engines import Decoding
from summarize.models.presets import HIGHLIGHTS, PRESETS, published
from summarize.models.windows import chunks, select, split
from summarize.parsing.parse import parse
from summarize.registry import load
from summarize.style import STYLES, resolve_styles
from summarize.summarizers.base import AbstractiveSummarizer, Draft
from summarize.summarizers.finishing import repeats

pytest.importorskip("ctranslate2")


@pytest.fixture(autouse=True, scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMARIZE_CACHE", str(tmp_path_factory.getbasetemp() / "summarize-cache"))
        yield


@pytest.fixture(scope="module")
def bart() -> Any:
    return load("seq2seq", model=str(tiny_bart()), headline_model=str(tiny_bart("headlines")), device="cpu")


def assert_promises(brief: Brief) -> None:
    for style in STYLES:
        lines = [str(line) for line in brief.lines(style.name)]
        assert style.admits(lines), lines
    assert not any(repeats(str(line), [str(b) for b in brief.bullets]) for line in brief.wysk)
    assert brief.bullets
    assert 0 <= brief.coverage <= 1


def test_known_summaries_are_reproduced(bart: Any) -> None:
    found = bart.brief([parse(story[0]) for story in STORIES], ["headline", "bullets"])
    for brief, (_, highlights, headline) in zip(found, STORIES, strict=True):
        assert str(brief.headline) == headline
        assert " ".join(str(line) for line in brief.bullets) == highlights
        assert brief.coverage == 1.0
        assert brief.notes == ()
        assert brief.bullets[0].evidence


def test_the_box_is_another_text_than_the_bullets(bart: Any) -> None:
    for brief in bart.brief([parse(story[0]) for story in STORIES]):
        assert_promises(brief)
        assert 1 <= len(brief.wysk) <= 3
    signature = brief.signature
    assert "ctranslate2-int8-cpu" in signature
    assert signature.count("@") == 2


@pytest.mark.parametrize("engine", ["ctranslate2", "torch"])
def test_a_hypothesis_with_an_invented_number_gives_way(engine: str) -> None:
    options = {"model": str(tiny_bart("careless")), "engine": engine, "precision": "float32", "device": "cpu"}
    documents = [parse(story[0]) for story in STORIES]
    own = load("seq2seq", **options, candidates=1).brief(documents, ["bullets"])
    ranked = load("seq2seq", **options).brief(documents, ["bullets"])
    for first, best, (_, highlights, _), numbers in zip(own, ranked, STORIES, INVENTED, strict=True):
        assert " ".join(map(str, first.bullets)) == highlights.replace(*numbers)
        assert "number" in [flag.kind for line in first.bullets for flag in line.flags]
        assert " ".join(map(str, best.bullets)) == highlights
        assert "number" not in [flag.kind for line in best.bullets for flag in line.flags]
    assert "|candidates:4|" in ranked[0].signature


def test_both_engines_rank_alike() -> None:
    model, headlines = str(tiny_bart("careless")), str(tiny_bart("headlines"))
    documents = [parse(story[0]) for story in STORIES]
    ours, theirs = (
        load(
            "seq2seq",
            model=model,
            headline_model=headlines,
            engine=engine,
            precision="float32",
            device="cpu",
        ).brief(documents)
        for engine in ("ctranslate2", "torch")
    )
    for one, other in zip(ours, theirs, strict=True):
        assert (one.headline, one.bullets, one.wysk) == (other.headline, other.bullets, other.wysk)


def test_batches_give_what_single_documents_give(bart: Any) -> None:
    documents = [parse(story[0]) for story in STORIES] * 2
    assert bart.brief(documents) == [bart.brief([document])[0] for document in documents]


@pytest.mark.parametrize("long", ["select", "merge"])
def test_an_article_beyond_the_window_says_what_was_read(long: str) -> None:
    summarizer = load("seq2seq", model=str(tiny_bart()), long=long, device="cpu")
    document = parse("\n\n".join(story[0] for story in STORIES * 3))
    brief = summarizer.brief([document])[0]
    assert_promises(brief)
    if long == "select":
        assert 0 < brief.coverage < 1
        assert "holds" in brief.notes[0]
    else:
        assert brief.coverage == 1.0
        assert "chunks" in brief.notes[0]


@pytest.mark.parametrize("long", ["select", "merge"])
def test_fifty_thousand_words(long: str) -> None:
    words = " ".join(
        f"Clerk {i} of Ostrava counted {i * 3} ferries near the reef on Monday." for i in range(4200)
    )
    assert len(words.split()) > 50_000
    summarizer = load("seq2seq", model=str(tiny_bart()), long=long, device="cpu")
    brief = summarizer.brief([parse(words)], ["bullets"])[0]
    assert brief.bullets
    assert brief.coverage == 1.0 if long == "merge" else 0 < brief.coverage < 0.05


BAD = {
    "one word": "Hello",
    "numbers": "1 2 3 4 5",
    "no sentence end": "the ferry sank and " * 400,
    "one endless word": "x" * 9000,
    "emoji": "🚢 sank. 84 rescued! 😀",
    "another script": "日本の首相は火曜日に辞任した。後任は未定である。" * 30,
    "right to left": "غرقت العبارة قبالة الساحل يوم الثلاثاء. تم إنقاذ جميع الركاب.",
    "special tokens": "The ferry </s> sank. <s> All <pad> were rescued <mask> by boats.",
    "lone surrogate": "The ferry \ud83d sank off Pellworth on Tuesday.",
    "null": "The ferry\0 sank off Pellworth. All were rescued.",
    "quotes": '"It sank," he said. "All of it',
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("long", ["select", "merge"])
def test_bad_input_keeps_every_promise(name: str, long: str) -> None:
    summarizer = load("seq2seq", model=str(tiny_bart()), long=long, device="cpu")
    document = parse(BAD[name])
    brief = summarizer.brief([document])[0]
    for style in STYLES:
        assert style.admits([str(line) for line in brief.lines(style.name)])
    assert brief.document.text == BAD[name]
    assert brief.coverage == 1.0 or any("%" in note or "chunks" in note for note in brief.notes)


def test_ten_bullets_are_asked_of_a_longer_decoding(bart: Any) -> None:
    brief = bart.brief([parse(STORIES[0][0])], ["bullets"], bullets=10)[0]
    assert 1 <= len(brief.bullets) <= 10
    assert bart.brief([parse(STORIES[0][0])], ["bullets"], bullets=1)[0].bullets == brief.bullets[:1]


def test_a_preset_run_on_another_language_says_so() -> None:
    document = parse(
        "Die Fähre Marigold ist am Dienstag vor Pellworth gesunken. Alle wurden gerettet.", language="de"
    )
    summarizer = load("t5")
    assert summarizer._language_note(document) == ("google-t5/t5-base was trained on en, not on de",)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"model": "x", "long": "cut"},
        {"model": "x", "engine": "onnx"},
        {"model": "x", "threads": 0},
        {"model": "x", "batch_tokens": "many"},
        {"model": "x", "candidates": 0},
        {"model": "x", "candidates": 17},
    ],
)
def test_options_out_of_range(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        load("seq2seq", **options)


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with pytest.raises(ModelError, match=r"is a folder without a model: it lacks config\.json"):
        load("seq2seq", model=str(tmp_path)).brief([parse("A ferry sank.")])


def test_every_preset_names_what_it_runs() -> None:
    for name, preset in PRESETS.items():
        assert name == "seq2seq" or (preset.model and "/" in preset.model)
        assert preset.highlights.candidates <= preset.highlights.beams
        assert preset.headline.candidates <= preset.headline.beams


@pytest.mark.parametrize(
    ("config", "generation", "expected", "prefix"),
    [
        ("{}", None, HIGHLIGHTS, ""),
        ('{"num_beams": 2, "max_length": 142, "min_length": 56}', None, Decoding(2, 141, 55, 2.0, 3), ""),
        ("{}", '{"num_beams": 6, "max_length": 62, "length_penalty": 1.0}', Decoding(6, 61, 55, 1.0, 3), ""),
        ("{}", '{"max_length": 20}', HIGHLIGHTS, ""),
        (
            '{"task_specific_params": {"summarization": {"prefix": "summarize: ", "min_length": 30}}}',
            None, Decoding(4, 141, 29, 2.0, 3), "summarize: ",
        ),
        ("{}", "no json", HIGHLIGHTS, ""),
    ],
)  # fmt: skip
def test_published_settings(
    config: str, generation: str | None, expected: Decoding, prefix: str, tmp_path: Path
) -> None:
    (tmp_path / "config.json").write_text(
        '{"model_type": "bart", ' + config[1:] if config != "{}" else '{"model_type": "bart"}'
    )
    if generation:
        (tmp_path / "generation_config.json").write_text(generation)
    assert published(Checkpoint("x", tmp_path, "1"), HIGHLIGHTS) == (expected, prefix)


def count(texts: Any) -> list[int]:
    return [len(text.split()) for text in texts]


SENTENCES = st.lists(st.text("abc ", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=30)


@given(SENTENCES, st.integers(1, 40), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_selection_fits_and_keeps_the_story_order(sentences: list[str], room: int, random: Any) -> None:
    scores = np.array([random.random() for _ in sentences])
    found = select(sentences, scores, count, room)
    assert count([found.text])[0] <= room
    assert 0 < found.coverage <= 1
    if found.coverage == 1:
        assert found.text == " ".join(sentences)


@given(SENTENCES, st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_chunks_hold_every_word_in_order(sentences: list[str], room: int) -> None:
    found = chunks(sentences, count, room)
    assert all(size <= room for size in count(found))
    assert " ".join(found).split() == " ".join(sentences).split()


def test_split_cuts_a_word_without_blanks() -> None:
    parts = split("x" * 100, lambda texts: [len(text.strip()) for text in texts], 9)
    assert "".join(parts) == "x" * 100
    assert max(map(len, parts)) <= 9


def test_an_author_defines_write_or_draft() -> None:
    class OneStyle(AbstractiveSummarizer):
        def write(self, documents: Any, style: Any) -> list[list[str]]:
            return [[f"The {style.name} of this ferry story is told here in full."] for _ in documents]

    brief = OneStyle().brief([parse(STORIES[0][0])])[0]
    assert str(brief.bullets[0]) == "The bullets of this ferry story is told here in full."
    assert brief.coverage == 1.0

    class AllStyles(AbstractiveSummarizer):
        def draft(self, documents: Any, styles: Any) -> list[Draft]:
            return [Draft({style.name: [] for style in styles}, 0.5, ("Half was read",)) for _ in documents]

    brief = AllStyles().brief([parse(STORIES[0][0])], resolve_styles(["bullets"]))[0]
    assert brief.coverage == 0.5
    assert brief.notes[0] == "Half was read"
    assert brief.bullets
    assert "stand in" in brief.notes[1]

    with pytest.raises(TypeError, match="must define write or draft"):

        class Neither(AbstractiveSummarizer):
            pass
