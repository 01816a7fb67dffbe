"""From what a model wrote to lines that may stand: budgets, a box unlike the bullets, no empty style.

Where nothing the model wrote keeps a style's budget, the article's own sentences stand in and a note
says so. Writes nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from summarize.composing import compose
from summarize.composing.editing import is_ended, stands_alone, tidy
from summarize.document import Document
from summarize.language.repetition import content_of, overlap
from summarize.language.text import word_count
from summarize.style import BULLETS, WYSK, Style
from summarize.summarizers.centrality import centrality

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

LEAST_BOX_LINES = 2
REPEATED = 0.6  # Dice overlap of content stems above which a line of the box repeats a bullet


def finish(
    document: Document, drafted: Mapping[str, Sequence[str]], styles: Sequence[Style]
) -> tuple[dict[str, list[str]], list[str]]:
    """Return the lines of each style that keep its budget, and notes on those that had to be replaced.

    Args:
        document: what the lines are about.
        drafted: the model's lines by style name, best first.
        styles: the styles to finish.
    """
    own: dict[str, list[str]] = {}
    lines: dict[str, list[str]] = {}
    notes = []
    for style in styles:
        found = list(drafted.get(style.name, ()))
        bullets = lines.get(BULLETS.name, []) if style.name == WYSK.name else []
        kept = compose.fit([line for line in found if not repeats(line, bullets)], style)
        if len(kept) < (LEAST_BOX_LINES if style.name == WYSK.name else 1):
            own = own or sentences_of_its_own(document, styles)
            fresh = [line for line in own[style.name] if not repeats(line, [*bullets, *kept])]
            fresh = fresh or unsaid(document, style, [*bullets, *kept])
            filled = compose.fit([*kept, *(fresh or ([] if kept else own[style.name]))], style)
            if len(filled) > len(kept):
                whose = "no line of the model" if not kept else "only one line of the model"
                notes.append(
                    f"{whose} keeps the budget of {style.name}; the article's own sentences stand in"
                )
            kept = filled
        lines[style.name] = kept
    return lines, notes


def sentences_of_its_own(document: Document, styles: Sequence[Style]) -> dict[str, list[str]]:
    """Return what the default extractive summarizer would write, as strings by style name."""
    composed = compose.compose(document, ranks(document), styles)
    return {name: [line.text for line in lines] for name, lines in composed.items()}


def unsaid(document: Document, style: Style, said: Sequence[str]) -> list[str]:
    """Return the best sentences of a document that stand alone and repeat no line, in order of the story.

    Args:
        document: whose sentences may stand in.
        style: how many lines, and how long, are wanted.
        said: what is not to be said again.
    """
    found: dict[int, str] = {}
    for index in (-ranks(document)).argsort(kind="stable").tolist():
        if len(found) == LEAST_BOX_LINES:
            break
        line = tidy(document.sentences[index].line, document.language)
        fits = (
            is_ended(line) and stands_alone(line, document.language) and word_count(line) <= style.line_words
        )
        if fits and not repeats(line, [*said, *found.values()]):
            found[index] = line
    return [found[index] for index in sorted(found)]


def ranks(document: Document) -> Scores:
    """Return the default extractive summarizer's score of each sentence, shape (sentences,)."""
    return centrality(document)


def repeats(line: str, others: Sequence[str]) -> bool:
    """Tell whether a line says what one of the others says.

    Example:
        >>> repeats("The ferry sank off Pellworth.", ["A ferry sank off Pellworth on Tuesday."])
        True
    """
    mine = content_of(line)
    return bool(mine) and any(overlap(mine, content_of(other)) > REPEATED for other in others)
