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

from summarize.composing.compress import bare
from summarize.composing.editing import capitalized, is_whole
from summarize.composing.headline_unspaced import clause_runs, is_unspaced
from summarize.language.stop_words import stop_words
from summarize.language.table import LanguageTable, table
from summarize.language.text import word_count
from summarize.style import Style

_LEAST_WORDS = 4
_LEAST_ENDED = 5  # words of a headline that ends inside a clause
_AMPLE = 7  # words from which a whole clause is better than a longer one that ends inside
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]")
_BREAK = re.compile(r"[,;:،؛]\s+|\s+[\u2013\u2014-]\s+")
_WORD = re.compile(r"\w[\w'’.-]*")
_ASIDE = re.compile(r",\s+([^,]+),\s+")
_COMMAS = re.compile(r"\s*,(?:\s*,)+|\s+(?=,)")
_LEAD_END = re.compile(r",\s+")
_ALONE = re.compile(r",\s+\S+$")
_MOST_LEADS = 5  # commas looked at for the end of what stands before the subject
_LIST = re.compile(r",\s+(?:[^\s,]+\s+){0,5}[^\s,]+$")
_FURTHER = re.compile(r"(?:[^\s,]+\s+){0,4}[^\s,]+(?:,|\s+(?:et|ou|y|o|e|i)\s)")
_YEAR = re.compile(r"\d{4}")
_REACH = 4  # words behind a relative pronoun in which a verb is that pronoun's


def clause_headline(line: str, style: Style, language: str) -> str | None:
    """Return what a sentence says in a headline's budget, whole clauses only, or None.

    Example:
        >>> from summarize.style import HEADLINE
        >>> french = "Lundi, le maire a fermé le pont, alors que la rivière montait depuis trois jours."
        >>> clause_headline(french, HEADLINE, "fr")
        'Le maire a fermé le pont'
    """
    rules = table(language)
    drafts = clause_runs(line, rules) if is_unspaced(line) else _spaced(line, rules, language)
    for draft in drafts:
        text = bare(draft)
        enough = word_count(text) >= _LEAST_WORDS
        if enough and style.admits([text]) and is_whole(text):
            return capitalized(text)
    return None


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
        whole = is_whole(text) and not _hangs(text, rules) and not _opens(text, rules)
        if whole and not _resumes(line[found.end() :], rules) and _stands(text, rules, language):
            return f"{text}."
    return None


def _resumes(rest: str, rules: LanguageTable) -> bool:
    """Whether the clause before goes on behind this one: "..., qui a sept ans, a été retrouvée"."""
    if not rules.says("headline", "leads", default=True):
        return "," in rest  # the verb may stand last: ", der sieben ist, gefunden wurde"
    after = (_WORD.match(rest, comma.end()) for comma in _LEAD_END.finditer(rest))
    words = (word.group().rstrip(".") for word in after if word)
    return rules.verb is not None and any(map(rules.verb.fullmatch, words))


def tells(line: str, language: str) -> bool:
    """Tell whether a line has a verb of its own, and is no mere name of something."""
    return is_unspaced(line) or _has_verb(line, table(language))


def _spaced(line: str, rules: LanguageTable, language: str) -> Iterator[str]:
    """Yield shorter and shorter forms of a sentence, the fullest first."""
    # When comes last in news, and who said so goes only where there is no room for it.
    text = _without_lead(line, rules, sources=False)
    yield text
    text = _without_lead(text, rules, sources=True)
    yield text
    text = _COMMAS.sub(lambda found: "," if "," in found.group() else "", _without_times(text, rules))
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
            if _stands(text[found.end() :], rules, language):
                yield text[found.end() :]
        return
    clauses = [text[:cut] for cut in sorted(_cuts(text, rules), reverse=True)]
    clauses = [clause for clause in clauses if _stands(clause, rules, language)]
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
        closed = text.endswith((",", ";", ":")) or rules.closes(_last(text))
        enough = (
            word_count(text) >= _LEAST_ENDED
            and closed
            and not _lists(line, found)
            and not _ALONE.search(text)
        )
        # "La confiance diminue et ...": a verb may end a clause where another is joined to it.
        hangs = rules.hangs(_last(text)) if found["both"] else _hangs(text, rules)
        if enough and not hangs and not _opens(text, rules) and _stands(text, rules, language):
            yield text


def _hangs(text: str, rules: LanguageTable) -> bool:
    """Whether the last word wants another behind it: a preposition, an article, a verb."""
    last = _last(text)
    return rules.hangs(last) or rules.ends_verbal(last)


