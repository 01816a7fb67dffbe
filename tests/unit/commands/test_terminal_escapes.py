"""Escape sequences of strangers reach no terminal: article, summary, file name, message, system name."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from summarize.cli import main
from summarize.printing import clean, complain, say

# Colour, title of the window, the clipboard (OSC 52), the same with one-byte openers, backspace, delete.
ESCAPES = "\x1b[31m\x1b]0;x\x07\x1b]52;c;ZXZpbA==\x07\x9b31m\x9d52;c;x\x9c\x08\x7f"
# Enough of a text that a few controls do not make it binary data.
PROSE = " It rained in Rome on Tuesday, and the mayor of the town said that more rain was to come." * 12
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@pytest.mark.parametrize("format", ["text", "json"])
def test_check_prints_no_escape(tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    article, summary = tmp_path / "a.txt", tmp_path / "s.txt"
    article.write_text(f"Ann Lee won the {ESCAPES} vote on Monday.{PROSE}")
    summary.write_text(f"Ann Lee won the {ESCAPES} vote by 999 on Monday.{PROSE}")
    main(["check", str(summary), "--source", str(article), "--format", format])
    out, err = capsys.readouterr()
    assert "999" in out and not CONTROLS.search(out + err)
    if format == "json":  # nothing is lost: the escapes are escaped
        assert "\x9b31m" in json.loads(out)["lines"][0]["text"]


@pytest.mark.parametrize("format", ["text", "markdown", "json", "jsonl", "html"])
def test_a_brief_prints_no_escape(tmp_path: Path, capsys: pytest.CaptureFixture[str], format: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text(f"Ann Lee won the {ESCAPES} vote on Monday.{PROSE}")
    assert main([str(article), "--evidence", "--format", format]) == 0
    assert not CONTROLS.search(capsys.readouterr().out)


def test_errors_print_no_escape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = str(tmp_path / f"a{ESCAPES}b.txt")
    assert main([name]) == 1
    assert main(["--style", f"x{ESCAPES}", name]) == 2
    assert main(["check", name, "--source", name]) == 1
    assert main(["batch", name, "-o", str(tmp_path / "out.jsonl"), "--workers", "1"]) == 1
    with pytest.raises(SystemExit):
        main([f"--no{ESCAPES}"])
    out, err = capsys.readouterr()
    assert err.count("error:") == 5 and not CONTROLS.search(out + err)


def test_a_stranger_adds_no_line_to_a_message(capsys: pytest.CaptureFixture[str]) -> None:
    complain("a.txt\nsummarize: all is well: no such file")
    say("two\nlines\r\n")
    out, err = capsys.readouterr()
    assert err == "a.txt summarize: all is well: no such file\n" and out == "two\nlines \n\n"
    assert len(clean(ESCAPES)) == len(ESCAPES)
