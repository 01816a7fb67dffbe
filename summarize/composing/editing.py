"""What an editor does to a single sentence before it may stand as a line: tidy, judge, shorten.

Pure functions over strings. Headlines are made in `summarize.composing.headline`; choosing among sentences is
`summarize.composing.compose`.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from summarize.language.table import table
from summarize.language.text import one_line, word_count
from summarize.language.words import PRONOUNS, SECOND_PERSON

_OPENER = re.compile(
    r"(?:But|And|Yet|Or|Nor|Still|Also|Then|Thus|Hence|Instead|However|Meanwhile|Moreover"
    r"|So(?=,| (?:the|a|an|he|she|they|it|we|I|this|that|in|when|if|what|why|how)\b)"
    r"|Furthermore|Nevertheless"
    r"|Nonetheless|Additionally|In addition|In fact|Indeed|Of course|For example|For instance|As a result"
    r"|Besides"
    r"|Therefore|Consequently|Similarly|Likewise|Otherwise|Overall|Finally|Lastly|Firstly|Secondly|Plus"
    r"|Well|Now"
    r"|On the other hand|By contrast|In contrast|At the same time|That said|Even so|In other words"
    r"|To be sure)"
    r"(?:,\s+(?!(?:said|says|wrote|argued|added|noted)\b)|(?<=But)\s+|(?<=And)\s+|(?<=Yet)\s+|(?<=So)\s+|(?<=Or)\s+|(?<=Nor)\s+)"
)
# "Â£" and "â€™": UTF-8 that was read as Windows-1252 on its way here.
_WINDOWS = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")
_MISREAD = re.compile(f"[ÂÃâ][{_WINDOWS}]{{1,2}}")
# "had been'struggling'": the blank ahead of a quotation was lost.
_CLOSE_QUOTE = re.compile(r"(?<=[a-z]{2})'(?=[a-z]{3,}[^']*'(?![a-z]))")
_CREDIT = re.compile(r"\([A-Z][^()]{2,40}\)(?=[A-Z])")  # "(Rolling Stone)Kanye West fans are used to"
# The number of the list item behind: "He was right. 3.", but not "on Nov. 28." and "the no. 3."
_NEXT_NUMBER = re.compile(
    r"([!?\"”’]|(?<![\w.])(?!(?:no|nos|approx|ca|vol|pp?|art|sec|chap|fig)\.)[a-z][\w’'-]*\.) \d{1,2}\.$"
)
_TAIL = 60  # characters in which that number and the word before it stand; a longer look takes its square
_SPACED_MARK = re.compile(r"\s+([.,;:!?])(?=\s|$)")
_PARENTHESIS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ASIDE = re.compile(r"\s*(?:--+|[\u2013\u2014])\s*[^\u2013\u2014]{3,200}?\s*(?:--+|[\u2013\u2014])\s*")
_RELATIVE_TAIL = re.compile(
    r",?\s+(?:which|who|where|when|while|whereas|although|though|after|as|because|since|with|including"
    r"|saying|adding"
    r"|according to|but|and|so|despite|amid|before|unless|until)\s"
)
_QUOTE_MARK = re.compile("[\"“‘«']")
_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_TERMINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
_BROKEN_END = re.compile(r"[,:;–—-]\s*[.!?]$|\b(?:of|the|a|an|and|or|who|which)\s*\.$|[^.]\.\.$")
_CLOSERS = {"“": "”", "«": "»", "[": "]", "「": "」", "『": "』", "《": "》", "（": "）"}
_QUESTION = ("?", "？", "؟")
_SPEAKER_TAIL = re.compile(
    r"[\"”’']\s*,?\s*(?:he|she|they|it|I|we)\s+(?:said|says|added|told|wrote|explained)", re.IGNORECASE
)
_BACKREFERENCE = re.compile(
    r"the (?:two|three|pair|duo|latter|former|move|decision|incident|announcement|news|couple|same)\b(?!-)",
    re.IGNORECASE,
)


def tidy(sentence: str, language: str = "en") -> str:
    """Return a sentence on one line, without what ties it to the sentence before.

    Example:
        >>> tidy("But  talks failed .")
        'Talks failed.'
    """
    # French sets a blank before ":", ";", "!" and "?".
    line = _repaired(one_line(sentence))
    line = line.lstrip("►▶■▪● ") if language != "en" else line
    line = line if language == "fr" else _SPACED_MARK.sub(r"\1", line)
    opener = _OPENER if language == "en" else table(language).opener
    while match := opener.match(line := capitalized(line)):
        line = line[match.end() :]
    return line


def _repaired(line: str) -> str:
    """A line without the damage of its way here: bytes misread, a blank lost, a credit run in."""
    while credit := _CREDIT.match(line):
        line = line[credit.end() :]
    line = line[:-_TAIL] + _NEXT_NUMBER.sub(r"\1", line[-_TAIL:])
    line = _CLOSE_QUOTE.sub(" '", line)
    while (reread := _MISREAD.sub(_reread, line)) != line:  # some were misread twice
        line = reread
    return line


def _reread(misread: re.Match[str]) -> str:
    try:
        return misread.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return misread.group()


def capitalized(line: str) -> str:
    """Return a line that begins with a capital."""
    # "iPhone" keeps its small letter.
    return line[:1].upper() + line[1:] if line[:1].islower() and not line[1:2].isupper() else line


def is_whole(line: str) -> bool:
    """Tell whether every quotation and bracket that opens in a line closes in it.

    Example:
        >>> is_whole('He called it "a sham."'), is_whole('"It is over.')
        (True, False)
    """
    if line.count('"') % 2 or "''" in line or line.count("(") != line.count(")"):
        return False
    if "„" in line:  # German and Polish close with “ or ”
        return line.count("„") == line.count("“") + line.count("”")
    if line.isascii():
        return line.count("[") == line.count("]")
    return all(line.count(mark) == line.count(closer) for mark, closer in _CLOSERS.items())


def is_ended(line: str) -> bool:
    """Tell whether a line ends as a sentence does.

    Example:
        >>> is_ended("It rained."), is_ended("It rained and")
        (True, False)
    """
    return bool(_TERMINAL.search(line)) and not is_broken(line)


def is_broken(line: str) -> bool:
    """Tell whether a line breaks off before its full stop, as extracted texts sometimes do.

    Example:
        >>> is_broken("It has the date of."), is_broken("It was in 1972.."), is_broken("It rained.")
        (True, True, False)
    """
    return bool(_BROKEN_END.search(line))


def stands_alone(line: str, language: str = "en") -> bool:
    """Tell whether a reader understands a line who has read nothing before it.

    Example:
        >>> stands_alone("Police arrested a man."), stands_alone("He was released."), stands_alone("Why?")
        (True, False, False)
    """
    match = _WORD.search(line)
    if match is None:
        return not line.isascii()
    if language != "en":
        return not (
            table(language).leaning.match(line, match.start()) or line.rstrip("\"”’'»」 ").endswith(_QUESTION)
        )
    first = match.group().replace("’", "'").lower()
    if _QUOTE_MARK.search(line, 0, match.start()):
        # A quotation may say "he" or "we", but then its speaker must be named.
        return not _SPEAKER_TAIL.search(line)
    return (
        first not in PRONOUNS
        and not _BACKREFERENCE.match(line)
        and not line.rstrip("\"”'’").endswith("?")
        and SECOND_PERSON.isdisjoint(line.split(maxsplit=4)[:4])
        and first not in {"i", "we", "my", "our", "i'm", "we're", "i've", "we've"}
    )


def shorten(line: str, words: int) -> str | None:
    """Return a line within so many words by leaving out asides and then the last clauses, or None.

    Example:
        >>> shorten("The old bridge (built in 1931) fell on Monday, which stopped trains.", 7)
        'The old bridge fell on Monday.'
    """
    if word_count(line) <= words:
        return line
    for pattern in (_PARENTHESIS, _ASIDE):
        shorter = pattern.sub("" if pattern is _PARENTHESIS else ", ", line).strip()
        line = shorter if is_whole(shorter) else line
        if word_count(line) <= words:
            return line
    cuts = [match.start() for match in _RELATIVE_TAIL.finditer(line) if line[match.start()] == ","]
    # The last cut that leaves few enough words: looking at each would take the square of a line of commas.
    fitting = bisect_right(cuts, words, key=lambda cut: word_count(line[:cut] + "."))
    if not fitting:
        return None
    cut = cuts[fitting - 1]
    shorter = line[:cut] + "."
    # Less than half of a sentence seldom says what it said.
    half = word_count(shorter) * 2 >= words and cut * 2 >= len(line)
    return shorter if half and is_whole(shorter) else None
