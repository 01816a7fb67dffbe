"""Documents that unpack to far more than they are: each is an error of that file, told within its limits."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from summarize.errors import InputError
from summarize.reading.formats.conversion import ConversionLimits, from_document

pytest.importorskip(
    "markitdown", reason="the extra is not installed: pip install 'summarize-toolkit[documents]'"
)
pytest.importorskip("resource", reason="this system knows no limits of a process")

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="c.opf"/></rootfiles></container>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def packed(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def epub(page: str, times: int = 1) -> bytes:
    spine = '<itemref idref="a"/>' * times
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/></manifest>'
        f"<spine>{spine}</spine></package>"
    )
    return packed({"META-INF/container.xml": _CONTAINER, "c.opf": package, "a.xhtml": page})


def docx(paragraphs: int) -> bytes:
    body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * paragraphs
    return packed(
        {"word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'}
    )


def test_an_archive_that_says_it_is_huge_is_not_unpacked() -> None:
    data = epub("<p>a</p>" * (1 << 25))
    start = time.monotonic()
    with pytest.raises(InputError, match="unpacks to 256 MiB of markup"):
        from_document(data, ".epub", "a.epub")
    assert time.monotonic() - start < 2


def test_a_document_that_needs_too_much_memory_is_an_input_error() -> None:
    limits = ConversionLimits(memory=600 << 20)
    with pytest.raises(
        InputError, match=r"a\.docx: (needs more than 600 MiB|its reader needed too much memory)"
    ):
        from_document(docx(400_000), ".docx", "a.docx", limits)


def test_a_document_that_takes_too_long_is_an_input_error() -> None:
    data = epub("<html><body><p>It rained.</p></body></html>", times=20_000)
    assert len(data) < 4096
    with pytest.raises(InputError, match="took more than 2 seconds of processor time"):
        from_document(data, ".epub", "a.epub", ConversionLimits(processor=2))
    with pytest.raises(InputError, match="took more than 1 seconds to read"):
        from_document(data, ".epub", "a.epub", ConversionLimits(wall=1))


def test_a_document_that_gives_too_much_text_is_an_input_error() -> None:
    data = epub("<html><body><p>It rained.</p></body></html>")
    with pytest.raises(InputError, match="gives more than 5 characters"):
        from_document(data, ".epub", "a.epub", ConversionLimits(text=5))
