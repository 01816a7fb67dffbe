"""Numbers: digits, words, percent, money and times as values, and whether a source supports one.

A vague number ("thousands") and a rounded one ("nearly 50" from 48.7) are supported by what they round.
Sums, differences and unit conversions are not worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from summarize.language.tokens import Tokens

_WORDS: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_ORDINALS: dict[str, float] = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
           "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12}  # fmt: skip
_VAGUE = {f"{word}s": scale for word, scale in _SCALES.items() if len(word) > 4}
_OPENERS = _WORDS.keys() | _ORDINALS.keys() | _SCALES.keys() | _VAGUE.keys()
_PERCENT = {"percent", "pct", "percentage"}
_MONEY = {
    "dollar",
    "pound",
    "euro",
    "yen",
    "yuan",
    "rouble",
    "ruble",
    "rupee",
    "cent",
    "pence",
    "usd",
    "gbp",
    "eur",
}
_CURRENCY = "$£€¥₹"
_BELOW = {"nearly", "almost", "approaching", "under"}
_ABOVE = {"over", "above", "exceeding"}
_ABOUT = {"about", "around", "roughly", "approximately", "some", "circa", "estimated"}
_SLACK = 0.1


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        value: its value; of a time of day, minutes on a twelve-hour dial.
        kind: "plain", "percent", "money", "time", "vague" ("thousands") or "vague money".
        start, end: where it stands, in characters.
        rounded: "below", "above" or "about" where the text says so, else "".
        ordinal: whether it is written as one ("third").
    """

    value: float
    kind: str
    start: int
    end: int
    rounded: str = ""
    ordinal: bool = False


def read_numbers(text: str, tokens: Tokens) -> Iterator[Number]:
    """Yield the numbers of a text, "one" alone excepted: it is a pronoun as often as a number.

    Digits that are part of a name ("G20", "F-16") are none.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> text = "Nearly 1,000 paid $2.5m, or twenty-five percent, by 5pm."
        >>> [(n.value, n.kind, n.rounded) for n in read_numbers(text, tokenize(text))]
        [(1000.0, 'plain', 'below'), (2500000.0, 'money', ''), (25.0, 'percent', ''), (300.0, 'time', '')]
    """
    words = tokens.lows
    done = 0
    for index in [i for i, word in enumerate(words) if word < ":" or word in _OPENERS or word[0].isdigit()]:
        if index < done or (words[index][0].isdigit() and _in_name(text, tokens.starts[index])):
            continue
        number, done = _read(text, tokens, words, index)
        if number is not None:
            yield number


def read_torn_numbers(text: str, tokens: Tokens) -> Iterator[Number]:
    """Yield the numbers that a tokenizer has torn apart ("36, 000", "98. 7"), put together again.

    Whether they were one cannot be told, so they only ever add to what a source may support.

    Example:
        >>> from summarize.language.tokens import tokenize
        >>> [n.value for n in read_torn_numbers("$ 36, 000 or 98. 7", tokenize("$ 36, 000 or 98. 7"))]
        [36000.0, 98.7]
    """
    for index in [i for i, word in enumerate(tokens.words[:-1]) if word.isdigit()]:
        left, right = tokens.words[index], tokens.words[index + 1]
        if not right.isdigit():
            continue
        start, end = tokens.starts[index], tokens.end(index + 1)
        gap = text[tokens.end(index) : tokens.starts[index + 1]]
        if gap == ", " and len(right) == 3 and len(left) <= 3:
            yield Number(float(left + right), "plain", start, end)
        elif gap == ". ":
            value = float(f"{left}.{right}")
            scale = tokens.lows[index + 2] if index + 2 < len(tokens) else ""
            yield Number(value * _SCALES.get(scale, 1.0), "plain", start, end)


def _in_name(text: str, start: int) -> bool:
    before = text[max(0, start - 2) : start]
    return before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isupper())


def _read(text: str, tokens: Tokens, words: Sequence[str], index: int) -> tuple[Number | None, int]:
    """Read the number that may begin at a token; return it and the index of the first token after it."""
    first = index
    word = words[index]
    if word in _VAGUE:
        kind = "vague money" if _is_money(words[index + 2 : index + 3]) else "vague"
        return Number(_VAGUE[word], kind, tokens.starts[index], tokens.end(index)), index + 1
    if word in _ORDINALS:
        return _ordinal(tokens, words, index), index + 1
    if word[0].isdigit():
        value, ordinal = _digits(word)
        index += 1
        if time := _time(text, tokens, words, first):
            return time
    elif word in _WORDS:
        value, index, ordinal = *_in_words(words, index), False
        if value == 1 and not (index < len(words) and words[index] in _SCALES):
            return None, index
    elif len(word) > 3 and index and words[index - 1] in ("a", "an"):
        value, ordinal = 1.0, False
    else:
        return None, index + 1
    if value is None:
        return None, index
    while index < len(words) and words[index] in _SCALES and _adjoins(text, tokens, index):
        value, index = value * _SCALES[words[index]], index + 1
        if value >= 100 and index < len(words) and words[index] in _WORDS and word in _WORDS:
            more, index = _in_words(words, index)
            value += more
    kind = _kind(text, tokens, words, first, index)
    end = tokens.end(index - 1)
    return Number(value, kind, tokens.starts[first], end, _rounding(words, first), ordinal), index


