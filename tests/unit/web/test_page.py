"""The page's pieces without a server: escaping, limits, choices, cards, rows, links."""

from __future__ import annotations

import base64
import json
import re
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from corpus import HOSTILE, SEEDS, TEXTS
from hypothesis import given, settings

from summarize import parse
from summarize.brief import Brief, Evidence, Flag, Line
from summarize.commands.listing import entry
from summarize.errors import InputError, ModelError, OptionError, SummarizeError
from summarize.registry import table
from summarize.summarizers.base import AbstractiveSummarizer
from summarize.web import intake, running
from summarize.web.article import article
from summarize.web.cards import cards, unavailable
from summarize.web.markup import safe
from summarize.web.rows import Given, run_rows, show
from summarize.web.running import Choice, Outcome, choice, document_of, run
from summarize.web.server import limits
from summarize.web.settings import from_query, to_query
from summarize.web.uploads import Uploads


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def tags(html: str) -> Tags:
    found = Tags()
    found.feed(html)
    return found


KNOWN_TAGS = set(
    "div article header h2 h3 h4 ul li p aside button span mark dl dt dd footer a section b br label select option".split()
)


def check_harmless(html: str) -> None:
    for tag, attributes in tags(html).tags:
        assert tag in KNOWN_TAGS
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "data:").startswith("data:")
    assert "${" not in html and "{{" not in html


@given(TEXTS)
def test_escaping_shows_any_text_as_it_is(text: str) -> None:
    assert not tags(safe(text)).tags
    assert "${" not in safe(text) and "{{" not in safe(text)


@settings(max_examples=40)
@given(TEXTS)
def test_article_and_cards_of_any_text_are_harmless(text: str) -> None:
    document = parse(text)
    check_harmless(article(document))
    for outcome in run(document, Choice(("lead",))) if document.sentences else ():
        check_harmless(cards([outcome]))


def test_hostile_text_is_shown() -> None:
    document = parse(HOSTILE)
    html = article(document)
    check_harmless(html)
    assert "<script>window.hacked = 1</script>" in tags(html).text
    check_harmless(cards(list(run(document, Choice(("lead", "textrank"))))))


def test_every_sentence_has_its_number_and_text() -> None:
    document = parse(SEEDS[1])
    html = article(document)
    for number, sentence in enumerate(document.sentences):
        found = re.search(rf'id="sentence-{number}"[^>]*>(.*?)</span>', html, re.S)
        assert found and found[1] == safe(sentence.text, lines=True)
    assert "ALSO READ TOP STORIES" in html


def test_a_card_holds_all_and_names_its_sources() -> None:
    document = parse(SEEDS[0])
    [outcome] = run(document, Choice(("lead",), bullets=2))
    assert outcome.brief is not None
    html = cards([outcome])
    shown = tags(html)
    for style in ("headline", "bullets", "wysk"):
        for line in outcome.brief.lines(style):
            assert line.text in shown.text
            sources = ",".join(str(found.sentence) for found in line.evidence)
            assert any(attributes.get("data-sources") == sources for _, attributes in shown.tags)
    assert f"<dd>{outcome.words}</dd>" in html and "coverage" in html
    files = {
        attributes["download"]: base64.b64decode((attributes["href"] or "").partition(",")[2]).decode()
        for tag, attributes in shown.tags
        if tag == "a"
    }
    assert json.loads(files["lead.json"])["headline"]["text"] == outcome.brief.headline.text  # type: ignore[union-attr]
    assert files["lead.md"].startswith("# ") and files["lead.html"].startswith("<!DOCTYPE html>")
    assert (
        next(a["data-copy"] or "" for _, a in shown.tags if "data-copy" in a).strip()
        == files["lead.md"].strip()
    )


