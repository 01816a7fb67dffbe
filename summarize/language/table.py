"""What composing, parsing and checking look up in a language other than English: one TOML file a language.

A speaker adds a language by adding `data/<code>.toml`; `docs/languages.md` says what each key means. A key
that is missing switches its rule off.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from summarize.language.scripts import UNSPACED, UNSPACED_LETTER

_NEVER = re.compile(r"(?!)")


class LanguageTable:
    """The table of one language; every pattern matches nothing where the table has no such key.

    Args:
        content: the parsed TOML.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = content

    def words(self, section: str, key: str) -> tuple[str, ...]:
        """Return the words of a key: a list as it is, a string at its blanks."""
        found = self._content.get(section, {}).get(key, ())
        if isinstance(found, bool):  # `leads`, of a language with blanks, for a line without
            return ()
        return tuple(found.split() if isinstance(found, str) else found)

    def says(self, section: str, key: str, default: bool = False) -> bool:
        """Return a key that is true or false."""
        return bool(self._content.get(section, {}).get(key, default))

    def number(self, section: str, key: str) -> int:
        """Return a key that is a number; 0 where there is none."""
        return int(self._content.get(section, {}).get(key, 0))

    @property
    def box(self) -> str | None:
        """The title of the "What you should know" box in this language."""
        return self._content.get("box")

    @cached_property
    def box_heading(self) -> re.Pattern[str]:
        """Match the heading of an article's own box: a line of it alone, or before a colon."""
        heads = _any(self._content.get("boxes", ()))
        return _compiled(heads and rf"[\W_]*(?:{heads})\s*(?:[:：–—-]\s*(?=\S)|[\W_]*$)")

    @cached_property
    def clutter(self) -> re.Pattern[str]:
        """Match a whole line, or a whole sentence, that is no part of the story."""
        lines = _any(self.words("clutter", "lines"))
        starts = _any((*self.words("clutter", "starts"), *self.words("captions", "starts")))
        return _compiled(lines and starts and rf"\W*(?:(?:{lines})[\s.!»>|:]*|(?:{starts})(?!\w).{{0,300}})$")

    @cached_property
    def caption(self) -> re.Pattern[str]:
        """Find a mark that only a caption of a picture has."""
        return _compiled(_any(self.words("captions", "marks")))

    @cached_property
    def opener(self) -> re.Pattern[str]:
        """Match what ties a sentence to the one before and may go: "Mais ", "Toutefois, "."""
        return _compiled(_any(self.words("openings", "cut"), r"(?:(?<=[,，、])\s*|\s+|(?<=[{U}])(?=[{U}]))"))

    @cached_property
    def leaning(self) -> re.Pattern[str]:
        """Match an opening that is not understood without the sentence before: "Il", "Dabei".

        A time is understood ("Ce lundi"), and so is what the table lists: "Alors que".
        """
        listed = _any(self.words("openings", "leaning"), r"(?:(?![\w'’-])|(?<=[{U}]))")
        standing = _any(self.words("openings", "standing")) or _NEVER.pattern
        return _compiled(listed and rf"(?!{standing}|{self.times.pattern}){listed}")

    @cached_property
    def weak(self) -> re.Pattern[str]:
        """Match an opening that tells little news: "On", "Man"."""
        listed = _any(self.words("openings", "weak"))
        return _compiled(listed and rf"{listed}(?![\w'’-])")

    @cached_property
    def verb(self) -> re.Pattern[str] | None:
        """Match a word that is a finite verb; None where the table lists none."""
        listed = self.words("headline", "verbs")
        return re.compile("|".join(listed), re.IGNORECASE) if listed else None

    @cached_property
    def joint(self) -> re.Pattern[str]:
        """Find what opens a part of a sentence that may go, without a comma: "lors de", "tandis que"."""
        listed = _any(self.words("headline", "joints"))
        return _compiled(listed and rf"(?<![\w'’-]){listed}(?![\w-])")

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """Find the comma before a clause that a long line may do without."""
        listed = _any(self.words("bullets", "tails"))
        return _compiled(listed and rf",\s+(?={listed}(?:(?<=['’])|(?![\w'’-])))")

    @cached_property
    def fillers(self) -> re.Pattern[str]:
        """Find what a headline does without wherever it stands, with the blank before: "en effet"."""
        listed = _any(self.words("headline", "fillers"))
        return _compiled(listed and rf"(?<=\w)(?:,?\s+{listed}(?=,)|\s+{listed}(?![\w'’-]))")

    @cached_property
    def pointing(self) -> re.Pattern[str]:
        """Match the opening of a headline, or a pronoun in it, that sends a reader elsewhere: "Les deux"."""
        opens, inside = (_any(self.words("headline", key)) for key in ("pointing", "pronouns"))
        both = [opens and rf"^{opens}(?![\w'’-])", inside and rf"(?<!\w){inside}(?![\w'’-])"]
        return _compiled("|".join(filter(None, both)))

    @cached_property
    def wanting(self) -> re.Pattern[str]:
        """Find a verb behind which stands where it was said, and not what: "a expliqué dans un entretien"."""
        listed = "|".join(self.words("headline", "wanting"))
        return _compiled(listed and rf"(?<!\w)(?:{listed})(?!\w)")

    @cached_property
    def cleft(self) -> re.Pattern[str]:
        """Find what a relative clause must follow: "c'est", "ce sont"."""
        return phrases(self.words("headline", "clefts"))

    @cached_property
    def between(self) -> re.Pattern[str]:
        """Find a word that names two things: "entre"."""
        return phrases(self.words("headline", "between"))

    @cached_property
    def participle(self) -> re.Pattern[str]:
        """Match a word that tells more of a noun behind a comma: ", réalisé en 2017"."""
        return _compiled("|".join(self.words("headline", "participles")))

    @cached_property
    def ending(self) -> re.Pattern[str]:
        """Find where a headline may end: before a word ("both": one that joins two) or at a "comma"."""
        joins = "|".join(self.words("headline", "joins")) or _NEVER.pattern
        ends = "|".join(self.words("headline", "ends"))
        words = rf"\s+(?=(?:(?P<both>{joins})|{ends})(?![\w-]))(?-i:(?=[^\W\dA-ZÀ-Þ]))"
        return _compiled(ends and rf"(?P<comma>,\s+)|{words}")

    @cached_property
    def loose(self) -> re.Pattern[str] | None:
        """Match what opens the circumstances before a subject; None where none may go."""
        listed = "|".join(self.words("headline", "loose"))
        return re.compile(rf"(?:{listed})(?![\w-])", re.IGNORECASE) if listed else None

    def hangs(self, word: str) -> bool:
        """Tell whether a word, in lower case, wants another behind it and so ends no headline."""
        last = word.rsplit("'", 1)[-1]
        return not last or self._hanging.fullmatch(last) is not None

    def ends_verbal(self, word: str) -> bool:
        """Tell whether a word, in lower case, is a finite verb, which mostly wants something behind it."""
        late = bool(self.words("headline", "closers"))
        return not late and self.verb is not None and self.verb.fullmatch(word) is not None

    def closes(self, word: str) -> bool:
        """Tell whether a headline may end inside a clause with a word; any but where the verb comes late."""
        return not self.words("headline", "closers") or self._closer.fullmatch(word) is not None

    @cached_property
    def _hanging(self) -> re.Pattern[str]:
        return _compiled("|".join(self.words("headline", "hanging")))

    @cached_property
    def _closer(self) -> re.Pattern[str]:
        return _compiled("|".join(self.words("headline", "closers")))

    @cached_property
    def relative(self) -> re.Pattern[str]:
        """Find a word that opens a clause whose verb is not the sentence's."""
        listed = _any(self.words("headline", "relatives"))
        return _compiled(listed and rf"(?<!\w){listed}(?![\w'’])")

    @cached_property
    def negator(self) -> re.Pattern[str]:
        """Find a word that denies; where no blanks stand between words, wherever its characters are."""
        listed = _any(self.words("check", "negators"))
        alone = listed and not UNSPACED_LETTER.search(listed)
        return _compiled(rf"(?<!\w){listed}(?!\w)" if alone else listed)

    @cached_property
    def times(self) -> re.Pattern[str]:
        """Find when something happened, with the comma or blank before it."""
        names = {key: _any(self.words("headline", f"{key}s")) for key in ("weekday", "month")}
        found = "|".join(self.words("headline", "times"))
        for key, value in names.items():
            found = found.replace(f"{{{key}}}", f"(?:{value})")
        if UNSPACED_LETTER.search(found):
            return _compiled(found)
        return _compiled(found and rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str], after: str = "") -> str:
    """Return a pattern that matches any of the words, the longest first; both apostrophes are one."""
    ordered = sorted(words, key=len, reverse=True)
    found = "|".join(re.sub("['’]", "['’]", re.escape(word)) for word in ordered)
    return found and f"(?:{found}){after.replace('{U}', UNSPACED)}"


def _compiled(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags) if pattern else _NEVER


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Find any of some words or phrases, whole and in any case.

    Example:
        >>> phrases(["abonnez-vous"]).search("Abonnez-vous !") is not None
        True
    """
    listed = _any(words)
    return _compiled(listed and rf"(?<!\w){listed}(?!\w)")


@cache
def table(language: str) -> LanguageTable:
    """Return the table of a language; an empty one for English, and where none has been written.

    Example:
        >>> table("fr").box, table("fr").leaning.match("Il pleut") is not None, table("xx").box
        ('Ce qu’il faut savoir', True, None)
    """
    file = files("summarize").joinpath("language", "data", f"{language}.toml")
    return LanguageTable(tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a table, sorted."""
    found = files("summarize").joinpath("language", "data").iterdir()
    return tuple(sorted(file.name[:-5] for file in found if file.name.endswith(".toml")))
