"""The methods of sumy behind our door: the same ratings as calling sumy itself, the same at every start."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest
from corpus import ROOT, SEED_PATHS, SEEDS, articles

from summarize import Document, load, parse
from summarize.errors import InputError
from summarize.language.text import stems, words
from summarize.language.words import STOP_WORDS
from summarize.summarizers.sumy import MOST_SENTENCES, SumySummarizer

NAMES = ("lexrank", "lsa", "luhn", "kl", "sumbasic", "reduction")


class _Tokenizer:
    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence))


def chosen_by_sumy(name: str, document: Document, count: int) -> list[int]:
    """The sentences that sumy itself chooses, called as its documentation shows."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    method = load(name)
    assert isinstance(method, SumySummarizer)
    module, attribute = method.implementation
    summarizer = getattr(import_module(f"sumy.summarizers.{module}"), attribute)(
        lambda word: stems([word])[0]
    )
    if hasattr(summarizer, "stop_words"):
        summarizer.stop_words = STOP_WORDS
    model = ObjectDocumentModel([Paragraph([Sentence(s.text, _Tokenizer()) for s in document.sentences])])
    chosen = {id(sentence) for sentence in summarizer(model, count)}
    return [i for i, sentence in enumerate(model.sentences) if id(sentence) in chosen]


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_chooses_what_sumy_chooses(name: str) -> None:
    texts = [*SEEDS, *articles("cnndm_validation", 15)]
    for text in texts:
        document = parse(text)
        scores = load(name).score(document)
        for count in (1, 3, 5):
            best = np.sort(scores)[::-1]
            if count < len(best) and best[count - 1] - best[count] < 1e-9:
                continue  # a tie, which sumy breaks by chance
            ours = sorted(np.argsort(-scores, kind="stable")[:count].tolist())
            assert ours == chosen_by_sumy(name, document, count)


@pytest.mark.slow
def test_same_scores_at_every_start() -> None:
    program = (
        "import sys; from pathlib import Path; from summarize import parse, load\n"
        "for path in sys.argv[1:]:\n"
        "    document = parse(Path(path).read_text(encoding='utf-8'))\n"
        f"    for name in {NAMES}: print(name, load(name).score(document).tolist())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, *map(str, SEED_PATHS)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True, timeout=120,
        ).stdout
        for seed in ("1", "2", "33")
    }  # fmt: skip
    assert len(outputs) == 1
    assert outputs.pop().count("\n") == len(NAMES) * len(SEEDS)


@pytest.mark.parametrize("name", NAMES)
def test_too_long_a_text_is_refused_with_a_way_out(name: str) -> None:
    document = parse(
        "\n".join(f"River number {i} rose in Leeds." for i in range(MOST_SENTENCES + 1)), source="book.txt"
    )
    with pytest.raises(InputError, match=r"book\.txt has 3001 sentences.*textrank"):
        load(name).score(document)


@pytest.mark.parametrize("name", NAMES)
def test_stop_words_alone_are_no_error(name: str) -> None:
    assert np.isfinite(
        load(name).score(parse("It was so. He had been there. They are what they were."))
    ).all()
