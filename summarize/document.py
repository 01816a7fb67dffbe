"""Document: a text that knows its sentences and where each stands. Types only; `parse` builds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from textwrap import shorten

from summarize.language import text as _text
from summarize.language.stop_words import stop_words

PICTURE_MARK = re.compile(
    r"\s*\((?:also |both )?(?:pictured|(?:pictured )?(?:(?:far|top|bottom|main|second|second from|and) )*"
    r"(?:left|right|cent(?:re|er)|middle|above|below|inset|circled)|stock image|file photo|L|R|C|L-R|l-r)\)"
)
_LONE_STOP = re.compile(r"(?<=[\w,'’\")”]) \.(?= \w|$)")


def _joined(stop: re.Match[str]) -> str:
    return "." if stop.end() == len(stop.string) else ""


def is_web_address(source: str) -> bool:
    """Tell whether a source is an address on the web, and not a path or the address of anything else."""
    return source.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: `document.text[start:end] == text`, in characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence of the article's body.

    Attributes:
        paragraph: number of its paragraph, counted from 0 over the whole body.
        speaker: who says it, in a dialogue; None in an article.
    """

    paragraph: int
    speaker: str | None = None

    @property
    def line(self) -> str:
        """The sentence on one line: hard wraps and runs of blanks become single spaces.

        What pointed at a picture beside the text ("(left)") goes, and so does a full stop that a data set's
        tool put where a line ended (" . "). In a dialogue its speaker comes first.
        """
        if self.speaker is not None:
            said = re.sub(rf"(?m)^\s*{re.escape(self.speaker)}[ \t]*[:：]", " ", self.text)
            return f"{self.speaker}: {_text.one_line(said)}"
        line = _text.one_line(self.text)
        line = PICTURE_MARK.sub("", line) if "(" in line else line
        return _LONE_STOP.sub(_joined, line) if " ." in line else line


@dataclass(frozen=True, repr=False)
class Document:
    """An article, taken apart.

    Attributes:
        text: the text as it was given, unchanged; every offset points into it.
        sentences: the body in order. Clutter, headings and the reference box are not in it.
        title: the article's own headline, where it has one.
        headings: the sub-headings inside the body.
        clutter: what was recognised as no part of the story: datelines, bylines, share lines.
        reference: the article's own "What you should know" (or "Key points", "At a glance") box, one
            sentence each. It is kept for evaluation and never part of what is summarized.
        language: ISO 639-1 code, "en" for example.
        source: where the text came from (path, URL, row id), for messages and output; or None.
        notes: what of the source is not in the text, one sentence each.
        published: when it appeared, with its time zone, where page, row or feed tell; or None.
        outlet: who published it ("Reuters"), where page, row or feed tell; or None.
    """

    text: str
    sentences: tuple[Sentence, ...]
    title: str | None = None
    headings: tuple[Span, ...] = ()
    clutter: tuple[Span, ...] = ()
    reference: tuple[str, ...] = ()
    language: str = "en"
    source: str | None = None
    notes: tuple[str, ...] = ()
    published: datetime | None = None
    outlet: str | None = None

    @property
    def is_dialogue(self) -> bool:
        """Whether it is a chat, an interview or a transcript, whose sentences are turns with speakers."""
        return bool(self.sentences) and self.sentences[0].speaker is not None

    def __repr__(self) -> str:
        opening = shorten(self.text[:200], 60, placeholder="…")
        return f"<Document of {len(self.sentences)} sentences, {self.language}: {opening!r}>"

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """The lower-case words of each sentence, in order."""
        return tuple(tuple(_text.words(sentence.text)) for sentence in self.sentences)

    @cached_property
    def stems(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each sentence's words, in order, stop words included."""
        return tuple(tuple(_text.stems(words, self.language)) for words in self.words)

    @cached_property
    def content(self) -> tuple[tuple[str, ...], ...]:
        """The stems of each sentence's words without its language's stop words, in order."""
        stopped, language = stop_words(self.language), self.language
        kept = ([word for word in words if word not in stopped] for words in self.words)
        return tuple(tuple(_text.stems(_text.terms(words, language), language)) for words in kept)
