"""Shapes of text that no newspaper prints, each as long as is asked: what a hostile or broken source sends.

The tests double them and look at the time; the fuzzer mixes them with real articles.
"""

from __future__ import annotations

import random
from collections.abc import Callable


def _repeat(unit: str, between: str = "") -> Callable[[int], str]:
    return lambda size: between.join([unit] * (size // (len(unit) + len(between)) + 1))


def _counted(line: str) -> Callable[[int], str]:
    return lambda size: "\n".join(line.format(number) for number in range(size // (len(line) + 3) + 1))


# Name -> a function from the number of characters, roughly, to the text.
SHAPES: dict[str, Callable[[int], str]] = {
    "numbers on lines": _counted("{}"),
    "short lines": _repeat("Aa\n"),
    "box headings": _repeat("What you should know\n"),
    "box headings and points": _repeat("What you should know\n- It rained here.\n"),
    "relative clauses": _repeat(", who was "),
    "opening quotation marks": _repeat('He said "yes '),
    "curly quotation marks": _repeat("“Yes, ”"),
    "one letter": _repeat("a"),
    "one capital": _repeat("Aa"),
    "blanks": _repeat(" \t"),
    "empty lines": _repeat("\n\na"),
    "full stops": _repeat("."),
    "abbreviations": _repeat("U.S. "),
    "initials": _repeat("U.S."),
    "brackets": _repeat("(("),
    "names": _repeat("Ann Lee and Bob Ray, "),
    "digits": _repeat("1,000 "),
    "one long number": _repeat("9"),
    "dashes": _repeat("one -- two "),
    "apostrophes": _repeat("it's'"),
    "list marks": _repeat("- item\n"),
    "same sentence": _repeat("The council met on Monday to talk about rain. "),
    "counted sentences": _counted("Minister {} said on Monday that rain fell on 3 towns."),
    "chinese": _repeat("首相说。"),
    "combining marks": _repeat("e\u0301\u200d"),
    "negations": _repeat("It did not rain and was not dry, "),
    "captions": _repeat("Ann Lee (left) poses with Bob. "),
    "colons": _repeat("Shock: The "),
    "commas": _repeat(", left, "),
    "hyphens": _repeat("well-known-"),
    "addresses": _repeat("https://example.org/a "),
}  # fmt: skip

# Summaries and references with a sentence a line, as ROUGE-Lsum takes them.
LINE_SHAPES: dict[str, Callable[[int], str]] = {
    "one word a line": _repeat("a\n"),
    "two words a line": _counted("rain {}"),
    "words in any order": lambda size: "\n".join(
        " ".join(random.Random(number).choices("abcdefgh", k=8)) for number in range(size // 16)
    ),
}

# One sentence that never ends, full of what a line may lose.
CUE_SHAPES: dict[str, Callable[[int], str]] = {
    "negations": _repeat("it did not rain and was not dry, "),
    "conditions": _repeat("if rain falls "),
    "sources": _repeat("police said that rain falls "),
    "claims": _repeat("told rain "),
    "accusations": _repeat("accused of rain "),
}

# One sentence that denies without end what a line affirms.
DENIAL_SHAPES: dict[str, Callable[[int], str]] = {
    "denials of many words": _repeat("not rain and never the rain "),
}

HTML_SHAPES: dict[str, Callable[[int], str]] = {
    "attributes": lambda size: "<html><body><p " + _repeat("a=b ")(size) + ">It rained.</p></body></html>",
    "open tags": lambda size: "<html><body>" + _repeat("<div>")(size),
    "paragraphs": lambda size: "<html><body><article>" + _repeat("<p>It rained in Rome.</p>")(size),
    "entities": lambda size: "<html><body><p>" + _repeat("&amp;&lt;")(size),
    "comments": lambda size: "<html><body><p>" + _repeat("<!-- x -->")(size),
    "scripts": lambda size: "<html><body>" + _repeat("<script>{'a':1}</script>")(size),
}
