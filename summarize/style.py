"""The three outputs of the toolkit and their budgets; nothing else.

A budget is a promise: no summarizer may exceed it, cut a word, or end in the middle of a sentence.
Lengths in words are `summarize.language.text.word_count`: runs of non-blank characters, as an editor counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from summarize.errors import OptionError
from summarize.language.text import word_count

MAX_BULLETS = 10


@dataclass(frozen=True, slots=True)
class Style:
    """The shape of one output.

    Attributes:
        name: what the output is called everywhere, from the command line to the report.
        lines: the most lines it may have.
        line_words: the most words in one line.
        line_characters: the most characters in one line, or None for no limit of its own.
        total_words: the most words in all lines together, or None for no limit of its own.
    """

    name: str
    lines: int
    line_words: int
    line_characters: int | None = None
    total_words: int | None = None

    def admits(self, lines: Iterable[str]) -> bool:
        """Tell whether these lines together keep the budget.

        Example:
            >>> HEADLINE.admits(["Trump to call Putin on Monday"])
            True
        """
        lines = list(lines)
        counts = [word_count(line) for line in lines]
        return (
            len(lines) <= self.lines
            and all(count <= self.line_words for count in counts)
            and (self.line_characters is None or all(len(line) <= self.line_characters for line in lines))
            and (self.total_words is None or sum(counts) <= self.total_words)
        )


HEADLINE = Style("headline", lines=1, line_words=12, line_characters=90)
# Characters are bounded too: a line without blanks counts as one word, however long it is.
BULLETS = Style("bullets", lines=3, line_words=40, line_characters=400)
WYSK = Style("wysk", lines=3, line_words=70, line_characters=700, total_words=70)
STYLES = (HEADLINE, BULLETS, WYSK)


def resolve_styles(names: Iterable[str | Style], bullets: int | None = None) -> tuple[Style, ...]:
    """Turn style names into styles, once each and in the order of a brief.

    Args:
        names: "headline", "bullets", "wysk", or Style instances.
        bullets: how many bullets to write at most, 1 to 10; None keeps the style's own number.

    Raises:
        OptionError: for a name that is no style, no names at all, or a number of bullets out of range.
    """
    if isinstance(names, str):
        names = (names,)
    if bullets is not None and not 1 <= bullets <= MAX_BULLETS:
        raise OptionError(f"bullets must be from 1 to {MAX_BULLETS}, not {bullets}")
    known = {style.name: style for style in STYLES}
    chosen: dict[str, Style] = {}
    for name in names:
        style = known.get(name) if isinstance(name, str) else name
        if style is None:
            raise OptionError(f"no style is called {name!r}; the styles are {', '.join(known)}")
        chosen[style.name] = replace(style, lines=bullets) if bullets and style.name == "bullets" else style
    if not chosen:
        raise OptionError(f"no style was asked for; the styles are {', '.join(known)}")
    return tuple(chosen[name] for name in known if name in chosen)
