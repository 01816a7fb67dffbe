"""TextRank: its votes against a dense matrix, its plain form against sumy itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from corpus import SEEDS, TEXTS, articles
from hypothesis import given
from hypothesis import strategies as st

from summarize import Document, load, parse
from summarize.errors import OptionError
from summarize.language.text import stems, words
from summarize.language.words import STOP_WORDS
from summarize.summarizers import plain_textrank, votes
from summarize.summarizers.plain_textrank import plain_ranks
from summarize.summarizers.textrank import TextRank
from summarize.summarizers.votes import Matrix, Totals, count

BAGS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=8), min_size=1, max_size=12)


def cosines(bags: Sequence[Sequence[str]]) -> np.ndarray:
    """The TF-IDF cosine of every pair of sentences, computed the plain way; 0 on the diagonal."""
    terms = sorted({term for bag in bags for term in bag})
    counts = np.array([[list(bag).count(term) for term in terms] for bag in bags], dtype=float).reshape(
        len(bags), -1
    )
    idf = np.log((len(bags) + 1) / np.maximum((counts > 0).sum(axis=0), 1)) + 1
    vectors = counts * idf
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
    similarity = vectors @ vectors.T
    np.fill_diagonal(similarity, 0)
    return similarity


@pytest.mark.parametrize("kind", [Matrix, Totals])
@given(bags=BAGS, earlier=st.sampled_from([0.0, 0.2, 0.5, 1.0]), random=st.randoms(use_true_random=False))
def test_votes_equal_what_the_plain_way_gives(
    kind: type, bags: list[list[str]], earlier: float, random: object
) -> None:
    cast = np.array([random.random() for _ in bags])  # type: ignore[attr-defined]
    similarity = cosines(bags)
    weights = earlier * np.tril(similarity) + (1 - earlier) * np.triu(similarity)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(votes, "_SHORT", 60 if kind is Matrix else 0)
        counted = count(bags)
    assert type(counted) is kind
    assert np.allclose(counted.votes(cast, earlier), weights @ cast, rtol=0, atol=1e-9)


@given(TEXTS, st.sampled_from([0.0, 0.6, 0.95]), st.sampled_from([0.5, 0.8, 1.0]))
def test_scores_are_a_distribution(text: str, damping: float, direction: float) -> None:
    document = parse(text)
    if document.sentences:
        scores = TextRank(damping=damping, direction=direction).score(document)
        assert scores.shape == (len(document.sentences),)
        assert (scores > 0).all()
        assert scores.sum() == pytest.approx(1, abs=1e-9)


def test_scores_are_stationary() -> None:
    summarizer = TextRank()
    document = parse(SEEDS[1])
    similarity = cosines(document.content)
    later, earlier = summarizer.direction, 1 - summarizer.direction
    votes = later * np.triu(similarity) + earlier * np.tril(similarity)
    out = votes.sum(axis=0)
    transition = np.divide(votes, out, out=np.zeros_like(votes), where=out > 0)
    prior = TextRank(damping=0).score(document)
    scores = summarizer.score(document)
    step = summarizer.damping * (transition @ scores) + (1 - summarizer.damping) * prior
    step += (1 - step.sum()) * prior  # what a sentence without a neighbour cannot pass on
    assert np.abs(step - scores).max() < 1e-6


def test_direction_gives_the_votes_of_later_sentences_to_earlier_ones() -> None:
    document = parse(
        "The river rose in Leeds today. The river fell in York. Bread and wine cost more than ever."
    )
    ahead = TextRank(direction=1, position=0, damping=0.9).score(document)
    even = TextRank(direction=0.5, position=0, damping=0.9).score(document)
    assert ahead[0] / ahead[1] > even[0] / even[1]


def test_position_prefers_the_top() -> None:
    document = parse("Snow fell on York. Rain fell on Hull. Hail fell on Bath. Dust fell on Acre.")
    flat, steep = (TextRank(damping=0, position=position).score(document) for position in (0, 2))
    assert np.ptp(flat) < 1e-9
    assert (np.diff(steep) < 0).all()


@pytest.mark.parametrize(
    "options", [{"damping": 1}, {"damping": -0.1}, {"direction": 0.4}, {"direction": 1.1}, {"position": -1}]
)
def test_options_out_of_range_are_refused(options: dict[str, float]) -> None:
    name = next(iter(options))
    with pytest.raises(OptionError, match=name):
        load("textrank", **options)


@pytest.mark.parametrize(
    "options",
    [{"damping": float("nan")}, {"position": float("nan")}, {"damping": "high"}, {"position": float("inf")}],
)
def test_options_that_are_no_numbers_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(OptionError):
        load("textrank", **options)


def test_one_sentence_and_one_repeated() -> None:
    assert TextRank().score(parse("The river rose in Leeds."))[0] == pytest.approx(1)
    repeated = TextRank(position=0, direction=0.5).score(parse("The river rose in Leeds. " * 50))
    assert np.allclose(repeated, 1 / 50)


def test_stop_words_alone() -> None:
    scores = TextRank().score(parse("It was so. He had been there. They are what they were."))
    assert scores.sum() == pytest.approx(1)


# -- plain=True ranks as sumy does --------------------------------------------------------------------


class _Tokenizer:
    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence))


def sumy_ratings(document: Document, stemmer: object) -> list[float]:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    from sumy.summarizers.text_rank import TextRankSummarizer

    summarizer = TextRankSummarizer(stemmer)
    summarizer.stop_words = STOP_WORDS
    model = ObjectDocumentModel([Paragraph([Sentence(s.text, _Tokenizer()) for s in document.sentences])])
    ratings = summarizer.rate_sentences(model)
    return [ratings[sentence] for sentence in model.sentences]


def our_stem(word: str) -> str:
    return stems([word])[0]


def check_plain(document: Document) -> None:
    # sumy keeps its ratings by sentence: of two that are equal, only one rating is left.
    if len({sentence.text for sentence in document.sentences}) < len(document.sentences):
        return
    ours, theirs = TextRank(plain=True).score(document), np.array(sumy_ratings(document, our_stem))
    assert np.abs(ours - theirs).max() < 1e-9
    assert (
        np.argsort(-ours.round(9), kind="stable").tolist()
        == np.argsort(-theirs.round(9), kind="stable").tolist()
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_plain_ranks_the_seeds_as_sumy_does(seed: str) -> None:
    check_plain(parse(seed))


@pytest.mark.slow
def test_plain_ranks_real_articles_as_sumy_does() -> None:
    for article in articles("cnndm_validation", 200):
        check_plain(parse(article))


def test_plain_ranks_as_sumy_with_its_own_stemmer_where_the_stems_agree() -> None:
    from sumy.nlp.stemmers import Stemmer

    stemmer = Stemmer("english")
    # No word here ends in "'s", which sumy's stemmer treats in its own way.
    text = "The river rose in Leeds. Families left their homes. The river fell in York. Leeds families lost homes."
    document = parse(text)
    assert all(stemmer(word) == our_stem(word) for sentence in document.words for word in sentence)
    assert np.abs(TextRank(plain=True).score(document) - sumy_ratings(document, stemmer)).max() < 1e-9


def test_plain_in_blocks_equals_plain_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bags = parse(SEEDS[1]).content
    whole = plain_ranks(bags)
    monkeypatch.setattr(plain_textrank, "_BLOCK_CELLS", 5 * len(bags))
    assert np.allclose(plain_ranks(bags), whole, rtol=0, atol=1e-12)
    monkeypatch.setattr(plain_textrank, "_KEPT_CELLS", 0)
    assert np.allclose(plain_ranks(bags), whole, rtol=0, atol=1e-12)


@given(BAGS)
def test_plain_scores_are_a_distribution(bags: list[list[str]]) -> None:
    assert (plain_ranks(bags) >= 0).all()
    assert plain_ranks(bags).sum() <= 1 + 1e-9
