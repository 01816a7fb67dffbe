"""Writing text, streams and files: nothing is cut off, nothing steers a terminal, a file is whole."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from briefs import BOX, BRIEFS, NOTED, PLAIN, SENTENCES, brief_of
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from summarize.brief import Brief
from summarize.errors import InputError, OptionError, OutputError
from summarize.writing.plain import cells, wrap
from summarize.writing.write import FORMATS, format_of, render, write


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
from summarize.writing.write import write
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
