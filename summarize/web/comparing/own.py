"""A summary that an editor pastes, from anywhere -> a brief that is checked line by line. No HTML here.

It may have the shape of a brief (a headline, bullets, a "What you should know" box, as this page copies them
or as people type them), or be free text, whose sentences are its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarize.brief import Brief, Line
from summarize.document import Document
from summarize.errors import EmptyTextError, InputError
from summarize.evidence import Answer, LineVerdict, check_lines
from summarize.evidence.check import answer, notes
from summarize.evidence.score import combine
from summarize.language.table import table
from summarize.language.text import one_line, sentence_spans, word_count
from summarize.parsing.clutter import box_start
from summarize.parsing.layout import Paragraph, paragraphs
from summarize.style import STYLES, Style, resolve_styles

OWN = "your own"
MOST = 20_000  # characters: longer than that is an article, not a summary
_HEADLINE_WORDS = 20  # a first line that is longer is the text's first sentence
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_MARKED = re.compile(r"#{1,6}\s+|headline\s*:\s*", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~#+\-.()$=&])")


@dataclass(frozen=True)
class OwnSummary:
    """A pasted summary, checked.

    Attributes:
        brief: its lines with their evidence and flags; what keeps no budget is in its notes.
        verdicts: what the check says of each line, by its text.
        score: the estimated probability that all of it is supported, 0 to 1.
    """

    brief: Brief
    verdicts: Mapping[str, LineVerdict]
    score: float

    @property
    def answer(self) -> Answer:
        """Whether the summary is supported, unsure or unsupported."""
        return answer(self.score, [flag for one in self.verdicts.values() for flag in one.flags])


def check_own(text: str, document: Document, bullets: int = 3) -> OwnSummary:
    """Check a pasted summary against its article.

    Args:
        text: what was pasted.
        document: the article.
        bullets: how many bullets the page asks of summarizers, for the budget.

    Raises:
        InputError: where it is longer than a summary.
        EmptyTextError: where it holds no sentence.
    """
    if len(text) > MOST:
        raise InputError(
            f"Your own summary has {len(text):,} characters; the page takes {MOST:,}. Is it the article?"
        )
    lines = read_own(text, document.language)
    every = [line for found in lines.values() for line in found]
    if not every:
        raise EmptyTextError("Your own summary holds no sentence; paste its text, or leave it empty")
    verdicts = dict(zip(every, check_lines(every, document), strict=True))
    found = {
        style: tuple(Line(one, verdicts[one].evidence, verdicts[one].flags) for one in texts)
        for style, texts in lines.items()
    }
    brief = Brief(
        document, OWN, OWN, next(iter(found["headline"]), None), found["bullets"], found["wysk"],
        notes=(*notes(document), *(() if _is_free(text, lines) else _over_budget(lines, bullets))),
    )  # fmt: skip
    return OwnSummary(brief, verdicts, combine([verdicts[line].score for line in every]))


def read_own(text: str, language: str = "en") -> dict[str, list[str]]:
    """Return the lines of a pasted summary by their style; of free text, its sentences as bullets.

    Example:
        >>> read_own("Leeds floods\\n\\n- Rain fell.\\n\\nWhat you should know\\nNobody was hurt.")
        {'headline': ['Leeds floods'], 'bullets': ['Rain fell.'], 'wysk': ['Nobody was hurt.']}
        >>> read_own("Rain fell. Trains stopped.")
        {'headline': [], 'bullets': ['Rain fell.', 'Trains stopped.'], 'wysk': []}
    """
    found: dict[str, list[str]] = {style.name: [] for style in STYLES}
    parts = paragraphs(text)
    part = "bullets"
    for number, paragraph in enumerate(parts):
        line = text[paragraph.start : paragraph.end]
        plain = _plain(line)
        if not number and _is_headline(text, parts):
            found["headline"].append(plain)
            continue
        if (start := _box_start(plain, language)) is not None:
            part, plain = "wysk", plain[start:].lstrip(" :")
        whole = paragraph.item and part == "bullets"
        said = [plain] if whole else _sentences(plain, language)
        found[part] += [one for one in said if any(letter.isalnum() for letter in one)]
    return found


def as_scored(brief: Brief, style: str) -> Brief:
    """Return a pasted summary as it is scored for a style: by its lines of that style, else by all it has.

    Free text has no styles, and half a brief is still to be compared.
    """
    if brief.lines(style):
        return brief
    every = tuple(line for one in STYLES for line in brief.lines(one.name))
    values: dict[str, Any] = {style: every}
    if style == "headline":
        values = {"headline": Line(" ".join(line.text for line in every))}
    return replace(brief, **values)


def _is_headline(text: str, parts: Sequence[Paragraph]) -> bool:
    """Tell whether the first paragraph is a headline: it says so, or stands apart and ends like one."""
    head, *rest = parts
    line = text[head.start : head.end]
    if head.item or not rest:
        return bool(_MARKED.match(line))
    apart = rest[0].block != head.block or rest[0].item
    short = word_count(line) <= _HEADLINE_WORDS and not _ENDED.search(line)
    return bool(_MARKED.match(line)) or (apart and short and box_start(_plain(line)) is None)


def _box_start(line: str, language: str) -> int | None:
    if (start := box_start(line)) is not None:
        return start
    match = table(language).box_heading.match(line)
    return match.end() if match else None


def _plain(line: str) -> str:
    """Return a line without the marks of Markdown."""
    line = _MARKED.sub("", one_line(line), count=1) if _MARKED.match(line) else one_line(line)
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\2", line))


def _sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


def _is_free(text: str, lines: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether a summary is prose without any shape, which has no budget to keep."""
    shaped = any(paragraph.item for paragraph in paragraphs(text))
    return not (shaped or lines["headline"] or lines["wysk"])


def _over_budget(lines: Mapping[str, Sequence[str]], bullets: int) -> Iterator[str]:
    """Say which styles are over their budget, and by what."""
    for style in resolve_styles([style.name for style in STYLES], bullets):
        if lines[style.name] and not style.admits(lines[style.name]):
            yield f"over the budget of {style.name}: {_measured(style, lines[style.name])}"


def _measured(style: Style, lines: Sequence[str]) -> str:
    counts = [word_count(line) for line in lines]
    if len(lines) > style.lines:
        return f"{len(lines)} lines, {style.lines} at most"
    if style.total_words and sum(counts) > style.total_words:
        return f"{sum(counts)} words, {style.total_words} at most"
    if max(counts) > style.line_words:
        return f"{max(counts)} words in a line, {style.line_words} at most"
    return f"{max(map(len, lines))} characters in a line, {style.line_characters} at most"
