"""Writing briefs: every format holds every word, withstands hostile text, and says so when it fails."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jsonschema
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document, Sentence
from summarize.errors import InputError, OptionError, OutputError
from summarize.write import FORMATS, format_of, render, schema, write
from summarize.writing.markdown import escape
from summarize.writing.plain import cells, wrap
from summarize.writing.record import from_record, to_record

BOX = "What you should know"
SENTENCES = (
    "President Donald Trump will call Russia’s leader, Vladimir Putin, on Monday to press for an "
    "end to the war.",
    "The call is set for 10:00 EDT (14:00 GMT), and talks with several NATO leaders are to follow it.",
    "Direct talks in Istanbul, the first in three years, ended without a ceasefire, officials said.",
)


def brief_of(
    *texts: str, headline: str | None = None, document: Document | None = None, source: str = "news/a.txt"
) -> Brief:
    """A brief whose bullets are these texts, each resting on itself."""
    text, sentences, start = "\n".join(texts), [], 0
    for number, line in enumerate(texts):
        sentences.append(Sentence(start, start + len(line), line, number))
        start += len(line) + 1
    document = document or Document(text, tuple(sentences), title="Trump to call Putin", source=source)
    lines = tuple(
        Line(line, (Evidence(number, sentences[number].start, sentences[number].end),))
        for number, line in enumerate(texts)
    )
    return Brief(
        document=document,
        summarizer="lead",
        signature="lead|version:0.1.0",
        headline=Line(headline or texts[0], lines[0].evidence),
        bullets=lines,
        wysk=lines[:2],
    )


PLAIN = brief_of(*SENTENCES, headline="Trump to call Putin on Monday to press for end to war")
NOTED = replace(
    PLAIN,
    document=replace(PLAIN.document, reference=("Talks go on.",), source="https://example.org/a?x=1&y=2"),
    bullets=(Line("The call is set for 11:00 EDT", PLAIN.bullets[1].evidence, (Flag(20, 25, "number", 1),)),),
    coverage=0.4,
    notes=("no sentence keeps the budget of headline",),
    headline=None,
)
BRIEFS = (PLAIN, NOTED)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def contains(page: str, lines: tuple[Line, ...]) -> bool:
    """Whether every word of the lines stands in the page in order, whatever the line breaks between them."""
    rest = iter(words(page))
    return all(word in rest for line in lines for word in words(line.text))


# ---- text


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [30, 60, 80, 200])
@pytest.mark.parametrize("evidence", [False, True])
def test_text_keeps_to_its_width_and_loses_nothing(width: int, evidence: bool, color: bool) -> None:
    url = "https://example.org/" + "a" * 300
    brief = brief_of(*SENTENCES, f"Read {url} for more.", "特朗普周一将与普京通话，讨论停火。" * 8)
    text = re.sub(r"\x1b\[[0-9;]*m", "", render(brief, width=width, evidence=evidence, color=color))
    assert max(map(cell_len, text.splitlines())) <= width
    joined = re.sub(r"[\s│]", "", text)
    for line in brief.bullets:
        assert "".join(line.text.split()) in joined
    assert BOX in text and ("[2] " in text) == evidence


def test_text_at_60_columns_looks_like_this() -> None:
    assert render(PLAIN, width=60) == (
        "Trump to call Putin on Monday to press for end to war\n"
        "\n"
        "• President Donald Trump will call Russia’s leader, Vladimir\n"
        "  Putin, on Monday to press for an end to the war.\n"
        "• The call is set for 10:00 EDT (14:00 GMT), and talks with\n"
        "  several NATO leaders are to follow it.\n"
        "• Direct talks in Istanbul, the first in three years, ended\n"
        "  without a ceasefire, officials said.\n"
        "\n"
        "What you should know\n"
        "  President Donald Trump will call Russia’s leader, Vladimir\n"
        "  Putin, on Monday to press for an end to the war. The call\n"
        "  is set for 10:00 EDT (14:00 GMT), and talks with several\n"
        "  NATO leaders are to follow it.\n"
    )


def test_text_says_what_is_doubtful_and_what_was_not_read() -> None:
    assert render(replace(NOTED, wysk=()), width=60, evidence=True) == (
        "• The call is set for 11:00 EDT\n"
        "    ! Not in the source: “11:00” (number)\n"
        "    [1] 108-204 The call is set for 10:00 EDT (14:00 GMT),\n"
        "      and talks with several NATO leaders are to follow it.\n"
        "\n"
        "Note: The summarizer read 40% of the article\n"
        "Note: no sentence keeps the budget of headline\n"
        "\n"
        "By: lead|version:0.1.0\n"
    )


def test_several_texts_have_a_heading_each_and_one_has_none() -> None:
    assert "news/a.txt" not in render(PLAIN)
    text = render(BRIEFS, width=60)
    assert text.startswith("news/a.txt\n----------\n\nTrump to call")
    assert "\n\nhttps://example.org/a?x=1&y=2\n-----------------------------\n\n• The call" in text
    assert render([]) == ""


@given(st.text(), st.integers(10, 100))
def test_wrapping_keeps_the_width_and_every_character(text: str, width: int) -> None:
    lines = list(wrap(text, width, "• ", "  "))
    assert "".join("".join(lines).removeprefix("•").split()) == "".join(text.split())
    assert all(cells(line) <= width for line in lines)


def test_wrapped_chinese_begins_no_line_with_a_full_stop() -> None:
    lines = list(wrap("特朗普周一将与普京通话。讨论停火。" * 6, 24))
    assert len(lines) > 6 and not any(line.startswith(("。", "，")) for line in lines)
    assert sum(cells(line) >= 21 for line in lines) >= len(lines) - 1


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("color", [False, True])
def test_article_text_steers_no_terminal(format: str, color: bool) -> None:
    brief = brief_of("One \x1b]0;owned\x07\x1b[31mred\x9b2J [bold]two[/bold] \ud800 \x00three\nfour.")
    page = render([brief], format, color=color, evidence=True)
    for bad in ("\x1b]", "\x1b[31mred", "\x07", "\x9b", "\x00", "\ud800"):
        assert bad not in page
    page.encode()
    assert format != "text" or "[bold]two[/bold]" in page


# ---- JSON


@pytest.mark.parametrize("evidence", [False, True])
@pytest.mark.parametrize("brief", BRIEFS)
def test_json_keeps_its_schema(brief: Brief, evidence: bool) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    record = json.loads(render(brief, "json", evidence=evidence))
    jsonschema.validate(record, schema())
    for line, written in zip(brief.bullets, record["bullets"], strict=True):
        assert written["text"] == line.text
        for found, item in zip(line.evidence, written["evidence"], strict=True):
            assert (
                brief.document.text[item["start"] : item["end"]]
                == brief.document.sentences[found.sentence].text
            )
            assert item.get("text") == (brief.document.sentences[found.sentence].text if evidence else None)
    assert record["reference"] == list(brief.document.reference)
    assert record["signature"] == brief.signature and record["coverage"] == brief.coverage


def test_the_schema_refuses_what_is_no_brief() -> None:
    record = to_record(PLAIN)
    validator = jsonschema.Draft202012Validator(schema())
    changes: tuple[dict[str, object], ...] = (
        {"schema": "summarize-brief/2"},
        {"coverage": 1.5},
        {"headline": "text"},
        {"bullets": [{"text": "x"}]},
        {"extra": 1},
        {"document": {}},
    )
    for change in changes:
        assert not validator.is_valid(record | change)
    for key in record:
        assert not validator.is_valid({other: record[other] for other in record if other != key})


def test_every_field_of_the_schema_is_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "output.md").read_text("utf-8")
    definitions = [schema(), schema()["properties"]["document"], *schema()["$defs"].values()]
    for name in {name for definition in definitions for name in definition["properties"]}:
        assert f"`{name}`" in page, name
    example = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert example
    jsonschema.validate(json.loads(example.group(1)), schema())


def test_one_brief_is_an_object_and_several_are_an_array() -> None:
    assert isinstance(json.loads(render(PLAIN, "json")), dict)
    assert [record["source"] for record in json.loads(render(BRIEFS, "json"))] == [
        "news/a.txt",
        NOTED.document.source,
    ]
    assert len(json.loads(render([PLAIN], "json"))) == 1
    assert json.loads(render([], "json")) == []
    assert render([], "jsonl") == ""


def test_jsonl_is_one_object_a_line_whatever_the_text() -> None:
    hostile = brief_of("One\u2028two\x85three\u2029four\r\nfive \ud800 “six”")
    text = render([PLAIN, hostile, NOTED], "jsonl")
    text.encode()
    assert len(text.splitlines()) == 3  # which also breaks at U+0085 and U+2028
    records = [json.loads(line) for line in text.splitlines()]
    readable = render([brief_of("“One”\x85two\u2028three\u2029four")], "jsonl")
    assert "“One”" in readable and len(readable.splitlines()) == 1
    assert [record["bullets"][0]["text"] for record in records] == [
        brief.bullets[0].text for brief in (PLAIN, hostile, NOTED)
    ]
    for record in records:
        jsonschema.validate(record, schema())


@pytest.mark.parametrize("brief", BRIEFS)
def test_json_reads_back_to_the_same_brief(brief: Brief) -> None:
    assert from_record(json.loads(render(brief, "json", evidence=True)), brief.document) == brief


def test_json_of_another_text_or_schema_is_refused() -> None:
    record = to_record(PLAIN)
    with pytest.raises(InputError, match="another text"):
        from_record(record, replace(PLAIN.document, text=PLAIN.document.text + " "))
    with pytest.raises(InputError, match="schema 'x'"):
        from_record(record | {"schema": "x"}, PLAIN.document)
    with pytest.raises(InputError, match="not complete"):
        from_record({key: record[key] for key in record if key != "bullets"}, PLAIN.document)
    with pytest.raises(InputError, match="not complete"):
        from_record(record | {"bullets": [{"text": "x"}]}, PLAIN.document)


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


# ---- any text


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.text(min_size=1))
def test_any_text_is_written_in_every_format(format: str, text: str) -> None:
    render([brief_of(text, text)], format, evidence=True, width=40).encode()


# ---- streams and files


def test_an_unknown_format_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="no format is called 'xml'; the formats are text, markdown, json"):
        render(PLAIN, "xml")
    with pytest.raises(OptionError, match=r"the suffix '.xml' names no format"):
        write(PLAIN, tmp_path / "a.xml")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".txt", ".md", ".json", ".jsonl", ".html"])
def test_a_file_gets_the_format_of_its_suffix_in_utf8(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write(BRIEFS, path, width=60)
    assert path.read_bytes().decode() == render(BRIEFS, format_of(path), width=60)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    def breaks() -> Iterator[Brief]:
        yield PLAIN
        raise InputError("the second one is bad")

    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(InputError, match="the second one"):
        write(breaks(), path)
    assert path.read_text() == "old" and len(list(tmp_path.iterdir())) == 1
    write(PLAIN, path)
    assert path.read_text("utf-8") == render(PLAIN, "markdown") and path.stat().st_mode & 0o777 == 0o640


def test_a_link_is_kept_and_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "target.md")
    write(PLAIN, tmp_path / "link.md")
    assert (tmp_path / "link.md").is_symlink() and (tmp_path / "target.md").read_text("utf-8")
    # A pipe of our own stands for every device: a test must never be able to replace a real one.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(PLAIN, pipe, "text", width=60)
    assert pipe.is_fifo() and os.read(reader, 65536).decode() == render(PLAIN, width=60)
    os.close(reader)


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="No such file or directory"):
        write(PLAIN, tmp_path / "absent" / "a.md")
    with pytest.raises(OutputError, match="Is a directory"):
        write(PLAIN, tmp_path, "text")
    full = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115 - closing it fails again
    with pytest.raises(OutputError, match="/dev/full: could not be written: .*No space left"):
        write(PLAIN, full)
    with contextlib.suppress(OSError):
        full.close()
    closed = io.StringIO()
    closed.close()
    with pytest.raises(OutputError, match="closed"):
        write(PLAIN, closed, color=False)


def test_a_stream_gets_each_brief_as_soon_as_it_is_there() -> None:
    stream = io.StringIO()

    def watched() -> Iterator[Brief]:
        yield PLAIN
        assert "Trump" in stream.getvalue()
        yield NOTED

    for format in FORMATS:
        stream.seek(0)
        stream.truncate()
        write(watched(), stream, format, width=70)
        assert stream.getvalue() == render(BRIEFS, format, width=70)


def test_a_stream_of_another_encoding_says_what_to_do() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with pytest.raises(OutputError, match="its encoding, ascii, has no '•'; set PYTHONUTF8=1"):
        write(PLAIN, stream)


def test_a_reader_that_has_gone_is_a_broken_pipe() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    stream = open(writer, "w", encoding="utf-8")  # noqa: SIM115 - closing it fails again
    with pytest.raises(BrokenPipeError):
        write(PLAIN, stream, "text")
    with contextlib.suppress(BrokenPipeError):
        stream.close()


SHOW = """
import os, pty, sys
from summarize.brief import Brief, Line
from summarize.document import Document
from summarize.write import write
line = Line("The mayor said [bold]nothing[/bold] on Monday.")
write(Brief(Document(line.text, ()), "lead", "lead", line, (line,), (line,)), sys.stdout)
"""


def test_text_is_coloured_on_a_terminal_and_plain_in_a_pipe() -> None:
    import pty

    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60", "PYTHONUTF8": "1"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-c", SHOW]
    piped = subprocess.run(
        command, capture_output=True, timeout=60, check=True, env=environment
    ).stdout.decode()
    assert "\x1b" not in piped and "• The mayor said [bold]nothing[/bold] on Monday." in piped
    main, side = pty.openpty()
    subprocess.run(command, stdout=side, timeout=60, check=True, env=environment)
    os.close(side)
    with open(main, "rb", buffering=0) as terminal:
        seen = terminal.read(65536).decode()
    assert "\x1b[1m" in seen and "[bold]nothing[/bold]" in seen
    plain = re.sub(r"\x1b\[[0-9;]*m", "", seen)
    assert "╭─ What you should know " in plain and max(map(cell_len, plain.splitlines())) <= 60
