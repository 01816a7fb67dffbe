"""Has summarizers write about examples: timed, with progress, keeping what is done for a later start.

Scores nothing. What a broken-off run had done is in a journal, one line for each text, and is taken from
there if summarizer, options, style and text are the same.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from summarize import parse
from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, OptionError, SummarizeError
from summarize.evidence import Tally, attach, tally
from summarize.registry import load, table
from summarize.summarizers.base import Summarizer

from .data.dataset import Example
from .evaluate import System
from .rouge.sentences import on_lines
from .statistics import Statistics, describe

# Part of the journal's keys: raise it when what a record holds changes.
_RECORD = "2"
# Seconds above which a run says beforehand how long it will take.
_LONG = 45.0


def names_of(specification: str) -> list[str]:
    """Return the summarizers of a comma-separated list; "all" is every one that can run here.

    Example:
        >>> names_of("lead, textrank:plain=True")
        ['lead', 'textrank:plain=True']
    """
    names: list[str] = []
    for name in specification.split(","):
        if name.strip() == "all":
            names += [known for known in table() if _loads(known)]
        elif name.strip():
            names.append(name.strip())
    if not names:
        raise OptionError("name at least one summarizer: --summarizers lead,textrank")
    return list(dict.fromkeys(names))


def _loads(name: str) -> bool:
    try:
        load(name)
    except SummarizeError:
        return False
    return True


def load_named(name: str) -> Summarizer:
    """Load a summarizer by name and options, "textrank:damping=0.6:plain=True".

    Raises:
        OptionError: for an option that is no "key=value", or that the summarizer does not have.
    """
    plain, *pairs = name.split(":")
    options: dict[str, Any] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise OptionError(f"{name!r}: {pair!r} is no option; write {plain}:key=value")
        try:
            options[key] = ast.literal_eval(value)
        except (ValueError, SyntaxError):
            options[key] = value
    return load(plain, **options)


class RunJournal:
    """The texts written so far, in a file that outlives a run that breaks off.

    Args:
        path: the file; None keeps nothing.
        fresh: start over.
    """

    def __init__(self, path: Path | None, fresh: bool = False) -> None:
        self.path = path
        self._done: dict[str, dict[str, Any]] = {}
        self._file: TextIO | None = None
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not fresh:
            self._read(path)
        self._file = path.open("w" if fresh else "a", encoding="utf-8")

    def __len__(self) -> int:
        return len(self._done)

    def find(self, key: str) -> dict[str, Any] | None:
        """Return what was written under a key, or None."""
        return self._done.get(key)

    def add(self, key: str, **record: Any) -> None:
        """Keep a record, on disk at once."""
        self._done[key] = record
        if self._file:
            self._file.write(json.dumps({"key": key, **record}, ensure_ascii=True) + "\n")
            self._file.flush()

    def finish(self) -> None:
        """Remove the file: the run is complete, and a later one is to start from nothing."""
        if self._file and self.path:
            self._file.close()
            self.path.unlink(missing_ok=True)

    def _read(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        if text and not text.endswith("\n"):  # broken off in a line: complete it first
            text = text[: text.rfind("\n") + 1]
            path.write_text(text, encoding="utf-8")
        for line in text.splitlines():
            record = json.loads(line)
            self._done[record.pop("key")] = record


def journal_path(dataset: str, style: str) -> Path:
    """Return where a run over a dataset keeps its journal: in the user's cache folder."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(f"{Path(dataset).absolute()}|{dataset}|{style}".encode()).hexdigest()[:16]
    return root / "summarize-toolkit" / "runs" / f"{name}.jsonl"


class RunProgress:
    """Says on standard error how far a run is; on one line where that is a terminal."""

    def __init__(self, name: str, total: int, stream: TextIO | None = None) -> None:
        self._name, self._total = name, total
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._start = self._shown = time.monotonic()

    def step(self, done: int) -> None:
        """Report the number of documents done so far, not more often than one can read."""
        now = time.monotonic()
        if now - self._shown < (0.2 if self._live else 10) and done < self._total:
            return
        self._shown = now
        line = f"{self._name}: {done}/{self._total} documents, {now - self._start:.1f} s"
        self._stream.write(f"\r{line}\x1b[K" + "\n" * (done == self._total) if self._live else line + "\n")
        self._stream.flush()


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
    ordered = [records[number] for number in range(len(examples))]
    return System(
        name=writer.name,
        texts=[record["text"] for record in ordered],
        signature=writer.summarizer.signature,
        seconds=[record["seconds"] for record in ordered],
        statistics=[Statistics(**record["statistics"]) for record in ordered],
        tally=sum((Tally(**record["tally"]) for record in ordered), Tally()),
        failures=tuple(record["failure"] for record in ordered if record["failure"]),
    )


def written_elsewhere(name: str, texts: Sequence[str], articles: Sequence[str] | None) -> System:
    """Return a system whose texts are at hand, checked against the articles where these are known.

    Lines are the text's own or, where it has none, its sentences.
    """
    if articles is None:
        return System(name, list(texts))
    lined = (on_lines([text]).texts[0] for text in texts)
    examined = [
        _examine(parse(article), text.split("\n")) for article, text in zip(articles, lined, strict=True)
    ]
    tallies = (found for _, found in examined)
    return System(name, list(texts), statistics=[s for s, _ in examined], tally=sum(tallies, Tally()))


def _examine(document: Document, texts: Sequence[str]) -> tuple[Statistics, Tally]:
    """Describe the lines of a summary and check them, whoever wrote them."""
    lines = attach([text for text in texts if text.strip()], document)
    article = "\n".join(sentence.text for sentence in document.sentences)
    return describe(article, "\n".join(texts), lines), tally(lines)


def _record(document: Document, result: Brief | Failure, style: str, seconds: float) -> dict[str, Any]:
    written = [] if isinstance(result, Failure) else [line.text for line in result.lines(style)]
    # Checked here: an extractive summarizer only names the sentences it took.
    statistics, found = _examine(document, written)
    return {
        "text": "\n".join(written),
        "seconds": seconds,
        "statistics": asdict(statistics),
        "tally": asdict(found),
        "failure": str(result) if isinstance(result, Failure) else "",
    }
