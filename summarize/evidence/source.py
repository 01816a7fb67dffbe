"""Source: a document read once for checking; tokens, rarity, numbers and names.

One source is kept for each of the last few documents, so that the lines of a brief share the work. Only what
every line needs is read at once; the rest when a line first asks for it, which a copy never does.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from threading import Lock

from summarize.document import Document
from summarize.evidence.negation import DENIALS, denied, negators
from summarize.evidence.quantities import Number, read_numbers, read_torn_numbers
from summarize.language.lexicon import FUNCTION_WORDS, root
from summarize.language.tokens import Tokens, stems_of, tokenize

FUNCTION_WEIGHT = 0.1  # of a word that carries no meaning
_INSIDE_NAMES = frozenset(("of", "the", "and", "for"))
_UNCOUNTED = frozenset(("per", "year", "years"))
_KEPT = 16
_ASKED = 512  # stems that are looked for one by one


class Source:
    """The sentences of a document as evidence is looked for in them.

    Attributes:
        document: what was read.
        everything: the tokens of the whole text.
        bounds: the first token of each sentence, and the first after it.
        stem_sets: the stems of each sentence.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.everything = tokenize(document.text, document.language)
        starts = self.everything.starts
        self.bounds = [
            (bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
            for sentence in document.sentences
        ]
        self.stem_sets = [frozenset(self.everything.stems[first:last]) for first, last in self.bounds]
        self._top = math.log(2 + len(self.bounds))
        self._holders: dict[str, tuple[int, ...]] = {}
        self._weights: dict[str, float] = {}
        self._denies: dict[int, bool] = {}
        self._contents: dict[int, tuple[str, ...]] = {}
        self._vocabularies: dict[int, frozenset[str]] = {}
        self._roots: dict[int, frozenset[str]] = {}
        self._denied: dict[int, dict[int, int]] = {}

    @cached_property
    def sentences(self) -> tuple[Tokens, ...]:
        """The tokens of each sentence; offsets are the document's."""
        return tuple(self.everything.slice(first, last) for first, last in self.bounds)

    def holders(self, stem: str) -> tuple[int, ...]:
        """Return the numbers of the sentences in which a stem stands, ascending."""
        found = self._holders.get(stem)
        if found is None:
            if len(self._holders) >= _ASKED:
                return self._index.get(stem, ())
            # One stem at a time: lines ask for few of those an article has.
            found = tuple([index for index, stems in enumerate(self.stem_sets) if stem in stems])
            self._holders[stem] = found
        return found

    @cached_property
    def _index(self) -> dict[str, tuple[int, ...]]:
        """All stems at once, for a summary that asks for so many that looking for each takes too long."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, stems in enumerate(self.stem_sets):
            for stem in stems:
                found[stem].append(index)
        return {stem: tuple(holders) for stem, holders in found.items()}

    def rarity(self, stem: str) -> float:
        """Return the weight of a content word, a little over 0.1 up to 1.1 for what the source lacks."""
        weight = self._weights.get(stem)
        if weight is None:
            found = len(self.holders(stem))
            weight = math.log((2 + len(self.bounds)) / (1 + found)) / self._top + FUNCTION_WEIGHT
            self._weights[stem] = weight
        return weight

    def content(self, sentence: int) -> tuple[str, ...]:
        """Return the stems of the content words of one sentence, in order."""
        found = self._contents.get(sentence)
        if found is None:
            found = self._contents[sentence] = tuple(content_stems(self.sentences[sentence]))
        return found

    def vocabulary(self, sentence: int) -> frozenset[str]:
        """Return the stems of the content words of one sentence."""
        found = self._vocabularies.get(sentence)
        if found is None:
            first, last = self.bounds[sentence]
            lows = frozenset(self.everything.lows[first:last]) - FUNCTION_WORDS
            found = frozenset(stems_of(lows, self.document.language))
            self._vocabularies[sentence] = found
        return found

    def roots(self, sentence: int) -> frozenset[str]:
        """Return the roots of the content words of one sentence."""
        found = self._roots.get(sentence)
        if found is None:
            found = self._roots[sentence] = frozenset(map(root, self.vocabulary(sentence)))
        return found

    def denied(self, sentence: int) -> dict[int, int]:
        """Return the tokens of one sentence in the scope of a negator, each with that negator's index."""
        found = self._denied.get(sentence)
        if found is None:
            found = self._denied[sentence] = denied(self.sentences[sentence])
        return found

    def denies(self, sentence: int) -> bool:
        """Tell whether one sentence denies anything at all, by a negator or by a verb such as "refuse"."""
        found = self._denies.get(sentence)
        if found is None:
            lows = self.sentences[sentence].lows
            found = bool(negators(lows)) or not DENIALS.isdisjoint(self.stem_sets[sentence])
            self._denies[sentence] = found
        return found

    @cached_property
    def title(self) -> Tokens:
        """The tokens of a title that stands outside the text."""
        title = self.document.title or ""
        return tokenize("" if title in self.document.text else title, self.document.language)

    @cached_property
    def known(self) -> frozenset[str]:
        """The stems of the content words of the whole text: title, headings and clutter as well."""
        lows = {*self.everything.lows, *self.title.lows} - FUNCTION_WORDS
        return frozenset(stems_of(lows, self.document.language))

    @cached_property
    def known_roots(self) -> frozenset[str]:
        """The roots of the content words of the whole text."""
        return frozenset(map(root, self.known))

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of the whole text, function words included."""
        return frozenset(self.everything.stems).union(self.title.stems)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the whole text, lower case."""
        return frozenset(self.in_order)

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The lower-case words of the whole text, in order."""
        return tuple(self.running.split())

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the whole text."""
        text, title = self.document.text, self.document.title or ""
        found = [*read_numbers(text, self.everything), *read_torn_numbers(text, self.everything)]
        if self.title:
            found += read_numbers(title, self.title)
        return tuple(found)

    @cached_property
    def counted(self) -> tuple[tuple[Number, str], ...]:
        """The numbers of the text with the stem of what each counts, where a content word follows it."""
        here = [number for number in self.numbers if number.end <= len(self.document.text)]
        return tuple((number, noun) for number in here if (noun := counts(number, self.everything)))

    @cached_property
    def running(self) -> str:
        """The lower-case words of the whole text between single blanks, to find quotations in."""
        words = (*self.everything.words, *self.title.words)
        return f" {' '.join(words).lower()} "

    @cached_property
    def spelled_out(self) -> str:
        """The running words, "did not" for "didn't"."""
        return spelled_out(self.running)

    @cached_property
    def initials(self) -> str:
        """The initials of every run of capitalized words, lower case, with a stroke between runs."""
        words = self.everything.words
        letters = [
            word[0].lower() if word[0].isupper() else "|"
            for word in words
            if word[0].isupper() or word.lower() not in _INSIDE_NAMES
        ]
        return "".join(letters)

    def spells(self, acronym: str) -> bool:
        """Tell whether two to six letters in lower case are the initials of words of the text in a row."""
        return 2 <= len(acronym) <= 6 and acronym in self.initials


def spelled_out(words: str) -> str:
    """Return words in lower case with contracted negations spelled out.

    Example:
        >>> spelled_out("he didn't say he can't")
        'he did not say he can not'
    """
    words = words.replace("can't", "can not").replace("cannot", "can not").replace("won't", "will not")
    return words.replace("n't", " not")


def counts(number: Number, tokens: Tokens) -> str:
    """Return the stem of the word behind a number, or "" where none follows that can be counted.

    Example:
        >>> text = "About 900 houses burned, 12 of them down."
        >>> tokens = tokenize(text)
        >>> [counts(number, tokens) for number in read_numbers(text, tokens)]
        ['hous', '']
    """
    place = bisect_left(tokens.starts, number.end)
    if place == len(tokens) or tokens.lows[place] in _UNCOUNTED or tokens.lows[place] in FUNCTION_WORDS:
        return ""
    return tokens.stems[place] if tokens.stems[place].isalpha() else ""


def content_stems(tokens: Tokens) -> list[str]:
    """Return the stems of the words that are no function words, in order."""
    pairs = zip(tokens.lows, tokens.stems, strict=True)
    return [stem for low, stem in pairs if low not in FUNCTION_WORDS]


_sources: dict[int, Source] = {}
_lock = Lock()


def read_source(document: Document) -> Source:
    """Return the source of a document, read at the first call and kept for the next."""
    key = id(document)
    source = _sources.get(key)
    # A kept source holds its document alive: an equal id is the same object, other threads' work apart.
    if source is None or source.document is not document:
        source = Source(document)
        with _lock:
            while len(_sources) >= _KEPT:
                del _sources[next(iter(_sources))]
            _sources[key] = source
    return source
