"""PDF -> paragraphs by layout: PDFium tells where each character stands, `pdf_layout` what belongs together.

No OCR: a page that is a picture is left out. So are rotated text, and print smaller than the story's
(captions, footnotes); whatever is left out, beyond running heads and page numbers, is said in a note.
PDFium is C++ and reads what strangers wrote: call this through `reading.formats.conversion` only.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import pi
from textwrap import shorten
from typing import Any

from summarize.reading.formats.pages import Content
from summarize.reading.formats.pdf_layout import Run, flow, without_running

_SMALL = 0.85  # of the story's size; captions and footnotes are set at 65 to 85 %
_MOST_SMALL = 0.3  # of all characters: more of it is no small print but a second story
_GAP = 0.7  # of the size: what is further apart may stand in two columns; blanks are 0.25 to 0.6
_UPRIGHT = pi / 18
_END_OF_LINE, _UNKNOWN = "\r\n", "\0\ufffd"
_SPLIT = "\x02"  # PDFium's sign for a hyphen at a line's end; no line break follows it
_HYPHENS = f"{_SPLIT}\ufffe\xad"


@dataclass
class _Found:
    """What the pages of a file hold.

    Attributes:
        pages: the runs of each page.
        rotated, unknown: how many characters stand askew, and how many have no letter.
    """

    pages: list[list[Run]] = field(default_factory=list)
    rotated: int = 0
    unknown: int = 0


def from_pdf(data: bytes) -> Content:
    """Return the story of a PDF in reading order, one paragraph a line, with notes on what was left out.

    Args:
        data: the whole file.

    Raises:
        PdfiumError: for a file that is damaged or locked by a password.
    """
    import pypdfium2

    found = _Found()
    document = pypdfium2.PdfDocument(data)
    for page in document:
        found.pages.append(list(_runs(page.get_textpage(), found)))
        page.close()
    story, small = _without_small_print(without_running(found.pages))
    title, text = flow(story)
    return Content(text, title, tuple(_notes(found, small)))


def _runs(page: Any, found: _Found) -> Iterator[Run]:
    """Yield the stretches of a page that PDFium has on one line, cut where a column may end."""
    characters: list[_Character] = []
    for one in _characters(page, found):
        if characters and (one is None or one.left - characters[-1].right > _GAP * one.size):
            yield _run(characters)
            characters = []
        if one is not None:
            characters.append(one)
    if characters:
        yield _run(characters)


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool


def _characters(page: Any, found: _Found) -> Iterator[_Character | None]:
    """Yield what is printed, a blank with the character before it, and None where a line ends."""
    import pypdfium2.raw as pdfium

    box, flags, name = pdfium.FS_RECTF(), ctypes.c_int(), ctypes.create_string_buffer(128)
    last: _Character | None = None
    for index in range(pdfium.FPDFText_CountChars(page)):
        text = chr(pdfium.FPDFText_GetUnicode(page, index))
        if text in _END_OF_LINE:
            last = None
            yield None
        elif text.isspace():
            if last is not None and not last.text.endswith(" "):
                last.text += " "
        elif text in _UNKNOWN:
            found.unknown += 1
        elif abs((pdfium.FPDFText_GetCharAngle(page, index) + pi) % (2 * pi) - pi) > _UPRIGHT:
            found.rotated += 1
        elif pdfium.FPDFText_GetLooseCharBox(page, index, box):
            pdfium.FPDFText_GetFontInfo(page, index, name, len(name), flags)
            last = _Character(
                "-" if text in _HYPHENS else text,
                *(box.left, box.right, box.bottom, box.top),
                size=max(box.top - box.bottom, 0.1),
                bold=b"bold" in name.value.lower() or b"black" in name.value.lower(),
            )
            yield last
            if text == _SPLIT:
                yield None


def _run(characters: Sequence[_Character]) -> Run:
    text = "".join(one.text for one in characters)
    return Run(
        # PDFium gives what UTF-16 writes in two units as two characters.
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip(),
        left=min(one.left for one in characters),
        right=max(one.right for one in characters),
        bottom=characters[0].bottom,
        top=characters[0].top,
        bold=characters[0].bold and characters[-1].bold,
    )


def _without_small_print(pages: Sequence[Sequence[Run]]) -> tuple[list[list[Run]], list[str]]:
    """Return the pages without what is set smaller than the story, and that."""
    sizes: Counter[float] = Counter()
    for run in (run for page in pages for run in page):
        sizes[round(run.size, 1)] += len(run.text)
    if not sizes:
        return [list(page) for page in pages], []
    least = _SMALL * sizes.most_common(1)[0][0]
    if sum(count for size, count in sizes.items() if size < least) > _MOST_SMALL * sizes.total():
        return [list(page) for page in pages], []
    small = [run.text for page in pages for run in page if run.size < least]
    return [[run for run in page if run.size >= least] for page in pages], small


def _notes(found: _Found, small: Sequence[str]) -> Iterator[str]:
    """Say what of a file is not in its text, one sentence each."""
    empty = [str(number) for number, runs in enumerate(found.pages, 1) if not runs]
    if empty and len(empty) < len(found.pages):
        yield f"left out: {_pages(empty)} of the PDF without text; if it is a scan, run OCR on the file first"
    if words := sum(len(text.split()) for text in small):
        opening = shorten(" ".join(small), 60, placeholder="…")
        yield f"left out: {words} words of the PDF in small print, such as captions: “{opening}”"
    if found.rotated:
        yield f"left out: {found.rotated:,} characters of the PDF that are printed askew"
    if found.unknown:
        yield f"left out: {found.unknown:,} characters of the PDF that its fonts name no letter for"


def _pages(numbers: Iterable[str]) -> str:
    *others, last = numbers
    return f"pages {', '.join(others)} and {last}" if others else f"page {last}"
