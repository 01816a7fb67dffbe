"""Forms of English verbs that headlines need: the base of a past tense or participle, the third person.

The verbs are those of the SPECIALIST Lexicon, in `language/data/verbs.txt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from summarize.language.lexicon import read_lines
from summarize.language.words import word_set

# What "is" stands before and belongs to: "is missing", "is dying", "is going".
_NO_SIMPLE = word_set("being missing dying lying living going having ailing pending willing")
_NO_PAST = word_set("aged had did done")  # "aged 19" tells no news, and "had" leads to a participle
_PREFIXES = ("un", "re", "over", "out", "under", "mis", "dis")
_VOWELS = "aeiou"


def third_person(base: str) -> str:
    """Return the third person singular of a verb.

    Example:
        >>> third_person("deny"), third_person("pass"), third_person("quiz")
        ('denies', 'passes', 'quizzes')
    """
    return _thirds().get(base) or regular_forms(base)[3]


def base_form(past: str) -> str | None:
    """Return the base of a past tense or past participle, or None for no verb that is known.

    Example:
        >>> base_form("shocked"), base_form("planned"), base_form("headed"), base_form("won")
        ('shock', 'plan', 'head', 'win')
    """
    return None if past in _NO_PAST else _known(past, _pasts())


def gerund_base(participle: str) -> str | None:
    """Return the base of a present participle whose simple present says the same, or None.

    Example:
        >>> gerund_base("suing"), gerund_base("planning"), gerund_base("missing")
        ('sue', 'plan', None)
    """
    return None if participle in _NO_SIMPLE else _known(participle, _gerunds())


def regular_forms(base: str) -> tuple[str, str, str, str]:
    """Return past tense, participle, gerund and third person as the rules have them, no consonant doubled.

    Example:
        >>> regular_forms("carry"), regular_forms("live")
        (('carried', 'carried', 'carrying', 'carries'), ('lived', 'lived', 'living', 'lives'))
    """
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied", base[:-1] + "ied", base + "ing", base[:-1] + "ies"
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    if base.endswith("e"):
        gerund = base + "ing" if base.endswith(("ee", "oe", "ye")) else base[:-1] + "ing"
        return base + "d", base + "d", gerund, third
    return base + "ed", base + "ed", base + "ing", third


def _known(form: str, table: Mapping[str, str]) -> str | None:
    """The base of a form of a verb in a table, or of one that ends in it: "retweeted", "crash-landed"."""
    first, hyphen, rest = form.rpartition("-")
    if hyphen:
        return f"{first}-{base}" if (base := table.get(rest)) else None
    if (base := table.get(form)) is not None:
        return base
    for prefix in _PREFIXES:
        if form.startswith(prefix) and (base := table.get(form[len(prefix) :])) is not None:
            return prefix + base
    return None


@cache
def _verbs() -> Sequence[tuple[str, bool, Sequence[str]]]:
    """(base, whether its forms are regular, forms) of each verb, the regular ones first."""
    lines = sorted((line.split(" ") for line in read_lines("verbs.txt")), key=len)
    return [(base, not forms, forms or regular_forms(base)) for base, *forms in lines]


@cache
def _pasts() -> Mapping[str, str]:
    """Past tenses and participles with their bases; of two the irregular one: "found" is of "find"."""
    return {
        form: base
        for base, _, (past, participle, _, _) in _verbs()
        for form in (*past.split("/"), *participle.split("/"))
    }


@cache
def _gerunds() -> Mapping[str, str]:
    return {form: base for base, _, forms in _verbs() for form in forms[2].split("/")}


@cache
def _thirds() -> Mapping[str, str]:
    """Third persons that are not as the rule has them."""
    return {base: forms[3].split("/")[0] for base, regular, forms in _verbs() if not regular}