def test_flags_are_marked_in_the_line() -> None:
    line = Line("Nine <b> died", (Evidence(0, 0, 5),), (Flag(0, 4, "number"),))
    brief = Brief(parse("Two died."), "x", "x", bullets=(line,))
    html = cards([Outcome("x", brief)])
    said = "Not in the source: “Nine” (number)"
    assert f'<mark title="{said}"><span data-s="9">Nine</span></mark> &lt;' in html
    assert 'aria-describedby="doubts-x-bullet-0">' in html
    assert f'<span class="doubts" id="doubts-x-bullet-0"><span class="doubt">{said}</span></span>' in html


@pytest.mark.parametrize(
    ("article", "line", "kind", "says"),
    [
        ("Police shot a man in Leeds on Monday.", "Police shot 9 men in Leeds.", "number", "Not in the source"),
        ("The mayor spoke in Leeds on Monday.", "Mayor Smith spoke in Leeds.", "name", "Not in the source"),
        ("“We are ready,” he said in Leeds.", "“We are late,” he said.", "quote", "(quotation)"),
        ("The mayor said he would not resign.", "The mayor said he would resign.", "negation", "other way about"),
        ("Prices in Leeds rose in May.", "Prices in Leeds fell in May.", "word", "another word"),
        ("Ann Lee may resign on Friday.", "Ann Lee resign on Friday.", "hedge", "Less certain"),
    ],
)  # fmt: skip
def test_every_kind_of_doubt_is_said_in_words(article: str, line: str, kind: str, says: str) -> None:
    """As the checker itself finds it: in the mark, below the line, and to a screen reader."""
    from summarize.evidence import check

    document = parse(article, language="en")
    [checked] = check(line, document).lines
    assert [flag.kind for flag in checked.flags] == [kind]
    shown = Line(line, checked.evidence, checked.flags)
    html = cards([Outcome("x", Brief(document, "x", "x", headline=shown))])
    described = next(a["aria-describedby"] for _, a in tags(html).tags if "aria-describedby" in a)
    below = re.search(rf'id="{described}">(.*?)</span></span>', html)
    title = next(attributes["title"] for tag, attributes in tags(html).tags if tag == "mark")
    assert below and says in below[1] and title in tags(below[1]).text and says in (title or "")


def test_figures() -> None:
    document = parse("One two three four. Five six seven eight.")
    outcome = Outcome("x", Brief(document, "x", "x", bullets=(Line("One two"),)), 0.5)
    assert (outcome.words, outcome.compression) == (2, 4.0)
    assert Outcome("x").words == 0 and Outcome("x").compression == 0


def test_what_waits_and_what_fails() -> None:
    html = cards([Outcome("chat", error="no <server>; start it")], ["bart", "t5"])
    assert 'aria-busy="true"' in html and html.count("waiting") == 3 and "working…" in html
    assert "no &lt;server&gt;; start it" in html and 'role="alert"' in html


def test_what_cannot_run_is_listed_with_what_mends_it() -> None:
    entries: list[dict[str, Any]] = [
        {"name": "lead", "about": "first", "runs": True, "missing": None},
        {"name": "big", "about": "a model", "runs": False, "missing": "needs torch: pip install 'x[y]'"},
    ]
    html = unavailable(entries)
    assert "pip install" in tags(html).text and "lead" not in html and 'aria-disabled="true"' in html
    assert unavailable(entries[:1]) == ""


def test_one_that_fails_stops_no_other() -> None:
    outcomes = list(run(parse(SEEDS[0]), Choice(("nonsense", "lead"))))
    assert [(outcome.name, bool(outcome.brief)) for outcome in outcomes] == [
        ("nonsense", False),
        ("lead", True),
    ]
    assert "no summarizer is called" in outcomes[0].error


