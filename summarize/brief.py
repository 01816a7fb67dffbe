"""Brief: what one summarizer wrote about one document, every line with the sentences it rests on.

Console, files, scores and the app read briefs and nothing else. No summarization happens here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from importlib import import_module
from textwrap import shorten
from typing import Any

from summarize.document import Document


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the source that a line rests on.

    Attributes:
        sentence: index into the document's sentences.
        start, end: where that sentence stands in the document's text, in characters.
        score: how much of the line it supports, 0 to 1; 1 where the line is taken from it.
        document: index into the brief's `documents`; 0 where it has one.
    """

    sentence: int
    start: int
    end: int
    score: float = 1.0
    document: int = 0


@dataclass(frozen=True, slots=True)
class Flag:
    """A stretch of a line that the source does not support.

    Attributes:
        start, end: where it stands in the line's text, in characters.
        kind: "number", "name", "quote" or "negation"; "word" for one whose opposite, or another of whose
            kind, the source has in its place; "swap" for a word in the place of another of a sentence that
            the line copies else; "hedge" or "condition" for what a line states as certain and
            its sentence does not.
        sentence: index of the nearest sentence of the source, or None where none is near.
        document: index into the brief's `documents`; 0 where it has one.
    """

    start: int
    end: int
    kind: str
    sentence: int | None = None
    document: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a brief: a headline, a bullet or a sentence of the box."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    flags: tuple[Flag, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False, slots=True)
class Brief:
    """The headline, the bullets and the "What you should know" box of one document, or of one story.

    A style that was not asked for, or for which no line keeps the budget, is None or empty; `notes`
    then says why.

    Attributes:
        document: what was summarized; of a story, the first of its documents.
        summarizer: the registered name of what wrote it.
        signature: name, options and version; same signature and same text give the same brief.
        headline: one line without a final full stop, or None.
        bullets: in the order of the story.
        wysk: the two or three sentences of the "What you should know" box.
        coverage: the share of the document's sentences that the summarizer read, 0 to 1.
        notes: what a reader should know of how the brief came about, one sentence each.
        others: the further documents that tell the story; none for a single article.
        disagreements: a line for each number, date or name that two documents give differently.
        developments: what an earlier brief of the story did not have, where one was given.
        text: a story at the length that was asked for, sentence by sentence.
    """

    document: Document
    summarizer: str
    signature: str
    headline: Line | None = None
    bullets: tuple[Line, ...] = ()
    wysk: tuple[Line, ...] = ()
    coverage: float = 1.0
    notes: tuple[str, ...] = field(default=())
    others: tuple[Document, ...] = ()
    disagreements: tuple[Line, ...] = ()
    developments: tuple[Line, ...] = ()
    text: tuple[Line, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All that was summarized, as `Evidence.document` counts it."""
        return (self.document, *self.others)

    def lines(self, style: str) -> tuple[Line, ...]:
        """Return the lines of one style by its name, as a tuple also for the headline.

        Raises:
            KeyError: for a name that is no style.
        """
        headline = (self.headline,) if self.headline else ()
        return {"headline": headline, "bullets": self.bullets, "wysk": self.wysk}[style]

    def to_dict(self, *, evidence: bool = True) -> dict[str, Any]:
        """Return the brief as `--format json` writes it.

        Args:
            evidence: with the text of each sentence that a line rests on.
        """
        record: dict[str, Any] = _writing("record").to_record(self, evidence=evidence)
        return record

    def to_json(self, *, evidence: bool = True, indent: int | None = None) -> str:
        """Return the brief as JSON."""
        text: str = _writing("record").dumps(self.to_dict(evidence=evidence), indent)
        return text

    def __str__(self) -> str:
        """The headline, the bullets and the box as plain text."""
        parts = [str(self.headline)] if self.headline else []
        parts += [f"• {line}" for line in self.bullets]
        return "\n".join([*parts, *map(str, self.wysk)])

    def __repr__(self) -> str:
        headline = repr(shorten(str(self.headline), 60, placeholder="…")) if self.headline else "no headline"
        return (
            f"<Brief by {self.summarizer}: {headline}, {len(self.bullets)} bullets, box of {len(self.wysk)}>"
        )

    def _repr_html_(self) -> str:
        """The brief in a notebook."""
        bullets = "".join(f"<li>{escape(str(line))}</li>" for line in self.bullets)
        parts = [f"<h3>{escape(str(self.headline))}</h3>"] if self.headline else []
        parts += [f"<ul>{bullets}</ul>"] if bullets else []
        parts += [f"<p>{escape(' '.join(map(str, self.wysk)))}</p>"] if self.wysk else []
        return f"<div>{''.join(parts)}</div>"


def _writing(module: str) -> Any:
    """A module that knows how briefs are written; imported when asked for, since it knows briefs."""
    return import_module(f"summarize.writing.{module}")
