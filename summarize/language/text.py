"""Sentences, words and stems of a plain string: pure functions that know nothing of documents.

Sentence boundaries come from sentencex, whose rules for some 300 languages ship inside its package;
what it misses in English news prose is repaired here, and what it misses elsewhere in
`summarize.language.splitting`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache

from summarize.errors import panics_as_errors
from summarize.language.scripts import UNSPACED, UNSPACED_LETTER

_REMEMBERED = 1 << 16  # stems; bounded, since texts never end
# The same words three times: what a text need not be searched for, it is not made to wait for.
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
# Every character that may stand in such a word in lower case, and a blank for any other.
_ASCII_WORDS = {code: chr(code).lower() if chr(code).isalnum() or code == 39 else " " for code in range(128)}
# Vowel signs of the scripts of India are no letters to `re`; all but danda and digits belong to words.
_SPACED_LETTER = r"(?:[^\W_]|[\u0900-\u0963\u0970-\u0dff])"
_SPACED_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INDIC = re.compile("[\u0900-\u0dff]")
_INDIC_WORD = re.compile(rf"{_SPACED_LETTER}+")
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+(?:['’][^\W_{UNSPACED}]+)*")
# What sentencex is not shown, character for character: half a surrogate pair, which UTF-8 cannot carry, and
# blanks of several bytes, of which it takes one to cut within ("Grade A\u00a0.").
_STAND_INS = dict.fromkeys(range(0xD800, 0xE000), "\ufffd") | dict.fromkeys((0x85, 0x2028, 0x2029), "\n")
_STAND_INS |= dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_IDEOGRAPH = "\u3001-\u3003\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_NO_BLANK = re.compile(f"(?<=[{_IDEOGRAPH}]) (?=[{_IDEOGRAPH}])")
_THAI = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# Characters that stand for a word. Translators count 1.5 to 1.8 Chinese and 2 to 2.5 Japanese characters
# for an English word; Thai, Lao, Burmese and Khmer spell their words, vowel signs included, in about 5.
_IDEOGRAPHS_A_WORD, _THAI_A_WORD = 2, 5
# The mark comes first in the pattern, so that the search may leap from mark to mark.
_OPENING = re.compile(r'"(?<![^\s(\[—–-]")(?=[^\s.,;:!?])')
_QUOTES = re.compile("[“”„«»]")
_WINDOW, _MARGIN = 8000, 2000  # characters

# "at 5 p.m. | Tuesday", "approx. | 5.6 m", "Lt. | Col. North": no sentence ends there.
_NO_END = re.compile(r"(?:\b[ap]\.m|\b(?:approx|circa|ca|est|max|min|Lt|Brig|Maj|No|Nos|vs|Rep|Sen|Gov))\.$")
_GOES_ON = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\b|[A-Z]{1,2}[SD]?T\b|GMT|UTC|BST"
    r"|Eastern|Pacific|Central|local|[\d(a-z$£€]|Col\.|Gen\.)"
)
# "in the U.S. | But", "at 4 p.m. | He", "(at last.) | She": a capital alone decides nothing, a word that
# opens sentences does.
_HIDDEN_END = re.compile(
    r"[.!?][\"”’)]*(\s+)(?=[\"“‘(]?(?:The|A|An|He|She|It|They|We|You|But|And|In|On|At|That|This|These|Those|There|His|Her|Its"
    r"|Their|However|Meanwhile|When|While|After|As|If|Both|Doors)\s)"
)
# "the enterprise HDT Kft. | (HDT Limited) acquired"
_IN_BRACKETS = re.compile(r"\([^()\n]{1,60}\) [a-z]")
_TITLES = re.compile(r"(?<!\w)MM?\.$")  # "M. Macron" in French
_MAY_END = re.compile(
    r"(?:\b(?:[A-Z]\.){2,}|\b[ap]\.m\.|\betc\.|\b(?:Inc|Ltd|Corp|Co|Jr|Sr)\.)[\"”’)]*$|[.!?]\)[\"”’)]*$"
)


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return (start, end) of each sentence of a paragraph, in characters, outer blanks excluded.

    Example:
        >>> sentence_spans("Dr. Li spoke at 5 p.m. Tuesday. He left.")
        [(0, 31), (32, 40)]
    """
    if not text or text.isspace():
        return []
    spans: list[tuple[int, int]] = []
    marked = _marked(text, language)
    for start, end in _boundaries(marked, language):
        start, end = _strip(text, start, end)
        if start == end:
            continue
        if spans and (
            _goes_on(text, spans[-1], start) or (language != "en" and _abbreviated(text, spans[-1], start))
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    if language == "en":
        return [part for start, end in spans for part in _split_hidden(text, start, end)]
    from summarize.language.splitting import glued_spans, thai_spans

    if language == "th":
        return [part for start, end in spans for part in thai_spans(text, start, end)]
    return [part for start, end in spans for part in glued_spans(marked, start, end, language)]


def _goes_on(text: str, last: tuple[int, int], start: int) -> bool:
    """Whether the sentence before goes on: "at 5 p.m. | Tuesday", "anti-U. | S.", "Kft. | (HDT) is"."""
    if last[1] == start:
        return text[start - 1] == "." and text[start - 2 : start - 1].isupper() and text[start].isupper()
    if _TITLES.search(text, max(last[0], last[1] - 4), last[1]) and text[start].isupper():
        return True
    if text[last[1] - 1] == "." and _IN_BRACKETS.match(text, start):
        return True
    return bool(_NO_END.search(text, max(last[0], last[1] - 12), last[1]) and _GOES_ON.match(text, start))


def _abbreviated(text: str, last: tuple[int, int], start: int) -> bool:
    """Whether what was taken for a full stop is that of an abbreviation: "400 tys. | zł"."""
    return text[last[1] - 1] == "." and text[last[1] - 2 : last[1]] != ".." and text[start].islower()


def _boundaries(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield what sentencex takes for sentences, a window of the text at a time.

    The time it takes grows with the square of a text that has no blanks. Near the edge of a window it
    does not know what follows, so the next window starts well before the edge.
    """
    from sentencex import get_sentence_boundaries

    start, width = 0, _WINDOW
    while start < len(text):
        window = text[start : start + width]
        if width > _WINDOW:  # a quotation that long was never closed
            window = _QUOTES.sub(" ", window)
        with panics_as_errors("sentencex, which finds the sentences,"):
            found = [(b["start_index"], b["end_index"]) for b in get_sentence_boundaries(language, window)]
        if start + width < len(text):
            found = [span for span in found if span[1] <= width - _MARGIN]
            if not found:
                width *= 2  # one sentence longer than the window
                continue
        yield from ((start + first, start + last) for first, last in found)
        start, width = start + (found[-1][1] if found else len(window)), _WINDOW


def _marked(text: str, language: str) -> str:
    """Return a text for sentencex, with the same offsets: stand-ins, and quotes told from closing ones.

    So a forgotten mark does not turn every later quotation inside out.
    """
    text = text if text.isascii() else text.translate(_STAND_INS)
    text = _OPENING.sub("“", text)
    if language != "en":
        from summarize.language.splitting import with_quotes_opened

        text = with_quotes_opened(text)
    return text.replace('"', "”")


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _split_hidden(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts = []
    for match in _HIDDEN_END.finditer(text, start, end):
        if not _MAY_END.search(text, max(start, match.start() - 12), match.start(1)):
            continue
        parts.append((start, match.start(1)))
        start = match.end(1)
    return [*parts, (start, end)]


def words(text: str) -> list[str]:
    """Return the lower-case words; in scripts without blanks every character is one.

    Example:
        >>> words("Trump's 30-day plan: 首相")
        ["trump's", '30', 'day', 'plan', '首', '相']
    """
    if text.isascii():
        found = text.translate(_ASCII_WORDS).split()
        if "'" not in text:
            return found
        parts: list[str] = []
        for word in found:
            if "'" in word:
                parts += _ASCII_WORD.findall(word)
            else:
                parts.append(word)
        return parts
    text = text.lower()
    if _INDIC.search(text):
        return _INDIC_WORD.findall(text)
    return (_WORD if UNSPACED_LETTER.search(text) else _SPACED_WORD).findall(text)


# Letters that are compared together where no blank tells words: two are a word of Chinese or Japanese more
# often than not, and four of Thai, Lao, Burmese or Khmer.
_RUNS = {"zh": 2, "ja": 2, "th": 4, "lo": 4, "my": 4, "km": 4}


def terms(words: Sequence[str], language: str) -> Sequence[str]:
    """Return what the words of a sentence are compared by before stemming; runs where letters are words.

    Example:
        >>> terms(["首", "相", "辞"], "ja"), terms(["talks", "agreed"], "en")
        (['首相', '相辞'], ['talks', 'agreed'])
    """
    size = _RUNS.get(language)
    if size is None or len(words) < size:
        return words
    return ["".join(words[start : start + size]) for start in range(len(words) - size + 1)]


def stems(words: Iterable[str], language: str = "en") -> list[str]:
    """Return the Snowball stem of each word, or the word itself where the language has no stemmer.

    Example:
        >>> stems(["talks", "agreed"])
        ['talk', 'agre']
    """
    stemmer = _stemmer(language)
    return list(words) if stemmer is None else list(map(stemmer, words))


@cache
def snowball(language: str) -> Callable[[str], str] | None:
    """Return Snowball's stemmer of a language, or None where it has none."""
    import Stemmer

    try:
        # Asked by code, since not every version lists the codes among its algorithms. Without a cache of
        # its own, which threads would fill without bound.
        stem: Callable[[str], str] = Stemmer.Stemmer(language, 0).stemWord
    except KeyError:
        return None
    return stem


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    plain = snowball(language)
    if plain is None:
        return None

    @lru_cache(_REMEMBERED)
    def stem(word: str) -> str:
        try:
            return plain(word.removesuffix("'s").removesuffix("’s"))
        except UnicodeEncodeError:  # half a surrogate pair
            return word

    return stem


def word_count(text: str) -> int:
    """Count words as an editor does: runs between blanks; in scripts without blanks, characters.

    Two characters of Chinese or Japanese stand for a word, and five of Thai, Lao, Burmese or Khmer.

    Example:
        >>> word_count("a 30-day ceasefire"), word_count("日本の首相"), word_count("แม่น้ำเอ่อล้น")
        (3, 3, 3)
    """
    if text.isascii():
        return len(text.split())
    words = 0
    for script, characters in ((_THAI, _THAI_A_WORD), (UNSPACED_LETTER, _IDEOGRAPHS_A_WORD)):
        text, found = script.subn(" ", text)
        words += -(-found // characters)
    return words + sum(any(map(str.isalnum, run)) for run in text.split()) if words else len(text.split())


def one_line(text: str) -> str:
    """Return a text on one line: runs of blanks become one, and none where Chinese or Japanese goes on.

    Example:
        >>> one_line("It \\n rained."), one_line("日本の\\n首相")
        ('It rained.', '日本の首相')
    """
    return joined(text.split())


def joined(parts: Iterable[str]) -> str:
    """Join words, or sentences, with a blank, and with none between two in Chinese or Japanese.

    Example:
        >>> joined(["Rain.", "Wind."]), joined(["雨。", "風。"])
        ('Rain. Wind.', '雨。風。')
    """
    line = " ".join(parts)
    return line if line.isascii() else _NO_BLANK.sub("", line)


def ngrams(words: Sequence[str], size: int) -> list[tuple[str, ...]]:
    """Return the n-grams of a sequence of words.

    Example:
        >>> ngrams(["a", "b", "c"], 2)
        [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(words[start:] for start in range(size)), strict=False))
