"""The stemmer of ROUGE-1.5.5: Porter's of 1980 with its author's two changes and the script's own.

M.F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. His later changes are "bli" to "ble"
and "logi" to "log"; the script's is that a word which has lost a suffix in step 4 may lose "ment" and then
"ent" too. Leaves out WordNet's exceptions, which the script looks up first (`PerlTokenizer` does).
"""

from __future__ import annotations

import re

# The script tells consonants from vowels by these patterns, not by the paper's definition: they differ in
# words like "yy". A first y is a consonant: it is upper case while the rules are applied.
_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_HAS_VOWEL = re.compile(f"(?:{_CONSONANTS})?[aeiouy]").match
# What the paper calls the measure m: above 0, 1, above 1.
_ABOVE_0 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}").match
_IS_1 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}(?:{_VOWELS})?").fullmatch
_ABOVE_1 = re.compile(f"(?:{_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}").match
_IS_SHORT = re.compile(f"{_CONSONANTS}[aeiouy][^aeiouwxy]").fullmatch
_DOUBLE = re.compile(r"([^aeiouylsz])\1$").search


def _rules(text: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return what replaces each suffix, and the pattern that finds the longest."""
    rules = {suffix: by for suffix, _, by in (rule.partition(">") for rule in text.split())}
    return rules, re.compile(f"({'|'.join(rules)})$")


_STEP_2 = _rules(
    "ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble alli>al entli>ent eli>e ousli>ous "
    "ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive "
    "biliti>ble logi>log"
)
_STEP_3 = _rules("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>")
_STEP_4 = _rules("al> ance> ence> er> ic> able> ible> ant> ement> ou> ism> ate> iti> ous> ive> ize>")


def perl_stem(word: str) -> str:
    """Return the stem of a lower-case word of letters and digits a-z, 0-9.

    Example:
        >>> perl_stem("technology"), perl_stem("possibly"), perl_stem("governmental")
        ('technolog', 'possibl', 'govern')
    """
    if len(word) < 3:
        return word
    if word[0] == "y":
        word = f"Y{word[1:]}"
    word = _step_1(word)
    word = _replace(word, *_STEP_2)
    word = _replace(word, *_STEP_3)
    word = _step_4(word)
    return _step_5(word).lower()


def _step_1(word: str) -> str:
    """Take off plurals, -ed and -ing, and turn a final y after a vowel somewhere into i."""
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word[-1] == "s" and word[-2:-1] not in ("s", ""):
        word = word[:-1]
    if word.endswith("eed"):
        if _ABOVE_0(word[:-3]):
            word = word[:-1]
    elif word.endswith(("ed", "ing")):
        stem = word[:-2] if word.endswith("ed") else word[:-3]
        if _HAS_VOWEL(stem):
            if stem.endswith(("at", "bl", "iz")) or (not _DOUBLE(stem) and _IS_SHORT(stem)):
                word = f"{stem}e"
            else:
                word = stem[:-1] if _DOUBLE(stem) else stem
    return f"{word[:-1]}i" if word.endswith("y") and _HAS_VOWEL(word[:-1]) else word


def _replace(word: str, rules: dict[str, str], pattern: re.Pattern[str]) -> str:
    match = pattern.search(word)
    if match and _ABOVE_0(stem := word[: match.start()]):
        return stem + rules[match[1]]
    return word


def _step_4(word: str) -> str:
    match = _STEP_4[1].search(word)
    if match and _ABOVE_1(word[: match.start()]):
        word = word[: match.start()]
    if word.endswith("ment") and _ABOVE_1(word[:-4]):
        word = word[:-4]
    if word.endswith("ent"):
        return word[:-3] if _ABOVE_1(word[:-3]) else word
    return word[:-3] if word.endswith(("sion", "tion")) and _ABOVE_1(word[:-3]) else word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        stem = word[:-1]
        if _ABOVE_1(stem) or (_IS_1(stem) and not _IS_SHORT(stem)):
            word = stem
    return word[:-1] if word.endswith("ll") and _ABOVE_1(word) else word
