"""What becomes of files that visitors upload: read or refused, they go a while after the last one needs them."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from app_server import files_under, serving
from browsing import open_tab, run, upload_rows
from corpus import SEEDS
from test_hostile_documents import docx

from summarize.web.story import split

GRACE = 3.0  # seconds; the page itself gives them some tens


@pytest.fixture(scope="module")
def url(uploads: Path, browser: Any) -> Iterator[str]:
    with serving(uploads, grace=GRACE) as address:
        yield address


def await_that(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def there(uploads: Path, suffix: str) -> bool:
    return any(path.suffix == suffix for path in files_under(uploads))


def test_an_upload_is_read_or_refused_and_leaves_nothing(
    open_page: Any, uploads: Path, tmp_path: Path
) -> None:
    story = tmp_path / "story.html"
    story.write_text(f"<title>A call</title><article><p>{SEEDS[0]}</p></article>", encoding="utf-8")
    (tmp_path / "story.pdf").write_bytes(b"\x00\xff no pdf \xfe")
    page = open_page()
    page.locator("input[type=file]").first.set_input_files(str(tmp_path / "story.pdf"))
    page.locator("#message [role=alert]").get_by_text("story.pdf").wait_for()
    assert str(uploads) not in page.locator("#message").inner_text()
    page.locator("input[type=file]").first.set_input_files(str(story))
    page.wait_for_function("document.querySelector('#article textarea').value.includes('Istanbul')")
    assert there(uploads, ".html")
    await_that(lambda: not there(uploads, ".pdf") and not there(uploads, ".html"))
    run(page, 2)


def test_a_document_that_unpacks_to_far_more_than_it_is(open_page: Any, tmp_path: Path) -> None:
    """624 kB, 214 MB of XML. The server does not grow with it, and says what is wrong."""
    pytest.importorskip("markitdown")
    file = tmp_path / "bomb.docx"
    file.write_bytes(docx(6_300_000))
    assert 200_000 < file.stat().st_size < 1_000_000
    page = open_page()
    before = memory()
    page.locator("input[type=file]").first.set_input_files(str(file))
    page.locator("#message [role=alert]").get_by_text("bomb.docx").wait_for()
    assert (
        "unpacks to 204 MiB of markup; open it and save it as text" in page.locator("#message").inner_text()
    )
    assert memory() - before < 300
    page.locator("#example-1").click()
    page.wait_for_function("document.querySelector('#article textarea').value.length > 1000")
    run(page, 2)


def memory() -> int:
    """Return the most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def test_articles_of_a_story_come_into_the_box_one_behind_the_other(
    open_page: Any, uploads: Path, tmp_path: Path
) -> None:
    names, files = ("Post", "Mercury"), []
    for name, text in zip((*names, "long"), (*SEEDS, "It rained. " * 46_000), strict=True):
        files.append(tmp_path / f"{name}.txt")
        files[-1].write_text(text, encoding="utf-8")
    page = open_page()
    open_tab(page, "Story")
    panel = page.get_by_role("tabpanel").filter(has=page.locator("#run-story"))
    panel.locator("input[type=file]").set_input_files([str(file) for file in files])
    page.locator("#story-brief [role=alert]").get_by_text("long.txt").wait_for()
    box = page.locator("#story textarea").input_value()
    assert [article.name for article in split(box)] == list(names)
    assert str(uploads) not in page.locator("#story-brief").inner_text()
    page.locator("#run-story").click()
    page.locator("#story-brief .card header").get_by_text("2 sources, Post, Mercury").wait_for()
    await_that(lambda: not there(uploads, ".txt"))


def test_uploads_go_when_the_tab_is_closed(open_page: Any, uploads: Path, tmp_path: Path) -> None:
    """Used or not; not while another visitor has uploaded the same."""
    pages, files = (open_page(), open_page()), {}
    for tab in ("Batch", "Evaluate"):
        files[tab] = tmp_path / f"{tab}.jsonl"
        row = {"text": SEEDS[0], "summary": f"It rained. {tab}"}
        files[tab].write_text(json.dumps(row) + "\n", encoding="utf-8")
        for page in pages:
            upload_rows(page, tab, files[tab])

    def kept() -> set[str]:
        return {path.stem for path in files_under(uploads) if path.suffix == ".jsonl"}

    await_that(lambda: kept() == set(files))
    pages[0].close()
    for tab, said in (("Batch", "1 rows: done"), ("Evaluate", "1 document")):
        open_tab(pages[1], tab)
        pages[1].locator(f"#run-{tab.lower()}").click()
        pages[1].locator("#rows, #board").get_by_text(said).first.wait_for()
    assert kept() == set(files)
    pages[1].close()
    await_that(lambda: not kept())
