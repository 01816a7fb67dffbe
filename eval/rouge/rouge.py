"""ROUGE-N, ROUGE-L and ROUGE-Lsum for one pair or a corpus; precision, recall and F.

Equal to Google's rouge-score 0.1.2 or to what ROUGE-1.5.5 -m gave the papers, by the tokenizer chosen.
Leaves out ROUGE-W, ROUGE-S and stop words, and does not split sentences: rougeLsum takes one sentence a
line (`rouge.sentences` puts them there). C.-Y. Lin, "ROUGE: a package for automatic evaluation of
summaries", 2004.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice, pairwise, zip_longest
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.errors import OptionError

from .lcs import lcs_length, match, positions, union_matches
from .overlap import Overlap
from .tokenizers import TOKENIZERS, PerlTokenizer, RougeTokenizer, UnicodeTokenizer

TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
MEASURES = ("precision", "recall", "fmeasure")
FORMULAS = {
    "best-f": "the reference with the best F, for each type (rouge-score)",
    "A": "all references, their counts added up (ROUGE-1.5.5 -f A, the script's default)",
    "B": "the reference with the best recall, for each type (ROUGE-1.5.5 -f B)",
}

Scores = NDArray[np.float64]
# Pairs counted together: enough to make a step cheap, few enough to stay in the processor's cache.
_CHUNK = 2048
# A text as ROUGE sees it: the token numbers of each of its lines; lines without a token are left out.
Lines = list[list[int]]


class Score(NamedTuple):
    """Precision, recall and F of one type, each from 0 to 1."""

    precision: float
    recall: float
    fmeasure: float


class Rouge:
    """Scores predictions against references.

    Args:
        types: any of "rouge1" to "rouge9", "rougeL" and "rougeLsum".
        mode: "rouge-score", "perl" (ROUGE-1.5.5) or "unicode".
        stemmer: stem words of more than three characters (rouge-score's `use_stemmer`, the script's -m).
        language: ISO 639-1 code, for the stemmer of the unicode mode.
        formula: which of several references count, one of `FORMULAS`; None for what the mode's original
            does: "A" in the perl mode, "best-f" in the others.

    Raises:
        OptionError: for a type, mode or formula that does not exist.

    Example:
        >>> Rouge(["rouge1"]).score("The cat sat.", "The cats sat down.")["rouge1"]
        Score(precision=1.0, recall=0.75, fmeasure=0.8571428571428571)
    """

    def __init__(
        self,
        types: Sequence[str] = TYPES,
        mode: str = "rouge-score",
        stemmer: bool = True,
        language: str = "en",
        formula: str | None = None,
    ) -> None:
        self.types = tuple(types)
        self.mode = mode
        self._sizes = tuple(_size(name) for name in self.types)
        self.formula = formula or ("A" if mode == PerlTokenizer.name else "best-f")
        if self.formula not in FORMULAS:
            raise OptionError(f"no formula is called {formula!r}; there are {', '.join(FORMULAS)}")
        if mode not in TOKENIZERS:
            raise OptionError(f"no ROUGE is called {mode!r}; there are {', '.join(TOKENIZERS)}")
        if mode == UnicodeTokenizer.name:
            self.tokenizer: RougeTokenizer = UnicodeTokenizer(stemmer, language)
        else:
            self.tokenizer = TOKENIZERS[mode](stemmer)  # type: ignore[call-arg]

    @property
    def signature(self) -> str:
        """Metric, tokenizer, stemmer and formula in one line, after sacreBLEU."""
        how = f"tokenizer:{self.mode}|stemmer:{self.tokenizer.stemmer}|formula:{self.formula}"
        return f"{'+'.join(self.types)}|{how}"

    def blind(self, texts: Sequence[str]) -> int:
        """Count the texts in which the tokenizer sees no word although there are letters.

        Example:
            >>> Rouge().blind(["新闻", "news", "", "..."])
            1
        """
        return sum(any(map(str.isalpha, text)) and not self.tokenizer.lines(text) for text in texts)

    def score(self, prediction: str, references: str | Sequence[str]) -> dict[str, Score]:
        """Score one prediction against its references.

        Raises:
            OptionError: if there is no reference.
        """
        candidate = self.tokenizer.lines(prediction)
        [(_, several)] = _pairs([prediction], [references])
        counts = [self._count(self.tokenizer.lines(text), candidate) for text in several]
        scores = self._combine(np.array(counts, dtype=np.int64), [len(several)])[0]
        return {name: Score(*map(float, row)) for name, row in zip(self.types, scores, strict=True)}

    def corpus(self, predictions: Iterable[str], references: Iterable[str | Sequence[str]]) -> Scores:
        """Score many predictions.

        Args:
            predictions: one text each; an empty one scores 0.
            references: one text each, or several, which the formula combines.

        Returns:
            Array of shape (predictions, types, 3): precision, recall, F.

        Raises:
            OptionError: if the numbers differ or a prediction has no reference.
        """
        chunks: list[Scores] = []
        pairs = _pairs(predictions, references)
        while chunk := list(islice(pairs, _CHUNK)):
            texts = [(text, prediction) for prediction, several in chunk for text in several]
            counts = self._count_all([text for text, _ in texts], [other for _, other in texts])
            chunks.append(self._combine(counts, [len(several) for _, several in chunk]))
        return np.concatenate(chunks) if chunks else np.empty((0, len(self.types), 3))

    def _combine(self, counts: NDArray[np.int64], references: list[int]) -> Scores:
        """Turn the counts of each pair into the scores of each prediction, by the formula.

        Args:
            counts: shape (pairs, types, 3), the pairs of one prediction next to each other.
            references: how many each prediction has.
        """
        if len(counts) == len(references):
            return _measure(counts)
        if self.formula == "A":
            starts = [*accumulate(references, initial=0)][:-1]
            return _measure(np.add.reduceat(counts, starts, axis=0))
        scores = _measure(counts)
        if self.formula == "B":
            # The script compares figures of five digits: a difference after them decides nothing.
            return _best(scores, np.round(scores[:, :, 1], 5), references)
        return _best(scores, scores[:, :, 2], references)

    def _count_all(self, references: list[str], candidates: list[str]) -> NDArray[np.int64]:
        """Do what `_count` does for many pairs at once, shape (pairs, types, 3)."""
        theirs, ours = self.tokenizer.tokens(references), self.tokenizer.tokens(candidates)
        overlap = Overlap(theirs, ours, len(references))
        sizes = np.stack([overlap.candidate_sizes, overlap.reference_sizes], axis=-1)
        counts = np.empty((len(references), len(self.types), 3), dtype=np.int64)
        long = np.zeros(len(references), dtype=bool)
        for column, (name, size) in enumerate(zip(self.types, self._sizes, strict=True)):
            counts[:, column, 1:] = np.maximum(sizes - max(size - 1, 0), 0)
            if size:
                counts[:, column, 0] = overlap.ngrams(size)
            else:
                skip = overlap.long_pairs(summary_level=name == "rougeLsum")
                long |= skip
                counts[:, column, 0] = overlap.union(skip) if name == "rougeLsum" else overlap.lcs(skip)
        for number in np.flatnonzero(long):
            lines = self.tokenizer.lines(references[number]), self.tokenizer.lines(candidates[number])
            counts[number] = self._count(*lines)
        return counts

    def _count(self, reference: Lines, candidate: Lines) -> list[list[int]]:
        """Return for each type the matches, the size of the candidate and the size of the reference."""
        flat, other = _flatten(reference), _flatten(candidate)
        matches = match(positions(flat), other)
        counts = []
        for name, size in zip(self.types, self._sizes, strict=True):
            if size:
                hits = _ngram_matches(matches, size)
            elif name == "rougeL":
                hits = lcs_length(matches, len(flat))
            else:
                hits = union_matches(reference, candidate)
            less = max(size - 1, 0)
            counts.append([hits, max(len(other) - less, 0), max(len(flat) - less, 0)])
        return counts


def _pairs(
    predictions: Iterable[str], references: Iterable[str | Sequence[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each prediction with its references, and check that there are some for each."""
    number = -1
    for number, (prediction, texts) in enumerate(zip_longest(predictions, references)):
        several = (texts,) if isinstance(texts, str) else texts
        if prediction is None or several is None:
            side = "prediction" if prediction is None else "reference"
            raise OptionError(f"there is no {side} number {number + 1}, but its counterpart is there")
        if not several:
            raise OptionError(f"prediction number {number + 1} has no reference; an empty one scores 0")
        yield prediction, several


