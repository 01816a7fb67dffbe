"""Sentences that sentencex does not part outside English: of Thai, and where a page lost a blank.

Thai ends sentences without a mark, and sets a blank between clauses as well as sentences. A blank ends a
sentence where the next clause opens as sentences do ("นอกจากนี้", "ตำรวจ"; the openers stand in the table of
Thai), or where the sentence has become long; never inside a name, and never behind a word that wants another
("ว่า", "และ"). A model would cut better: PyThaiNLP's needs 66 MB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarize.language.stop_words import stop_words
from summarize.language.table import table

_BLANK = re.compile(r"(?<=[\u0e00-\u0e7f\d)”\"])\s+(?=[\u0e00-\u0e7f“\"(])")
_LEAST, _LONG = 30, 120  # characters of a sentence: below, no opener ends it; above, any blank does
# Where a blank was lost between sentences: at a capital, but not in "Booking.Com", where prose has no blank
# behind; before a quotation, and behind one. German and Polish close with what others open with.
_GLUED, _GLUED_LOW = (
    re.compile(
        rf"(?:[^\W\d_]{{3}}[»”]?[.!?…]|[.!?…][{closing}])(?=[A-ZÀ-ÖØ-Ý][^\W\d_]+['’ ])"
        rf"|(?<=[\w»”)])[.!?…](?=[{opening}]\s?[A-ZÀ-ÖØ-Ý])"
    )
    for opening, closing in (("“«", "”»"), ("„", "“”"))
)
_MARK = re.compile('[“”"]')
_BEFORE_QUOTE = re.compile(r"[.!?…]\"(?=[A-ZÀ-ÖØ-Ý])")


def thai_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return (start, end) of the sentences in `text[start:end]`.

    Example:
        >>> text = "นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นเมื่อคืน ตำรวจปิดถนนสองสายแล้ว"
        >>> [text[a:b] for a, b in thai_spans(text, 0, len(text))]
        ['นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นเมื่อคืน', 'ตำรวจปิดถนนสองสายแล้ว']
    """
    rules = table("th")
    finished = rules.words("sentences", "finished")
    openers, unfinished = rules.words("sentences", "openers"), rules.words("headline", "unfinished")
    spans = []
    for blank in _BLANK.finditer(text, start, end):
        size = blank.start() - start
        opens = size >= _LEAST and text.startswith(openers, blank.end())
        clause = text[start : blank.start()]
        ends = clause.endswith(finished) or not clause.endswith(unfinished)
        if (opens or size >= _LONG) and ends:
            spans.append((start, blank.start()))
            start = blank.end()
    return [*spans, (start, end)]


def glued_spans(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of sentences, and headings, that a page left without a blank between them.

    Example:
        >>> text = "Il vit à Paris.Deux rues ferméesLe maire aussi."
        >>> [text[a:b] for a, b in glued_spans(text, 0, len(text), "fr")]
        ['Il vit à Paris.', 'Deux rues fermées', 'Le maire aussi.']
    """
    marks = _GLUED_LOW if "„" in text else _GLUED
    found = [*marks.finditer(text, start, end), *_glued_heading(language).finditer(text, start, end)]
    for place in sorted({match.end() for match in found}):
        yield start, place
        start = place
    yield start, end


@cache
def _glued_heading(language: str) -> re.Pattern[str]:
    """Find where a heading ran into a sentence: at a small word with a capital, "ferméesLe maire"."""
    words = sorted(word.capitalize() for word in stop_words(language) if len(word) > 1)
    listed = "|".join(map(re.escape, words)) or "(?!)"
    small = rf"(?:{listed})\s+\w|[DLJSN]['’]\w"
    return re.compile(
        rf"(?<=[^\W\dA-ZÀ-ÖØ-Ý]{{3}})(?={small})(?<!#\w\w\w)|(?<=\w[”»)])(?={small}|[A-ZÀ-ÖØ-Ý][^\W\d_]+\s)"
    )


def with_quotes_opened(text: str) -> str:
    """Turn the straight marks that open a quotation, but lost the blank before, into curly ones.

    Example:
        >>> with_quotes_opened('Il est médecin."Je pars."Il part.')
        'Il est médecin.“Je pars."Il part.'
    """
    if _BEFORE_QUOTE.search(text) is None:
        return text
    parts, after, is_open = [], 0, False
    for mark in _MARK.finditer(text):
        opens = mark.group() == "“" or (
            not is_open and mark.start() > 0 and _BEFORE_QUOTE.match(text, mark.start() - 1) is not None
        )
        parts += [text[after : mark.start()], "“" if opens else mark.group()]
        after, is_open = mark.end(), opens
    return "".join([*parts, text[after:]])
