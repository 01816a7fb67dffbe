"""An editor's own summary: how it is read, what the check says of it, and what it is scored by."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from corpus import HOSTILE, SEEDS, TEXTS
from hypothesis import given, settings

from summarize import parse, summarize
from summarize.brief import Line
from summarize.errors import EmptyTextError, InputError
from summarize.language.tokens import tokenize
from summarize.style import STYLES
from summarize.web.cards import cards
from summarize.web.comparing.own import MOST, OWN, as_scored, check_own, read_own
from summarize.web.comparing.words import worded
from summarize.writing.html import marked
from summarize.writing.write import render

ARTICLE = parse("Ann Lee won the vote in Leeds on Monday. About 900 people took part. Nobody was hurt.")


@pytest.mark.parametrize(
    ("text", "headline", "bullets", "box"),
    [
        ("Lee wins\n\n- One.\n- Two.\n\nWhat you should know\nThree. Four.", ["Lee wins"], ["One.", "Two."], ["Three.", "Four."]),
        ("# Lee wins\n\n* One. And more.\n\n## What you should know\n\nThree.", ["Lee wins"], ["One. And more."], ["Three."]),
        ("Headline: Lee wins.\nShe won. He lost.", ["Lee wins."], ["She won.", "He lost."], []),
        ("What you should know: She won. He lost.", [], [], ["She won.", "He lost."]),
        ("1. She won.\n2. He lost.", [], ["She won.", "He lost."], []),
        ("She won the vote. He lost it.\n\nNobody was hurt.", [], ["She won the vote.", "He lost it.", "Nobody was hurt."], []),
        ("Lee wins the vote", [], ["Lee wins the vote"], []),
        ("She won the vote.\n\n- He lost.", [], ["She won the vote.", "He lost."], []),
        ("**Lee** wins\n\n- cost \\$5 and \\*more\\*", ["Lee wins"], ["cost $5 and *more*"], []),
        (" \n ", [], [], []),
    ],
)  # fmt: skip
def test_the_shape_of_a_summary(text: str, headline: list[str], bullets: list[str], box: list[str]) -> None:
    assert read_own(text) == {"headline": headline, "bullets": bullets, "wysk": box}


@pytest.mark.parametrize("format", ["text", "markdown"])
def test_a_brief_that_was_copied_here_is_the_same_brief(format: str) -> None:
    """What the page copies, and what the command prints, comes back as it was: also where lines were wrapped."""
    for seed in SEEDS:
        brief = summarize(seed)
        found = read_own(render(brief, format))
        for style in STYLES:
            kept = [line.text for line in brief.lines(style.name)]
            if style.name == "wysk":
                assert " ".join(found["wysk"]) == " ".join(kept)
            else:
                assert found[style.name] == kept


def test_a_summary_is_checked_line_by_line() -> None:
    own = check_own(
        "Lee wins\n\n- Ann Lee won the vote in Leeds on Monday.\n- Some 2,000 people took part.", ARTICLE
    )
    said = [(own.verdicts[line.text].answer.value, len(line.flags)) for line in own.brief.bullets]
    assert said == [("supported", 0), ("unsupported", 1)]
    assert own.brief.bullets[0].evidence[0].sentence == 0
    assert own.answer == "unsupported" and own.score < 0.5
    html = cards([], own=own)
    for piece in (
        'class="answer unsupported"',
        "Not in the source: “2,000” (number)",
        'data-sources="0"',
        f"<h3>{OWN}</h3>",
    ):
        assert piece in html


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- " + "word " * 41, ["over the budget of bullets: 41 words in a line, 40 at most"]),
        ("- a.\n- b.\n- c.\n- d.", ["over the budget of bullets: 4 lines, 3 at most"]),
        ("# " + "word " * 13 + "\n\n- a.", ["over the budget of headline: 13 words in a line, 12 at most"]),
        ("What you should know: " + "word " * 71, ["over the budget of wysk: 71 words, 70 at most"]),
        ("One sentence. Another. A third. A fourth. A fifth.", []),  # free text has no budget
    ],
)
def test_what_keeps_no_budget_is_said(text: str, why: list[str]) -> None:
    assert list(check_own(text, ARTICLE).brief.notes) == why


def test_what_a_summary_lacks_is_scored_by_what_it_has() -> None:
    brief = check_own("Lee wins\n\n- She won.\n- He lost.", ARTICLE).brief
    texts = {
        style.name: [line.text for line in as_scored(brief, style.name).lines(style.name)] for style in STYLES
    }
    assert texts == {
        "headline": ["Lee wins"],
        "bullets": ["She won.", "He lost."],
        "wysk": ["Lee wins", "She won.", "He lost."],
    }
    free = check_own("She won. He lost.", ARTICLE).brief
    assert [line.text for line in as_scored(free, "headline").lines("headline")] == ["She won. He lost."]


def test_what_is_no_summary() -> None:
    with pytest.raises(InputError, match="Is it the article"):
        check_own("word " * MOST, ARTICLE)
    with pytest.raises(EmptyTextError, match="holds no sentence"):
        check_own("# \n", ARTICLE)


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.stems = "", []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stems += [value for name, value in attrs if name == "data-s"]

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=60)
@given(TEXTS)
def test_words_have_their_stems_and_the_text_stays(text: str) -> None:
    read = Words()
    read.feed(worded(marked(Line(text))))
    plain = Words()
    plain.feed(marked(Line(text)))
    assert read.text == plain.text
    assert read.stems == list(tokenize(plain.text).stems)


def test_a_hostile_summary_is_only_text() -> None:
    html = cards([], own=check_own(HOSTILE[:5000], parse(SEEDS[0])), reference=[HOSTILE])
    assert "<script" not in html and "<img" not in html and "${" not in html and "{{" not in html