def _size(name: str) -> int:
    """Return n for ROUGE-N and 0 for the LCS types."""
    if name in ("rougeL", "rougeLsum"):
        return 0
    if name[:5] == "rouge" and name[5:] in tuple("123456789"):
        return int(name[5:])
    raise OptionError(f"no ROUGE type is called {name!r}; there are rouge1 to rouge9, rougeL and rougeLsum")


def _flatten(lines: Lines) -> list[int]:
    return lines[0] if len(lines) == 1 else [token for line in lines for token in line]


def _ngram_matches(matches: list[int], size: int) -> int:
    """Count the n-grams on both sides, each as often as it stands on the side where it is rarer.

    Args:
        matches: the positions in the reference of each token of the candidate, as bits.
        size: n.
    """
    starts = matches
    for offset in range(1, size):
        starts = [
            here and here & (then >> offset) for here, then in zip(starts, matches[offset:], strict=False)
        ]
    # Each number is now the set of places where an n-gram of the candidate starts in the reference.
    found = Counter(filter(None, starts))
    return sum(min(count, places.bit_count()) for places, count in found.items())


def _measure(counts: NDArray[np.int64]) -> Scores:
    """Turn counts of shape (pairs, types, 3) into precision, recall and F, the same shape."""
    hits, candidate, reference = np.moveaxis(counts, -1, 0)
    precision = hits / np.maximum(candidate, 1)
    recall = hits / np.maximum(reference, 1)
    both = precision + recall
    fmeasure = np.divide(2 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return np.stack([precision, recall, fmeasure], axis=-1)


def _best(scores: Scores, by: Scores, references: list[int]) -> Scores:
    """Keep for each prediction and type the scores against the reference that is best by one measure.

    Of equals it is the first, as in rouge-score and in the script.

    Args:
        scores: shape (pairs, types, 3), the pairs of one prediction next to each other.
        by: what to choose by, shape (pairs, types).
        references: how many each prediction has.
    """
    kept = []
    for start, stop in pairwise(accumulate(references, initial=0)):
        kept.append(scores[start:stop][by[start:stop].argmax(axis=0), np.arange(scores.shape[1])])
    return np.stack(kept)
