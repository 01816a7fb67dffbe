"""No stage takes time that grows with the square of a text, whatever its shape."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest
from shapes import CUE_SHAPES, DENIAL_SHAPES, HTML_SHAPES, LINE_SHAPES, SHAPES
from summarize_eval.rouge.rouge import Rouge

from summarize.errors import SummarizeError
from summarize.evidence import check
from summarize.evidence.lost import find_losses
from summarize.evidence.strict import hold_to_source
from summarize.evidence.swapped import swapped
from summarize.language.tokens import tokenize
from summarize.parsing.parse import parse
from summarize.reading.formats.pages import from_html
from summarize.registry import load

_SIZE, _TIMES = 3_000, 8  # characters, and how much larger the second text is
_MOST = 30  # times the first: 8 is linear, 64 the square; the rest is room for a busy machine
_LEAST = 0.02  # seconds: below it a clock tells nothing


def _seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    with contextlib.suppress(SummarizeError):
        work(text)
    return time.process_time() - start


def _all_stages(text: str) -> None:
    document = parse(text)
    if document.sentences:
        for summarizer in ("textrank", "news"):
            hold_to_source(load(summarizer).brief([document]))
        check(text, document)


def _rouge(text: str) -> None:
    rouge = Rouge()
    rouge.score(text, text)
    rouge.score(text[len(text) // 3 :], text)
    rouge.score(text[::-1], text)  # the same words in other orders, or none of them


def _losses(text: str) -> None:
    find_losses("Police fear that rain falls", text * 4)


def _denials(text: str) -> None:
    check("Rain fell, and it rained.", parse(text * 4))


def _swaps(text: str) -> None:
    words = text.split()
    list(swapped(text, tokenize(text), tokenize(" ".join(reversed(words)))))


def _page(html: str) -> None:
    from_html(html, "page")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "work"),
    [
        *((shape, _all_stages) for shape in SHAPES.values()),
        *((shape, _rouge) for shape in (SHAPES | LINE_SHAPES).values()),
        *((shape, _losses) for shape in CUE_SHAPES.values()),
        *((shape, _denials) for shape in DENIAL_SHAPES.values()),
        (LINE_SHAPES["words in any order"], _swaps),
        *((shape, _page) for shape in HTML_SHAPES.values()),
    ],
    ids=[
        *SHAPES,
        *(f"rouge {name}" for name in SHAPES | LINE_SHAPES),
        *(f"lost {name}" for name in CUE_SHAPES),
        *(f"denied {name}" for name in DENIAL_SHAPES),
        "swapped words in any order",
        *(f"html {name}" for name in HTML_SHAPES),
    ],
)
def test_time_grows_no_faster_than_the_text(
    shape: Callable[[int], str], work: Callable[[str], object]
) -> None:
    _seconds(work, shape(200))  # loads what is loaded once
    short = max(_seconds(work, shape(_SIZE)), _LEAST)
    long = _seconds(work, shape(_SIZE * _TIMES))
    assert long < _MOST * short, f"{short:.2f} s, and {long:.2f} s for a text of {_TIMES} times its size"
