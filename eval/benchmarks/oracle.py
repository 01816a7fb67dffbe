"""The greedy extractive oracle and lead-n: what frames every table of extractive quality.

The oracle sees the reference, so it is no summarizer but what choosing sentences could reach at most, or
nearly. R. Nallapati, F. Zhai and B. Zhou, "SummaRuNNer", 2017, section 3.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..rouge.rouge import Rouge


def lead(sentences: Sequence[str], count: int = 3) -> str:
    """Return the first sentences, one a line.

    Example:
        >>> lead(["One.", "Two.", "Three."], 2)
        'One.\\nTwo.'
    """
    return "\n".join(sentences[:count])


def oracle(
    articles: Sequence[Sequence[str]], references: Sequence[tuple[str, ...]], count: int = 3
) -> list[str]:
    """Return for each article the sentences chosen one by one for the best ROUGE-1 + ROUGE-2 F.

    It stops at `count` sentences or where none helps. All articles take a step together.

    Args:
        articles: the sentences of each.
        references: one or more of each.
        count: the most sentences to choose.
    """
    rouge = Rouge(["rouge1", "rouge2"])
    chosen: list[list[int]] = [[] for _ in articles]
    best = [0.0] * len(articles)
    for step in range(count):
        tried = [
            (number, index)
            for number, sentences in enumerate(articles)
            if len(chosen[number]) == step
            for index in range(len(sentences))
            if index not in chosen[number]
        ]
        texts = (_text(articles[number], [*chosen[number], index]) for number, index in tried)
        gains = rouge.corpus(texts, (references[number] for number, _ in tried))[:, :, 2].sum(axis=1)
        picks: dict[int, int] = {}
        for (number, index), gain in zip(tried, gains.tolist(), strict=True):
            if gain > best[number]:
                best[number], picks[number] = gain, index
        for number, index in picks.items():
            chosen[number].append(index)
    return [_text(sentences, picked) for sentences, picked in zip(articles, chosen, strict=True)]


def _text(sentences: Sequence[str], chosen: Sequence[int]) -> str:
    return "\n".join(sentences[index] for index in sorted(chosen))