def _opens(text: str, rules: LanguageTable) -> bool:
    """Whether a clause has begun in which no verb has come yet: "L'idée est que les enseignants"."""
    *_, relative = (None, *rules.relative.finditer(text))
    return relative is not None and not _has_verb(text[relative.start() :].lstrip(", "), rules, inside=True)


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
    whole = is_whole(rest) and not rules.leaning.match(rest) and _has_verb(rest, rules)
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
        opens, after = rules.relative.match(line, found.start(1)), _WORD.match(line, found.end())
        if opens and after and rules.verb and rules.verb.fullmatch(after.group()):
            # Behind the clause may stand who said it: ", die ..., teilte die Polizei mit".
            said = after.group().lower() in rules.words("headline", "said")
            line = line[: found.start()] + (", " if said else " ") + line[found.end() :]
    return line


def _without_apposition(line: str, rules: LanguageTable) -> str:
    """Leave out who the subject is, before its verb: "Mme Dupont, 46 ans, maire de Lyon, devient ..."."""
    begin = line.find(", ")
    if begin < 0 or not rules.loose or rules.loose.match(line):
        return line
    for found in _BREAK.finditer(line, begin + 1):
        after = _WORD.match(line, found.end())
        inside = line[begin : found.start()]
        if after and rules.verb and rules.verb.fullmatch(after.group()):
            stays = _has_verb(line[:begin], rules) or _has_verb(inside, rules)
            return line if stays else line[:begin] + " " + line[found.end() :]
    return line


def _without_loose(line: str, rules: LanguageTable) -> str:
    """Leave out circumstances before the subject: "Annulé par le maire, le concert a été maintenu"."""
    if not rules.loose or not rules.loose.match(line):
        return line
    ends = [found.span() for found in islice(_LEAD_END.finditer(line), _MOST_LEADS)]
    for (stop, begin), (following, _) in pairwise([*ends, (len(line), len(line))]):
        lead, rest = line[:stop], line[begin:]
        if _YEAR.search(lead) or _has_verb(lead, rules):
            return line
        whole = is_whole(rest) and not rules.leaning.match(rest)
        if whole and _has_verb(line[begin:following], rules):
            return capitalized(rest)
    return line


def _cuts(line: str, rules: LanguageTable) -> Iterator[int]:
    """Yield where clauses begin that a headline may do without."""
    tails = {word for key in ("tails", "said", "sources") for word in rules.words("headline", key)}
    for found in _BREAK.finditer(line):
        opens = _first(line[found.end() :])
        if found.group()[0] in ";:" or opens in tails or rules.participle.fullmatch(opens):
            yield found.start()
    # "Monterey Car Week": a capital makes a name of it.
    for found in rules.joint.finditer(line):
        before = line[: found.start()]
        if before and found.group().islower() and not _hangs(before, rules):
            yield found.start()


def _stands(text: str, rules: LanguageTable, language: str) -> bool:
    """Whether what is left of a sentence is one: long enough, with a verb, its last word needing no other."""
    words = text.split()
    if len(words) < _LEAST_WORDS or _first(text) in rules.words("headline", "relatives"):
        return False
    if _ALONE.search(text):  # ", réalisé | en juillet 2017"
        return False
    return _last(text) not in stop_words(language) and _has_verb(text, rules) and _has_main(text, rules)


def _has_main(text: str, rules: LanguageTable) -> bool:
    """Whether more is left than what stands before a subject: "Lundi, alors que le maire était absent"."""
    if not rules.loose or not rules.verb:
        return True
    dependent = {*rules.words("headline", "tails"), *rules.words("headline", "relatives")}
    first, *others = text.split(", ")
    mains = [] if rules.loose.match(first) or rules.joint.match(first) else [first]
    # A part that begins with its verb goes on after what stood between commas: ", a annoncé la mairie".
    mains += [part for part in others if _first(part) not in dependent]
    return any(rules.verb.fullmatch(word.group()) for part in mains for word in _WORD.finditer(part))


def _has_verb(text: str, rules: LanguageTable, *, inside: bool = False) -> bool:
    """Whether a verb stands in the main clause, or in any; true where the table lists no verbs."""
    if rules.verb is None:
        return True
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        if index and rules.verb.fullmatch(word.group()):
            before = words[max(0, index - _REACH)].start()
            if inside or not rules.relative.search(text, max(before - 2, 0), word.start()):
                return True
    return False


def _first(text: str) -> str:
    found = _WORD.search(text)
    return found.group().lower().replace("’", "'") if found else ""


def _last(text: str) -> str:
    return text.rsplit(maxsplit=1)[-1].strip(',;:»”"').lower().replace("’", "'")
