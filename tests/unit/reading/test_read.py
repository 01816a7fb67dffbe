"""Reading files, folders, globs and standard input: every encoding met in the wild, every bad file named."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Document
from summarize.errors import EmptyTextError, Failure, InputError, SummarizeError
from summarize.reading import read as module
from summarize.reading.read import expand, read, read_all

STORY = (
    "The mayor said on Monday: “We’ve found nothing – yet…” The café’s owner paid €5.\n"
    "Officials in Málaga and Köln agreed, and no one was hurt in the fire.\n"
)
SEEDS = Path(__file__).parents[3] / "seeds"


def write(folder: Path, name: str, data: bytes | str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return str(path)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\0\0"),
        ("utf-32-be", b"\0\0\xfe\xff"),
        ("cp1252", b""),
    ],
)
@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_every_encoding_gives_the_same_text(tmp_path: Path, encoding: str, mark: bytes, breaks: str) -> None:
    story = STORY.replace("\n", breaks)
    document = read(write(tmp_path, "a.txt", mark + story.encode(encoding)))
    assert document.text == story
    assert document.sentences[0].text.startswith("The mayor said")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG image"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"PK\x03\x04" + bytes(50), "ZIP"),
        (b"{\\rtf1 Hello}", "RTF"),
        (bytes(range(256)) * 8, "x.txt"),
        (b"ab\0\1\2\3" * 100, "binary"),
        (os.urandom(5000).replace(b"%", b"x"), "x.txt"),
    ],
)
def test_binary_files_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read(write(tmp_path, "x.txt", data))


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_nothing_but_blanks_is_an_empty_text(tmp_path: Path, data: bytes, name: str) -> None:
    with pytest.raises(EmptyTextError, match="holds no text"):
        read(write(tmp_path, name, data))


def test_seeds_are_read_byte_for_byte() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        document = read(path)
        assert document.text.encode() == path.read_bytes()
        assert document.source == str(path)


def test_a_missing_file_a_folder_and_a_bad_name_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(InputError, match="could not be read"):
        read("bad\0name")
    with pytest.raises(InputError, match="only http and https"):
        read("ftp://example.org/a.txt")
    with pytest.raises(InputError, match="only http and https"):
        read("file:///etc/hostname")


def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", STORY)
    read(path)  # so that all that reading imports is there before rights are given up
    os.chmod(path, 0)
    user = os.geteuid()
    if user == 0:  # root may read everything
        os.seteuid(65534)
    try:
        with pytest.raises(InputError, match="check its permissions"):
            read(path)
    finally:
        os.seteuid(user)


@pytest.mark.slow
def test_a_file_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2**20)
    at_limit = write(tmp_path, "a.txt", "A line. " * (2**17))
    assert len(read(at_limit).text) == 2**20
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read(write(tmp_path, "b.txt", "A line. " * (2**17) + "!"))
    with pytest.raises(InputError, match="larger than 1 MiB"):
        read("/dev/zero")


# ---- many sources


def test_a_folder_gives_its_readable_files_in_order(tmp_path: Path) -> None:
    names = [
        "b.txt",
        "a.md",
        "sub/c.HTML",
        "sub/deep/d.text",
        ".hidden.txt",
        ".git/e.txt",
        "data.csv",
        "x.png",
    ]
    for name in names:
        write(tmp_path, name, "<p>" + STORY + "</p>" if "HTML" in name else STORY)
    found = [os.path.relpath(path, tmp_path) for path in expand(tmp_path)]
    assert found == ["a.md", "b.txt", os.path.join("sub", "c.HTML"), os.path.join("sub", "deep", "d.text")]
    assert all(isinstance(document, Document) for document in read_all(tmp_path))


def test_a_glob_matches_files_and_a_file_of_that_name_goes_first(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        write(tmp_path, name, STORY)
    (tmp_path / "folder.txt").mkdir()
    assert expand(f"{tmp_path}/*.txt") == [f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"]
    assert f"{tmp_path}/sub/c.txt" in expand(f"{tmp_path}/**/*.txt")
    literal = write(tmp_path, "report[1].txt", STORY)
    assert expand(literal) == [literal]


def test_a_bad_source_is_reported_and_the_rest_is_done(tmp_path: Path) -> None:
    good = write(tmp_path, "good.txt", STORY)
    empty = write(tmp_path, "empty.txt", "")
    image = write(tmp_path, "image.txt", b"\x89PNG\r\n\x1a\n")
    (tmp_path / "nothing").mkdir()
    sources: list[str | Path] = [
        good,
        empty,
        image,
        "absent.txt",
        tmp_path / "nothing",
        f"{tmp_path}/*.xyz",
        good,
    ]
    results = list(read_all(sources))
    assert [isinstance(result, Failure) for result in results] == [False, True, True, True, True, True, False]
    failed = [result for result in results if isinstance(result, Failure)]
    for result, said in zip(
        failed, ["no text", "PNG", "no such file", "no file that can be read", "no file matches"], strict=True
    ):
        assert said in str(result) and str(result).startswith(result.source)
    assert isinstance(failed[0].error, EmptyTextError)


def test_reading_many_reads_one_at_a_time(tmp_path: Path) -> None:
    results = read_all([write(tmp_path, "a.txt", STORY), late := str(tmp_path / "late.txt")])
    assert isinstance(next(results), Document)
    write(tmp_path, "late.txt", STORY)
    assert isinstance(document := next(results), Document) and document.source == late


@given(st.text(max_size=40))
def test_no_name_raises_anything_but_our_own(name: str) -> None:
    if name in ("", "-", ".", "..", "/", "~") or "/" in name or "*" in name or "?" in name:
        return
    try:
        read(name)
    except SummarizeError as error:
        assert str(error)


# ---- pages and Markdown

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>Fire in the old town - Example</title>
<meta property="og:title" content="Fire in the old town"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Fire in the old town</h1><p>A fire broke out on Monday, the mayor’s office said: “No one was
hurt.”</p><h2>Cause unclear</h2><p>The cause is not known, and police asked witnesses in Málaga
to come forward.</p>
<script>alert("x")</script></article><footer>Copyright Example. Our newsletter.</footer>
</body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_html_is_told_by_its_content_in_any_encoding(tmp_path: Path, name: str, charset: str) -> None:
    encoding = "cp1252" if charset == "iso-8859-1" else charset
    document = read(write(tmp_path, name, PAGE.format(charset=charset).encode(encoding)))
    assert document.title == "Fire in the old town"
    assert "“No one was" in document.text and "Málaga" in document.text
    for gone in ("<", "Home", "alert", "newsletter"):
        assert gone not in document.text


@pytest.mark.parametrize(
    "html", ["<html><body></body></html>", "<!doctype html>", "<html><script>x</script></html>"]
)
def test_a_page_without_a_story_says_so(tmp_path: Path, html: str) -> None:
    with pytest.raises(InputError, match="no article was found"):
        read(write(tmp_path, "page.html", html))


def test_an_unreadable_page_says_nothing_but_its_error(tmp_path: Path) -> None:
    path = write(tmp_path, "page.html", "<html></html>")
    code = "import sys; from summarize.reading.read import read_all; print(*read_all(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, timeout=60)
    assert "no article was found" in done.stdout and done.stderr == ""


def test_a_fragment_and_xhtml_are_read(tmp_path: Path) -> None:
    paragraph = "<p>The cause of the fire is not known, and police asked witnesses to come forward.</p>"
    assert read(write(tmp_path, "a", paragraph)).text.startswith("The cause")
    xhtml = f'<?xml version="1.0" encoding="windows-1252"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraph}</body></html>'
    assert read(write(tmp_path, "b.xhtml", xhtml)).text.startswith("The cause")


def test_a_story_laid_out_in_a_table_is_found(tmp_path: Path) -> None:
    sentence = "The cause of the fire is not known, and police asked witnesses to come forward on Monday. "
    html = f"<html><body><table><tr><td>{sentence * 6}</td><td>x</td></tr></table></body></html>"
    text = read(write(tmp_path, "page.html", html)).text
    assert "witnesses to come forward" in text and "|" not in text


def test_markdown_loses_its_markup_and_nothing_else(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 'Rain in Rome'\ndate: 2024-01-01\n---\n\n## Streets *flooded*\n\n"
        "It **rained** in [Rome](https://example.org) on\nMonday, `officials` said. ![a map](m.png)\n\n"
        "1. Roads are closed.\n2. Schools ~~stay~~ open.\n\n> “Stay in,” she said.\n\n```\ncode = 1\n```\n"
    )
    document = read(write(tmp_path, "a.md", text))
    assert document.title == "Rain in Rome"
    assert document.text == (
        "Streets flooded\n\nIt rained in Rome on Monday, officials said.\n\n- Roads are closed.\n\n"
        "- Schools stay open.\n\n“Stay in,” she said."
    )


# ---- standard input, in a process of its own

PRINT = "from summarize.reading.read import read; d = read('-'); print(d.source, d.title, d.sentences[0].text, sep=' | ')"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (STORY.encode("cp1252"), "standard input | None | The mayor said on Monday: “We’ve found nothing"),
        (STORY.encode("utf-16"), "standard input | None | The mayor said on Monday: “We’ve found nothing"),
        (PAGE.format(charset="utf-8").encode(), "standard input | Fire in the old town | A fire broke out"),
    ],
)
def test_standard_input_is_read_as_bytes(data: bytes, said: str) -> None:
    command = [sys.executable, "-X", "utf8", "-c", PRINT]
    done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
    assert done.stdout.decode().startswith(said), done.stderr.decode()


def test_empty_standard_input_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    with pytest.raises(EmptyTextError, match="standard input: holds no text"):
        read("-")


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys, summarize; before = set(sys.modules); import summarize.reading.read, summarize.writing.write; "
        "heavy = {'rich', 'trafilatura', 'urllib3', 'markitdown', 'markdown_it', 'charset_normalizer', "
        "'numpy', 'lxml', 'sentencex', 'nltk', 'torch'}; print(sorted(heavy & set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
