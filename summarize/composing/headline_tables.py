"""A headline in a language other than English: a sentence cut at the ends of its clauses, by its table.

What goes, in this order: a leading time or source, times anywhere, brackets, relative clauses, then
clauses from the end. What stays has a verb of the main clause and ends where a clause ends; where nothing
such is short enough there is no headline from this sentence. No word is changed or moved. English has a
tagger and rules of its own (`summarize.composing.compress`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarize.composing.compress import bare
from summarize.composing.editing import capitalized, is_whole
from summarize.language.scripts import UNSPACED_LETTER
from summarize.language.stop_words import stop_words
from summarize.language.table import LanguageTable, table
from summarize.language.text import word_count
from summarize.style import Style

_LEAST_WORDS, _LEAST_CHARACTERS = 4, 8
_BRACKET = re.compile(r"\s*[(\[（][^()\[\]（）]*[)\]）]")
_BREAK = re.compile(r"[,;:،؛]\s+|\s+[\u2013\u2014-]\s+")
_BREAK_UNSPACED = re.compile(r"[，、；：,;:]\s*|\s+")
_WORD = re.compile(r"\w[\w'’.-]*")
_ASIDE = re.compile(r",\s+([^,]+),\s+")
_COMMAS = re.compile(r"\s*,(?:\s*,)+|\s+(?=,)")
_YEAR = re.compile(r"\d{4}")
_REACH = 4  # words behind a relative pronoun in which a verb is that pronoun's


def clause_headline(line: str, style: Style, language: str) -> str | None:
    """Return what a sentence says in a headline's budget, whole clauses only, or None.

    Example:
        >>> from summarize.style import HEADLINE
        >>> french = "Lundi, le maire a fermé le pont, alors que la rivière montait depuis trois jours."
        >>> clause_headline(french, HEADLINE, "fr")
        'Le maire a fermé le pont, alors que la rivière montait'
    """
    rules = table(language)
    drafts = _unspaced(line, rules) if _is_unspaced(line) else _spaced(line, rules, language)
    for draft in drafts:
        text = bare(draft)
        enough = word_count(text) >= _LEAST_WORDS
        if enough and style.admits([text]) and is_whole(text):
            return capitalized(text)
    return None


def _is_unspaced(line: str) -> bool:
    return not line.isascii() and 2 * len(UNSPACED_LETTER.findall(line)) > len(line.replace(" ", ""))


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
    if rules.says("headline", "last"):  # the main clause comes last, and with it its verb
        for found in _BREAK.finditer(text):
            if _stands(text[found.end() :], rules, language):
                yield text[found.end() :]
        return
    for cut in sorted(_cuts(text, rules), reverse=True):
        if _stands(text[:cut], rules, language):
            yield text[:cut]


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


def _cuts(line: str, rules: LanguageTable) -> Iterator[int]:
    """Yield where clauses begin that a headline may do without."""
    tails = {word for key in ("tails", "said", "sources") for word in rules.words("headline", key)}
    for found in _BREAK.finditer(line):
        if found.group()[0] in ";:" or _first(line[found.end() :]) in tails:
            yield found.start()
    yield from (found.start() for found in rules.joint.finditer(line) if found.start())


def _stands(text: str, rules: LanguageTable, language: str) -> bool:
    """Whether what is left of a sentence is one: long enough, with a verb, its last word needing no other."""
    words = text.split()
    if len(words) < _LEAST_WORDS or _first(text) in rules.words("headline", "relatives"):
        return False
    last = words[-1].strip(',;:»”"').lower()
    return last not in stop_words(language) and _has_verb(text, rules)


def _has_verb(text: str, rules: LanguageTable) -> bool:
    """Whether a verb stands in the main clause; true where the table lists no verbs."""
    if rules.verb is None:
        return True
    words = list(_WORD.finditer(text))
    for index, word in enumerate(words):
        if index and rules.verb.fullmatch(word.group()):
            before = words[max(0, index - _REACH)].start()
            if not rules.relative.search(text, max(before - 2, 0), word.start()):
                return True
    return False


def _first(text: str) -> str:
    found = _WORD.search(text)
    return found.group().lower().replace("’", "'") if found else ""


def _unspaced(line: str, rules: LanguageTable) -> Iterator[str]:
    """Yield runs of clauses of a sentence in a script without blanks, the fullest first."""
    breaks = [(found.start(), found.end()) for found in _BREAK_UNSPACED.finditer(line)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(line)]
    runs = [
        (starts[first], ends[last])
        for first in range(len(starts))
        for last in range(first, len(ends))
        if _begins(line, first, starts, ends, rules) and _finishes(line, last, ends, starts, rules)
    ]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        if len(line[start:end]) >= _LEAST_CHARACTERS:
            yield line[start:end]


def _begins(line: str, first: int, starts: Sequence[int], ends: Sequence[int], rules: LanguageTable) -> bool:
    """Whether a headline may begin with this clause: it needs none of those before."""
    clause = line[starts[first] : ends[first]]
    if clause.startswith(rules.words("headline", "dependent")) or rules.leaning.match(clause):
        return False
    if not first:
        return True
    before = line[starts[first - 1] : ends[first - 1]]
    leads, said = rules.words("headline", "leads"), rules.words("headline", "said")
    drops = before.startswith(leads) or before.endswith((*said, *leads))
    return drops and all(
        line[starts[i] : ends[i]].startswith(leads) or line[starts[i] : ends[i]].endswith((*said, *leads))
        for i in range(first)
    )


def _finishes(line: str, last: int, ends: Sequence[int], starts: Sequence[int], rules: LanguageTable) -> bool:
    """Whether a headline may end with this clause: it is the last, or says something by itself."""
    if last == len(ends) - 1:
        return True
    clause = line[starts[last] : ends[last]]
    finished, unfinished = rules.words("headline", "finished"), rules.words("headline", "unfinished")
    verbs = rules.words("headline", "verbs")
    if finished:
        return clause.endswith(finished)
    # "if the plan is finished in time" is half of a thought where what follows is cut off.
    if (
        not unfinished
        or clause.endswith(unfinished)
        or clause.startswith(rules.words("headline", "dependent"))
    ):
        return False
    return len(clause) >= _LEAST_CHARACTERS and (not verbs or any(verb in clause[2:-2] for verb in verbs))
