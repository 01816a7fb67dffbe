"""Benchmark part on editing: what an editor would not print, for each summarizer over every set.

The sets are all the English ones of the data folder with an article and a reference. The counts are those
of `summarize_eval.metrics.editing`; a reader must confirm them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from summarize import parse
from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import InputError
from summarize.style import STYLES

from ..data.dataset import open_dataset
from ..metrics.editing import KINDS, count_defects
from ..run import load_named, names_of
from .parts import Bench, Table

# Sets of tasks other than writing a brief about an article.
_OTHER = ("faithfulness_", "sentence_compression", "summeval_", "xsum_published_")
_LIMIT = 200


def counts(bench: Bench) -> list[Table]:
    """Count the defects of the briefs that each summarizer writes about each set.

    The default summarizers are news, lead and textrank: models take minutes, and are named with
    --summarizers.
    """
    names = names_of("news,lead,textrank" if bench.summarizers == "all" else bench.summarizers)
    summarizers = {name: load_named(name) for name in names}
    limit = bench.limit or (10 if bench.quick else _LIMIT)
    sets = list(_sets(bench.data, limit))
    if not sets:
        raise InputError(f"{bench.data} holds no set of English articles with summaries")
    briefs = {
        (title, name): [summarizer.brief([document], _PARTS)[0] for document in documents]
        for title, documents in sets
        for name, summarizer in summarizers.items()
    }
    return [_table(style, briefs) for style in _PARTS]


_SENSELESS = {"headline": ("order", "repeat", "short"), "bullets": ("short",)}
_PARTS = tuple(style.name for style in STYLES)


def _sets(folder: Path, limit: int) -> Iterator[tuple[str, list[Document]]]:
    """Yield the name of each set and its first documents."""
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")]):
        name = path.name.removesuffix(".gz").removesuffix(".jsonl")
        if name.startswith(_OTHER):
            continue
        try:
            examples = list(islice(open_dataset(str(path)), limit))
        except InputError:
            continue  # a set with other columns: no articles
        documents = [replace(parse(example.text), source=example.id) for example in examples]
        english = [document for document in documents if document.language == "en" and document.sentences]
        if len(english) > len(documents) / 2:
            yield name, english


def _table(style: str, briefs: dict[tuple[str, str], list[Brief]]) -> Table:
    """Return for each set and system how many percent of the briefs have each kind in one part."""
    kinds = [kind for kind in KINDS if kind not in _SENSELESS.get(style, ())]
    rows = []
    for names, several in briefs.items():
        written = [brief for brief in several if brief.lines(style)]
        found: Counter[str] = Counter()
        for brief in written:
            found.update({kind for part, kind in count_defects(brief) if part == style} or {"clean"})
        shares = [f"{100 * found[kind] / max(len(written), 1):.1f}" for kind in ("clean", *kinds)]
        rows.append([*names, str(len(written)), *shares])
    header = ["set", "system", "briefs", "clean", *kinds]
    notes = ("clean: no defect of any kind", *(f"{kind}: {KINDS[kind]}" for kind in kinds))
    return Table(f"Defects by kind, {style}: % of briefs", header, rows, notes)
