"""Benchmark parts on stories: is the text of one the best of its length, and what does a day of them cost?

Method: multi_news and vietnamese_mds, the half of the clusters that nothing was chosen on, then all. Every
system puts the sentences of all documents in an order, copies of a text left out, and is given the first 250
words; sumy has our sentences, and for Vietnamese our stop words and no stemmer, since it has none.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from summarize import Document, parse
from summarize.errors import InputError, SummarizeError
from summarize.language.stop_words import stop_words
from summarize.registry import load
from summarize.story.coverage import WORDS, ranked, story_text
from summarize.story.joined import Joined, without_copies

from ..evaluate import evaluate
from ..results import Settings, System
from ..rouge.rouge import Rouge
from .parts import Bench, Table
from .peers import sumy_tokenizer
from .quality import TYPES, read, score_table

Ranking = Callable[[Sequence[Document]], list[str]]
Cluster = tuple[list[Document], tuple[str, ...]]
ARTICLES = 1000
# name, language, ROUGE's tokenizer
_SETS = (("multi_news", "en", "rouge-score"), ("vietnamese_mds", "vi", "unicode"))


def story(bench: Bench) -> list[Table]:
    """Score 250 words of each story."""
    return [table for one in _SETS for table in _scored(bench, *one)]


def _scored(bench: Bench, name: str, language: str, mode: str) -> Iterator[Table]:
    """The half that nothing was chosen on, then all."""
    second = clusters(bench, name, language)
    yield _table(second, f"{name}, second half", language, mode)
    yield _table([*clusters(bench, name, language, half=0), *second], f"{name}, all", language, mode)


def _table(given: Sequence[Cluster], name: str, language: str, mode: str) -> Table:
    rouge = Rouge(TYPES, mode=mode, language=language)
    references = [references for _, references in given]
    systems = [
        System(called, [cut(rank(documents)) for documents, _ in given])
        for called, rank in _rankings(language).items()
    ]
    numbers = [str(number) for number in range(len(given))]
    settings = Settings(test="paired-bs", language=language)
    evaluation = evaluate(name, systems, references, rouge, settings, numbers)
    # What the command writes of its own accord: no peer of coverage, so it takes no part in the tests.
    whole = ["\n".join(line.text for line in story_text(documents)) for documents, _ in given]
    alone = evaluate(name, [System("story", whole)], references, rouge, Settings(language=language), numbers)
    _, *cells = score_table("", alone, ()).rows[0]
    notes = (
        "coverage: what summarize story --words 250 chooses from, cut off after 250 words as all others are; "
        f"in whole sentences, as the command writes them: {' '.join(cells)}",
    )
    return score_table("Stories in 250 words", evaluation, notes)


def clusters(bench: Bench, name: str, language: str, half: int = 1) -> list[Cluster]:
    """Return the documents of each story without copies, and the summaries written of it.

    Args:
        bench: whose data folder holds the set.
        name: of the set.
        language: of its texts.
        half: 0 for the first half, which development looked at; 1 for the second.

    Raises:
        InputError: where the set is not there.
    """
    path = bench.data / f"{name}.jsonl.gz"
    if not path.exists():
        raise InputError(f"{bench.data} holds no {name}.jsonl.gz; name the folder of the sets with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    middle = len(rows) // 2
    rows = (rows[middle:] if half else rows[:middle])[: 8 if bench.quick else None]
    found = []
    for row in rows:
        documents = [parse(text, language=language) for text in row["documents"]]
        told, _ = without_copies([document for document in documents if document.sentences])
        references = row.get("summaries") or [row["summary"]]
        found.append((told, tuple(references)))
    return [(documents, references) for documents, references in found if documents]


def _rankings(language: str) -> dict[str, Ranking]:
    return {
        "coverage": lambda documents: [text for _, text in ranked(documents)],
        "lead of each in turn": lead,
        "textrank, joined": _textrank,
        "sumy TextRank, joined": _sumy("text_rank", "TextRankSummarizer", language),
        "sumy LexRank, joined": _sumy("lex_rank", "LexRankSummarizer", language),
    }


def cut(sentences: Sequence[str], length: int = WORDS) -> str:
    """Return the first words of sentences, as many as given, one sentence a line."""
    lines, left = [], length
    for sentence in sentences:
        words = sentence.split()[:left]
        left -= len(words)
        if words:
            lines.append(" ".join(words))
    return "\n".join(lines)


def lead(documents: Sequence[Document]) -> list[str]:
    """Return the first sentence of each document, then the second of each, and so on."""
    longest = max(len(document.sentences) for document in documents)
    return [
        document.sentences[place].line
        for place in range(longest)
        for document in documents
        if place < len(document.sentences)
    ]


def _textrank(documents: Sequence[Document]) -> list[str]:
    joined = Joined(documents).document
    scores = load("textrank").score(joined)  # type: ignore[attr-defined]
    return [joined.sentences[place].line for place in (-scores).argsort(kind="stable").tolist()]


def _sumy(module: str, name: str, language: str) -> Ranking:
    def rank(documents: Sequence[Document]) -> list[str]:
        from importlib import import_module

        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.nlp.stemmers import Stemmer, null_stemmer
        from sumy.utils import get_stop_words

        kind: Any = getattr(import_module(f"sumy.summarizers.{module}"), name)
        rated: list[Any] = []

        class Rating(kind):  # type: ignore[misc]
            def _get_best_sentences(self, sentences: Any, count: Any, rating: Any, *_: Any) -> tuple[()]:
                value = rating.__getitem__ if isinstance(rating, dict) else rating
                rated.extend(sorted(sentences, key=lambda sentence: -value(sentence)))
                return ()

        summarizer = Rating(Stemmer("english") if language == "en" else null_stemmer)
        summarizer.stop_words = get_stop_words("english") if language == "en" else stop_words(language)
        tokenizer = sumy_tokenizer()
        lines = [sentence.line for document in documents for sentence in document.sentences]
        paragraph = Paragraph([Sentence(line, tokenizer) for line in lines])
        summarizer(ObjectDocumentModel([paragraph]), len(lines))
        return [str(sentence) for sentence in rated]

    return rank


def digest_cost(bench: Bench) -> list[Table]:
    """Measure whole commands over the same rows: a digest, the same again, and a plain batch."""
    count = 60 if bench.quick else ARTICLES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = folder / "articles.jsonl"
        rows.write_text(
            "".join(json.dumps({"text": text}) + "\n" for text in _articles(bench, count)), "utf-8"
        )
        digest = ["digest", str(rows), "--cache", str(folder / "cache"), "-o", str(folder / "digest.html")]
        commands = {
            "summarize digest": digest,
            "the same again, from its cache": digest,
            "summarize batch": ["batch", str(rows), "-o", str(folder / "briefs.jsonl")],
        }
        cells = [[called, *_measured(words)] for called, words in commands.items()]
    note = "whole processes with their children, all cores; memory: the peak of all processes together"
    header = ["command", "seconds", "peak MiB"]
    return [Table(f"A digest of {count:,} articles", header, cells, (note,))]


def _articles(bench: Bench, count: int) -> Iterator[str]:
    """The documents of multi_news, then single articles."""
    with gzip.open(bench.data / "multi_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [text for line in lines for text in json.loads(line)["documents"] if text.strip()]
    texts = texts[: count // 2]
    for name in ("cnndm_validation", "bbc_headlines"):
        texts += [example.text for example in read(bench, name)]
    yield from texts[:count]


def _measured(words: Sequence[str]) -> list[str]:
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "summarize.cli", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = 0
    while child.poll() is None:
        peak = max(peak, _resident(child.pid))
        time.sleep(0.1)
    seconds = time.perf_counter() - begin
    told = child.stderr.read().decode("utf-8", "replace") if child.stderr else ""
    if child.returncode not in (0, 1):
        raise SummarizeError(f"summarize {' '.join(words)} failed: {told[-300:]}")
    return [f"{seconds:.1f}", f"{peak / 2**20:.0f}"]


def _resident(root: int) -> int:
    """Return the memory of a process and all its descendants, in bytes; 0 where the system does not tell."""
    sizes: dict[int, tuple[int, int]] = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in path.read_text("utf-8").splitlines() if ":" in line)
            sizes[int(path.parent.name)] = (int(fields["PPid"]), 1024 * int(fields["VmRSS"].split()[0]))
        except (OSError, KeyError, ValueError):
            continue
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += sizes.get(pid, (0, 0))[1]
        waiting += [child for child, (parent, _) in sizes.items() if parent == pid]
    return total
