"""A headline in a language other than English: a sentence cut at the ends of its clauses, by its table.

What goes, in this order: a leading time or source, times anywhere, brackets, relative clauses, then
clauses from the end, then what follows a preposition or conjunction before which the table lets a headline
end. What stays has a verb of the main clause and no last word that wants another; where nothing such is
short enough there is no headline from this sentence. No word is changed or moved. English has a tagger and
rules of its own (`summarize.composing.compress`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from summarize.composing.by_table.standing import (
    ALONE,
    LEAD_END,
    LEAST_WORDS,
    WORD,
    first_word,
    hangs,
    has_verb,
    last_word,
    opens,
    stands,
)
from summarize.composing.by_table.unspaced import clause_runs, is_unspaced
from summarize.composing.compress import bare
from summarize.composing.editing import capitalized, is_whole
from summarize.language.table import LanguageTable, table
from summarize.language.text import word_count
from summarize.style import Style

_LEAST_ENDED = 5  # words of a headline that ends inside a clause
_AMPLE = 7  # words from which a whole clause is better than a longer one that ends inside
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]")
_BREAK = re.compile(r"[,;:،؛]\s+|\s+[\u2013\u2014-]\s+")
_ASIDE = re.compile(r",\s+([^,]+),\s+")
_COMMAS = re.compile(r"\s*,(?:\s*,)+|\s+(?=,)")
_MOST_LEADS = 5  # commas looked at for the end of what stands before the subject
_LIST = re.compile(r",\s+(?:[^\s,]+\s+){0,5}[^\s,]+$")
_FURTHER = re.compile(r"(?:[^\s,]+\s+){0,4}[^\s,]+(?:,|\s+(?:et|ou|y|o|e|i)\s)")
_YEAR = re.compile(r"\d{4}")
_NEAR = 40  # characters in which "entre" stands before the first of the two that it names


def clause_headline(line: str, style: Style, language: str) -> str | None:
    """Return what a sentence says in a headline's budget, whole clauses only, or None.

    Example:
        >>> from summarize.style import HEADLINE
        >>> french = "Lundi, le maire a fermé le pont, alors que la rivière montait depuis trois jours."
        >>> clause_headline(french, HEADLINE, "fr")
        'Le maire a fermé le pont'
    """
    return next(clause_headlines(line, style, language), None)


def clause_headlines(line: str, style: Style, language: str) -> Iterator[str]:
    """Yield all that a sentence says in a headline's budget, the fullest form first."""
    rules = table(language)
    drafts = clause_runs(line, rules) if is_unspaced(line) else _spaced(line, rules, language)
    for draft in drafts:
        text = bare(draft)
        enough = word_count(text) >= LEAST_WORDS
        if enough and style.admits([text]) and is_whole(text):
            yield capitalized(text)


def _spaced(line: str, rules: LanguageTable, language: str) -> Iterator[str]:
    """Yield shorter and shorter forms of a sentence, the fullest first."""
    # When comes last in news, and who said so goes only where there is no room for it.
    text = _without_lead(rules.fillers.sub("", line), rules, sources=False)
    yield text
    text = _without_lead(text, rules, sources=True)
    yield text
    text = _without_times(text, rules)
    text = _COMMAS.sub(lambda found: "," if "," in found.group() else "", text)
    yield text
    text = _BRACKET.sub("", text)
    yield text
    text = _without_asides(text, rules)
    yield text
    text = _without_loose(text, rules)
    yield text
    text = _without_apposition(text, rules)
    yield text
    if rules.says("headline", "last"):  # the main clause comes last, and with it its verb
        for found in _BREAK.finditer(text):
            if stands(text[found.end() :], rules, language):
                yield text[found.end() :]
        return
    clauses = [text[:cut] for cut in sorted(_cuts(text, rules), reverse=True)]
    clauses = [clause for clause in clauses if stands(clause, rules, language)]
    ample = [clause for clause in clauses if word_count(clause) >= _AMPLE]
    ended = list(_ended(text, rules, language))
    yield from ample
    yield from (part for part in ended if word_count(part) > _LEAST_ENDED)
    yield from clauses[len(ample) :]
    yield from ended


def _ended(line: str, rules: LanguageTable, language: str) -> Iterator[str]:
    """Yield a sentence up to each word before which its clause may end, the fullest first."""
    for found in reversed(list(rules.ending.finditer(line))):
        text = line[: found.start()]
        closed = text.endswith((",", ";", ":")) or rules.closes(last_word(text))
        enough = (
            word_count(text) >= _LEAST_ENDED and closed and not _lists(line, found) and not ALONE.search(text)
        )
        # "La confiance diminue et ...": a verb may end a clause where another is joined to it.
        wants = rules.hangs(last_word(text)) if found["both"] else hangs(text, rules)
        wants |= found["both"] is not None and rules.between.search(text[-_NEAR:]) is not None
        if enough and not wants and not opens(text, rules) and stands(text, rules, language):
            yield text


