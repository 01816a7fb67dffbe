"""read: a path, a URL or standard input -> a Document; read_all: many of them, folders and globs too.

Rows of data sets (JSONL, CSV, Parquet) are read elsewhere. The pieces are in `summarize.reading`.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarize.errors import EmptyTextError, Failure, InputError, SummarizeError

if TYPE_CHECKING:
    from summarize.document import Document
    from summarize.reading.formats.pages import Content
    from summarize.reading.web import Page

Source = str | os.PathLike[str]

STANDARD_INPUT = "-"
SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub")
MAX_BYTES = 256 * 2**20


_LONGEST_NAME = 4096  # characters of a path or an address


def read(source: Source, *, language: str = "auto", force: bool = False) -> Document:
    """Read one article.

    What a file is, is told by its content first and its suffix second: plain text in any usual encoding,
    Markdown, HTML, and with the extra `documents` PDF, DOCX and EPUB.

    Args:
        source: a path, an http(s) URL, or "-" for standard input.
        language: ISO 639-1 code, or "auto" to guess it.
        force: read a web page that is no article too.

    Raises:
        InputError: for what cannot be read as text, including a folder and more than 256 MiB.
        NotAnArticleError: for a web page that is a front page, a consent notice or the like.
        EmptyTextError: for a source that holds nothing but blanks.
        MissingDependencyError: for a PDF, DOCX or EPUB without the package that reads it.
    """
    name = os.fspath(source)
    if "\n" in name or len(name) > _LONGEST_NAME:
        raise InputError("read takes the name of a file or an address; for a text itself call parse(text)")
    content = _content(name, force)
    if not content.text.strip():
        raise EmptyTextError(f"{_called(name)}: holds no text; name a file with an article")
    return _parsed(content, _called(name), language)


def read_public(url: str, *, language: str = "auto") -> Document:
    """Read one article from the public web: what a stranger may ask a server for.

    Unlike `read` it opens no file and reaches no address of this machine or its network, whatever the name
    resolves to and wherever it redirects.

    Args:
        url: http or https.
        language: ISO 639-1 code, or "auto" to guess it.

    Raises:
        InputError: for another scheme, an address that is not public, and as `read` does.
        EmptyTextError: for a page that holds nothing but blanks.
        MissingDependencyError: for a PDF, DOCX or EPUB without the package that reads it.
    """
    from summarize.reading.web import fetch

    url = url.strip()
    if url.partition("://")[0].lower() not in ("http", "https"):
        raise InputError(f"{url}: this is not a web address, which looks like https://example.org/article")
    return read_page(fetch(url, public=True), url, language=language)


def read_page(page: Page, url: str, *, language: str = "auto", force: bool = False) -> Document:
    """Read one article from what was fetched.

    Args:
        page: what the server sent.
        url: what to call it.
        language: ISO 639-1 code, or "auto" to guess it.
        force: read a web page that is no article too.

    Raises:
        InputError, EmptyTextError, MissingDependencyError: as `read` does.
    """
    content = _interpret(page.data, page.suffix or "", url, page.charset, force=force)
    if not content.text.strip():
        raise EmptyTextError(f"{url}: holds no text; name a file with an article")
    return _parsed(content, url, language)


def _parsed(content: Content, source: str, language: str) -> Document:
    from summarize.parsing.parse import parse

    document = parse(content.text, title=content.title, source=source, language=language)
    return replace(document, notes=content.notes, published=content.published, outlet=content.outlet)


def read_all(
    sources: Source | Iterable[Source], *, language: str = "auto", force: bool = False
) -> Iterator[Document | Failure]:
    """Read many articles one after the other, each when it is asked for; a bad one stops nothing.

    Args:
        sources: what `read` takes, and folders (every file of a known suffix in it and below, sorted,
            hidden ones left out) and globs ("news/*.txt", "**/*.html"). A path named twice is read twice.
        language: ISO 639-1 code, or "auto" to guess it for each.
        force: read web pages that are no articles too.

    Yields:
        A Document for each source that could be read and a Failure for each that could not, in order.
    """
    if isinstance(sources, str | os.PathLike):
        sources = [sources]
    for source in sources:
        name = os.fspath(source)
        try:
            for found in expand(name):
                try:
                    yield read(found, language=language, force=force)
                except SummarizeError as error:
                    yield Failure(found, error)
        except SummarizeError as error:
            yield Failure(name, error)


def expand(source: Source) -> list[str]:
    """Return the single sources that a folder or a glob stands for; anything else stands for itself.

    Raises:
        InputError: for a folder without a readable file, and a glob that matches none.
    """
    name = os.fspath(source)
    if name == STANDARD_INPUT or _is_url(name):
        return [name]
    if os.path.isdir(name):
        return _folder(name)
    # A name such as "report[1].txt" is a file first and a pattern second.
    if not os.path.lexists(name) and glob.has_magic(name):
        return _glob(name)
    return [name]


def _folder(name: str) -> list[str]:
    found = []
    for folder, subfolders, files in os.walk(name):
        subfolders[:] = [subfolder for subfolder in subfolders if not subfolder.startswith(".")]
        found += [
            os.path.join(folder, file)
            for file in files
            if not file.startswith(".") and Path(file).suffix.lower() in SUFFIXES
        ]
    if not found:
        raise InputError(f"{name}: this folder holds no file that can be read ({', '.join(SUFFIXES)})")
    return sorted(found, key=lambda path: Path(path).parts)


def _glob(name: str) -> list[str]:
    found = sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))
    if not found:
        raise InputError(f"{name}: no file matches this pattern; check it, and quote it for the shell")
    return found


def _called(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name


def _is_url(name: str) -> bool:
    scheme, separator, _ = name.partition("://")
    return bool(separator) and scheme.isalnum() and not os.path.lexists(name)


def _content(name: str, force: bool) -> Content:
    if _is_url(name):
        if name.partition("://")[0].lower() not in ("http", "https"):
            raise InputError(
                f"{name}: only http and https addresses can be read; download it and give the file"
            )
        from summarize.reading.web import fetch

        page = fetch(name)
        return _interpret(page.data, page.suffix or "", name, page.charset, force=force)
    if name == STANDARD_INPUT:
        return _interpret(_limited(sys.stdin.buffer, "standard input"), "", "standard input", force=force)
    return _interpret(_file(name), Path(name).suffix.lower(), name, force=force)


def _file(name: str) -> bytes:
    try:
        with open(name, "rb") as stream:
            return _limited(stream, name)
    except FileNotFoundError as error:
        raise InputError(f"{name}: there is no such file; check the path from {os.getcwd()}") from error
    except IsADirectoryError as error:
        raise InputError(f"{name}: this is a folder; read_all reads every file in it") from error
    except PermissionError as error:
        raise InputError(f"{name}: may not be read by this user; check its permissions") from error
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: could not be read: {error}") from error


def _limited(stream: BinaryIO, name: str) -> bytes:
    # Asked of the stream, not of the file system: pipes and devices have no size.
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(f"{name}: larger than {MAX_BYTES >> 20} MiB; split it and give the parts")
    return data


def _interpret(
    data: bytes, suffix: str, name: str, charset: str | None = None, *, force: bool = False
) -> Content:
    """Turn bytes into text by what they are; the suffix decides only where the content does not."""
    from summarize.reading.formats import conversion, documents, pages
    from summarize.reading.formats.decode import decode

    kind = documents.document_suffix(data)
    if kind is None and suffix in documents.SUFFIXES and data.strip():
        raise InputError(
            f"{name}: is called {suffix} but is none; it may be damaged or only partly downloaded"
        )
    if kind is not None:
        return conversion.from_document(data, kind, name)
    page = suffix in (".html", ".htm", ".xhtml")
    text = decode(data, name, charset or pages.declared_charset(data))
    if text.strip() and (page or pages.is_html(text)):
        return pages.from_html(text, name, force=force)
    if suffix in (".md", ".markdown"):
        return pages.from_markdown(text)
    return pages.Content(text)
