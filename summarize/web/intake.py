"""Uploads and URLs -> the text of an article, with the page's limits. Removes nothing: others may have it."""

from __future__ import annotations

from pathlib import Path

from summarize.document import Document
from summarize.errors import InputError
from summarize.web.server.limits import check_length, check_upload

DOCUMENTS = (".pdf", ".docx", ".epub")
SUFFIXES = (".txt", ".md", ".html", ".htm", *DOCUMENTS)


def text_of(document: Document) -> str:
    """Return a document as text to edit, its title first where that is known from elsewhere.

    Raises:
        InputError: where it is longer than the page takes.
    """
    text, title = document.text, document.title
    if title and title not in text[: 4 * len(title) + 200]:
        text = f"{title}\n\n{text}"
    check_length(text, f"{document.source}: holds")
    return text


def from_upload(path: str) -> str:
    """Return the text of an uploaded file.

    Args:
        path: where the server put it; never what a visitor typed.

    Raises:
        InputError: for what cannot be read as an article, or is too large.
        MissingDependencyError: for a PDF, DOCX or EPUB without the package that reads it.
    """
    from summarize.errors import SummarizeError
    from summarize.reading.read import read

    name = Path(path).name
    try:
        return text_of(read(check_upload(path)))
    except SummarizeError as error:
        # The folder on the server is nobody's business.
        raise type(error)(str(error).replace(path, name)) from error


def lane_of(path: str) -> str:
    """Return the lane in which an upload is read: a document has a limited process of its own to wait for."""
    return "remote" if Path(path).suffix.lower() in DOCUMENTS else "quick"


def from_url(url: str | None) -> str:
    """Return the text of an article on the public web.

    Raises:
        InputError: for an address that is not public or cannot be read.
    """
    from summarize.reading.read import read_public

    if not url or not url.strip():
        raise InputError("Give the address of an article, such as https://example.org/story")
    address = url.strip()
    return text_of(read_public(address if "://" in address else f"https://{address}"))
