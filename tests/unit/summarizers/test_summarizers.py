"""The contract that every registered summarizer keeps, whoever wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from briefs import check_brief
from corpus import SEEDS, articles

from summarize import Document, load, parse, summarize
from summarize.errors import EmptyTextError, OptionError
from summarize.registry import BUILT_IN, find, table
from summarize.style import HEADLINE, STYLES, WYSK, Style
from summarize.summarizers.base import AbstractiveSummarizer, ExtractiveSummarizer

# Those that run a model are tested beside their engines; what they share is tested with `Told` below.
RUNNING = [
    name
    for name in table()
    if name in BUILT_IN and find(name).missing() is None and issubclass(find(name), ExtractiveSummarizer)
]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [parse(seed) for seed in SEEDS]


@pytest.mark.parametrize("name", RUNNING)
def test_scores_are_one_finite_number_a_sentence(name: str, documents: list[Document]) -> None:
    for document in documents:
        scores = load(name).score(document)  # type: ignore[attr-defined]
        assert scores.shape == (len(document.sentences),)
        assert np.isfinite(scores).all()


@pytest.mark.parametrize("name", RUNNING)
def test_same_signature_and_text_same_brief(name: str, documents: list[Document]) -> None:
    first, second = load(name), load(name)
    assert first.signature == second.signature
    assert first.brief(documents) == second.brief([parse(seed) for seed in SEEDS])


@pytest.mark.parametrize("name", RUNNING)
def test_a_batch_gives_what_one_by_one_gives(name: str, documents: list[Document]) -> None:
    summarizer = load(name)
    assert summarizer.brief(iter(documents)) == [summarizer.brief([document])[0] for document in documents]


@pytest.mark.parametrize("name", RUNNING)
def test_promises_on_the_seeds(name: str, documents: list[Document]) -> None:
    for brief in load(name).brief(documents):
        check_brief(brief)
        assert brief.summarizer == name
        assert brief.signature.startswith(f"{name}|")
        assert "version:" in brief.signature
        assert brief.headline
        assert len(brief.bullets) == 3
        assert 2 <= len(brief.wysk) <= 3
        assert brief.notes == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", RUNNING)
def test_promises_on_real_articles(name: str) -> None:
    count = 40 if name in ("textrank", "lead", "random") else 4
    for article, number in product(articles("cnndm_train", count), (None, 10)):
        check_brief(load(name).brief([parse(article)], bullets=number)[0])


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize("style", ["headline", "bullets", "wysk"])
def test_only_the_styles_asked_for(name: str, style: str, documents: list[Document]) -> None:
    brief = load(name).brief(documents[:1], styles=[style])[0]
    assert {other.name for other in STYLES if brief.lines(other.name)} == {style}


@pytest.mark.parametrize("name", RUNNING)
def test_a_style_alone_is_what_it_is_beside_the_others(name: str, documents: list[Document]) -> None:
    whole = load(name).brief(documents[1:])[0]
    for style in STYLES:
        assert load(name).brief(documents[1:], styles=[style])[0].lines(style.name) == whole.lines(style.name)


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize("bullets", [1, 2, 5, 10])
def test_number_of_bullets(name: str, bullets: int, documents: list[Document]) -> None:
    found = load(name).brief(documents[1:], bullets=bullets)[0].bullets
    assert len(found) == bullets if bullets <= 5 else 5 < len(found) <= bullets


@pytest.mark.parametrize("name", RUNNING)
@pytest.mark.parametrize("text", ["", " \n\t ", "… !? —"])
def test_nothing_to_summarize(name: str, text: str) -> None:
    with pytest.raises(EmptyTextError, match=r"a\.txt"):
        load(name).brief([parse(text, source="a.txt")])


@pytest.mark.parametrize("bullets", [0, 11, -1])
def test_bullets_out_of_range(bullets: int) -> None:
    with pytest.raises(OptionError, match="from 1 to 10"):
        summarize(SEEDS[0], bullets=bullets)


@pytest.mark.parametrize("styles", [["haiku"], [], ["headline", "x"]])
def test_styles_that_do_not_exist(styles: list[str]) -> None:
    with pytest.raises(OptionError, match="headline, bullets, wysk"):
        summarize(SEEDS[0], styles=styles)


def test_styles_come_as_names_instances_or_one_name() -> None:
    assert summarize(SEEDS[0], styles="headline").bullets == ()
    assert summarize(SEEDS[0], styles=[WYSK, HEADLINE]).wysk == summarize(SEEDS[0], styles=["wysk"]).wysk


def test_random_is_a_lottery_with_a_seed(documents: list[Document]) -> None:
    draws = [load("random", seed=seed).brief(documents[1:])[0].bullets for seed in range(5)]
    assert len(set(draws)) == 5


def test_lead_takes_the_first_sentences_in_order(documents: list[Document]) -> None:
    brief = load("lead").brief(documents[:1])[0]
    assert [line.evidence[0].sentence for line in brief.bullets] == [0, 1, 2]


def test_a_score_of_the_wrong_shape_or_nan_is_refused(documents: list[Document]) -> None:
    class Broken(ExtractiveSummarizer):
        def score(self, document: Document) -> np.ndarray:
            return np.full(len(document.sentences), np.nan)

    with pytest.raises(ValueError, match="finite score"):
        Broken().brief(documents)


class Told(AbstractiveSummarizer):
    """Writes what a careless model may write: too long, twice, unfinished, nothing, half a quotation."""

    def write(self, documents: Sequence[Document], style: Style) -> list[list[str]]:
        return [
            [
                *("", " \n", "and so it", "“It is over, he said.", "word " * 100 + "end."),
                *(sentence.line for sentence in document.sentences for _ in range(2)),
            ]
            for document in documents
        ]


def test_what_a_model_writes_keeps_the_promises_too(documents: list[Document]) -> None:
    for brief in Told().brief(documents):
        check_brief(brief)
        assert brief.headline
        assert len(brief.bullets) == 3
        assert brief.wysk


def test_a_summarizer_of_another_package_says_its_version() -> None:
    from importlib.metadata import version

    from summarize.summarizers.lead import Lead

    foreign = type("Foreign", (Lead,), {"__module__": "hypothesis.extra"})
    assert foreign().signature.endswith(f"|hypothesis:{version('hypothesis')}")
    assert "hypothesis" not in Lead().signature


@pytest.mark.parametrize("name", ["news", "textrank", "lead"])
def test_a_text_as_short_as_its_brief_is_told_so(name: str) -> None:
    short = load(name).brief([parse("It rained in Leeds on Monday.")])[0]
    assert "nothing to shorten: the bullets say all that the text says" in short.notes
    long = load(name).brief(
        [parse(" ".join(f"On day {n} it rained in town {n} of the county." for n in range(9)))]
    )[0]
    assert not [note for note in long.notes if "nothing to shorten" in note]
