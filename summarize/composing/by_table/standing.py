"""Whether what is left of a sentence that was cut stands, and may end there, by the table of its language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summarize.composing.by_table.unspaced import is_unspaced
from summarize.composing.editing import is_whole
from summarize.language.stop_words import stop_words
from summarize.language.table import LanguageTable, table
from summarize.language.text import word_count

LEAST_WORDS = 4
WORD = re.compile(r"\w[\w'’.-]*")
LEAD_END = re.compile(r",\s+")
ALONE = re.compile(r",\s+\S+$")
_REACH = 4  # words behind a relative pronoun in which a verb is that pronoun's


def shortened(line: str, words: int, language: str) -> str | None:
    """Return a sentence within so many words without its last clauses, or None where none may go.

    Example:
        >>> shortened("Le vieux pont de Lyon est tombé lundi matin, alors que la rivière montait.", 9, "fr")
        'Le vieux pont de Lyon est tombé lundi matin.'
    """
    rules = table(language)
    for found in reversed(list(rules.tail.finditer(line))):
        text = line[: found.start()]
        if word_count(text) > words:
            continue
        if 2 * word_count(text) < words or 2 * len(text) < len(line):
            return None
        whole = is_whole(text) and not hangs(text, rules) and not opens(text, rules)
        if whole and not _resumes(line[found.end() :], rules) and stands(text, rules, language):
            return f"{text}."
    return None


def _resumes(rest: str, rules: LanguageTable) -> bool:
    """Whether the clause before goes on behind this one: "..., qui a sept ans, a été retrouvée"."""
    if not rules.says("headline", "leads", default=True):
        return "," in rest  # the verb may stand last: ", der sieben ist, gefunden wurde"
    after = (WORD.match(rest, comma.end()) for comma in LEAD_END.finditer(rest))
    words = (word.group().rstrip(".") for word in after if word)
    return rules.verb is not None and any(map(rules.verb.fullmatch, words))


def tells(line: str, language: str) -> bool:
    """Tell whether a line has a verb of its own, and is no mere name of something."""
    return is_unspaced(line) or has_verb(line, table(language))


def stands(text: str, rules: LanguageTable, language: str) -> bool:
    """Whether what is left of a sentence is one: long enough, with a verb, its last word needing no other."""
    words = text.split()
    if len(words) < LEAST_WORDS or first_word(text) in rules.words("headline", "relatives"):
        return False
    # ", réalisé | en juillet 2017", "une stèle érigée | à Lyon", "quand le jeune homme | qui ..."
    if (
        ALONE.search(text)
        or _is_parted(text, rules)
        or rules.wanting.search(text)
        or _wants_more(words, rules)
        or opens(text, rules)
    ):
        return False
    return last_word(text) not in stop_words(language) and has_verb(text, rules) and _has_main(text, rules)


def _wants_more(words: Sequence[str], rules: LanguageTable) -> bool:
    """Whether the last word hangs, or is a participle that tells of a noun and not what was done."""
    last, before = last_word(words[-1]), last_word(words[-2])
    if not rules.participle.fullmatch(last):
        return rules.hangs(last)
    if rules.hangs(last):
        return True
    done = rules.verb is not None and any(rules.verb.fullmatch(last_word(word)) for word in words[-5:-1])
    return not done and not rules.hangs(before)


def _is_parted(text: str, rules: LanguageTable) -> bool:
    """Whether one comma is left between subject and verb: "Mme Dupont, a admis que ..."."""
    subject, *others = text.split(", ")
    after = first_word(others[0]) if others else ""
    return rules.verb is not None and rules.verb.fullmatch(after) is not None and not has_verb(subject, rules)


def _has_main(text: str, rules: LanguageTable) -> bool:
    """Whether more is left than what stands before a subject: "Lundi, alors que le maire était absent"."""
    if not rules.loose or not rules.verb:
        return True
    dependent = {*rules.words("headline", "tails"), *rules.words("headline", "relatives")}
    first, *others = text.split(", ")
    mains = [] if rules.loose.match(first) or rules.joint.match(first) else [first]
    # A part that begins with its verb goes on after what stood between commas: ", a annoncé la mairie".
    mains += [part for part in others if first_word(part) not in dependent]
    return any(rules.verb.fullmatch(word.group()) for part in mains for word in WORD.finditer(part))


@lru_cache(1 << 14)
def _is_verb(rules: LanguageTable, word: str) -> bool:
    """Whether the table lists a word; remembered, since a sentence's drafts ask for the same ones."""
    return rules.verb is not None and rules.verb.fullmatch(word) is not None


def has_verb(text: str, rules: LanguageTable, *, inside: bool = False) -> bool:
    """Whether a verb stands in the main clause, or in any; true where the table lists no verbs."""
    if rules.verb is None:
        return True
    words = list(WORD.finditer(text))
    for index, word in enumerate(words):
        if index and _is_verb(rules, word.group()):
            before = words[max(0, index - _REACH)].start()
            if inside or not rules.relative.search(text, max(before - 2, 0), word.start()):
                return True
    return False


def hangs(text: str, rules: LanguageTable) -> bool:
    """Whether the last word wants another behind it: a preposition, an article, a verb."""
    last = last_word(text)
    return rules.hangs(last) or rules.ends_verbal(last)


def opens(text: str, rules: LanguageTable) -> bool:
    """Whether a clause has begun in which no verb has come yet: "L'idée est que les enseignants"."""
    *_, relative = (None, *rules.relative.finditer(text))
    return relative is not None and not has_verb(text[relative.start() :].lstrip(", "), rules, inside=True)


def first_word(text: str) -> str:
    found = WORD.search(text)
    return found.group().lower().replace("’", "'") if found else ""


def last_word(text: str) -> str:
    return "".join(text.rsplit(maxsplit=1)[-1:]).strip(',;:»”"').lower().replace("’", "'")
