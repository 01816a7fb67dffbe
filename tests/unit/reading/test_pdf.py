"""PDFs as newspapers and offices set them: each paragraph whole, columns in order, and a note on what is left out."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from corpus import articles

from summarize.cli import main
from summarize.errors import InputError
from summarize.reading.formats.conversion import from_document
from summarize.reading.formats.pages import Content
from summarize.reading.formats.pdf_layout import Run, flow, rejoined, without_running
from summarize.reading.read import read

needs_pdfium = pytest.mark.skipif(
    find_spec("pypdfium2") is None, reason="pip install 'summarize-toolkit[documents]'"
)
WIDTH, HEIGHT = 595.0, 842.0
HEADLINE = "Two men held after a fire at a warehouse in the north of the city"
RUNNING = "The Example Courier, 12 May 2025"
SUBHEAD = "What the police say"
FIRE = (
    "Fire broke out at a warehouse in the north of Leeds on Sunday night, and forty families had to leave their "
    "homes. No deaths were reported.",
    "Two men aged 34 and 51 were held on Monday, the police said. They are thought to have stored fireworks in the "
    "building, which belongs to a company that went bankrupt in March.",
    "“We heard a bang, and then the windows were gone,” said a neighbour, who spent the night in a school nearby with "
    "her three children and a well-known neighbour's dog.",
    "The council had warned the owner twice. It will look at forty other warehouses before the summer, and wants the "
    "government to change a law of 1972.",
    "Trains to York do not run before Wednesday, since the line passes the building at a distance of ten metres.",
    "Insurers expect claims of ten million pounds, most of them from shops in the centre of the city.",
)


def newspaper(
    story: Sequence[str], columns: int = 2, *, justified: bool = False, indent: float = 0, space: float = 5
) -> bytes:
    """Return a PDF with a headline over columns, a heading, a caption, running heads and page numbers."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import (
        BaseDocTemplate,
        Frame,
        FrameBreak,
        NextPageTemplate,
        PageTemplate,
        Paragraph,
    )

    def set_in(font: str, size: float, **how: Any) -> ParagraphStyle:
        return ParagraphStyle(font, fontName=font, fontSize=size, leading=1.2 * size, **how)

    body = set_in(
        "Times-Roman", 9.5, alignment=4 if justified else 0, firstLineIndent=indent, spaceAfter=space
    )
    width = (WIDTH - 100 - 14 * (columns - 1)) / columns
    lefts = [50 + number * (width + 14) for number in range(columns)]
    # So low that the story needs several pages.
    first, rest = (
        [Frame(x, 60, width, height, leftPadding=0, rightPadding=0) for x in lefts] for height in (200, 300)
    )
    parts: list[Any] = [
        NextPageTemplate("rest"),
        Paragraph(HEADLINE, set_in("Helvetica-Bold", 24)),
        FrameBreak(),
    ]
    for number, text in enumerate(story):
        if number == 1:
            parts.append(Paragraph("The warehouse on Monday. Photo: Example", set_in("Helvetica-Oblique", 7)))
        if number == 3:
            parts.append(Paragraph(SUBHEAD, set_in("Helvetica-Bold", 9.5, spaceBefore=6)))
        parts.append(Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), body))

    def dress(canvas: Any, document: Any) -> None:
        canvas.setFont("Times-Roman", 9.5)
        canvas.drawString(50, HEIGHT - 35, RUNNING)
        canvas.drawCentredString(WIDTH / 2, 30, str(document.page))

    top = Frame(50, 300, WIDTH - 100, 100)
    templates = [PageTemplate("first", [top, *first], onPage=dress), PageTemplate("rest", rest, onPage=dress)]
    out = io.BytesIO()
    BaseDocTemplate(out, pagesize=(WIDTH, HEIGHT), pageTemplates=templates).build(parts)
    return out.getvalue()


