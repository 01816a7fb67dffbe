"""Source: a document read once for checking; tokens, postings, rarity, numbers and names.

One source is kept for each of the last few documents, so that the lines of a brief share the work.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from summarize.document import Document
from summarize.evidence.lexicon import FUNCTION_WORDS, root, synonym_groups
from summarize.evidence.negation import denied
from summarize.evidence.numbers import Number, read_numbers
from summarize.evidence.tokens import Tokens, tokenize

_FUNCTION_WEIGHT = 0.1
_KEPT = 16


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of some sentences, as sets: stems, roots of families, numbers of synonym groups."""

    stems: frozenset[str]
    roots: frozenset[str]
    groups: frozenset[int]


class Source:
    """The sentences of a document as evidence is looked for in them.

    Attributes:
        document: what was read.
        sentences: the tokens of each sentence.
        postings: the numbers of the sentences in which a stem stands, ascending.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        language = document.language
        self.sentences: tuple[Tokens, ...] = tuple(tokenize(s.text, language) for s in document.sentences)
        postings: dict[str, list[int]] = defaultdict(list)
        for index, tokens in enumerate(self.sentences):
            for stem in set(tokens.stems):
                postings[stem].append(index)
        self.postings = dict(postings)
        self._top = math.log(2 + len(self.sentences))
        self._vocabularies: dict[int, Vocabulary] = {}
        self._denied: dict[int, dict[int, int]] = {}

    def rarity(self, stem: str, word: str) -> float:
        """Return the weight of a word of a line, 0.1 for a function word up to 1.1 for what the source lacks.

        Names and numbers count twice.
        """
        if word.lower() in FUNCTION_WORDS:
            return _FUNCTION_WEIGHT
        found = len(self.postings.get(stem, ()))
        weight = math.log((2 + len(self.sentences)) / (1 + found)) / self._top + _FUNCTION_WEIGHT
        return 2 * weight if word[0].isupper() or word[0].isdigit() else weight

    def vocabulary(self, sentence: int) -> Vocabulary:
        """Return the content words of one sentence."""
        found = self._vocabularies.get(sentence)
        if found is None:
            found = self._vocabularies[sentence] = _vocabulary(self.sentences[sentence])
        return found

    def denied(self, sentence: int) -> dict[int, int]:
        """Return the tokens of one sentence in the scope of a negator, each with that negator's index."""
        found = self._denied.get(sentence)
        if found is None:
            found = self._denied[sentence] = denied(self.sentences[sentence])
        return found

    @cached_property
    def everything(self) -> Tokens:
        """The tokens of the whole text: title, headings and clutter as well as the story."""
        document = self.document
        title = document.title if document.title and document.title not in document.text else ""
        return tokenize(f"{document.text}\n{title}" if title else document.text, document.language)

    @cached_property
    def known(self) -> Vocabulary:
        """The content words of the whole text."""
        return _vocabulary(self.everything)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the whole text."""
        document = self.document
        return tuple(read_numbers(f"{document.text}\n{document.title or ''}", self.everything))

    @cached_property
    def running(self) -> str:
        """The lower-case words of the whole text between single blanks, to find quotations in."""
        return f" {' '.join(word.lower() for word in self.everything.words)} "

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """The neighbouring content stems of the sentences, at most three content words apart, in order."""
        found: set[tuple[str, str]] = set()
        for tokens in self.sentences:
            content = content_stems(tokens)
            for step in (1, 2, 3):
                found.update(zip(content, content[step:], strict=False))
        return frozenset(found)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The initials of every run of two to six capitalized words, lower case."""
        found: set[str] = set()
        run = ""
        for word in (*self.everything.words, ""):
            if word[:1].isupper():
                run += word[0].lower()
            elif word.lower() not in ("of", "the", "and", "for"):
                for start in range(len(run)):
                    found.update(run[start : start + size] for size in range(2, 7))
                run = ""
        return frozenset(found)


def content_stems(tokens: Tokens) -> list[str]:
    """Return the stems of the words that are no function words, in order."""
    return [
        stem
        for word, stem in zip(tokens.words, tokens.stems, strict=True)
        if word.lower() not in FUNCTION_WORDS
    ]


def _vocabulary(tokens: Tokens) -> Vocabulary:
    stems = frozenset(content_stems(tokens))
    table = synonym_groups()
    groups = frozenset(group for stem in stems for group in table.get(stem, ()))
    return Vocabulary(stems, frozenset(map(root, stems)), groups)


_sources: dict[int, Source] = {}


def read_source(document: Document) -> Source:
    """Return the source of a document, read at the first call and kept for the next."""
    key = id(document)
    source = _sources.get(key)
    # A kept source holds its document alive, so an equal id is the same object; the test is for threads.
    if source is None or source.document is not document:
        source = Source(document)
        while len(_sources) >= _KEPT:
            _sources.pop(next(iter(_sources)), None)
        _sources[key] = source
    return source
