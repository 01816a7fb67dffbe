"""The page's pieces without a server: escaping, limits, choices, cards, rows, links."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from corpus import HOSTILE, SEEDS, TEXTS
from hypothesis import given, settings

from summarize import parse
from summarize.brief import Brief, Evidence, Flag, Line
from summarize.commands.listing import entry
from summarize.errors import Failure, InputError, ModelError, OptionError, SummarizeError
from summarize.registry import table
from summarize.summarizers.base import AbstractiveSummarizer
from summarize.web import intake, running
from summarize.web.cards import cards
from summarize.web.choosing import GROUPS, chosen_of, described, group_of, grouped, unavailable
from summarize.web.comparing.article import article
from summarize.web.jobs import runs
from summarize.web.jobs.dispatcher import close_dispatcher, open_dispatcher
from summarize.web.markup import safe
from summarize.web.rows import Given, RowsDone, next_batch, read_rows, run_rows, show, write_rows
from summarize.web.running import Choice, Outcome, choice, document_of, run
from summarize.web.server import limits
from summarize.web.settings import from_query, to_query
from summarize.web.uploads import Uploads
from summarize.web.work import plan


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
    assert f"<dd>{outcome.words}</dd>" in html and "article read" in html
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


def test_what_waits_says_why_and_what_was_stopped_too() -> None:
    html = cards([], ["kl", "bart"], {"kl": "long <for> kl.", "bart": "a model."}, begun=False)
    assert "waiting for its turn: others are being served… long &lt;for&gt; kl." in html
    assert "waiting… a model." in html and "working" not in html
    html = cards([], stopped=["kl", "bart"])
    assert html.count('<p role="status">stopped</p>') == 2 and 'aria-busy="false"' in html


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


def test_an_upload_is_read_and_left_for_others_who_have_the_same(tmp_path: Path) -> None:
    page = tmp_path / "story.html"
    page.write_text(f"<title>Rain in Leeds</title><article><p>{SEEDS[0]}</p></article>", encoding="utf-8")
    for _ in range(2):
        assert "Istanbul" in intake.from_upload(str(page))


def test_an_upload_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "story.pdf"
    path.write_bytes(b"\x00\xffnot a pdf")
    with pytest.raises(SummarizeError) as error:
        intake.from_upload(str(path))
    assert str(tmp_path) not in str(error.value) and "story.pdf" in str(error.value)


def test_an_upload_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UPLOAD_BYTES", 3)
    path = tmp_path / "story.txt"
    path.write_text("It rained.")
    with pytest.raises(InputError, match="Use the command"):
        intake.from_upload(str(path))
    path.unlink()
    with pytest.raises(InputError, match=r"^story\.txt is no longer on the server; upload it again"):
        intake.from_upload(str(path))


@pytest.fixture(scope="module")
def workers() -> Iterator[None]:
    open_dispatcher()
    yield
    close_dispatcher()


def all_states(rows: Any, name: str, meanwhile: Any = None) -> list[tuple[int, int]]:
    """Return (briefs, errors) after each job over rows, and keep the last state in `LAST`."""

    async def play() -> list[tuple[int, int]]:
        states = []
        async with runs.begin() as run:
            async for state in run_rows(run, rows, name, Choice((name,))):
                states.append((len(state.briefs), len(state.errors)))
                LAST[:] = [state]
                if meanwhile:
                    meanwhile(run)
        return states

    return asyncio.run(play())


LAST: list[RowsDone] = []


def test_rows_go_on_after_an_error(workers: None) -> None:
    rows = [Given("a", SEEDS[0]), Given("b", error="is no JSON <b>"), Given("c", "   "), Given("d", SEEDS[1])]
    states = all_states(rows, "lead")
    assert states[-1] == (2, 2) and states == sorted(states)
    [last] = LAST
    assert last.done and [brief.document.source for brief in last.briefs] == ["a", "d"]
    assert last.errors[0] == "b: is no JSON <b>" and last.errors[1].startswith("c: ")
    html = show(last)
    assert "is no JSON &lt;b&gt;" in html and 'download="briefs.jsonl"' in html


@pytest.mark.slow
def test_rows_that_are_stopped_keep_what_is_done(workers: None) -> None:
    rows = [Given(str(n), SEEDS[0]) for n in range(200)]
    states = all_states(rows, "news", lambda run: run.stop())
    [last] = LAST
    assert last.stopped and not last.done and 0 < len(last.briefs) < 100 and len(states) == 2
    html = show(last)
    assert "stopped; what is done is below" in html and 'download="briefs.jsonl"' in html


def test_a_row_that_is_too_long_for_a_summarizer_is_an_error_of_its_own(workers: None) -> None:
    long = " ".join(f"Rain number {n} fell on the town that day." for n in range(2500))
    all_states([Given("a", SEEDS[0]), Given("b", long), Given("c", SEEDS[1])], "kl")
    [last] = LAST
    assert [brief.document.source for brief in last.briefs] == ["a", "c"]
    assert "b: " in last.errors[0] and "long for kl" in last.errors[0]


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
    monkeypatch.setattr("summarize.web.work.find", lambda name: Model)
    monkeypatch.setattr(running, "load", lambda name, **options: Model())
    monkeypatch.setattr(running, "_HELD", {})
    texts = [f"It rained in Leeds on day {n}." for n in range(6)] + ["It never rained.", "It snowed in York."]
    rows, written = [Given(str(n), text) for n, text in enumerate(texts)], []
    while rows:
        batch, planned = next_batch(rows, "model", Choice(("model",)))
        assert planned.lane == "model"
        written += write_rows(batch, "model", Choice(("model",)))
        rows = rows[len(batch) :]
    assert sizes == [1, 4, 4, 1, 1, 1, 1]  # the first is the one a model is made ready with
    assert [str(one.reason) for one in written if isinstance(one, Failure)] == ["the model will not have it"]
    briefs = [one for one in written if isinstance(one, Brief)]
    assert [brief.document.source for brief in briefs] == ["0", "1", "2", "3", "4", "5", "7"]


def test_rows_are_limited(monkeypatch: pytest.MonkeyPatch, workers: None) -> None:
    monkeypatch.setattr("summarize.web.rows.MAX_ROWS", 2)
    all_states((Given(str(n), "It rained.") for n in range(5)), "lead")
    [last] = LAST
    assert len(last.briefs) == 2 and "only the first 2 rows" in last.errors[0]


def test_what_a_file_unpacks_to_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.web.rows.MAX_CHARACTERS", 20)
    monkeypatch.setattr("summarize.web.rows.MAX_ROWS_CHARACTERS", 40)

    def rows_of(path: str) -> Iterator[Given]:
        yield from (Given(str(n), path) for n in range(9))

    assert [row.error for row in read_rows(rows_of, "x" * 21)] == ["has more than 20 characters"] * 9
    with pytest.raises(InputError, match="more than the 40 characters that the page takes"):
        read_rows(rows_of, "x" * 19)


def test_a_link_restores_the_settings() -> None:
    chosen = Choice(("lsa", "chat"), 7, "de", "facebook/bart-large-cnn", "llama3.2:1b")
    from urllib.parse import parse_qsl

    query = dict(parse_qsl(to_query(chosen).removeprefix("?")))
    assert from_query(query, list(table()), Choice(("textrank",))) == chosen
    bad = {"summarizers": "<script>", "bullets": "x", "language": "../", "model": "/etc/passwd"}
    bad |= {"chat_model": "a b", "base_url": "http://127.0.0.1:9/v1"}  # a link names no server
    assert from_query(bad, list(table()), Choice(("textrank",))) == Choice(("textrank",))


def test_a_model_is_loaded_once_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    loads = []

    class Model(AbstractiveSummarizer):
        def write(self, documents: Any, style: Any) -> list[list[str]]:
            return [[document.sentences[0].text] for document in documents]

    def load(name: str, **options: Any) -> Any:
        loads.append((name, options))
        return Model()

    monkeypatch.setattr(running, "load", load)
    monkeypatch.setattr(running, "_HELD", {})
    chosen = Choice(("bart",), model="tests/tiny")
    assert running.loaded("bart", chosen) is running.loaded("bart", chosen)
    assert loads == [("bart", {"model": "tests/tiny"})]


@pytest.mark.parametrize(
    ("name", "sentences", "lane", "says"),
    [
        ("lead", 3000, "quick", ""),
        ("luhn", 3000, "long", ""),
        ("news", 30, "quick", ""),
        ("textrank", 600, "quick", ""),
        ("kl", 30, "quick", ""),
        ("kl", 120, "quick", ""),
        (
            "kl",
            240,
            "long",
            "240 sentences are long for kl, whose time grows with their cube: about 6 seconds.",
        ),
        ("lsa", 700, "long", "whose time grows with their square: about 6 seconds."),
        ("chat", 30, "remote", ""),
        ("smollm2", 30, "model", "A model is loaded the first time"),
        ("nonsense", 30, "quick", ""),
    ],
)
def test_what_is_long_goes_another_way_and_says_so(name: str, sentences: int, lane: str, says: str) -> None:
    planned = plan(name, Choice((name,)), sentences)
    assert planned.lane == lane and says in planned.note and bool(says) == bool(planned.note)
    assert not planned.refusal


def test_what_would_take_longer_than_it_may_is_not_begun() -> None:
    assert "about 3.2 minutes, and the page gives it 2 minutes" in plan("kl", Choice(("kl",)), 783).refusal
    assert "Take textrank or news" in plan("kl", Choice(("kl",)), 3000).refusal


@pytest.mark.slow
def test_what_growth_says_is_about_what_it_takes() -> None:
    """Of what was measured, on any machine within a factor of some tens: a wrong power would be far off."""
    text = "\n\n".join(f"{SEEDS[1]} It was day {n} of the talks." for n in range(8))
    document = parse(text)
    for name in ("kl", "lexrank", "reduction"):
        summarizer = running.loaded(name, Choice((name,)))
        summarizer.brief([parse(SEEDS[1])])
        begin = time.perf_counter()
        summarizer.brief([document])
        seconds = time.perf_counter() - begin
        factor, power = summarizer.growth
        assert 0.03 < seconds / (0.02 + factor * len(document.sentences) ** power) < 30, name


def test_every_registered_summarizer_is_offered_or_explained() -> None:
    entries = [entry(name) for name in table()]
    listed = unavailable(entries)
    for one in entries:
        assert one["runs"] or one["name"] in listed


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


def test_an_upload_that_was_read_goes_unless_it_comes_again(tmp_path: Path) -> None:
    """Two upload the same article: what the first one's reading leads to takes nothing from the second."""
    path, other = tmp_path / "same.txt", tmp_path / "new.txt"
    path.write_text("It rained.")
    uploads = Uploads(grace=0.4)
    uploads.release(str(path))
    time.sleep(0.25)
    other.write_text("It rained.")
    other.replace(path)  # as the server puts an upload in its place
    time.sleep(0.3)
    assert path.exists()
    time.sleep(0.8)
    assert not path.exists()


def test_summarizers_are_grouped_and_described() -> None:
    entries = [entry(name) for name in table()]
    groups = grouped(entries)
    assert set(groups) == set(GROUPS)
    assert sorted(name for names in groups.values() for name in names) == sorted(
        one["name"] for one in entries if one["runs"]
    )
    assert groups["learned"] == ["news"] and "lead" in groups["classic"]
    assert group_of("chat") == "servers" and group_of("seq2seq") == "models"
    assert chosen_of(groups, ["lead", "news"])[:2] == [["news"], ["lead"]]
    html = described(entries)
    assert "--model" not in html and "the first sentences of the story" in html


def test_a_model_is_ready_once_its_weights_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    assert group_of("bart") == "fetched"
    monkeypatch.setattr("summarize.models.checkpoints.in_cache", lambda name: name)
    assert group_of("bart") == "models"
