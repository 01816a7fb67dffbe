"""Headlines: every likely sentence is compressed along its tree, and the draft a reader would pick wins."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarize.composing.compress import articles, finished
from summarize.composing.editing import is_whole
from summarize.composing.headlinese import Rewrite, is_plural, rewrite
from summarize.composing.news.cutting.clauses import (
    Clause,
    clause_at,
    clauses,
    first_subjects,
    second_predicates,
)
from summarize.composing.news.cutting.compressor import Compression, Compressor
from summarize.composing.news.cutting.headline_cuts import complementizers, days, fillers, openers
from summarize.composing.news.cutting.joints import is_joined, may_end, spoken
from summarize.composing.news.cutting.past import background, with_present
from summarize.composing.news.cutting.short_forms import in_short
from summarize.encoder import Analysis
from summarize.language.tagged import FINITE, RELATIVE, Tagged
from summarize.language.text import stems
from summarize.language.words import word_set
from summarize.style import HEADLINE

LEAST_WORDS = 4
_MANY = 3  # compressions of each number of words: the best one may not read well
_GAIN, _STORY = 0.5, 0.5  # worth of any word, and of a content word for each log of its frequency
_NO_OPENING = RELATIVE | FINITE | {"PRP", "CC", "IN", "POS", "VB", "EX", ",", ":"}
_SEVERAL = frozenset({"many", "several", "few", "both", "most"})
# Names of one thing that look like many.
_ONE = word_set(
    """states nations netherlands philippines emirates bahamas maldives motors times news airlines airways
    games awards industries systems technologies services"""
)
# Subjects that only what stands before them explains: "and a third was placed on restricted duties".
_ONE_MORE = word_set("another other others second third fourth fifth sixth")
_POINTING = frozenset({"this", "that", "these", "those", "there", "here", "such"})


@dataclass(frozen=True, slots=True)
class HeadlineDraft:
    """One headline that could be printed.

    Attributes:
        text: the headline.
        sentence: index of the sentence it was made from.
        compression: what of that sentence is left.
        clause: the clause it keeps.
        replaced: words in the tense of headlines, by their place.
    """

    text: str
    sentence: int
    compression: Compression
    clause: Clause
    replaced: Mapping[int, str]

    def with_names(self, a: Analysis, names: Mapping[int, str]) -> str | None:
        """Return the headline with names in place of some words, or None where it is too long then."""
        kept = [i for i in range(len(a)) if self.compression.kept >> i & 1]
        text = finished(spoken(a, kept, {**self.replaced, **names}))
        return text if HEADLINE.admits([text]) else None


def worths(a: Analysis, frequency: Mapping[str, float]) -> list[float]:
    """Return what each word of a sentence is worth to the story beyond the encoder's odds.

    Args:
        a: the sentence.
        frequency: log of how many sentences of the story hold a stem.
    """
    stemmed = stems(a.words.lower)
    return [
        _GAIN + (_STORY * frequency.get(stem, 0.0) if tag[0] in "NVJC" else 0.0)
        for stem, tag in zip(stemmed, a.words.tags, strict=True)
    ]


def drafts(a: Analysis, sentence: int, gains: Sequence[float]) -> Iterator[HeadlineDraft]:
    """Yield the headlines that a sentence allows, a few for each number of words and clause.

    Args:
        a: the sentence.
        sentence: its index in the document.
        gains: what each of its words is worth beyond the encoder's odds, shape (words,).
    """
    short = in_short(a)
    views = [(short.a, clause, 0) for clause in clauses(short.a)]
    for view, clause, away in (*views, *second_predicates(short.a), *first_subjects(short.a)):
        words = _as_clause(view, clause, alone=True)
        change = _in_headline_style(view, words, clause)
        replaced = {**short.said, **change.replaced}
        gone = change.dropped | openers(view, clause.subject) | complementizers(view)
        gone |= days(view, clause.verb) | fillers(view) | articles(words) & ~short.bound
        old = background(view, clause)
        if old & gone or _was_at_it(view, clause):
            continue  # "Three months earlier," leads up to no headline of today
        search = Compressor(view, gains, gone | away, headline=True, stays=old | short.bound, many=_MANY)
        for compression in search.compressions(clause.root, HEADLINE.line_words):
            kept = [i for i in range(len(a)) if compression.kept >> i & 1]
            said = _with_titles(a, kept, replaced, short.titles)
            text = finished(spoken(a, kept, said))
            if short.holds(compression.kept) and _reads(view, clause, compression, text):
                yield HeadlineDraft(text, sentence, compression, clause, said)


def _with_titles(
    a: Analysis, kept: Sequence[int], replaced: Mapping[int, str], titles: Mapping[int, str]
) -> Mapping[int, str]:
    """What is said in place of some words, with titles written out where there is room for them."""
    if titles.keys().isdisjoint(kept):
        return replaced
    written = {i: word for i, word in replaced.items() if i not in titles}
    return written if HEADLINE.admits([finished(spoken(a, kept, written))]) else replaced


def _was_at_it(a: Analysis, clause: Clause) -> bool:
    """Whether a clause tells what somebody was doing meanwhile: "Rouhani was speaking at the opening"."""
    return a.words.lower[clause.verb] in {"was", "were"} and a.words.tags[clause.root] == "VBG"


def _in_headline_style(a: Analysis, words: Tagged, clause: Clause) -> Rewrite:
    """What changes at the verb of a clause, and at that of what it tells ahead of itself.

    "A man has been arrested, police said" becomes "Man arrested, police say".
    """
    change = Rewrite(clause.verb) if background(a, clause) else rewrite(words)
    with_present(a, clause, change)
    if clause.subject > clause.verb and a.words.lower[clause.verb] == "said":
        change.replaced[clause.verb] = "say" if is_plural(words) else "says"
    ahead = _ahead(a, clause)
    if ahead and (told := clause_at(a, ahead[0])) is not None:
        earlier = Rewrite(told.verb) if background(a, told) else rewrite(_as_clause(a, told))
        change.dropped |= earlier.dropped
        change.replaced = {**earlier.replaced, **change.replaced}
    if ahead and a.words.lower[a.root] == "told" and clause.verb == clause.root == a.root:
        # "..., a lawmaker told CNN": who was told is no news.
        change.dropped |= sum(a.subtree[c] for c in a.children[a.root] if c > a.root)
        change.replaced[a.root] = "say" if is_plural(words) else "says"
    return change


def _ahead(a: Analysis, clause: Clause) -> list[int]:
    """The verbs of what a clause tells ahead of itself: "a man has died, police said"."""
    return [c for c in a.children[clause.root] if a.relations[c] == "ccomp" and c < clause.subject]


def _as_clause(a: Analysis, clause: Clause, *, alone: bool = False) -> Tagged:
    """The sentence with its main verb and its subject as the tree has them.

    `alone` tells that who said it is left out.
    """
    words = copy.copy(a.words)
    first = a.subtree[clause.subject] & -a.subtree[clause.subject]
    vars(words).update(
        verb=clause.verb,
        start=first.bit_length() - 1,
        attribution=len(a),
        plural=_is_plural(a, clause),
        parsed=True,
        lower=_as_now(a, clause, alone=alone),
    )
    return words


def _as_now(a: Analysis, clause: Clause, *, alone: bool) -> list[str]:
    """The words in small letters: what had happened has happened, in a headline."""
    low, verb, several = list(a.words.lower), clause.verb, _is_plural(a, clause)
    told = alone and a.relations[clause.root] == "ccomp" and low[verb] == "would"
    if told and {"if", "have", "like", "rather"}.isdisjoint(low):
        low[verb] = "will"
    if low[verb] == "had" and verb != clause.root and a.words.tags[clause.root] == "VBN":
        low[verb] = "have" if several else "has"
    return low


def _is_plural(a: Analysis, clause: Clause) -> bool | None:
    """Whether a subject is more than one, or None where words have to tell: "a third of teachers say"."""
    subject = clause.subject
    if any(a.words.lower[c] == "and" and c > subject for c in a.children[subject]):
        people = {i for name in a.names if name.kind == "PER" for i in range(name.start, name.end)}
        joined = {c for c in a.children[subject] if a.relations[c] == "conj"}
        # "Singer and actress Eugenie Bouchard" is one.
        return not (a.words.tags[subject] == "NN" and joined & people)
    # "The Lost 52 Project" is one.
    counted = a.words.tags[subject] not in {"NN", "NNP"}
    if counted and any(a.relations[c] == "nummod" and c < subject for c in a.children[subject]):
        return all(a.words.lower[c] not in {"one", "1"} for c in a.children[subject])
    if any(a.words.lower[c] in _SEVERAL and c < subject for c in a.children[subject]):
        return True
    if a.words.tags[subject] == "NNS":
        return a.words.lower[subject].endswith("s") or None
    named = a.words.tags[subject] == "NNPS" and any(a.words.lower[c] == "the" for c in a.children[subject])
    if named and a.words.lower[subject].endswith("s") and a.words.lower[subject] not in _ONE:
        return True  # "the Conservatives blame"
    if a.words.lower[subject] == "number":
        return any(a.words.lower[c] == "a" for c in a.children[subject])
    # Of "Kokesh, a veteran and a candidate" the "and" joins what one man is.
    own = a.subtree[subject] & ~sum(a.subtree[c] for c in a.children[subject] if a.relations[c] == "appos")
    joints = [i for i in range(subject, clause.verb) if a.words.lower[i] == "and"]
    return False if joints and not any(own >> i & 1 for i in joints) else None


def _reads(a: Analysis, clause: Clause, compression: Compression, text: str) -> bool:
    """Whether a draft keeps the budget and stands as a sentence that is whole."""
    kept = [i for i in range(len(a)) if compression.kept >> i & 1]
    while kept and not a.words.tokens[kept[-1]][-1].isalnum() and a.words.tokens[kept[-1]] in ",;:-–—":
        kept.pop()
    if (
        len(kept) < LEAST_WORDS
        or clause.subject not in kept
        or _lost_their_subject(a, clause, kept)
        or _is_one_more(a, clause.subject)
        or not HEADLINE.admits([text])
        or not is_whole(text)
    ):
        return False
    somebody = a.words.lower[clause.subject] in {"he", "she"}  # whom that means is found out later
    return (
        (somebody or a.words.tags[kept[0]] not in _NO_OPENING)
        and a.words.lower[kept[0]] not in _POINTING
        and (somebody or a.words.tags[clause.subject] not in {"PRP", "EX", "WP", "WDT", "DT"})
        and may_end(a, kept[-1], clause.root)
        and a.words.lower[kept[-1]] not in {"only", "just", "even"}
        and all(_commas_are_paired(a, kept, one) for one in (clause, *_told_ahead(a, clause)))
        and not any(clause.subject < i < clause.verb and a.relations[i] == "parataxis" for i in kept)
        and is_joined(a, kept, clause.root)
    )


def _told_ahead(a: Analysis, clause: Clause) -> list[Clause]:
    """What a clause tells ahead of itself."""
    return [told for c in _ahead(a, clause) if (told := clause_at(a, c)) is not None]


def _lost_their_subject(a: Analysis, clause: Clause, kept: Sequence[int]) -> bool:
    """Whether what is told ahead of the clause is left without whom it is about."""
    return any(told.root in kept and told.subject not in kept for told in _told_ahead(a, clause))


def _is_one_more(a: Analysis, subject: int) -> bool:
    """Whether a subject is "a third" or "another" of what was counted before; not "a third of teachers"."""
    return a.words.lower[subject] in _ONE_MORE and all(a.words.lower[c] != "of" for c in a.children[subject])


def _commas_are_paired(a: Analysis, kept: Sequence[int], clause: Clause) -> bool:
    """Whether no lone comma parts the subject from its verb."""
    between = [i for i in kept if clause.subject < i < clause.verb and a.words.tokens[i] == ","]
    joints = [i for i in kept if a.words.lower[i] in {"and", "or"} and i < clause.verb]
    # The commas of a list are free, but not one behind it: "host, and author Don Imus, | died".
    return sum(i > max(joints, default=-1) for i in between) % 2 == 0
