"""ROUGE: the numbers of rouge-score to the last digit, the papers' figures, and every script."""

import gzip
import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from summarize_eval.rouge.rouge import TYPES, Rouge

from summarize.errors import OptionError

DATA = Path(os.environ.get("SUMMARIZE_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))
# The words overlap often, stems differ from words, and lines, dashes and accents are among them.
text = st.lists(
    st.sampled_from(
        [
            "the",
            "cat",
            "cats",
            "running",
            "ran",
            "dying",
            "skies",
            "news",
            "café",
            "30-day",
            "U.S.",
            "I'll",
            "\n",
        ]
    ),
    max_size=40,
).map(" ".join)


def theirs(
    types: Sequence[str], stemmer: bool, predictions: Sequence[str], references: Sequence[str]
) -> np.ndarray:
    scorer = pytest.importorskip("rouge_score.rouge_scorer").RougeScorer(list(types), use_stemmer=stemmer)
    scores = [scorer.score(reference, text) for text, reference in zip(predictions, references, strict=True)]
    return np.array([[tuple(score[name]) for name in types] for score in scores])


def read(name: str, limit: int | None = None) -> list[dict[str, str]]:
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"the evaluation data is not here: {path}")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line, _ in zip(file, range(limit or 10**9), strict=False)]


@pytest.mark.slow
@given(st.lists(st.tuples(text, text), min_size=1, max_size=6), st.booleans())
@settings(max_examples=150, deadline=None)
def test_equals_rouge_score_on_any_text(pairs: list[tuple[str, str]], stemmer: bool) -> None:
    types = [*TYPES, "rouge3", "rouge9"]
    predictions, references = map(list, zip(*pairs, strict=True))
    expected = theirs(types, stemmer, predictions, references)
    rouge = Rouge(types, stemmer=stemmer)
    np.testing.assert_allclose(rouge.corpus(predictions, references), expected, rtol=0, atol=1e-12)
    single = [[rouge.score(*pair)[name] for name in types] for pair in pairs]
    np.testing.assert_allclose(np.array(single), expected, rtol=0, atol=1e-12)


# Many lines of few words: the same line, line for line the same words, and words in other orders.
lines = st.lists(st.text("abcd ", max_size=12), max_size=20).map("\n".join)


@given(lines, lines)
@settings(max_examples=150, deadline=None)
def test_rouge_lsum_equals_rouge_score_on_many_lines(prediction: str, reference: str) -> None:
    expected = theirs(["rougeLsum"], False, [prediction], [reference])[0, 0]
    found = Rouge(["rougeLsum"], stemmer=False).score(prediction, reference)["rougeLsum"]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None)
def test_equals_rouge_score_on_any_characters(prediction: str, reference: str) -> None:
    expected = theirs(TYPES, True, [prediction], [reference])
    np.testing.assert_allclose(Rouge().corpus([prediction], [reference]), expected, rtol=0, atol=1e-12)


@pytest.mark.slow
@pytest.mark.parametrize("stemmer", [True, False])
@pytest.mark.parametrize(
    ("name", "prediction", "reference"),
    [
        ("cnndm_validation", "article", "highlights"),
        ("xsum_train", "summary", "document"),
        ("xsum_published_outputs", "tconvs2s", "reference"),
        ("multi_news", "summary", "summary"),
        ("wikinews", "headline", "article"),
    ],
)
def test_equals_rouge_score_on_real_pairs(name: str, prediction: str, reference: str, stemmer: bool) -> None:
    rows = read(name, 60)
    # Sentences on lines, and many pairs beyond the 64 tokens of a lane.
    predictions = [row[prediction].replace(". ", ".\n")[:1500] for row in rows]
    references = [row[reference].replace("? ", "?\n")[:1500] for row in rows]
    expected = theirs(TYPES, stemmer, predictions, references)
    np.testing.assert_allclose(
        Rouge(stemmer=stemmer).corpus(predictions, references), expected, rtol=0, atol=1e-12
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("system", "printed"),
    [
        ("lead", (16.30, 1.60, 11.95)),
        ("ptgen", (29.70, 9.21, 23.24)),
        ("tconvs2s", (31.89, 11.54, 25.75)),
        ("ext_oracle", (29.79, 8.81, 22.66)),
    ],
)
def test_perl_reproduces_the_papers(system: str, printed: tuple[float, ...]) -> None:
    rows = read("xsum_published_outputs")
    scores = Rouge(["rouge1", "rouge2", "rougeL"], "perl").corpus(
        (row[system] for row in rows), (row["reference"] for row in rows)
    )
    assert len(scores) == 11_334
    assert np.abs(100 * scores[:, :, 2].mean(axis=0) - printed).max() <= 0.02


