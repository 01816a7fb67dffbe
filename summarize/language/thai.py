"""Thai sentences: Thai ends them without a mark, and sets a blank between clauses as well as sentences.

A blank ends a sentence where the next clause opens as sentences do ("นอกจากนี้", "ตำรวจ"; the openers stand in
the table of Thai), or where the sentence has become long; never inside a name, and never behind a word that
wants another ("ว่า", "และ"). A model would cut better: PyThaiNLP's needs 66 MB.
"""

from __future__ import annotations

import re

from summarize.language.table import table

_BLANK = re.compile(r"(?<=[\u0e00-\u0e7f\d)”\"])\s+(?=[\u0e00-\u0e7f“\"(])")
_LEAST, _LONG = 30, 120  # characters of a sentence: below, no opener ends it; above, any blank does


def thai_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return (start, end) of the sentences in `text[start:end]`.

    Example:
        >>> text = "นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นเมื่อคืน ตำรวจปิดถนนสองสายแล้ว"
        >>> [text[a:b] for a, b in thai_spans(text, 0, len(text))]
        ['นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นเมื่อคืน', 'ตำรวจปิดถนนสองสายแล้ว']
    """
    rules = table("th")
    openers, unfinished = rules.words("sentences", "openers"), rules.words("headline", "unfinished")
    spans = []
    for blank in _BLANK.finditer(text, start, end):
        size = blank.start() - start
        opens = size >= _LEAST and text.startswith(openers, blank.end())
        if (opens or size >= _LONG) and not text[start : blank.start()].endswith(unfinished):
            spans.append((start, blank.start()))
            start = blank.end()
    return [*spans, (start, end)]