def _lists(line: str, found: re.Match[str]) -> bool:
    """Whether a conjunction is the last of a list: "Lyon, Lille et Nice", "entre Lyon et Nice"."""
    if found["comma"] is not None:
        return _FURTHER.match(line, found.end()) is not None or "," in line[: found.start()]
    return found["both"] is not None and _LIST.search(line[: found.start()]) is not None


def _without_lead(line: str, rules: LanguageTable, *, sources: bool) -> str:
    """Leave out a time, or a source, before the subject: "Lundi, ...", "Selon la police, ..."."""
    found = re.search(r",\s+", line)
    if found is None or not rules.says("headline", "leads", default=True):
        return line
    lead, rest = line[: found.start()], line[found.end() :]
    if sources:
        opens = lead.lower().startswith(rules.words("headline", "sources"))
    else:
        # "En 1981, ...": what the present tense tells of then is no news of now.
        opens = rules.times.match(lead) is not None and not _YEAR.search(lead)
    whole = is_whole(rest) and not rules.leaning.match(rest) and has_verb(rest, rules)
    return capitalized(rest) if opens and whole else line


def _without_times(line: str, rules: LanguageTable) -> str:
    for found in reversed(list(rules.times.finditer(line))):
        before, after = line[: found.start()].rstrip(), line[found.end() :]
        # "la loi de lundi", "le match de vendredi": there the time belongs to a noun.
        last = before.rsplit(maxsplit=1)[-1].lower() if before else ""
        if not last or last in rules.words("headline", "binding") or after.startswith(("'", "’", "-")):
            continue
        line = before + after
    return line


def _without_asides(line: str, rules: LanguageTable) -> str:
    """Leave out a relative clause between commas: "L'Égypte, qui compte 100 millions d'habitants, a ..."."""
    for found in reversed(list(_ASIDE.finditer(line))):
        opens, after = rules.relative.match(line, found.start(1)), WORD.match(line, found.end())
        if opens and after and rules.verb and rules.verb.fullmatch(after.group()):
            # Behind the clause may stand who said it: ", die ..., teilte die Polizei mit".
            told = has_verb(line[: found.start()], rules)
            said = told and after.group().lower() in rules.words("headline", "said")
            line = line[: found.start()] + (", " if said else " ") + line[found.end() :]
    return line


def _without_apposition(line: str, rules: LanguageTable) -> str:
    """Leave out who the subject is, before its verb: "Mme Dupont, 46 ans, maire de Lyon, devient ..."."""
    begin = line.find(", ")
    if begin < 0 or not rules.loose or rules.loose.match(line):
        return line
    for found in _BREAK.finditer(line, begin + 1):
        after = WORD.match(line, found.end())
        inside = line[begin : found.start()]
        if after and rules.verb and rules.verb.fullmatch(after.group()):
            stays = has_verb(line[:begin], rules) or has_verb(inside, rules)
            return line if stays else line[:begin] + " " + line[found.end() :]
    return line


def _without_loose(line: str, rules: LanguageTable) -> str:
    """Leave out circumstances before the subject: "Annulé par le maire, le concert a été maintenu"."""
    if not rules.loose or not rules.loose.match(line):
        return line
    ends = [found.span() for found in islice(LEAD_END.finditer(line), _MOST_LEADS)]
    for (stop, begin), (following, _) in pairwise([*ends, (len(line), len(line))]):
        lead, rest = line[:stop], line[begin:]
        if _YEAR.search(lead) or has_verb(lead, rules):
            return line
        whole = is_whole(rest) and not rules.leaning.match(rest)
        if whole and has_verb(line[begin:following], rules):
            return capitalized(rest)
    return line


def _cuts(line: str, rules: LanguageTable) -> Iterator[int]:
    """Yield where clauses begin that a headline may do without."""
    tails = {word for key in ("tails", "said", "sources") for word in rules.words("headline", key)}
    for found in _BREAK.finditer(line):
        opens = first_word(line[found.end() :])
        if opens in rules.words("headline", "relatives") and rules.cleft.search(line, 0, found.start()):
            continue  # "C'est la police | qui a ...": no thought ends there
        if found.group()[0] in ";:" or opens in tails or rules.participle.fullmatch(opens):
            yield found.start()
    # "Monterey Car Week": a capital makes a name of it.
    for found in rules.joint.finditer(line):
        before = line[: found.start()]
        if before and found.group().islower() and not hangs(before, rules):
            yield found.start()
