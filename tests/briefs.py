"""Briefs built by hand for the tests of writing: a plain one, and one with doubts, notes and a reference."""

from __future__ import annotations

from dataclasses import replace

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document, Sentence
from summarize.style import STYLES

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


def check_brief(brief: Brief) -> None:
    """Every promise a brief makes, whatever wrote it."""
    document = brief.document
    for style in STYLES:
        lines = brief.lines(style.name)
        # Counted here anew: the promise must hold whatever the code believes of it.
        counts = [len(line.text.split()) for line in lines]
        most, longest, total = {"headline": (1, 12, 12), "bullets": (10, 40, 400), "wysk": (3, 70, 70)}[
            style.name
        ]
        assert len(counts) <= most
        assert all(count <= longest for count in counts)
        assert sum(counts) <= total
        assert style.name != "headline" or all(len(line.text) <= 90 for line in lines)
        for line in lines:
            assert line.text == line.text.strip() != ""
            assert len(line.text.splitlines()) == 1
            for evidence in line.evidence:
                sentence = document.sentences[evidence.sentence]
                assert (evidence.start, evidence.end) == (sentence.start, sentence.end)
                assert document.text[evidence.start : evidence.end] == sentence.text
                assert 0 < evidence.score <= 1
            assert line.evidence
    bullets = [line.evidence[0].sentence for line in brief.bullets]
    assert bullets == sorted(set(bullets))
    assert 0 < brief.coverage <= 1
