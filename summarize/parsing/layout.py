"""Lines of a plain text -> paragraphs: which line breaks are the author's and which a mailer's.

Handles one paragraph a line, paragraphs set off by blank lines, and text hard-wrapped at a column.
What a paragraph is (heading, box, story) is decided in `summarize.parsing.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

# Every line break that str.splitlines knows, "\r\n" first; a form feed ends a page, hence a paragraph.
_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LEAST_WRAP, _WRAP_LIMIT = 40, 110  # columns
_SENTENCE_END = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
_ITEM = re.compile(r"(?:[-*+•‣▪·–—]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text that its author set apart.

    Attributes:
        start, end: offsets into the text, outer blanks and list marks excluded.
        block: number of the run of lines without a blank line in which it stands.
        item: whether a list mark ("-", "•", "1.") stood before it.
    """

    start: int
    end: int
    block: int
    item: bool


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text, in order; offsets count characters of the text as given.

    Example:
        >>> [(p.start, p.end) for p in paragraphs("One line.\\nAnother.\\n\\n- item")]
        [(0, 9), (10, 18), (22, 26)]
    """
    blocks = _blocks(text)
    width = max((end - start for block in blocks for start, end in block), default=0)
    wrapped = _is_wrapped(text, blocks, width)
    found = []
    for number, block in enumerate(blocks):
        first = 0
        for index in range(1, len(block) + 1):
            if index < len(block) and _continues(text, block[index - 1], block[index], width, wrapped):
                continue
            start, end = block[first][0], block[index - 1][1]
            mark = _ITEM.match(text, start, end)
            item = mark is not None and mark.end() < end
            found.append(Paragraph(mark.end() if mark and item else start, end, number, item))
            first = index
    return found


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Runs of non-blank lines, each line as (start, end) without its outer blanks."""
    blocks: list[list[tuple[int, int]]] = [[]]
    ended = True
    for match in _LINE.finditer(text):
        line = match.group()
        if line[0] in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029":
            if ended:
                blocks.append([])
            ended = True
            continue
        body = line.strip()
        if body:
            start = match.start() + line.index(body[0])
            blocks[-1].append((start, start + len(body)))
        ended = not body
    return [block for block in blocks if block]


def _fills(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the next line's first word would not have fitted: then the break is a mailer's."""
    word = text[following[0] : following[1]].split(maxsplit=1)[0]
    return line[1] - line[0] + 1 + len(word) > width


def _is_wrapped(text: str, blocks: list[list[tuple[int, int]]], width: int) -> bool:
    """Whether lines break where the next word would not have fitted, and mostly in mid-sentence."""
    if not _LEAST_WRAP <= width <= _WRAP_LIMIT:
        return False
    pairs = [pair for block in blocks for pair in pairwise(block)]
    full = [line for line, following in pairs if _fills(text, line, following, width)]
    ended = sum(_ends(text, line) for line in full)
    return len(pairs) >= 2 and len(full) >= 0.6 * len(pairs) and ended <= 0.5 * len(full)


def _ends(text: str, line: tuple[int, int]) -> bool:
    return _SENTENCE_END.search(text, max(line[0], line[1] - 8), line[1]) is not None


def _continues(
    text: str, line: tuple[int, int], following: tuple[int, int], width: int, wrapped: bool
) -> bool:
    """Whether two neighbouring lines belong to one paragraph."""
    if _ITEM.match(text, *following):
        return False
    if wrapped and _fills(text, line, following, width):
        return True
    # A break in mid-sentence: nothing ended, and the next line goes on in lower case.
    return not _ends(text, line) and text[following[0]].islower() and line[1] - line[0] > 30


_LONE_STOP = re.compile(r"(?<![.,;:!?]) \.$")
_UNFINISHED = re.compile(
    r"\b(?:the|an?|of|to|in|on|at|by|for|with|from|and|or|but|as|than|that|which|who|his|her|its|their|is|are|was"
    r"|were|has|have|had|will|would|also|more|about|into|any|both) \.$|, \.$",
    re.IGNORECASE,
)


def rejoined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield sentences whole again that a data set's tool broke at line ends, with " ." where it broke them.

    Example:
        >>> list(rejoined("They sued in . Florida .", [(0, 14), (15, 24)]))
        [(0, 24)]
    """
    whole: tuple[int, int] | None = None
    for start, end in spans:
        if (
            whole
            and _LONE_STOP.search(text, max(whole[0], whole[1] - 3), whole[1])
            and (text[start].islower() or _UNFINISHED.search(text, max(whole[0], whole[1] - 12), whole[1]))
        ):
            whole = whole[0], end
            continue
        if whole:
            yield whole
        whole = start, end
    if whole:
        yield whole
