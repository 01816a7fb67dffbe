"""Places of text on pages -> paragraphs in reading order: columns, headings, indents, split words.

Geometry alone: x grows to the right, y upwards, in points of 1/72 inch. A page is cut at the gutter that has
most lines side by side, again within each half; what crosses the gutter (a headline) cuts it into bands that
are read one below the other. After the recursive X-Y cut (Nagy and Seth 1984), gutters first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\n([^\W\d_]+)")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\Z")
_ITEM = re.compile(r"(?:[-*•‣▪·–—]|\d{1,2}[.)])\s")
_EDGES, _BESIDE, _LEAST_TEXT = (
    12,
    3,
    8,
)  # left edges tried; lines side by side; characters of a line, on average
_HIGHER = 1.3  # times the usual distance of lines: a blank between paragraphs
_TITLE, _TITLE_WORDS = 1.25, 30  # times the story's size; what is longer is no headline


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on one line, and where it stands on its page.

    Attributes:
        text: without outer blanks.
        left, right, bottom, top: its edges, in points; the page begins at the lower left.
        bold: whether all of it is bold.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: bool = False

    @property
    def size(self) -> float:
        """The height of its font, in points."""
        return self.top - self.bottom

    def like(self, other: Run) -> bool:
        """Whether another is set in the same size and weight, hence may be of the same paragraph."""
        return self.bold == other.bold and abs(self.size - other.size) < 0.08 * max(self.size, other.size)


def flow(pages: Sequence[Sequence[Run]]) -> tuple[str | None, str]:
    """Return the headline of a document, or None, and its paragraphs, a blank line between them.

    Args:
        pages: the runs of each, in any order, without running heads.

    Example:
        >>> flow([[Run("It rained on Mon-", 0, 90, 20, 30), Run("day in Leeds.", 0, 80, 8, 18)]])
        (None, 'It rained on Monday in Leeds.')
    """
    blocks = [block for page in pages for block in _blocks(page)]
    found: list[list[Run]] = []
    for block in blocks:
        for paragraph in _paragraphs(block):
            if found and _goes_on(found[-1], paragraph):
                found[-1] += paragraph
            else:
                found.append(paragraph)
    title = _title(found)
    if title is not None:
        found.remove(title)
    text = "\n\n".join("\n".join(line.text for line in paragraph) for paragraph in found)
    text = re.sub(r"(?<!\n)\n(?!\n)", " ", rejoined(text))
    return " ".join(line.text for line in title) if title else None, text


def without_running(pages: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """Return the pages without page numbers, and without what stands at the edge of many, at one height."""
    lines = [_lines(page) for page in pages]
    edges = Counter(key for page in lines if page for key in {_edge(page[0]), _edge(page[-1])})
    running = {key for key, count in edges.items() if count >= 2 and count >= len(pages) / 3}
    kept = []
    for runs, page in zip(pages, lines, strict=True):
        while page and _is_running(page[0], running):
            page = page[1:]
        while page and _is_running(page[-1], running):
            page = page[:-1]
        top, bottom = (page[0].top, page[-1].bottom) if page else (0.0, 0.0)
        kept.append([run for run in runs if page and bottom < (run.bottom + run.top) / 2 < top])
    return kept


def _edge(line: Run) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top)


def _is_running(line: Run, running: set[tuple[str, int]]) -> bool:
    return _edge(line) in running or _PAGE_NUMBER.fullmatch(line.text) is not None


def _blocks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the lines of each column of a page, in the order in which they are read."""
    gutter = _gutter(runs)
    if gutter is None:
        if runs:
            yield _lines(runs)
        return
    for crossing, left, right in _bands(runs, gutter):
        if crossing:
            yield _lines(crossing)
        yield from _blocks(left)
        yield from _blocks(right)


def _gutter(runs: Sequence[Run]) -> float | None:
    """Return where a column begins that has most lines beside it, or None where all is one column."""
    edges = Counter(round(run.left) for run in runs)
    tried = [edge - 1.0 for edge, count in edges.most_common(_EDGES) if count >= _BESIDE]
    scores = {x: _beside(runs, x) for x in tried}
    best = max(scores, key=scores.__getitem__, default=0.0)
    return best if scores.get(best, 0) > 0 else None


def _beside(runs: Sequence[Run], x: float) -> int:
    """Return how many lines stand side by side at x, less those that cross it."""
    found = crossed = 0
    for crossing, *sides in _bands(runs, x):
        crossed += len(crossing)
        texts = [sum(len(run.text) for run in side) for side in sides]
        heights = [{round(run.bottom) for run in side} for side in sides]
        if all(text >= _LEAST_TEXT * max(len(side), 1) for text, side in zip(texts, sides, strict=True)):
            # Both must reach over the same part of the page: one above the other is no two columns.
            low, high = max(map(_lowest, heights)), min(map(_highest, heights))
            beside = min(sum(low <= y <= high for y in side) for side in heights)
            found += beside if beside >= _BESIDE else 0
    return found - crossed if found >= _BESIDE else 0


