"""news: the default. Sentences ranked by trees, read by a small encoder, cut along their grammar.

Without ONNX Runtime, in other languages than English and for dialogues there are the ranks alone, and lines
are composed as for every extractive summarizer; the signature says which ran.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from summarize.brief import Brief, Line
from summarize.document import Document
from summarize.errors import OptionError
from summarize.style import BULLETS, HEADLINE, WYSK, Style
from summarize.summarizers.base import ExtractiveSummarizer

if TYPE_CHECKING:
    from summarize.summarizers.base import Scores

SHORT_ARTICLE = 6  # sentences up to which the box has one line or none
LEAST_BULLET_WORDS, MOST_BULLET_WORDS = 8, 40


class News(ExtractiveSummarizer):
    """Writes what an editor prints: learned ranks, learned cuts, everybody introduced.

    Args:
        bullet_words: 8 to 40. A sentence of at most so many words stays whole in a bullet; a longer one is
            cut, and has more only where each is worth it.
        encoder: read sentences with the shipped encoder; False for ranks and rules alone.
    """

    about: ClassVar[str] = "learned ranks and cuts: headline, bullets and box as an editor prints them"
    in_threads: ClassVar[bool] = True  # the encoder, half of the time, runs outside Python

    def __init__(self, bullet_words: int = 40, encoder: bool = True) -> None:
        if not LEAST_BULLET_WORDS <= bullet_words <= MOST_BULLET_WORDS:
            raise OptionError(
                f"bullet_words must be from {LEAST_BULLET_WORDS} to {MOST_BULLET_WORDS}, not {bullet_words}"
            )
        from summarize.encoder import is_available

        self.bullet_words = bullet_words
        self.encoder = encoder and is_available()

    def score(self, document: Document) -> Scores:
        """Return what the ranker makes of each sentence, shape (sentences,)."""
        from summarize.composing.news.features import features
        from summarize.composing.news.learned.trees import load
        from summarize.summarizers.textrank import TextRank

        ranks = TextRank().score(document)
        if document.language != "en" and not document.is_dialogue:
            from summarize.composing.ranking import worth

            return worth(document, ranks)
        if not _is_english_news(document):
            return ranks
        return load("bullets").predict(features(document, ranks))

    def _brief(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Brief]:
        briefs = []
        for document in documents:
            if self.encoder and _is_english_news(document):
                brief = self._assemble(document, self._lines(document, styles))
                briefs.append(_with_note(brief, styles))
            else:
                briefs.extend(super()._brief([document], styles))
        return briefs

    def _lines(self, document: Document, styles: Sequence[Style]) -> dict[str, list[Line]]:
        from summarize.composing.compose import compose
        from summarize.composing.news.desk import NewsDesk
        from summarize.summarizers.textrank import TextRank

        desk = NewsDesk(document, TextRank().score(document))
        asked = {style.name: style for style in styles}
        lines: dict[str, list[Line]] = {}
        headline = desk.headline()  # a reader has read it before anything else
        style = asked.get(BULLETS.name, BULLETS)
        bullets = desk.bullets(style, self.bullet_words)
        if WYSK.name in asked:
            box = desk.box(asked[WYSK.name], bullets, headline)
            lines[WYSK.name] = [told.line(document) for told in box]
            chosen = [told.index for told in bullets]
            before = [told.index for told in box]
            bullets = desk.in_order(chosen, self.bullet_words, style, before=before)
        if HEADLINE.name in asked:
            lines[HEADLINE.name] = [headline] if headline else []
        if BULLETS.name in asked:
            # A text in capitals, or all in the first person, has no line that an editor prints as it is.
            lines[BULLETS.name] = [told.line(document) for told in bullets]
            if not bullets:
                lines |= compose(document, self.score(document), [asked[BULLETS.name]])
        return lines


def _is_english_news(document: Document) -> bool:
    return document.language == "en" and not document.is_dialogue


def _with_note(brief: Brief, styles: Sequence[Style]) -> Brief:
    """Say why there is no box, or a short one."""
    if WYSK.name not in {style.name for style in styles} or len(brief.wysk) > 1:
        return brief
    notes = [note for note in brief.notes if WYSK.name not in note]
    short = len(brief.document.sentences) <= SHORT_ARTICLE
    found = "only one sentence" if brief.wysk else "no sentence"
    why = "the article is short" if short else "the rest is told above, or needs its context"
    return replace(brief, notes=(*notes, f"{found} for the box: {why}"))