def test_limits_of_text() -> None:
    with pytest.raises(InputError, match="no article yet"):
        document_of("  \n")
    with pytest.raises(InputError, match="500,000"):
        document_of("x" * (limits.MAX_CHARACTERS + 1))


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((["lead"], 0), "from 1 to 10"),
        ((["lead"], 2.5), "whole"),
        (([], 3), "at least one"),
        ((["lead", "lsa", "luhn", "kl", "random"], 3), "at most 4"),
        ((["lead"], 3, "<b>"), "language"),
        ((["bart"], 3, "en", "/etc"), "hub"),
        ((["bart"], 3, "en", "../x"), "hub"),
        ((["bart"], 3, "en", "summarize/web"), "hub"),
        ((["bart"], 3, "en", "https://example.org/x"), "hub"),
        ((["lead", "seq2seq"], 3, "en", ""), "seq2seq needs a model: name one of the hub"),
        ((["chat"], 3, "en", "facebook/bart-large-cnn"), "chat needs the name of a model"),
    ],
)
def test_choices_that_are_refused(values: Any, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(running.__file__).parents[2])  # where summarize/web is a folder, not a model
    with pytest.raises(OptionError, match=why):
        choice(*values)


def test_an_upload_is_read_and_removed(tmp_path: Path) -> None:
    page = tmp_path / "story.html"
    page.write_text(f"<title>Rain in Leeds</title><article><p>{SEEDS[0]}</p></article>", encoding="utf-8")
    assert "Istanbul" in intake.from_upload(str(page))
    assert not page.exists()


def test_an_upload_that_cannot_be_read_is_removed_too(tmp_path: Path) -> None:
    path = tmp_path / "story.pdf"
    path.write_bytes(b"\x00\xffnot a pdf")
    with pytest.raises(SummarizeError) as error:
        intake.from_upload(str(path))
    assert str(tmp_path) not in str(error.value) and "story.pdf" in str(error.value)
    assert not path.exists()


def test_an_upload_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UPLOAD_BYTES", 3)
    path = tmp_path / "story.txt"
    path.write_text("It rained.")
    with pytest.raises(InputError, match="Use the command"):
        intake.from_upload(str(path))
    assert not path.exists()


def test_rows_go_on_after_an_error() -> None:
    rows = [Given("a", SEEDS[0]), Given("b", error="is no JSON <b>"), Given("c", "   "), Given("d", SEEDS[1])]
    states = [len(state.briefs) + len(state.errors) for state in run_rows(rows, "lead", Choice(("lead",)))]
    assert states == [1, 2, 3, 4, 4]
    *_, last = run_rows(rows, "lead", Choice(("lead",)))
    assert [brief.document.source for brief in last.briefs] == ["a", "d"]
    assert last.errors[0] == "b: is no JSON <b>" and last.errors[1].startswith("c: ")
    html = show(last)
    assert "is no JSON &lt;b&gt;" in html and 'download="briefs.jsonl"' in html


def test_rows_go_to_a_model_as_many_at_once_as_it_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    """And one by one where one of them is at fault, so that the others are not lost."""
    sizes: list[int] = []

    class Model(AbstractiveSummarizer):
        batch_size = 4

        def write(self, documents: Any, style: Any) -> list[list[str]]:
            if style.name == "headline":
                sizes.append(len(documents))
            if any("never" in document.text for document in documents):
                raise ModelError("the model will not have it")
            return [[document.sentences[0].text] for document in documents]

    monkeypatch.setattr(running, "find", lambda name: Model)
    monkeypatch.setattr("summarize.web.rows.find", lambda name: Model)
    monkeypatch.setattr(running, "load", lambda name, **options: Model())
    monkeypatch.setattr(running, "_HELD", running._Held())
    texts = [f"It rained in Leeds on day {n}." for n in range(6)] + ["It never rained.", "It snowed in York."]
    *_, last = run_rows([Given(str(n), text) for n, text in enumerate(texts)], "model", Choice(("model",)))
    assert sizes == [1, 4, 4, 1, 1, 1, 1]  # the first is the one a model is made ready with
    assert [brief.document.source for brief in last.briefs] == ["0", "1", "2", "3", "4", "5", "7"]
    assert last.errors == ["6: the model will not have it"]


def test_rows_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.web.rows.MAX_ROWS", 2)
    *_, last = run_rows((Given(str(n), "It rained.") for n in range(5)), "lead", Choice(("lead",)))
    assert len(last.briefs) == 2 and "only the first 2 rows" in last.errors[0]


