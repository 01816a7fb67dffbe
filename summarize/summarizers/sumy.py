"""The classic methods of sumy, ranking our sentences: LexRank, LSA, Luhn, KL, SumBasic, Reduction.

sumy's own reading, splitting and tokenising (which need data that NLTK downloads) are left aside: it is
handed sentences and words, and its full ranking is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from summarize.errors import InputError
from summarize.language.text import stems, words
from summarize.language.words import STOP_WORDS
from summarize.summarizers.base import ExtractiveSummarizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarize.document import Document
    from summarize.summarizers.base import Scores

# sumy compares every sentence with every other in Python: 2,000 take it some 15 s, 20,000 half an hour.
MOST_SENTENCES = 3000


class SumySummarizer(ExtractiveSummarizer):
    """A method of sumy, named by its module and class there."""

    requires: ClassVar[tuple[str, ...]] = ("sumy",)
    implementation: ClassVar[tuple[str, str]]

    def score(self, document: Document) -> Scores:
        """Return sumy's rating of each sentence, shape (sentences,).

        Raises:
            InputError: for a document of more than 3,000 sentences.
        """
        import numpy as np

        count = len(document.sentences)
        if count > MOST_SENTENCES:
            raise InputError(
                f"{document.source or 'the text'} has {count} sentences, more than {MOST_SENTENCES}, for "
                f"which {self.name or 'sumy'} would take very long; use --summarizer textrank"
            )
        ratings = np.zeros(count)
        if any(word not in STOP_WORDS for sentence in document.words for word in sentence):
            for info in self._ranking(document):
                ratings[info.order] = info.rating
        # Rounded, since sumy walks sets of strings and sums in another order at every start.
        return np.nan_to_num(ratings).round(10)

    def _ranking(self, document: Document) -> Sequence[Any]:
        """Run sumy and return all its (sentence, order, rating), best first."""
        import warnings
        from importlib import import_module

        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

        module, name = self.implementation
        summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(
            lambda word: stems([word], document.language)[0]
        )
        if hasattr(summarizer, "stop_words"):
            summarizer.stop_words = STOP_WORDS if document.language == "en" else frozenset()
        ranking: list[Any] = []

        def take_all(infos: Sequence[Any]) -> Sequence[Any]:
            """Stand in for a number of sentences: sumy hands it the whole ranking."""
            ranking.extend(infos)
            return infos

        model = ObjectDocumentModel([Paragraph([Sentence(s.text, _Words()) for s in document.sentences])])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            summarizer(model, take_all)
        return ranking


class _Words:
    """Our words, behind the one method of a tokenizer that sumy calls."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence))


class LexRank(SumySummarizer):
    """Erkan and Radev 2004: eigenvector centrality over cosine similarity, with a threshold."""

    about: ClassVar[str] = "centrality over TF-IDF cosine (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("lex_rank", "LexRankSummarizer")
    growth: ClassVar[tuple[float, int]] = (6.5e-6, 2)


class LSA(SumySummarizer):
    """Steinberger and Jezek 2004: the weight of a sentence in the main topics of an SVD."""

    about: ClassVar[str] = "topics by singular value decomposition (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("lsa", "LsaSummarizer")
    growth: ClassVar[tuple[float, int]] = (1.2e-5, 2)


class Luhn(SumySummarizer):
    """Luhn 1958: clusters of significant words."""

    about: ClassVar[str] = "clusters of significant words (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("luhn", "LuhnSummarizer")


class KL(SumySummarizer):
    """Haghighi and Vanderwende 2009: sentences that bring the word distribution nearest the text's."""

    about: ClassVar[str] = "least divergence from the text's words (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("kl", "KLSummarizer")
    growth: ClassVar[tuple[float, int]] = (4e-7, 3)


class SumBasic(SumySummarizer):
    """Nenkova and Vanderwende 2005: the most probable words, each discounted once used."""

    about: ClassVar[str] = "most probable words, discounted once used (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("sum_basic", "SumBasicSummarizer")
    growth: ClassVar[tuple[float, int]] = (7e-7, 2)


class Reduction(SumySummarizer):
    """Graph reduction, after A. Fabish's Reduction gem: a sentence's similarities to all others, summed."""

    about: ClassVar[str] = "sum of similarities to all sentences (sumy)"
    implementation: ClassVar[tuple[str, str]] = ("reduction", "ReductionSummarizer")
    growth: ClassVar[tuple[float, int]] = (8e-6, 2)