def test_perl_looks_exceptions_up_before_it_stems() -> None:
    perl = Rouge(["rouge1"], "perl")
    assert perl.score("children", "child")["rouge1"].fmeasure == 1
    assert perl.score("ran", "run")["rouge1"].fmeasure == 0, "words of three letters stay as they are"
    assert Rouge(["rouge1"]).score("children", "child")["rouge1"].fmeasure == 0


@pytest.mark.parametrize(
    ("prediction", "reference", "fmeasure"),
    [
        ("首相は辞任した", "首相が辞任した", 6 / 7),
        ("Москва", "москва", 1.0),
        ("el café abrió", "el café", 0.8),
        ("cafe\u0301", "caf\u00e9", 1.0),
        ("ไทย", "ไท", 0.8),
        ("हिन्दी भाषा", "हिन्दी", 2 / 3),
        ("مرحبا", "مرحبا", 1.0),
        ("snake_case", "snake", 2 / 3),
    ],
)
def test_unicode_scores_every_script(prediction: str, reference: str, fmeasure: float) -> None:
    score = Rouge(["rouge1"], "unicode", stemmer=False).score(prediction, reference)["rouge1"]
    assert score.fmeasure == pytest.approx(fmeasure)


def test_unicode_keeps_lines_for_rouge_lsum() -> None:
    rouge = Rouge(["rougeL", "rougeLsum"], "unicode")
    score = rouge.score("он бежал\nона пела", "она пела\nон бежал")
    assert score["rougeLsum"].fmeasure == 1
    assert score["rougeL"].fmeasure == 0.5


def test_best_of_several_references_for_each_type() -> None:
    rouge = Rouge(["rouge1", "rouge2"])
    several = ["a b c d", "d c b a a"]
    both = rouge.score("a b d c", several)
    alone = [rouge.score("a b d c", text) for text in several]
    assert both == {name: max((one[name] for one in alone), key=lambda s: s.fmeasure) for name in rouge.types}
    corpus = rouge.corpus(["a b d c", "x"], [several, "x"])
    assert corpus.tolist() == [[list(both[name]) for name in rouge.types], [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]]


# Printed by ROUGE-1.5.5 -m -n 2 for these texts, with -f A and with -f B.
@pytest.mark.parametrize(
    ("formula", "rouge1", "rouge2", "rouge_l"),
    [
        ("A", (0.51852, 0.70000, 0.59575), (0.33333, 0.47059, 0.39024), (0.48148, 0.65000, 0.55319)),
        ("B", (0.22222, 1.00000, 0.36363), (0.12500, 1.00000, 0.22222), (0.22222, 1.00000, 0.36363)),
    ],
)
def test_several_references_as_the_perl_script_has_them(
    formula: str, rouge1: tuple[float, ...], rouge2: tuple[float, ...], rouge_l: tuple[float, ...]
) -> None:
    rouge = Rouge(["rouge1", "rouge2", "rougeLsum"], "perl", formula=formula)
    written = "The cat sat on the mat.\nIt purred governmentally."
    several = ["A cat was on the mat.", "The cats sat.\nOn a mat it purred all the long day.", "It purred."]
    expected = [rouge1, rouge2, rouge_l]
    np.testing.assert_allclose(list(rouge.score(written, several).values()), expected, rtol=0, atol=1.5e-5)
    corpus = rouge.corpus([written, "x"], [several, "y"])
    np.testing.assert_allclose(corpus[0], expected, rtol=0, atol=1.5e-5)
    assert f"formula:{formula}" in rouge.signature


def test_the_perl_mode_averages_references_as_the_script_does() -> None:
    assert Rouge(mode="perl").formula == "A"
    assert Rouge().formula == "best-f"


def test_empty_texts_score_zero() -> None:
    assert not Rouge().corpus(["", "a", " \n"], ["a", "", ""]).any()
    assert Rouge().corpus([], []).shape == (0, 4, 3)


def test_long_and_short_pairs_together() -> None:
    long = " ".join(f"w{n % 90}" for n in range(700))
    lines = "\n".join(f"w{n} w{n + 1}" for n in range(40))
    predictions, references = [long, "w1 w2", lines, lines], [lines, "w2\nw1", long, lines]
    expected = theirs(TYPES, False, predictions, references)
    np.testing.assert_allclose(
        Rouge(stemmer=False).corpus(predictions, references), expected, rtol=0, atol=1e-12
    )


@pytest.mark.parametrize(
    "call",
    [
        lambda: Rouge(["rouge0"]),
        lambda: Rouge(["rouge"]),
        lambda: Rouge(mode="java"),
        lambda: Rouge().corpus(["a"], []),
        lambda: Rouge().corpus(["a"], ["a", "b"]),
        lambda: Rouge().corpus(["a"], [[]]),
    ],
)
def test_what_cannot_be_scored_is_said(call: object) -> None:
    with pytest.raises(OptionError):
        call()  # type: ignore[operator]
