"""Other toolkits, called as their users call them, to be measured beside ours.

sumy gets its sentences from here, since its own splitter needs a download, and does the rest itself:
words, stems, stop words. summa gets the sentences on lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any


@dataclass(frozen=True)
class Peer:
    """A toolkit beside ours.

    Attributes:
        name: what tables call it.
        module: the package it needs.
        summarize: sentences of an article and how many to choose -> the chosen ones, in their order.
        ours: the summarizer of ours it is compared with.
    """

    name: str
    module: str
    summarize: Callable[[Sequence[str], int], list[str]]
    ours: str

    @property
    def installed(self) -> bool:
        """Whether it can run here."""
        return find_spec(self.module) is not None


def sumy_tokenizer() -> Any:
    """Return sumy's own tokenizer without its sentence splitter, whose data NLTK would have to download."""
    from nltk.tokenize import NLTKWordTokenizer
    from sumy.nlp.tokenizers import Tokenizer

    tokenizer = Tokenizer.__new__(Tokenizer)
    tokenizer._word_tokenizer = NLTKWordTokenizer()
    return tokenizer


def _sumy(module: str, name: str, language: str = "english") -> Callable[[Sequence[str], int], list[str]]:
    def summarize(sentences: Sequence[str], count: int) -> list[str]:
        from importlib import import_module

        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import Stemmer
        from sumy.utils import get_stop_words

        summarizer = getattr(import_module(f"sumy.summarizers.{module}"), name)(Stemmer(language))
        summarizer.stop_words = get_stop_words(language)
        tokenizer = sumy_tokenizer()
        document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in sentences])])
        return [str(sentence) for sentence in summarizer(document, count)]

    return summarize


def _summa(sentences: Sequence[str], count: int) -> list[str]:
    from summa.summarizer import summarize

    scored = list(summarize("\n".join(sentences), ratio=1.0, scores=True))
    best = sorted(range(len(scored)), key=lambda index: -scored[index][1])[:count]
    return [scored[index][0] for index in sorted(best)]


PEERS = {
    peer.name: peer
    for peer in (
        Peer("sumy-textrank", "sumy", _sumy("text_rank", "TextRankSummarizer"), "textrank"),
        Peer("sumy-lexrank", "sumy", _sumy("lex_rank", "LexRankSummarizer"), "lexrank"),
        Peer("sumy-lsa", "sumy", _sumy("lsa", "LsaSummarizer"), "lsa"),
        Peer("summa-textrank", "summa", _summa, "textrank"),
    )
}

# Beside ours in French only; sumy has a stemmer and stop words for it.
FRENCH_PEERS = (
    Peer("sumy-textrank", "sumy", _sumy("text_rank", "TextRankSummarizer", "french"), "textrank"),
    Peer("sumy-lexrank", "sumy", _sumy("lex_rank", "LexRankSummarizer", "french"), "lexrank"),
)
