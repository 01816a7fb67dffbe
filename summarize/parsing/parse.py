"""parse: a text -> a Document with its sentences, and everything set apart that is no part of the story.

Decoding bytes and extracting text from HTML or PDF come before (`summarize.reading.read`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from summarize.document import Document, Sentence, Span
from summarize.language.detect import detect
from summarize.language.table import table
from summarize.language.text import sentence_spans, word_count
from summarize.parsing.captions import captions, parted
from summarize.parsing.clutter import (
    box_start,
    is_author_line,
    is_line_clutter,
    is_note,
    is_sentence_clutter,
    story_start,
)
from summarize.parsing.dialogue import dialogue
from summarize.parsing.layout import Paragraph, paragraphs, rejoined

_TERMINAL = re.compile(r"[.!?…。！？:;,][\"'”’»)\]]*$")
_LETTER = re.compile(r"[^\W\d_]|\d")
HEADING_WORDS, TITLE_WORDS, BOX_LINES = 10, 20, 6
STANDFIRST, STORY_PARAGRAPHS = 300, 2  # characters of one of its lines; what must follow it


def parse(
    text: str, *, title: str | None = None, source: str | None = None, language: str = "auto"
) -> Document:
    """Take a text apart into a Document. Never fails: a text without a story has no sentences.

    Args:
        text: the article as it was written; it is kept unchanged and every offset points into it.
        title: its headline, where the reader knows it from elsewhere (an HTML page's).
        source: where it came from, for messages.
        language: ISO 639-1 code, or "auto" to guess it.

    Example:
        >>> [s.text for s in parse("(CNN) It rained. We ran.").sentences]
        ['It rained.', 'We ran.']
    """
    language = detect(text) if language == "auto" else language
    found = paragraphs(text)
    if said := dialogue(text, found, language):
        return Document(text, said, title=title, language=language, source=source)
    parts = _Parts(text, language)
    rest = parts.take_boxes(found)
    story = [paragraph for paragraph in rest if not parts.take_clutter(paragraph)]
    story = parts.without_notes(story)
    if title is None and (own := parts.title(story)):
        title = parts.line(own)
        story.remove(own)
    elif story and title and parts.line(story[0]).casefold() == title.casefold():
        story = story[1:]
    story = parts.without_headings(story)
    story = parts.without_standfirst(story)
    sentences = tuple(parts.sentences(story))
    return Document(
        text=text,
        sentences=sentences,
        title=title,
        headings=tuple(parts.headings),
        clutter=tuple(sorted(parts.clutter, key=lambda span: span.start)),
        reference=tuple(parts.reference),
        language=language,
        source=source,
    )


@dataclass
class _Parts:
    """What has been set apart so far."""

    text: str
    language: str

    def __post_init__(self) -> None:
        self._rules = table(self.language)
        self.clutter: list[Span] = []
        self.headings: list[Span] = []
        self.reference: list[str] = []
        self._runs: dict[str, int] = {}  # kind of paragraph -> the end of the latest run of it

    def line(self, paragraph: Paragraph) -> str:
        return " ".join(self.text[paragraph.start : paragraph.end].split())

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def take_clutter(self, paragraph: Paragraph) -> bool:
        text = self.text[paragraph.start : paragraph.end]
        if not is_line_clutter(text.strip()) and not self._is_clutter(text.strip()):
            return False
        self.clutter.append(Span(paragraph.start, paragraph.end, text))
        return True

    def without_notes(self, story: list[Paragraph]) -> list[Paragraph]:
        """Set apart an editor's notes, and who the author is where that closes the text."""
        if len(story) < 3:
            return story
        kept = []
        for index, paragraph in enumerate(story):
            text = self.text[paragraph.start : paragraph.end]
            last = index >= len(story) - 2
            if is_note(text) or (last and is_author_line(text, self.text)):
                self.clutter.append(Span(paragraph.start, paragraph.end, text))
            else:
                kept.append(paragraph)
        return kept

    def without_standfirst(self, story: list[Paragraph]) -> list[Paragraph]:
        """Set apart the lines between headline and story that say it beforehand, and end without a stop."""
        first = next((index for index, paragraph in enumerate(story) if self._is_told(paragraph)), 0)
        opening, rest = story[:first], story[first:]
        if len(rest) < STORY_PARAGRAPHS or any(p.end - p.start > STANDFIRST for p in opening):
            return story
        self.clutter += [self.span(paragraph.start, paragraph.end) for paragraph in opening]
        return rest

    def _is_told(self, paragraph: Paragraph) -> bool:
        text = self.text[paragraph.start : paragraph.end]
        return self._is_ended(paragraph) or len(sentence_spans(text[:STANDFIRST], self.language)) > 1

    def _is_ended(self, paragraph: Paragraph) -> bool:
        return _TERMINAL.search(self.text, max(paragraph.start, paragraph.end - 8), paragraph.end) is not None

    def take_boxes(self, found: Sequence[Paragraph]) -> list[Paragraph]:
        """Move every reference box into `reference` and return the paragraphs outside."""
        rest, index = [], 0
        while index < len(found):
            head = found[index]
            start = self._box_start(self.text[head.start : min(head.end, head.start + 200)])
            if start is None:
                rest.append(head)
                index += 1
                continue
            box = []
            if head.start + start < head.end:
                box.append(Paragraph(head.start + start, head.end, head.block, head.item))
            index += 1
            if not box or (self._is_short(head) and not self._stands_apart(found, index)):
                length = self._box_length(found, index)
                box += found[index : index + length]
                index += length
            for paragraph in box:
                self.reference += [
                    " ".join(self.text[paragraph.start + a : paragraph.start + b].split())
                    for a, b in sentence_spans(self.text[paragraph.start : paragraph.end], self.language)
                ]
        return rest

    def _stands_apart(self, found: Sequence[Paragraph], index: int) -> bool:
        """Whether the paragraph before `index` is finished, and a blank line follows it."""
        apart = index == len(found) or found[index].block != found[index - 1].block
        return apart and self._is_ended(found[index - 1])

    def _box_start(self, line: str) -> int | None:
        if (start := box_start(line)) is not None or not (match := self._rules.box_heading.match(line)):
            return start
        return match.end()

    def _is_clutter(self, line: str) -> bool:
        """Whether a line of its own, or a whole sentence, is clutter in the article's language."""
        return self._rules.clutter.match(line) is not None

    def _is_short(self, paragraph: Paragraph) -> bool:
        # "Story highlights The incident took place ..." puts the first point on the heading's own line.
        return paragraph.end - paragraph.start < 200

    def _box_length(self, found: Sequence[Paragraph], index: int) -> int:
        """How many paragraphs from `index` on belong to the box whose heading stands just before."""
        if index == len(found):
            return 0
        first = found[index]
        if first.item:
            end = self._run_end("items", found, index, lambda paragraph: paragraph.item)
        else:
            block = first.block
            end = self._run_end(f"block {block}", found, index, lambda paragraph: paragraph.block == block)
            if end == len(found) or end - index == 1:  # no blank line sets the box off
                bare = self._is_heading(first)  # points without a full stop look like headings
                end = self._run_end(f"points {bare}", found, index, lambda p: self._is_point(p, bare))
        # At the end of the article all that is left is the box; before a story it must stop somewhere.
        return end - index if end == len(found) else min(max(end - index, 1), BOX_LINES)

    def _run_end(
        self, kind: str, found: Sequence[Paragraph], index: int, inside: Callable[[Paragraph], bool]
    ) -> int:
        """Return where a run of paragraphs ends; asked again within the run, it is not looked for again."""
        end = self._runs.get(kind, 0)
        if index >= end:
            end = index
            while end < len(found) and inside(found[end]):
                end += 1
            self._runs[kind] = end
        return end

    def _is_point(self, paragraph: Paragraph, bare: bool) -> bool:
        text = self.text[paragraph.start : paragraph.end]
        return (
            not is_line_clutter(text)
            and not self._is_clutter(text)
            and story_start(self.text, paragraph.start, paragraph.end) == paragraph.start
            and self._is_heading(paragraph) <= bare
            and len(sentence_spans(text[:600], self.language)) <= 2
        )

    def _is_heading(self, paragraph: Paragraph) -> bool:
        line = self.line(paragraph) if paragraph.end - paragraph.start < 200 else ""
        return (
            bool(line)
            and word_count(line) <= HEADING_WORDS
            and not _TERMINAL.search(line)
            and bool(_LETTER.search(line))
            and not line[0].islower()
            and not paragraph.item
        )

    def title(self, story: Sequence[Paragraph]) -> Paragraph | None:
        if len(story) < 2 or not self._has_prose(story[1:]):
            return None
        first = story[0]
        if first.end - first.start > 200 or first.item:
            return None
        line = self.line(first)
        ended = _TERMINAL.search(line) and not line.endswith("?")
        return first if word_count(line) <= TITLE_WORDS and not ended and _LETTER.search(line) else None

    def without_headings(self, story: list[Paragraph]) -> list[Paragraph]:
        if not self._has_prose(story):
            return story
        kept = []
        for paragraph in story:
            if self._is_heading(paragraph):
                self.headings.append(self.span(paragraph.start, paragraph.end))
            else:
                kept.append(paragraph)
        return kept

    def _has_prose(self, story: Sequence[Paragraph]) -> bool:
        """Whether any paragraph ends like a sentence: without one, short lines are all there is."""
        return any(self._is_ended(p) or p.end - p.start > 200 for p in story)

    def sentences(self, story: Sequence[Paragraph]) -> list[Sentence]:
        """The body in order; captions and other clutter among it are set apart."""
        found = list(self._sentences(story))
        if self.language != "en":
            return found
        starts = captions([sentence.text for sentence in found])
        kept = []
        numbers: dict[int, int] = {}  # paragraphs that held nothing but captions are not counted
        for index, sentence in enumerate(found):
            start = sentence.start + starts.get(index, 0)
            if start > sentence.start:
                self.clutter.append(self.span(sentence.start, start))
            if start < sentence.end:
                number = numbers.setdefault(sentence.paragraph, len(numbers))
                kept.append(Sentence(start, sentence.end, self.text[start : sentence.end], number))
        return kept

    def _sentences(self, story: Sequence[Paragraph]) -> Iterator[Sentence]:
        number = 0
        for paragraph in story:
            start = story_start(self.text, paragraph.start, paragraph.end) if not number else paragraph.start
            if start > paragraph.start:
                self.clutter.append(self.span(paragraph.start, start))
            any_kept = False
            for a, b in self._spans(start, paragraph.end):
                text = self.text[a:b]
                if not _LETTER.search(text):
                    continue
                if b < paragraph.end and self._is_glued_heading(text, self.text[b]):
                    self.headings.append(Span(a, b, text))
                    continue
                if is_sentence_clutter(text) or self._is_clutter(text) or self._rules.caption.search(text):
                    self.clutter.append(Span(a, b, text))
                    continue
                any_kept = True
                yield Sentence(a, b, text, number)
            number += any_kept

    def _is_glued_heading(self, text: str, after: str) -> bool:
        """Whether a heading lost the line break behind it: "Deux rues ferméesLe maire"."""
        short = self.language != "en" and word_count(text) <= TITLE_WORDS
        return short and not after.isspace() and not _TERMINAL.search(text)

    def _spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where the sentences of a paragraph stand in the text; what a tool broke is whole again."""
        text = self.text[start:end]
        spans = sentence_spans(text, self.language)
        if self.language == "en":
            spans = [part for a, b in rejoined(text, spans) for part in parted(text, a, b)]
        return [(start + a, start + b) for a, b in spans]
