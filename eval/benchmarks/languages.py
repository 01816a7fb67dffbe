"""Benchmark parts beyond English: French summaries beside sumy, and how well languages are told.

Method: the second half of orangesum_fr, on which nothing was tuned; the first was read. Its summaries have
1.4 sentences: one and two from every system, at equal length too; sumy given ours and its own
stop words and stemmer for French. Languages: one line or text each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from summarize import parse
from summarize.language.detect import detect

from ..data.dataset import Example
from ..evaluate import evaluate
from ..results import Evaluation, Settings, System
from ..rouge.rouge import Rouge
from ..run import run
from .oracle import lead
from .parts import Bench, Table
from .peers import FRENCH_PEERS
from .quality import read, score_table

_TOLD = (  # (set, column, language)
    ("orangesum_fr_summary", "summary", "fr"),
    ("orangesum_fr_headline", "headline", "fr"),
    ("xsum_train", "summary", "en"),
    ("bbc_headlines", "headline", "en"),
    ("agnews_headlines", "headline", "en"),
)


def french(bench: Bench) -> list[Table]:
    """Score one sentence, two sentences and headlines in French beside sumy and lead."""
    return [_summaries(bench, 1), _summaries(bench, 2), _headlines(bench)]


def _checking(bench: Bench, name: str, headline: bool = False) -> list[Example]:
    """The second half of a set."""
    examples = read(bench, name, headline=headline)
    return examples[len(examples) // 2 :][: 40 if bench.quick else None]


def _summaries(bench: Bench, sentences: int) -> Table:
    examples = _checking(bench, "orangesum_fr_summary")
    articles = [[s.line for s in parse(example.text, language="fr").sentences] for example in examples]
    systems = [System(f"lead-{sentences}", [lead(article, sentences) for article in articles])]
    for peer in FRENCH_PEERS:
        if peer.installed:
            texts = ["\n".join(peer.summarize(article, sentences)) for article in articles]
            systems.append(System(peer.name, texts))
    systems += run(["news", "textrank", "lexrank"], examples, "bullets", bullets=sentences, quiet=True)
    evaluation = _evaluate("orangesum_fr_summary", systems, examples, ("rouge1", "rouge2", "rougeLsum"))
    return score_table(f"French, sentences: {sentences}", evaluation, ())


def _headlines(bench: Bench) -> Table:
    examples = _checking(bench, "orangesum_fr_headline", headline=True)
    first = [next((s.line for s in parse(e.text, language="fr").sentences), "") for e in examples]
    systems = [
        System("first 12 words", [" ".join(text.split()[:12]) for text in first]),
        System("first sentence", first),
        *_peers_headlines(examples),
        *run(["news", "textrank"], examples, "headline", quiet=True),
    ]
    evaluation = _evaluate("orangesum_fr_headline", systems, examples, ("rouge1", "rouge2", "rougeL"))
    empty = [
        f"{result.system.name} {sum(not text for text in result.system.texts)}"
        for result in evaluation.results
    ]
    return score_table("French headlines", evaluation, (f"without a headline: {', '.join(empty)}",))


def _peers_headlines(examples: Sequence[Example]) -> list[System]:
    """The best sentence of each peer."""
    articles = [[s.line for s in parse(example.text, language="fr").sentences] for example in examples]
    peers = (peer for peer in FRENCH_PEERS if peer.installed)
    return [System(p.name, ["\n".join(p.summarize(article, 1)) for article in articles]) for p in peers]


def _evaluate(
    name: str, systems: Sequence[System], examples: Sequence[Example], types: Sequence[str]
) -> Evaluation:
    return evaluate(
        name,
        systems,
        [example.references for example in examples],
        Rouge(types, "unicode", language="fr"),
        Settings(test="paired-bs", equal_length=True),
        [example.id for example in examples],
    )


def detection(bench: Bench) -> list[Table]:
    """Count the lines whose language is told right, beside lingua where it is installed."""
    detectors: dict[str, Callable[[str], str | None]] = {"ours": detect}
    if find_spec("lingua"):
        detectors["lingua"] = _lingua()
    rows = []
    for name, column, language in _TOLD:
        examples = read(bench, name, headline=column == "headline")[: 40 if bench.quick else 500]
        lines = [example.references[0] for example in examples]
        for called, tell in detectors.items():
            tell(lines[0])  # loads what it needs
            start = time.perf_counter()
            right = sum(tell(line) == language for line in lines)
            spent = (time.perf_counter() - start) / len(lines) * 1e6
            rows.append([name, called, f"{right / len(lines):.1%}", f"{spent:.0f}"])
    return [Table("Languages told right", ["lines of", "by", "right", "µs each"], rows)]


def _lingua() -> Callable[[str], str | None]:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def tell(line: str) -> str | None:
        found = detector.detect_language_of(line)
        return found.iso_code_639_1.name.lower() if found else None

    return tell
