"""Has summarizers write about examples: timed, with progress, keeping what is done for a later start.

Scores nothing. What a broken-off run had done is in a journal, one line for each text, and is taken from
there if summarizer, options, style and text are the same.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from summarize import parse
from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, OptionError, SummarizeError
from summarize.evidence import Tally, attach, tally
from summarize.options import read_named
from summarize.registry import load, table
from summarize.summarizers.base import Summarizer

from .data.dataset import Example
from .journal import RunJournal, RunProgress
from .metrics.editing import Defects, defects_of
from .results import System
from .rouge.sentences import on_lines
from .statistics import Statistics, describe

# Part of the journal's keys: raise it when what a record holds changes.
_RECORD = "3"
# Seconds above which a run says beforehand how long it will take.
_LONG = 45.0


def names_of(specification: str, options: Sequence[str] = ()) -> list[str]:
    """Return the summarizers of a comma-separated list; "all" is every one that can run here.

    Args:
        specification: names, each with options of its own or none.
        options: what each of them is given besides, NAME=VALUE.

    Raises:
        OptionError: where it names none.

    Example:
        >>> names_of("lead, textrank:plain=true")
        ['lead', 'textrank:plain=true']
        >>> names_of("textrank", ["plain=true"])
        ['textrank:plain=true']
    """
    names: list[str] = []
    for name in specification.split(","):
        if name.strip() == "all":
            names += [known for known in table() if _loads(known)]
        elif name.strip():
            names.append(name.strip())
    if not names:
        raise OptionError("name at least one summarizer: --summarizers lead,textrank")
    return [":".join([name, *options]) for name in dict.fromkeys(names)]


def _loads(name: str) -> bool:
    try:
        load(name)
    except SummarizeError:
        return False
    return True


def load_named(name: str) -> Summarizer:
    """Load a summarizer by name and options, "textrank:damping=0.6:plain=true".

    Raises:
        OptionError: for an option that is no NAME=VALUE, or that the summarizer does not have.
    """
    plain, options = read_named(name)
    return load(plain, **options)


def run(
    names: Iterable[str],
    examples: Sequence[Example],
    style: str = "bullets",
    bullets: int | None = None,
    batch: int = 1,
    journal: RunJournal | None = None,
    quiet: bool = False,
) -> list[System]:
    """Have each summarizer write one style about each example.

    Args:
        names: as in `load_named`.
        examples: what to summarize.
        style: "headline", "bullets" or "wysk".
        bullets: how many bullets at most.
        batch: documents summarized together; each is said to have taken its share of the time.
        journal: where to look before writing, and to keep what is written.
        quiet: no progress on standard error.

    Raises:
        SummarizeError: where a summarizer cannot be loaded; failing on a document is noted instead.
    """
    journal = RunJournal(None) if journal is None else journal  # an empty one is false
    # All are loaded first, so that a wrong name is told before the work.
    writers = [Writer(name, load_named(name), style, bullets) for name in names]
    for writer in writers:
        seconds = writer.estimate(examples, journal)
        if seconds > _LONG and not quiet:
            print(f"{writer.name}: about {seconds / 60:.0f} min to go", file=sys.stderr, flush=True)
    return [_run_one(writer, examples, batch, journal, quiet) for writer in writers]


@dataclass(frozen=True)
class Writer:
    """A summarizer set to write one style, from the text of an article to lines."""

    name: str
    summarizer: Summarizer
    style: str
    bullets: int | None

    def key(self, example: Example) -> str:
        """Return what the journal knows a text by: all that it depends on."""
        options = (self.summarizer.signature, self.style, str(self.bullets))
        parts = (_RECORD, *options, example.id, example.text)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]

    def estimate(self, examples: Sequence[Example], journal: RunJournal) -> float:
        """Return the seconds that the examples not in the journal will take, by the first of them.

        It is written twice: the first time fills models and caches, before any clock starts.
        """
        todo = [example for example in examples if not journal.find(self.key(example))]
        if not todo:
            return 0.0
        self.write(todo[:1])
        begin = time.perf_counter()
        self.write(todo[:1])
        return (time.perf_counter() - begin) * len(todo)

    def write(self, examples: Sequence[Example]) -> list[dict[str, Any]]:
        """Write about examples together; one that fails ends no other."""
        begin = time.perf_counter()
        documents = [replace(parse(example.text), source=example.id) for example in examples]
        results = list(
            self.summarizer.brief_each(documents, (self.style,), self.bullets, together=len(documents))
        )
        seconds = (time.perf_counter() - begin) / len(examples)
        return [
            _record(document, result, self.style, seconds)
            for document, result in zip(documents, results, strict=True)
        ]


def _run_one(
    writer: Writer, examples: Sequence[Example], batch: int, journal: RunJournal, quiet: bool
) -> System:
    keys = [writer.key(example) for example in examples]
    records = {number: record for number, key in enumerate(keys) if (record := journal.find(key))}
    todo = [number for number in range(len(examples)) if number not in records]
    progress = RunProgress(writer.name, len(examples))
    for start in range(0, len(todo), batch):
        chosen = todo[start : start + batch]
        written = writer.write([examples[number] for number in chosen])
        for number, record in zip(chosen, written, strict=True):
            records[number] = record
            if not record["failure"]:  # a failure is tried again by the next run
                journal.add(keys[number], **record)
        if not quiet:
            progress.step(len(records))
    return system_of(
        writer.name, writer.summarizer.signature, [records[number] for number in range(len(examples))]
    )


def system_of(name: str, signature: str, ordered: Sequence[dict[str, Any]]) -> System:
    """Return what a summarizer wrote as a system, from the records of `Writer.write`, in order."""
    return System(
        name=name,
        texts=[record["text"] for record in ordered],
        signature=signature,
        seconds=[record["seconds"] for record in ordered],
        statistics=[Statistics(**record["statistics"]) for record in ordered],
        tally=sum((Tally(**record["tally"]) for record in ordered), Tally()),
        defects=sum((Defects(**record["defects"]) for record in ordered), Defects()),
        failures=tuple(record["failure"] for record in ordered if record["failure"]),
    )


def written_elsewhere(
    name: str, texts: Sequence[str], articles: Sequence[str] | None, style: str = "bullets"
) -> System:
    """Return a system whose texts are at hand, checked against the articles where these are known.

    Lines are the text's own or, where it has none, its sentences.

    Args:
        style: whose rules the lines are held to in counting defects.
    """
    if articles is None:
        return System(name, list(texts))
    lined = (on_lines([text]).texts[0] for text in texts)
    examined = [
        Examined.of(parse(article), text.split("\n"), style)
        for article, text in zip(articles, lined, strict=True)
    ]
    return System(
        name,
        list(texts),
        statistics=[one.statistics for one in examined],
        tally=sum((one.tally for one in examined), Tally()),
        defects=sum((one.defects for one in examined), Defects()),
    )


@dataclass(frozen=True)
class Examined:
    """What checking the lines of a summary finds, whoever wrote them."""

    statistics: Statistics
    tally: Tally
    defects: Defects

    @classmethod
    def of(cls, document: Document, texts: Sequence[str], style: str) -> Examined:
        """Describe lines and check them against their article."""
        lines = attach([text for text in texts if text.strip()], document)
        article = "\n".join(sentence.text for sentence in document.sentences)
        statistics = describe(article, "\n".join(texts), lines)
        return cls(statistics, tally(lines), defects_of(lines, document, style))


def _record(document: Document, result: Brief | Failure, style: str, seconds: float) -> dict[str, Any]:
    written = [] if isinstance(result, Failure) else [line.text for line in result.lines(style)]
    # Checked here: an extractive summarizer only names the sentences it took.
    return {
        "text": "\n".join(written),
        "seconds": seconds,
        **asdict(Examined.of(document, written, style)),
        "failure": str(result) if isinstance(result, Failure) else "",
    }
