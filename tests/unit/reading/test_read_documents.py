"""Reading PDF, DOCX and EPUB for real; without the extra, the message that says how to install it."""

from __future__ import annotations

import io
import sys
import threading
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest

from summarize.errors import EmptyTextError, Failure, InputError, MissingDependencyError
from summarize.reading.formats import conversion, documents
from summarize.reading.formats.documents import document_suffix
from summarize.reading.read import read, read_all

extra = pytest.mark.skipif(
    any(find_spec(module) is None for needs in documents.NEEDS.values() for module in needs),
    reason="the extra is not installed: pip install 'summarize-toolkit[documents]'",
)


def make_pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF with these lines on each page, in Latin-1."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, lines in enumerate(pages):
        shown = "".join(f"({_pdf_string(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 760 Td\n{shown}ET".encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def _pdf_string(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def make_docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """Return a Word document with a heading of the first level and paragraphs."""
    office = "http://schemas.openxmlformats.org"
    heading = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{escape(title)}</w:t></w:r></w:p>'
    body = "".join(f"<w:p><w:r><w:t>{escape(paragraph)}</w:t></w:r></w:p>" for paragraph in paragraphs)
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return make_zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship '
            f'Id="r1" Type="{office}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/>'
            "</Relationships>",
            "word/styles.xml": f'<w:styles xmlns:w="{office}/wordprocessingml/2006/main"><w:style '
            'w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument/2006/relationships/styles" '
            'Target="styles.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body>'
            f"{heading}{body}</w:body></w:document>",
        }
    )


def make_epub(title: str, paragraphs: Sequence[str]) -> bytes:
    """Return an EPUB book of one chapter."""
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    return make_zip(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
            'version="1.0"><rootfiles><rootfile full-path="content.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>',
            "content.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>Jane Doe</dc:creator></metadata>"
            '<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>',
            "one.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
            f"<body>{body}</body></html>",
        }
    )


def make_zip(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


PARAGRAPHS = [
    "Parliament met on Monday to discuss the budget, officials said.",
    "“No one was hurt,” the minister said, and 5 < 6 & so on.",
]
PAGES = [
    ["Example News, 12 May", "Parliament met on Monday to dis-", "cuss the budget, and the", "1"],
    ["Example News, 12 May", "minister said no one was hurt in the fire.", "2"],
    ["Example News, 12 May", "The vote on the “new” plan follows on Friday.", "3"],
]
FILES = {
    "a.pdf": make_pdf(PAGES),
    "a.docx": make_docx("Budget passed", PARAGRAPHS),
    "a.epub": make_epub("Budget passed", PARAGRAPHS),
}


@pytest.mark.parametrize("name", FILES)
def test_documents_are_told_by_their_content(name: str) -> None:
    assert document_suffix(FILES[name]) == Path(name).suffix


def test_other_content_is_no_document() -> None:
    assert document_suffix(b"A story about %PD files.") is None
    assert document_suffix(b"PK\x03\x04 torn") is None
    assert document_suffix(make_zip({"a.txt": "x"})) is None


@pytest.mark.slow
@extra
@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_docx_and_epub_give_title_and_paragraphs(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FILES[name])
    document = read(tmp_path / name)
    assert document.title == "Budget passed"
    assert document.text == "\n\n".join(PARAGRAPHS)
    assert [sentence.text for sentence in document.sentences] == PARAGRAPHS


@extra
def test_pdf_gives_its_pages_as_one_flow(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(FILES["a.pdf"])
    assert [sentence.line for sentence in read(tmp_path / "a.pdf").sentences] == [
        "Parliament met on Monday to discuss the budget, and the minister said no one was hurt in the fire.",
        "The vote on the “new” plan follows on Friday.",
    ]


@pytest.mark.slow
@extra
@pytest.mark.parametrize("name", FILES)
def test_a_document_on_standard_input_or_misnamed_is_read_for_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "misnamed.txt").write_bytes(FILES[name])
    expected = read(tmp_path / "misnamed.txt").text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FILES[name])))
    assert read("-").text == expected
    assert "on Monday" in expected


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.mark.slow
@extra
@pytest.mark.parametrize("name", FILES)
def test_a_document_is_read_from_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    (tmp_path / name).write_bytes(FILES[name])
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/{name}"
        assert read(url).text == read(tmp_path / name).text
        server.shutdown()


@pytest.mark.slow
@extra
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF-1.4 and nothing more", "could not be read as .pdf"),
        ("a.pdf", make_pdf([[]]), "holds no text; if it is a scan"),
        ("a.docx", make_zip({"word/document.xml": "<broken"}), "could not be read as .docx"),
        ("a.epub", make_zip({"META-INF/container.xml": "<x/>"}), "could not be read as .epub"),
    ],
)
def test_a_broken_document_is_an_input_error(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=said):
        read(tmp_path / name)


@pytest.mark.parametrize("name", FILES)
def test_a_document_in_name_only_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"Just a text about the budget.")
    with pytest.raises(InputError, match="is called .* but is none"):
        read(tmp_path / name)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(EmptyTextError, match="holds no text"):
        read(tmp_path / name)


@pytest.mark.parametrize("name", FILES)
def test_without_the_extra_the_command_is_given_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # What find_spec answers where the package is absent; importing is then never tried.
    monkeypatch.setattr(conversion, "find_spec", lambda module: None)
    (tmp_path / name).write_bytes(FILES[name])
    (tmp_path / "b.txt").write_text("The rest is read. It is a story.")
    with pytest.raises(MissingDependencyError, match=r"pip install 'summarize-toolkit\[documents\]'"):
        read(tmp_path / name)
    failed, fine = read_all(tmp_path)
    assert isinstance(failed, Failure) and isinstance(failed.error, MissingDependencyError)
    assert not isinstance(fine, Failure) and fine.text.startswith("The rest")