def test_a_link_restores_the_settings() -> None:
    chosen = Choice(("lsa", "chat"), 7, "de", "facebook/bart-large-cnn", "llama3.2:1b")
    from urllib.parse import parse_qsl

    query = dict(parse_qsl(to_query(chosen).removeprefix("?")))
    assert from_query(query, list(table()), Choice(("textrank",))) == chosen
    bad = {"summarizers": "<script>", "bullets": "x", "language": "../", "model": "/etc/passwd"}
    bad |= {"chat_model": "a b", "base_url": "http://127.0.0.1:9/v1"}  # a link names no server
    assert from_query(bad, list(table()), Choice(("textrank",))) == Choice(("textrank",))


def test_a_model_is_held_once_and_used_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many visitors, one model: loaded once, never used by two at a time."""
    loads, inside, most = [], [0], [0]

    def load(name: str, **options: Any) -> Any:
        loads.append((name, options))
        return object()

    monkeypatch.setattr(running, "load", load)
    monkeypatch.setattr(running, "_ready", lambda summarizer: summarizer)
    held = running._Held()
    gate = threading.Barrier(8)

    def visit() -> None:
        gate.wait()
        with held.borrow("bart", {}):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)  # long enough for another to come in, were it let
            inside[0] -= 1

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == [("bart", {})] and most == [1]
    for name in ("t5", "pegasus"):
        with held.borrow(name, {}):
            assert len(held._slots) <= running.MODELS_KEPT
    assert [name for name, _ in held._slots] == ["t5", "pegasus"]


def test_a_model_in_use_is_not_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third model waits until one of two is free; a model that cannot be loaded takes no place."""
    monkeypatch.setattr(running, "load", lambda name, **_: object())
    monkeypatch.setattr(running, "_ready", lambda summarizer: summarizer)
    held, came = running._Held(), threading.Event()

    def third() -> None:
        with held.borrow("pegasus", {}):
            came.set()

    with held.borrow("bart", {}):
        with held.borrow("t5", {}):
            visitor = threading.Thread(target=third)
            visitor.start()
            assert not came.wait(0.2)
        assert came.wait(30)
        visitor.join()
        assert [name for name, _ in held._slots] == ["bart", "pegasus"]
        monkeypatch.setattr(running, "load", lambda name, **_: 1 / 0)
        with pytest.raises(ZeroDivisionError), held.borrow("distilbart", {}):
            pass
        assert [name for name, _ in held._slots] == ["bart"]


def test_every_registered_summarizer_is_offered_or_explained() -> None:
    entries = [entry(name) for name in table()]
    listed = unavailable(entries)
    for one in entries:
        assert one["runs"] or one["name"] in listed


def test_short_articles_take_turns_and_long_ones_keep_nobody_waiting() -> None:
    with running._in_turn(running.LONG):
        assert running._TURN.locked()
        with running._in_turn(running.LONG + 1):
            pass
    assert not running._TURN.locked()


def test_an_upload_goes_with_the_last_who_has_it(tmp_path: Path) -> None:
    shared, own, other = (tmp_path / name for name in ("shared.csv", "own.csv", "other.csv"))
    for path in (shared, own, other):
        path.write_text("text\n")
    uploads = Uploads(grace=0.1)
    for session, path in (("a", shared), ("b", shared), ("a", own), ("b", other), (None, other)):
        uploads.keep(session, str(path))
    uploads.drop("a")
    time.sleep(0.5)
    assert shared.exists() and other.exists() and not own.exists()
    uploads.drop(None)
    uploads.drop("b")
    time.sleep(0.5)
    assert not shared.exists() and not other.exists()


def test_an_upload_stays_for_who_comes_to_have_it_in_time(tmp_path: Path) -> None:
    """Two upload the same; the first leaves before word of the second has come."""
    path = tmp_path / "same.csv"
    path.write_text("text\n")
    uploads = Uploads(grace=0.3)
    uploads.keep("a", str(path))
    uploads.drop("a")
    assert path.exists()
    uploads.keep("b", str(path))
    time.sleep(0.6)
    assert path.exists()
