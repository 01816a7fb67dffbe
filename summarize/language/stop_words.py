"""Stop words of each language: written for English, elsewhere the commonest words of jusText's lists.

jusText counted the words of each language's Wikipedia; it is maintained, and already here as a part of
trafilatura. Its lists go on to words that carry meaning ("commune", "saison"), so only their head is taken.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from summarize.language.names import NAMES
from summarize.language.words import STOP_WORDS

HEAD = 100  # words; behind them nouns of encyclopedias begin
_CALLED = {
    "no": "Norwegian_Bokmal",
    "nb": "Norwegian_Bokmal",
    "nn": "Norwegian_Nynorsk",
    "sh": "Serbo_Croatian",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language in lower case; none where no list is known.

    Example:
        >>> "la" in stop_words("fr"), "président" in stop_words("fr"), stop_words("ja")
        (True, False, frozenset())
    """
    if language == "en":
        return STOP_WORDS
    # Found, not imported: importing it would load lxml.
    spec = find_spec("justext")
    if spec is None or not spec.submodule_search_locations:
        return frozenset()
    name = _CALLED.get(language, NAMES.get(language, ""))
    path = Path(spec.submodule_search_locations[0]) / "stoplists" / f"{name}.txt"
    if not name or not path.is_file():
        return frozenset()
    listed = path.read_text(encoding="utf-8").lower().split()
    # Some were counted with the mark that followed them: "है।".
    heads = (word.strip('.,;:!?()।"') for word in listed[:HEAD])
    return frozenset(word for word in heads if word[:1].isalpha())