def drawn(draw: Callable[[Any], None]) -> bytes:
    """Return a PDF that somebody draws by hand."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Times-Roman", 10)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def content(data: bytes) -> Content:
    return from_document(data, ".pdf", "a.pdf")


@pytest.mark.slow
@needs_pdfium
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"justified": True},
        {"justified": True, "indent": 10, "space": 0},
        {"indent": 8, "space": 0},
        {"space": 0},
    ],
)
def test_columns_are_read_in_order_and_each_paragraph_is_whole(columns: int, how: dict[str, Any]) -> None:
    found = content(newspaper(FIRE * 4, columns, **how))
    story = [*FIRE * 4]
    story.insert(3, SUBHEAD)
    assert found.title == HEADLINE
    paragraphs = found.text.split("\n\n")
    assert " ".join(paragraphs) == " ".join(story)
    assert all(text == SUBHEAD or text[-1] in ".”" for text in paragraphs)
    # Where a column ends with a sentence, nobody can say whether the paragraph does; nor where a ragged line does
    # that stands under another without space or indent.
    unmarked = how == {"space": 0}
    assert sum(text in story for text in paragraphs) >= (0.65 if unmarked else 0.9) * len(story)
    assert found.notes == (
        "left out: 6 words of the PDF in small print, such as captions: "
        "“The warehouse on Monday. Photo: Example”",
    )


@pytest.mark.slow
@needs_pdfium
@pytest.mark.parametrize("columns", [2, 3])
def test_no_ragged_line_of_real_news_is_taken_for_a_heading(tmp_path: Path, columns: int) -> None:
    for article in articles("xsum_train", 12):
        story = [
            line.replace("\x95", "•")
            for line in article.encode("cp1252", "ignore").decode("cp1252").splitlines()
            if line.strip()
        ]
        path = tmp_path / "a.pdf"
        path.write_bytes(newspaper(story, columns, space=0))
        document = read(path)
        # A story of one page shows no other page with the same running head.
        headings = [span.text for span in document.headings]
        assert [text for text in headings if text not in (*story, SUBHEAD, RUNNING)] == []
        text = document.text.replace(SUBHEAD, "").replace(RUNNING, "")
        assert text.split() == " ".join(story).split()


@needs_pdfium
def test_the_command_says_what_was_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(newspaper(FIRE))
    assert main([str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Note: left out: 6 words of the PDF in small print" in out
    assert "aged 34 and 51" in out or "34 and 51" not in out


LEFT = (
    "Fire broke out at a warehouse",
    "in the north of Leeds on Sunday",
    "night. Forty families had to",
    "leave their homes.",
)
RIGHT = ("Trains to York do not run before", "Wednesday, since the line passes", "the building at a distance of", "ten metres.")  # fmt: skip


@needs_pdfium
@pytest.mark.parametrize("gutter", [9, 30])
@pytest.mark.parametrize("offset", [0, 5])
def test_columns_that_were_drawn_line_by_line_are_told_apart(gutter: int, offset: int) -> None:
    def draw(canvas: Any) -> None:
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            canvas.drawString(50, 700 - 12 * number, left)
            canvas.drawString(50 + canvas.stringWidth(LEFT[1]) + gutter, 700 - offset - 12 * number, right)

    assert content(drawn(draw)).text == f"{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


@needs_pdfium
def test_what_is_no_text_or_stands_askew_is_left_out_and_told() -> None:
    def draw(canvas: Any) -> None:
        for number, line in enumerate(LEFT):
            canvas.drawString(50, 700 - 12 * number, line)
        canvas.saveState()
        canvas.translate(30, 300)
        canvas.rotate(90)
        canvas.drawString(0, 0, "arXiv:2501.00001v1")
        canvas.restoreState()
        canvas.showPage()
        canvas.rect(50, 50, 300, 300, fill=1)  # as a scan would be

    found = content(drawn(draw))
    assert found.text == " ".join(LEFT)
    assert found.notes == (
        "left out: page 2 of the PDF without text; if it is a scan, run OCR on the file first",
        "left out: 18 characters of the PDF that are printed askew",
    )


@needs_pdfium
def test_a_locked_file_is_an_error_with_advice() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(50, 700, LEFT[0])
    canvas.save()
    with pytest.raises(InputError, match=r"(?i)a\.pdf: could not be read as \.pdf: .*password"):
        content(out.getvalue())


def page(*lines: str, size: float = 10) -> list[Run]:
    return [Run(line, 0, 5 * len(line), 500 - 12 * n, 500 - 12 * n + size) for n, line in enumerate(lines)]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    letter = Run("F", 0, 20, 476, 511)
    lines = [
        Run(line, 22, 200, 500 - 12 * n, 510 - 12 * n)
        for n, line in enumerate(("ire broke out", "in Leeds."))
    ]
    assert flow([[letter, *lines]]) == (None, "Fire broke out in Leeds.")


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ((["Parliament met on Mon-"], ["day in London."]), "Parliament met on Monday in London."),
        ((["It ends here."], ["A new page begins."]), "It ends here.\n\nA new page begins."),
        ((["- one item", "- another item"],), "- one item\n\n- another item"),
        (([],), ""),
    ],
)
def test_pages_are_joined(pages: Sequence[Sequence[str]], text: str) -> None:
    assert flow([page(*lines) for lines in pages]) == (None, text)


@pytest.mark.parametrize(
    ("pages", "left"),
    [
        ((["News 1", "a", "7"], ["News 2", "b", "8"]), [["a"], ["b"]]),
        ((["News", "a"], ["Sport", "b"]), [["News", "a"], ["Sport", "b"]]),
        ((["a", "Page 1 of 2"],), [["a"]]),
        ((["1"], ["2"]), [[], []]),
    ],
)
def test_running_heads_and_page_numbers_are_no_text(
    pages: Sequence[Sequence[str]], left: list[list[str]]
) -> None:
    found = without_running([page(*lines) for lines in pages])
    assert [[run.text for run in runs] for runs in found] == left


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("Rus-\nsia and Ukraine", "Russia and Ukraine"),
        ("a well-\nknown man, well known", "a well-known man, well known"),
        ("a long-\nawaited, or long-awaited, call", "a long-awaited, or long-awaited, call"),
    ],
)
def test_words_split_at_a_line_s_end_are_joined(split: str, whole: str) -> None:
    assert rejoined(split) == whole
