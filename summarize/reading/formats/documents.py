"""PDF, DOCX and EPUB to plain text through markitdown, an optional package.

No OCR: a scan holds no text and says so. Layout beyond paragraphs and headings is not kept.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO

from summarize.errors import InputError
from summarize.reading.formats.pages import Content, from_markdown

SUFFIXES = (".pdf", ".docx", ".epub")
INSTALL = "pip install 'summarize-toolkit[documents]'"
# What each format needs besides markitdown itself, which installs without them.
NEEDS = {
    ".pdf": ("markitdown", "pdfminer", "pdfplumber"),
    ".docx": ("markitdown", "mammoth"),
    ".epub": ("markitdown",),
}
_CONVERTERS = {".pdf": "PdfConverter", ".docx": "DocxConverter", ".epub": "EpubConverter"}

_HYPHENATED = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]\n([^\W\d_]+)")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\Z")


def document_suffix(data: bytes) -> str | None:
    """Return which kind of document some bytes are by their content, or None for none of these.

    Example:
        >>> document_suffix(b"%PDF-1.7 ...")
        '.pdf'
    """
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "word/document.xml" in names:
        return ".docx"
    return ".epub" if "META-INF/container.xml" in names else None


def convert(data: bytes, suffix: str) -> Content:
    """Return the text of a document and its title, with whatever memory and time it takes.

    Callers want `summarize.reading.formats.conversion.from_document`, which sets limits to that.

    Args:
        data: the whole file.
        suffix: one of `SUFFIXES`.

    Raises:
        InputError: for a broken or encrypted document, and one without text; without its name.
    """
    from markitdown import MarkItDown, StreamInfo, converters

    # Only the one converter: the whole set ends with one that takes a broken PDF for plain text.
    engine = MarkItDown(enable_builtins=False)
    engine.register_converter(getattr(converters, _CONVERTERS[suffix])())
    try:
        result = engine.convert_stream(BytesIO(data), stream_info=StreamInfo(extension=suffix))
    except MemoryError:
        raise
    except Exception as error:  # it raises what its many parsers raise
        if "MemoryError" in str(error):
            raise MemoryError from error
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise InputError(
            f"could not be read as {suffix}: {reason}; it may be damaged or locked by a password: "
            "open it and save it as text"
        ) from error
    if suffix == ".pdf":
        content = Content(join_pages(result.markdown))
    elif suffix == ".epub":
        content = _epub(result.markdown)
    else:
        content = from_markdown(result.markdown)
    if not content.text.strip():
        raise InputError("holds no text; if it is a scan, run OCR on it first")
    return content if content.title else Content(content.text, result.title)


def _epub(markdown: str) -> Content:
    # Its metadata come first, one "**Title:** ..." a line up to the first blank one.
    head, _, body = markdown.partition("\n\n")
    if not head.startswith("**"):
        return from_markdown(markdown)
    title = re.search(r"^\*\*Title:\*\*\s*(.+)$", head, re.MULTILINE)
    content = from_markdown(body)
    return Content(content.text, title.group(1).strip() if title else content.title)


def join_pages(text: str) -> str:
    r"""Return the text of a PDF as one flow: running heads and page numbers dropped, split words joined.

    Example:
        >>> join_pages("The par-\nliament met on\n1\n\fMonday.")
        'The parliament met on\nMonday.'
    """
    pages = [[line.strip() for line in page.strip().splitlines()] for page in text.split("\f")]
    pages = [lines for lines in pages if lines]
    # A line at the edge of most pages is a running head; its number differs from page to page.
    edges = Counter(key for lines in pages for key in {_edge(lines[0]), _edge(lines[-1])})
    running = {key for key, count in edges.items() if count >= 3 and count > len(pages) / 2}
    flow: list[str] = []
    for lines in pages:
        while lines and _is_running(lines[0], running):
            lines = lines[1:]
        while lines and _is_running(lines[-1], running):
            lines = lines[:-1]
        if lines and flow and _ENDED.search(flow[-1]):
            flow.append("")
        flow += lines
    return _rejoin("\n".join(flow))


def _rejoin(text: str) -> str:
    r"""Join words split at a line's end, keeping the hyphen of a compound that the text knows as one.

    Example:
        >>> _rejoin("a par-\nliament of well-\nknown men, all known, and well")
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


def _edge(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _is_running(line: str, running: set[str]) -> bool:
    return not line or _edge(line) in running or _PAGE_NUMBER.fullmatch(line) is not None
