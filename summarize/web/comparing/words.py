"""Every word of a line as an element that knows its stem, so that a script can mark what two cards share."""

from __future__ import annotations

import re
from html import escape, unescape

from summarize.language.stop_words import stop_words
from summarize.language.tokens import tokenize

_TAG = re.compile(r"(<[^>]*>)")


def worded(html: str, language: str = "en") -> str:
    """Return escaped HTML whose words are elements with the stem they are compared by; stop words say so.

    Args:
        html: a line as `summarize.writing.html.marked` returns it.
        language: of its text.

    Example:
        >>> worded("The <mark>rivers</mark> &amp; ...")
        '<span data-s="the" data-t>The</span> <mark><span data-s="river">rivers</span></mark> &amp; ...'
    """
    parts = _TAG.split(html)
    parts[::2] = [_words(unescape(part), language) for part in parts[::2]]
    return "".join(parts)


def _words(text: str, language: str) -> str:
    tokens, stopped = tokenize(text, language), stop_words(language)
    parts, position = [], 0
    for number, (start, stem, low) in enumerate(zip(tokens.starts, tokens.stems, tokens.lows, strict=True)):
        end = tokens.end(number)
        mark = " data-t" if low in stopped else ""
        parts.append(escape(text[position:start]))
        parts.append(f'<span data-s="{escape(stem)}"{mark}>{escape(text[start:end])}</span>')
        position = end
    return "".join([*parts, escape(text[position:])])