def _ordinal(tokens: Tokens, words: Sequence[str], index: int) -> Number | None:
    word = words[index]
    # "At first", "the second it began", "30 second": not counted. A first needs no support of its own.
    if word == "first" or (word == "second" and index and words[index - 1][0].isdigit()):
        return None
    return Number(_ORDINALS[word], "plain", tokens.starts[index], tokens.end(index), "", True)


def _digits(word: str) -> tuple[float | None, bool]:
    """Read a token that begins with a digit; return its value, None where it is none, and whether ordinal."""
    bare = word.rstrip("stndrh")
    plain = bare.replace(",", "")
    if bare.count(",") and not all(len(part.split(".")[0]) == 3 for part in bare.split(",")[1:]):
        plain = bare.replace(",", ".", 1)  # a decimal comma
    try:
        return float(plain), bare != word and not word.endswith(("0s", "5s"))
    except ValueError:
        return None, False


def _in_words(words: Sequence[str], index: int) -> tuple[float, int]:
    value = float(_WORDS[words[index]])
    index += 1
    if value >= 20 and index < len(words) and 0 < _WORDS.get(words[index], 0.0) < 10:
        return value + _WORDS[words[index]], index + 1
    return value, index


def _adjoins(text: str, tokens: Tokens, index: int) -> bool:
    """Tell whether a scale belongs to the number before it: "5m", "5 million", but not "5 m"."""
    gap = text[tokens.end(index - 1) : tokens.starts[index]]
    return gap == "" or (gap in (" ", "-", "\u00a0") and len(tokens.words[index]) > 1)


def _time(text: str, tokens: Tokens, words: Sequence[str], index: int) -> tuple[Number, int] | None:
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    named = after in ("am", "pm", "a.m.", "p.m.") or (after in ("gmt", "bst", "est", "edt") and ":" in word)
    hour, _, minute = word.replace(":", ".").partition(".")
    if (
        not (named or (":" in word and word.count(":") == 1))
        or not hour.isdigit()
        or not (minute or "0").isdigit()
    ):
        return None
    value = int(hour) % 12 * 60 + int(minute or 0)
    end = index + 1 if named else index
    return Number(float(value), "time", tokens.starts[index], tokens.end(end)), end + 1


def _kind(text: str, tokens: Tokens, words: Sequence[str], first: int, index: int) -> str:
    start, end = tokens.starts[first], tokens.end(index - 1)
    after = words[index] if index < len(words) else ""
    if text[end : end + 2].lstrip()[:1] == "%" or after in _PERCENT:
        return "percent"
    if after == "per" and index + 1 < len(words) and words[index + 1] == "cent":
        return "percent"
    if (start and text[start - 1] in _CURRENCY) or _is_money(words[index : index + 1]):
        return "money"
    return "plain"


def _is_money(words: Sequence[str]) -> bool:
    return any(word.rstrip("s") in _MONEY for word in words)


def _rounding(words: Sequence[str], first: int) -> str:
    before = words[first - 1] if first else ""
    pair = f"{words[first - 2]} {before}" if first > 1 else ""
    if before in _BELOW or pair in ("less than", "fewer than", "close to", "up to"):
        return "below"
    if before in _ABOVE or pair in ("more than", "greater than", "at least", "upwards of"):
        return "above"
    return "about" if before in _ABOUT else ""


def supports(number: Number, source: Sequence[Number]) -> bool:
    """Tell whether a source's numbers support a number."""
    return any(_supports(number, other) for other in source)


def _supports(number: Number, other: Number) -> bool:
    if number.kind.startswith("vague") or other.kind.startswith("vague"):
        return _vaguely(number, other)
    if number.kind != other.kind and "plain" not in (number.kind, other.kind):
        return False
    value, theirs = number.value, other.value
    if value == theirs:
        return True
    if number.kind == "time" or number.ordinal or theirs == 0:
        return False
    if number.rounded:
        low, high = {
            "below": (1 - _SLACK, 1.0),
            "above": (1.0, 1 + 2 * _SLACK),
            "about": (1 - _SLACK, 1 + _SLACK),
        }[number.rounded]
        return low <= theirs / value <= high if value else False
    return _rounds_to(theirs, value)


def _vaguely(number: Number, other: Number) -> bool:
    """Tell whether "thousands" and a number, or two such words, can mean the same."""
    if number.kind.startswith("vague") and other.kind.startswith("vague"):
        return number.value == other.value
    money = number.kind == "vague money"
    if not number.kind.startswith("vague") or (other.kind == "money") != money:
        return False
    return number.value <= other.value < number.value * 1000


def _rounds_to(exact: float, value: float) -> bool:
    """Tell whether a value is another one rounded to two significant digits or more.

    Example:
        >>> _rounds_to(48.7, 49), _rounds_to(1234567, 1.2e6), _rounds_to(48.7, 50), _rounds_to(2023, 2020)
        (True, True, False, False)
    """
    if not (isfinite(exact) and isfinite(value)):  # of 309 digits and more
        return False
    digits = len(f"{value:.10g}".replace(".", "").strip("0").split("e")[0])
    whole = value == int(value) and abs(exact) != int(abs(exact))
    if whole and round(exact) == value:
        return True
    if digits < 2 or (exact == int(exact) and abs(exact) < 10_000):
        return False
    return float(f"{exact:.{digits}g}") == value
