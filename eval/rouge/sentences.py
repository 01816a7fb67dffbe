"""Puts one sentence on a line, which is what ROUGE-Lsum compares; leaves texts with lines as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GIVEN, SPLIT = "given", "split"
LSUM_SPLITS = ("auto", "lines", "sentences")


class Lined(NamedTuple):
    """Texts with one sentence a line.

    Attributes:
        texts: the texts.
        how: whether their lines were "given" or "split" here.
        stray: how many texts had line breaks that were not taken for ends of sentences.
    """

    texts: list[str]
    how: str
    stray: int = 0


def on_lines(texts: Sequence[str], language: str = "en", split: str = "auto") -> Lined:
    """Return the texts with one sentence a line.

    Where most of the texts that hold several sentences have line breaks, lines are sentences in all of them:
    a summary of one sentence is no reason to split the others. Where only a few have any, these are stray,
    and sentences are split in all.

    Args:
        split: one of `LSUM_SPLITS`: "lines" takes each line for a sentence, "sentences" splits whatever the
            lines, "auto" is as above.

    Example:
        >>> on_lines(["It rained. It poured."])
        Lined(texts=['It rained.\\nIt poured.'], how='split', stray=0)
    """
    lined = sum("\n" in text.strip() for text in texts)
    if split == "lines" or (split == "auto" and 2 * lined >= len(texts) > 0):
        return Lined(list(texts), GIVEN)
    from summarize.language.text import sentence_spans

    apart = []
    unlined = 0  # texts of several sentences on one line
    for text in texts:
        flat = " ".join(text.split("\n")) if "\n" in text.strip() else text
        lines = "\n".join(flat[start:end] for start, end in sentence_spans(flat, language))
        unlined += "\n" in lines and "\n" not in text.strip()
        apart.append(lines)
    if split == "auto" and lined >= unlined:
        return Lined(list(texts), GIVEN)
    return Lined(apart, SPLIT, lined if split == "auto" else 0)
