"""brief_each: one result for each document, in order; a bad one ends no other, alone or in a batch."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest

from summarize import Document, parse
from summarize.batch.work import Author, BatchSettings
from summarize.brief import Brief
from summarize.errors import Failure, InputError, ModelError, OptionError
from summarize.reading.rows import Row
from summarize.style import Style
from summarize.summarizers.base import AbstractiveSummarizer, ExtractiveSummarizer

RAIN = "Rain fell in Leeds on Monday. The river Aire rose by two metres. Nobody was hurt."


class Picky(ExtractiveSummarizer):
    """Fails on a text that says BAD, and notes how many it had at once."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def _brief(self, documents: list[Document], styles: list[Style]) -> list[Brief]:  # type: ignore[override]
        self.sizes.append(len(documents))
        return super()._brief(documents, styles)

    def score(self, document: Document) -> np.ndarray:
        if "BAD" in document.text:
            raise ModelError("it is bad")
        if "BUG" in document.text:
            raise ZeroDivisionError("a fault")
        return np.arange(len(document.sentences), dtype=float)


class Pair(Picky):
    batch_size = 2


class Inventor(AbstractiveSummarizer):
    """Writes what the article does not say."""

    batch_size = 2

    def write(self, documents: list[Document], style: Style) -> list[list[str]]:  # type: ignore[override]
        return [["Snow fell in Leeds on Friday and 40 people were hurt."] for _ in documents]


def documents(*texts: str) -> list[Document]:
    return [parse(text, source=f"{number}.txt") for number, text in enumerate(texts)]


@pytest.mark.parametrize("kind", [Picky, Pair])
def test_a_bad_document_ends_no_other(kind: type[Picky]) -> None:
    unread = Failure("none.txt", InputError("none.txt: there is no such file"))
    given = documents(RAIN, f"BAD. {RAIN}", RAIN, " . ", f"BUG. {RAIN}", RAIN)
    results = list(kind().brief_each([unread, *given, unread]))
    assert [str(result) if isinstance(result, Failure) else result.document.source for result in results] == [
        "none.txt: there is no such file",
        "0.txt",
        "1.txt: it is bad",
        "2.txt",
        "3.txt: the text holds no sentence to summarize; give it a story",
        "4.txt: ZeroDivisionError: a fault",
        "5.txt",
        "none.txt: there is no such file",
    ]
    assert isinstance(results[2], Failure) and isinstance(results[2].error, ModelError)


def test_only_a_batch_that_fails_is_tried_one_by_one() -> None:
    pair = Pair()
    list(pair.brief_each(documents(RAIN, RAIN, RAIN, "BAD", RAIN, " . ")))
    assert pair.sizes == [2, 2, 1, 1, 1], "a document without a sentence fails no batch"
    list(pair.brief_each(documents(RAIN, RAIN, RAIN), together=3))
    assert pair.sizes[5:] == [3]


def test_documents_are_taken_as_they_are_needed() -> None:
    taken = []

    def endless() -> Iterator[Document]:
        while True:
            taken.append(1)
            yield parse(RAIN)

    results = Pair().brief_each(endless())
    assert isinstance(next(results), Brief)
    assert len(taken) == 2


def test_a_style_that_does_not_exist_is_told() -> None:
    with pytest.raises(OptionError, match="headline, bullets, wysk"):
        next(Picky().brief_each(documents(RAIN), ["haiku"]))


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_strict_batch_rows_are_strict_whatever_the_batch(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.registry.load", lambda name, **options: Inventor())
    author = Author(BatchSettings("inventor", strict=True))
    given = [Row("f", n, json.dumps({"article": RAIN}).encode()) for n in range(rows)]
    outcomes = list(author.outcomes(given))
    assert len(outcomes) == rows
    for outcome in outcomes:
        record = json.loads(outcome.line)
        assert "|strict:" in record["signature"]
        lines = [record["headline"], *record["bullets"], *record["wysk"]]
        assert not any(line["flags"] for line in lines if line)
