"""Joined: the documents of a story as one, and the way back to each. Copies of a text are found here too."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from summarize.brief import Evidence, Flag, Line
from summarize.document import Document, Sentence

_GAP = "\n\n"
_SHINGLE = 5  # words
COPY = 0.8  # the share of a text's shingles that another holds, from which on it is a copy


class Joined:
    """The documents of a story, one after the other, as one that any summarizer reads.

    Attributes:
        document: all of them; its title is the first one's.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        lengths = [len(document.text) + len(_GAP) for document in documents]
        self._offsets = [0, *accumulate(lengths)][:-1]
        self._firsts = [0, *accumulate(len(document.sentences) for document in documents)][:-1]
        sentences: list[Sentence] = []
        for offset, document in zip(self._offsets, documents, strict=True):
            paragraph = sentences[-1].paragraph + 1 if sentences else 0
            sentences += [
                replace(
                    sentence,
                    start=sentence.start + offset,
                    end=sentence.end + offset,
                    paragraph=sentence.paragraph + paragraph,
                )
                for sentence in document.sentences
            ]
        first = documents[0]
        text = _GAP.join(document.text for document in documents)
        self.document = Document(text, tuple(sentences), title=first.title, language=first.language)

    def line(self, line: Line, numbers: Sequence[int] | None = None) -> Line:
        """Return a line of a brief of `document` with places in the documents it was joined from.

        Args:
            line: as the summarizer wrote it.
            numbers: what the joined documents are counted as; from 0 in their order by default.
        """
        evidence, flags = list(map(self._evidence, line.evidence)), list(map(self._flag, line.flags))
        if numbers is not None:
            evidence = [replace(found, document=numbers[found.document]) for found in evidence]
            flags = [replace(flag, document=numbers[flag.document]) for flag in flags]
        return Line(line.text, tuple(evidence), tuple(flags))

    def _evidence(self, found: Evidence) -> Evidence:
        document, sentence = self._place(found.sentence)
        offset = self._offsets[document]
        return Evidence(sentence, found.start - offset, found.end - offset, found.score, document)

    def _flag(self, flag: Flag) -> Flag:
        if flag.sentence is None:
            return flag
        document, sentence = self._place(flag.sentence)
        return replace(flag, sentence=sentence, document=document)

    def _place(self, sentence: int) -> tuple[int, int]:
        document = bisect_right(self._firsts, sentence) - 1
        return document, sentence - self._firsts[document]


def without_copies(documents: Sequence[Document]) -> tuple[list[Document], list[tuple[Document, Document]]]:
    """Return the documents that tell the story in words of their own, and each copy with what it copies.

    Two texts are compared by their runs of five words. The share is worked out exactly: MinHash would only
    estimate it, which pays where there are more pairs than a story has. Of two copies the longer text stays,
    of equals the first.
    """
    shingles = [_shingles(document) for document in documents]
    order = sorted(range(len(documents)), key=lambda index: -len(shingles[index]))
    kept: list[int] = []
    copies: dict[int, int] = {}
    for index in order:
        least = COPY * len(shingles[index])
        same = next((other for other in kept if len(shingles[index] & shingles[other]) >= least), None)
        if same is None:
            kept.append(index)
        else:
            copies[index] = same
    return (
        [documents[index] for index in sorted(kept)],
        [(documents[index], documents[copies[index]]) for index in sorted(copies)],
    )


def _shingles(document: Document) -> frozenset[tuple[str, ...]]:
    words = [word for sentence in document.words for word in sentence]
    count = max(1, len(words) - _SHINGLE + 1)
    return frozenset(tuple(words[start : start + _SHINGLE]) for start in range(count))
