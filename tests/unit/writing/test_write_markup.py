"""Markdown and HTML: hostile text stays text, checked through real parsers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
import pytest
from briefs import BOX, BRIEFS, PLAIN, SENTENCES, brief_of
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document, Sentence
from summarize.writing.markdown import escape
from summarize.writing.write import render


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def contains(page: str, lines: tuple[Line, ...]) -> bool:
    """Whether every word of the lines stands in the page in order, whatever the line breaks between them."""
    rest = iter(words(page))
    return all(word in rest for line in lines for word in words(line.text))


# ---- Markdown


def shown(page: str) -> Iterator[tuple[str, str]]:
    """Each block of a Markdown page as (what contains it, its text as shown)."""
    opened: list[str] = []
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page):
        if token.type.endswith("_open"):
            opened.append(token.tag)
        elif token.type.endswith("_close"):
            opened.pop()
        elif token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text"}, (page, children)
            text = "".join(child.content for child in children)
            yield "".join(tag for tag in opened if tag != "p"), text
        else:
            yield token.type, token.content


HOSTILE_LINES = [
    "1. January was cold", "2) Second", "# Heading", "#", "- item", "+ item", "* item", "> quoted", "---",
    "===", "***", "___", "- - -", "```", "~~~ code", "    code", "<b>bold</b>", "<script>alert(1)</script>",
    "<!-- x -->", "a *b* _c_ **d** `e` ~~f~~", "[link](https://x.y)", "![image](x.png)", "[ref]: http://x.y",
    "<https://x.y>",
    "&amp; &copy; &#42;", "a | b", "|---|", "back\\slash \\*", "ends with \\", "C# and F#", "snake_case_name",
    "[ ] task", "[^1]: note", "2024. That was it", "$5 and $6", "Number #", "Signs ##",
    "+1 or -1", "AT&T; more", "Wait! [Really]",
]  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE_LINES)
def test_markdown_shows_a_line_as_it_stands(line: str) -> None:
    brief = brief_of(line, "Second.")
    expected = " ".join(line.split())
    assert list(shown(render(brief, "markdown"))) == [
        ("h1", expected),
        ("ulli", expected),
        ("ulli", "Second."),
        ("h2", BOX),
        ("", f"{expected} Second."),
    ]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("#*-+_`~[]()<>!&|\\1.")))
def test_markdown_escapes_any_line(line: str) -> None:
    expected = " ".join(line.split())
    if expected:
        assert list(shown(f"- {escape(line)}\n\n{escape(line)}\n")) == [("ulli", expected), ("", expected)]


def test_two_dollar_signs_are_no_formula() -> None:
    assert escape("from $5 to $6") == "from \\$5 to \\$6" and escape("$5") == "$5"


def test_markdown_shows_evidence_doubts_and_sources() -> None:
    page = render(BRIEFS, "markdown", evidence=True)
    assert "  - *sentence 1, 108-204:* The call is set for 10:00 EDT (14:00 GMT)" in page
    assert "  - **Not in the source: “11:00” (number)**" in page
    assert page.count("\n---\n") == 1 and "Source: https://example.org/a?x=1&y=2" in page
    assert "*Note:* The summarizer read 40% of the article" in page
    assert contains(page, PLAIN.bullets + PLAIN.wysk)


# ---- HTML

HOSTILE = "</style></title><script>alert('x')</script><img src=x onerror=\"alert(1)\"> & ' \" `${x}` {style}"


@pytest.mark.parametrize("evidence", [False, True])
@pytest.mark.parametrize("several", [False, True])
def test_hostile_text_stays_text_in_html(several: bool, evidence: bool) -> None:
    line = Line(HOSTILE, (Evidence(0, 0, len(HOSTILE)),), (Flag(3, 60, HOSTILE, 0), Flag(40, 70, '"><b>', 0)))
    document = Document(
        HOSTILE,
        (Sentence(0, len(HOSTILE), HOSTILE, 0),),
        title=HOSTILE,
        language='en" onload="x',
        source='https://x.y/?a=" onclick="alert(1)&b=\'',
    )
    brief = Brief(document, HOSTILE, HOSTILE, line, (line,), (line,), 0.5, (HOSTILE,))
    page = render([brief] if several else brief, "html", evidence=evidence)
    root = lxml.html.document_fromstring(page)
    assert not root.xpath("//script | //img | //b | //link | //iframe | //object")
    assert not [name for element in root.iter() for name in element.attrib if str(name).startswith("on")]
    assert len(root.xpath("//style")) == 1 and "alert" not in root.xpath("//style")[0].text
    assert [item.xpath("string(text()|mark)") or item for item in root.xpath("//ul/li")]
    assert root.xpath("string(//aside/p)") == HOSTILE
    assert root.xpath("string(//*[self::h1 or self::h2][not(ancestor::aside)])") == HOSTILE
    assert root.xpath("//a/@href") == [document.source]
    assert (root.xpath("string(//details//q)") == HOSTILE) == evidence


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,x", "/etc/passwd", "standard input", None]
)
def test_only_the_web_becomes_a_link(source: str | None) -> None:
    brief = replace(PLAIN, document=replace(PLAIN.document, source=source))
    assert "href" not in render(brief, "html")


def test_html_is_one_page_that_fetches_nothing() -> None:
    page = render(BRIEFS, "html", evidence=True)
    root = lxml.html.document_fromstring(page)
    assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")
    assert root.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)").startswith(
        "default-src 'none'"
    )
    assert not root.xpath("//@src") and "url(" not in page and "@import" not in page
    assert root.xpath("//meta[@name='viewport']") and "prefers-color-scheme: dark" in page
    assert len(root.xpath("//article")) == 2 and root.xpath("//aside/h3/text()") == [BOX, BOX]
    assert root.xpath("//mark/text()") == ["11:00"]
    assert [q.text for q in root.xpath("//article[1]//ul//q")] == list(SENTENCES)
    assert lxml.html.document_fromstring(render([], "html")).xpath("string(//title)") == "Briefs"
    assert lxml.html.document_fromstring(render(PLAIN, "html")).xpath("string(//title)") == str(
        PLAIN.headline
    )


def test_flags_that_overlap_are_marked_once() -> None:
    line = Line("abcdef", (), (Flag(1, 4, "x"), Flag(2, 3, "y"), Flag(3, 6, "z")))
    root = lxml.html.document_fromstring(render(replace(PLAIN, bullets=(line,), wysk=()), "html"))
    assert root.xpath("//mark/text()") == ["bcd", "ef"]
    assert root.xpath("string(//ul/li/text())") == "a"
