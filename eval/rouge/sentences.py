"""Puts one sentence on a line, which is what ROUGE-Lsum compares; leaves texts with lines as they are."""

from __future__ import annotations

from collections.abc import Sequence

GIVEN, SPLIT = "given", "split"


def on_lines(texts: Sequence[str], language: str = "en") -> tuple[list[str], str]:
    """Return the texts with one sentence a line, and whether the lines were "given" or "split" here.

    If any text has a line break, the lines are taken to be sentences in all of them: a summary of one
    sentence is no reason to split the others. Where every text is one sentence there is nothing to split.

    Example:
        >>> on_lines(["It rained. It poured."])
        (['It rained.\\nIt poured.'], 'split')
    """
    if any("\n" in text.strip() for text in texts):
        return list(texts), GIVEN
    from summarize.language.text import sentence_spans

    split = ["\n".join(text[start:end] for start, end in sentence_spans(text, language)) for text in texts]
    return split, SPLIT if any("\n" in text for text in split) else GIVEN