def _lowest(heights: set[int]) -> float:
    return min(heights, default=float("inf"))


def _highest(heights: set[int]) -> float:
    return max(heights, default=float("-inf"))


def _bands(runs: Sequence[Run], x: float) -> Iterator[tuple[list[Run], list[Run], list[Run]]]:
    """Yield what crosses x, and what stands left and right of it below that, from top to bottom."""
    crossing: list[Run] = []
    sides: tuple[list[Run], list[Run]] = ([], [])
    for run in sorted(runs, key=lambda run: -run.top):
        crosses = run.left < x - 1 and run.right > x + 1
        # The last line of a headline may be too short to cross, and is a headline all the same.
        if crosses or (crossing and not any(sides) and run.like(crossing[-1]) and not run.left > x):
            if any(sides):
                yield crossing, *sides
                crossing, sides = [], ([], [])
            crossing.append(run)
        else:
            sides[run.left >= x].append(run)
    yield crossing, *sides


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Return runs as whole lines, from top to bottom."""
    rows: list[list[Run]] = []
    main = None  # the longest of the latest row
    for run in sorted(runs, key=lambda run: -run.top):
        if main is not None and _on_one_line(main, run):
            rows[-1].append(run)
            main = max(main, run, key=lambda run: len(run.text))
        else:
            rows.append([run])
            main = run
    return [_line(sorted(row, key=lambda run: run.left)) for row in rows]


def _on_one_line(line: Run, run: Run) -> bool:
    shared = min(line.top, run.top) - max(line.bottom, run.bottom)
    return shared > 0.5 * min(line.size, run.size)


def _line(row: list[Run]) -> Run:
    main = max(row, key=lambda run: len(run.text))
    # A large letter may open a story, and two or three lines stand beside it.
    large = len(row) > 1 and len(row[0].text) == 1 and row[0].size > 1.5 * main.size
    first, rest = (row[0].text, row[1:]) if large else ("", row)
    text = first + " ".join(run.text for run in rest)
    return Run(text, rest[0].left, row[-1].right, main.bottom, main.top, all(run.bold for run in rest))


def _paragraphs(lines: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the paragraphs of one column: set off by space, an indent, another font, or a short last line."""
    pitch = median([_pitch(a, b) for a, b in pairwise(lines)] or [0.0])
    right = max((line.right for line in lines), default=0.0)
    paragraph = list(lines[:1])
    for line, following in pairwise(lines):
        indent = following.left - line.left
        word = len(following.text.split(maxsplit=1)[0]) + 1
        room = right - line.right - word * (line.right - line.left) / max(len(line.text), 1)
        if (
            not line.like(following)
            or _pitch(line, following) > _HIGHER * pitch
            or (0.5 < indent / line.size < 5 and not _ITEM.match(line.text))
            or (room > 0 and _ENDED.search(line.text))
            or _ITEM.match(following.text)
        ):
            yield paragraph
            paragraph = []
        paragraph.append(following)
    if paragraph:
        yield paragraph


def _pitch(line: Run, following: Run) -> float:
    return (line.top - following.top) / following.size


def _goes_on(paragraph: Sequence[Run], following: Sequence[Run]) -> bool:
    """Whether a paragraph goes on in the next column, or on the next page."""
    last, first = paragraph[-1], following[0]
    below = last.bottom >= first.top - 1 and abs(last.left - first.left) < 5 * last.size
    return last.like(first) and not _ENDED.search(last.text) and not below and not _ITEM.match(first.text)


def _title(paragraphs: Sequence[list[Run]]) -> list[Run] | None:
    """Return the paragraph set largest, where it is larger than the story and as short as a headline."""
    sizes: Counter[float] = Counter()
    for line in (line for paragraph in paragraphs for line in paragraph):
        sizes[round(line.size, 1)] += len(line.text)
    if len(sizes) < 2:
        return None
    largest = max(paragraphs, key=lambda paragraph: paragraph[0].size)
    words = sum(len(line.text.split()) for line in largest)
    is_title = largest[0].size >= _TITLE * sizes.most_common(1)[0][0] and 2 <= words <= _TITLE_WORDS
    return largest if is_title else None


def rejoined(text: str) -> str:
    r"""Join words split at a line's end, keeping the hyphen of a compound that the text knows as one.

    Example:
        >>> rejoined("a par-\nliament of well-\nknown men, all known, and well")
        'a parliament of well-known men, all known, and well'
    """
    rest = _HYPHENATED.sub(" ", text).casefold()
    known = set(re.findall(r"[^\W\d_]+", rest))
    compounds = set(re.findall(r"[^\W\d_]+-[^\W\d_]+", rest))

    def join(match: re.Match[str]) -> str:
        first, second = match.groups()
        whole, compound = f"{first}{second}", f"{first}-{second}"
        halves_known = first.casefold() in known and second.casefold() in known
        is_compound = compound.casefold() in compounds or halves_known
        return compound if is_compound and whole.casefold() not in known else whole

    return _HYPHENATED.sub(join, text)
