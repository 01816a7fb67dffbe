"""Documents that unpack to far more than they are: each is an error of that file, told within its limits."""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from importlib.util import find_spec

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


def pdf(content: bytes) -> bytes:
    """Return a PDF of one page, packed, without the table of places: readers find the objects themselves."""
    packed_content = zlib.compress(content, 1)
    return (
        b"%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>> endobj\n"
        b"4 0 obj <</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer <</Root 1 0 R>>\n%%%%EOF" % (len(packed_content), packed_content)
    )


@pytest.mark.skipif(find_spec("pypdfium2") is None, reason="pip install 'summarize-toolkit[documents]'")
def test_a_pdf_that_unpacks_to_far_more_than_it_is_costs_its_own_process_only() -> None:
    limits = ConversionLimits(memory=1 << 28, processor=5)
    line = b"BT /F1 12 Tf 72 700 Td (Rain fell.) Tj ET\n"
    assert from_document(pdf(line), ".pdf", "a.pdf", limits).text == "Rain fell."
    data = pdf(b" " * (1 << 29))
    assert len(data) < 3 << 20
    with pytest.raises(InputError, match=r"a\.pdf: its reader needed too much memory"):
        from_document(data, ".pdf", "a.pdf", limits)


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
