"""All that was learned and that the news desk works with: what ships, or what leaves some articles out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from summarize.composing.news.cutting import missed
from summarize.composing.news.cutting.missed import Readers
from summarize.composing.news.learned import box_grader, chooser, cue_words, trees
from summarize.composing.news.learned.box_grader import BoxGrader
from summarize.composing.news.learned.chooser import Chooser
from summarize.composing.news.learned.cue_words import CueWords
from summarize.composing.news.learned.trees import Trees


@dataclass(frozen=True)
class Models:
    """Each is loaded when first asked for.

    Attributes:
        trees: gives trees by their name.
        cues: weights of words that speak for a sentence.
        readers: what readers miss.
        chooser: what sees the sentences of an article together.
        boxes: what grades lines of the box.
    """

    trees: Callable[[str], Trees] = trees.load
    cues: Callable[[], CueWords] = cue_words.load
    readers: Callable[[], Readers] = missed.load
    chooser: Callable[[], Chooser] = chooser.load
    boxes: Callable[[], BoxGrader] = box_grader.load


SHIPPED = Models()
