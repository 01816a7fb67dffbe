"""PDF, DOCX and EPUB to plain text: DOCX and EPUB through markitdown, PDF by `reading.formats.pdf`.

No OCR: a scan holds no text and says so. Layout beyond paragraphs and headings is not kept.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from summarize.errors import InputError
from summarize.reading.formats.pages import Content, from_markdown
from summarize.reading.formats.pdf import from_pdf

SUFFIXES = (".pdf", ".docx", ".epub")
INSTALL = "pip install 'summarize-toolkit[documents]'"
# What each format needs; markitdown installs without mammoth.
NEEDS = {
    ".pdf": ("pypdfium2",),
    ".docx": ("markitdown", "mammoth"),
    ".epub": ("markitdown",),
}
_CONVERTERS = {".docx": "DocxConverter", ".epub": "EpubConverter"}


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
    """Return the text of a document, its title and notes, with whatever memory and time it takes.

    Callers want `summarize.reading.formats.conversion.from_document`, which sets limits to that.

    Args:
        data: the whole file.
        suffix: one of `SUFFIXES`.

    Raises:
        InputError: for a broken or encrypted document, and one without text; without its name.
    """
    try:
        content = from_pdf(data) if suffix == ".pdf" else _with_markitdown(data, suffix)
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
    if not content.text.strip():
        raise InputError("holds no text; if it is a scan, run OCR on it first")
    return content


def _with_markitdown(data: bytes, suffix: str) -> Content:
    from markitdown import MarkItDown, StreamInfo, converters

    # Only the one converter: the whole set ends with one that takes a broken file for plain text.
    engine = MarkItDown(enable_builtins=False)
    engine.register_converter(getattr(converters, _CONVERTERS[suffix])())
    result = engine.convert_stream(BytesIO(data), stream_info=StreamInfo(extension=suffix))
    content = _epub(result.markdown) if suffix == ".epub" else from_markdown(result.markdown)
    return content if content.title else Content(content.text, result.title)


def _epub(markdown: str) -> Content:
    # Its metadata come first, one "**Title:** ..." a line up to the first blank one.
    head, _, body = markdown.partition("\n\n")
    if not head.startswith("**"):
        return from_markdown(markdown)
    title = re.search(r"^\*\*Title:\*\*\s*(.+)$", head, re.MULTILINE)
    content = from_markdown(body)
    return Content(content.text, title.group(1).strip() if title else content.title)
