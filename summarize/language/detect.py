"""Guess a text's language: clear English by its commonest words, anything else by py3langid's model.

The model (4 MB, 140 languages) is loaded when the first text comes that is not clearly English, which takes
half a second once; a text then takes a few tenths of a millisecond. Why py3langid: `docs/languages.md`.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from summarize.language.names import NAMES
from summarize.language.words import word_set

SAMPLE = 1500  # characters looked at
# Common in English and rare in other languages: Dutch has "of", "is" and "was", German "in" and "so".
_ENGLISH = word_set("the and that with from this his which have has said were they by not of")
_LEAST, _SHARE = 2, 0.08  # of them in a text, and of its words, that make it English without a model
# How much likelier (in nats) another language must be: English headlines are names, and names are from
# anywhere. At 10, 99 % of English and of French headlines are told right; at 0, 93 % of the English.
_LEAD = 10.0


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language of a text, "en" where nothing speaks for another.

    Example:
        >>> detect("Der Kanzler sagte, dass die Gespräche nicht beendet sind."), detect("日本の首相")
        ('de', 'ja')
    """
    sample = text[:SAMPLE]
    words = sample.lower().split()
    english = sum(map(_ENGLISH.__contains__, words))
    if english >= _LEAST and english >= _SHARE * len(words):
        return "en"
    if not any(map(str.isalpha, sample)):
        return "en"
    # A lone surrogate is no character that UTF-8 can carry.
    ranked = dict(_identifier().rank(sample.encode("utf-8", "replace").decode("utf-8")))
    best = max(ranked, key=ranked.__getitem__)
    return best if ranked[best] - ranked["en"] > _LEAD else "en"


@cache
def _identifier() -> Any:
    """Return py3langid's model for the languages that are known here."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = {code for code, _ in identifier.rank("")}
    identifier.set_languages(sorted(known & NAMES.keys()))
    return identifier
