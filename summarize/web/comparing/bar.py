"""The card of the reference, and the bar above the cards that says what of them is compared, as HTML."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from summarize.web.comparing.words import worded
from summarize.web.markup import inert, safe

REFERENCE = "reference"
_SHOWN = (
    ("lines", "lines they share, and what differs"),
    ("words", "words that two share"),
    ("pairs", "pairs of words that two share"),
    ("lcs", "the longest common subsequence of two"),
    ("plain", "nothing"),
)
_PARTS = (("", "everything"), ("headline", "the headline"), ("bullets", "the bullets"), ("wysk", "the box"))


def reference_card(lines: Sequence[str], language: str) -> str:
    """Return what people wrote about the article as a card beside the others."""
    shown = "".join(
        f'<p dir="auto"><span class="line">{inert(worded(safe(line), language))}</span></p>' for line in lines
    )
    return (
        f'<article class="card reference" data-card="{REFERENCE}" lang="{safe(language)}" '
        f'aria-label="The reference"><header><h3>{REFERENCE}</h3></header>{shown}</article>'
    )


def comparing_bar(names: Sequence[str]) -> str:
    """Return the bar for some cards, at least two; the last is what others are compared with at first."""
    one = _choice("one", [(name, name) for name in names], names[0])
    other = _choice("other", [(name, name) for name in names], names[-1])
    # The number tells the script that these are new cards, also where the page changes old ones in place.
    return (
        '<div class="comparing" role="group" aria-label="Compare the cards" '
        f'data-made="{secrets.token_hex(4)}">'
        f"<label>Mark {_choice('show', _SHOWN, 'lines')}</label>"
        f'<span class="two"><label>of {one}</label> <label>and {other}</label> '
        f"<label>in {_choice('part', _PARTS, '')}</label></span>"
        '<p class="overlap" role="status" aria-live="polite"></p></div>'
    )


def _choice(name: str, values: Sequence[tuple[str, str]], chosen: str) -> str:
    options = "".join(
        f'<option value="{safe(value)}"{" selected" if value == chosen else ""}>{safe(label)}</option>'
        for value, label in values
    )
    return f'<select data-{name}="">{options}</select>'
