"""The examples of a report: texts with the words a reference has, what they rest on, and what is in doubt."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from summarize import parse
from summarize.brief import Flag, Line
from summarize.document import Document
from summarize.evidence import attach
from summarize.language.scripts import UNSPACED
from summarize.writing.wording import doubts

from ..results import Evaluation
from ..rouge.sentences import on_lines
from ..rouge.tokenizers import UnicodeTokenizer
from .tables import label

# Examples on the page: enough to browse, few enough for a file one can send. They are spread over the data.
EXAMPLES = 200
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


def examples(evaluation: Evaluation, limit: int = EXAMPLES) -> list[dict[str, Any]]:
    """Return what the page shows of each document: plain types, texts as HTML.

    Where the articles are known, lines have their best source sentence and their flags.

    Args:
        evaluation: what to show.
        limit: how many documents at most, spread over all.
    """
    total = len(evaluation.ids)
    chosen = np.unique(np.linspace(0, total - 1, min(limit, total)).astype(int)).tolist()
    return [_example(evaluation, number) for number in chosen]


def _example(evaluation: Evaluation, number: int) -> dict[str, Any]:
    tokenizer = UnicodeTokenizer()
    references = evaluation.references[number]
    wanted = {token for text in references for token in token_numbers(text, tokenizer)}
    document = parse(evaluation.articles[number]) if evaluation.articles else None
    systems = []
    for result in evaluation.results:
        scores = (100 * result.scores[number, :, 2]).tolist()
        lines = _lines(result.system.texts[number], document)
        systems.append(
            {
                "name": result.system.name,
                "scores": "  ".join(
                    f"{label(name)} {f:.1f}" for name, f in zip(evaluation.types, scores, strict=True)
                ),
                "first": scores[0],
                "flags": sum(len(line.flags) for line in lines),
                "lines": [_line(line, wanted, tokenizer, document) for line in lines],
            }
        )
    return {
        "id": evaluation.ids[number],
        "references": [_plain(text) for text in references],
        "article": [escape(sentence.text) for sentence in document.sentences] if document else [],
        "systems": systems,
    }


def _lines(text: str, document: Document | None) -> list[Line]:
    if document is None:
        return [Line(text)] if text.strip() else []
    return attach([line for line in on_lines([text]).texts[0].split("\n") if line.strip()], document)


def _line(
    line: Line, wanted: set[int], tokenizer: UnicodeTokenizer, document: Document | None
) -> dict[str, Any]:
    found: dict[str, Any] = {"text": marked(line.text, wanted, tokenizer, line.flags), "doubts": doubts(line)}
    if document and line.evidence:
        best = max(line.evidence, key=lambda one: one.score)
        found |= {"sentence": best.sentence, "support": round(100 * best.score)}
    return found


def token_numbers(text: str, tokenizer: UnicodeTokenizer) -> list[int]:
    """Return the numbers that a tokenizer gives the words of a text, line after line."""
    return [number for line in tokenizer.lines(text) for number in line]


def marked(text: str, wanted: set[int], tokenizer: UnicodeTokenizer, flags: Sequence[Flag] = ()) -> str:
    """Return a text as HTML: words that a reference has, by their stems, in <mark>, flagged ones in <u>."""
    doubted = {place for flag in flags for place in range(flag.start, flag.end)}
    parts = []
    end = 0
    for word in _WORD.finditer(text):
        parts.append(_plain(text[end : word.start()]))
        numbers = token_numbers(word[0], tokenizer)
        shown = escape(word[0])
        if numbers and wanted.issuperset(numbers):
            shown = f"<mark>{shown}</mark>"
        parts.append(f"<u>{shown}</u>" if doubted.intersection(range(*word.span())) else shown)
        end = word.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def as_script(value: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
