"""Source: a document read once for checking; tokens, postings and the rarity of its words.

One source is kept for each of the last few documents, so that the lines of a brief share the work.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property

from summarize.document import Document
from summarize.evidence.lexicon import FUNCTION_WORDS
from summarize.evidence.tokens import Tokens, tokenize

_FUNCTION_WEIGHT = 0.1
_KEPT = 16


class Source:
    """The sentences of a document as evidence is looked for in them.

    Attributes:
        document: what was read.
        sentences: the tokens of each sentence.
        postings: the numbers of the sentences in which a stem stands, ascending.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sentences: tuple[Tokens, ...] = tuple(
            tokenize(sentence.text, document.language) for sentence in document.sentences
        )
        postings: dict[str, list[int]] = defaultdict(list)
        for index, tokens in enumerate(self.sentences):
            for stem in set(tokens.stems):
                postings[stem].append(index)
        self.postings = dict(postings)
        self._top = math.log(2 + len(self.sentences))

    def rarity(self, stem: str, word: str) -> float:
        """Return the weight of a word of a line, 0.1 for a function word up to 1 for what the source lacks.

        Names and numbers count twice.
        """
        if word.lower() in FUNCTION_WORDS:
            return _FUNCTION_WEIGHT
        found = len(self.postings.get(stem, ()))
        weight = math.log((2 + len(self.sentences)) / (1 + found)) / self._top + _FUNCTION_WEIGHT
        return 2 * weight if word[0].isupper() or word[0].isdigit() else weight

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of the document."""
        return frozenset(self.postings)


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
