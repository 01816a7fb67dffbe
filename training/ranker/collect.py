"""Features and targets of sentences and headline drafts -> sentences.npz, headlines.npz and graded.npz."""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rouge_score.rouge_scorer import RougeScorer

from summarize import parse
from summarize.composing.news.choice import preferences
from summarize.composing.news.desk import NewsDesk
from summarize.composing.news.features import features
from summarize.language.text import stems, words
from summarize.summarizers.textrank import TextRank

# How much an article of each source weighs where headlines are learned.
WEIGHTS = {
    "wikinews": 3.0,
    "inshorts_headlines": 2.0,
    "xsum_train": 0.7,
    "cnndm_train": 0.3,
    "dailymail_train": 0.3,
}
ROUGE = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a set of the data folder."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def with_highlights(data: Path) -> list[tuple[str, str, str]]:
    """The articles with highlights that are for training: (source, article, highlights)."""
    found = [("cnndm_train", row["article"], row["highlights"]) for row in rows(data, "cnndm_train")]
    found += [("dailymail_train", row["article"], row["highlights"]) for row in rows(data, "dailymail_train")]
    return found + [
        ("cnndm_train", row["article"], row["highlights"]) for row in rows(data, "cnndm_validation")[:600]
    ]


def with_headlines(data: Path) -> list[tuple[str, str, str]]:
    """The articles with a headline, or what comes near one: (source, article, headline)."""
    half = sorted(rows(data, "wikinews"), key=lambda row: row["id"])[::2]
    found = [("wikinews", row["article"], row["headline"]) for row in half]
    found += [
        ("inshorts_headlines", row["article"], row["headline"]) for row in rows(data, "inshorts_headlines")
    ]
    found += [("xsum_train", row["document"], row["summary"]) for row in rows(data, "xsum_train")[:800]]
    return found + [(name, text, lines.split("\n")[0]) for name, text, lines in with_highlights(data)]


def grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    """The n-grams of a text's stems."""
    found = stems(words(text.lower()))
    return Counter(zip(*(found[i:] for i in range(size)), strict=False))


def both(line: str, reference: str) -> float:
    """The sum of the F1 of single words and of pairs."""
    total = 0.0
    for size in (1, 2):
        mine, theirs = grams(line, size), grams(reference, size)
        total += 2 * (mine & theirs).total() / max(1, mine.total() + theirs.total())
    return total


def sentences(data: Path) -> dict[str, Any]:
    """Features and targets of every sentence of the articles with highlights."""
    found, bullets, box, article = [], [], [], []
    for number, (_, text, highlights) in enumerate(with_highlights(data)):
        document = parse(text)
        if len(document.sentences) < 4:
            continue
        found.append(features(document, TextRank().score(document)))
        lines = [line for line in highlights.split("\n") if line.strip()]
        rest = " ".join(lines[1:])
        bullets += [max(both(s.line, line) for line in lines) for s in document.sentences]
        box += [both(s.line, rest) for s in document.sentences]
        article += [number] * len(document.sentences)
    return {"x": np.concatenate(found), "bullets": bullets, "box": box, "article": article}


def drafted(given: tuple[str, str, str]) -> tuple[NDArray[np.float64], list[float], list[float]] | None:
    """Features, targets and weights of the drafts of one article with a headline."""
    source, text, reference = given
    document = parse(text)
    if not document.sentences:
        return None
    desk = NewsDesk(document, TextRank().score(document))
    made = desk.drafts()
    if not made:
        return None
    target = [float(np.mean([s.fmeasure for s in ROUGE.score(reference, d.text).values()])) for d in made]
    return desk.features_of(made), target, [10 * WEIGHTS[source] / len(made)] * len(made)


def headlines(data: Path) -> dict[str, Any]:
    """Features, targets and weights of every draft of the articles with a headline."""
    with ProcessPoolExecutor() as pool:
        found = [one for one in pool.map(drafted, with_headlines(data), chunksize=20) if one is not None]
    return {
        "x": np.concatenate([x for x, _, _ in found]),
        "y": [y for _, ys, _ in found for y in ys],
        "weight": [w for _, _, ws in found for w in ws],
    }


GRADES = Path(__file__).with_name("grades.txt")


def fingerprint(text: str) -> str:
    """What stands for a draft in the file of grades, which holds none of the articles' words."""
    return sha256(text.encode()).hexdigest()[:12]


def graded(data: Path) -> dict[str, Any]:
    """Features and grades of the drafts that were read by hand: 2 to print, 1 clumsy, 0 wrong."""
    grades: dict[tuple[str, int], dict[str, int]] = {}
    for line in GRADES.read_text(encoding="utf-8").splitlines():
        name, row, text, grade = line.split()
        grades.setdefault((name, int(row)), {})[text] = int(grade)
    articles: dict[str, list[str]] = {}
    for name, text, _ in with_headlines(data):
        articles.setdefault(name, []).append(text)
    rows, extra, found, article = [], [], [], []
    for number, ((name, row), known) in enumerate(grades.items()):
        document = parse(articles[name][row])
        desk = NewsDesk(document, TextRank().score(document))
        made = desk.drafts()
        lines = [desk.printed(draft) for draft in made]
        kept = [i for i, line in enumerate(lines) if line and fingerprint(line.text) in known]
        if not kept:
            continue
        chosen = [made[i] for i in kept]
        rows.append(desk.features_of(chosen))
        extra.append(preferences(chosen))
        found += [known[fingerprint(line.text)] for i in kept if (line := lines[i]) is not None]
        article += [number] * len(kept)
    return {
        "x": np.concatenate(rows),
        "preferences": np.concatenate(extra),
        "grade": found,
        "article": article,
    }


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    np.savez(options.output / "sentences.npz", **sentences(options.data))
    np.savez(options.output / "headlines.npz", **headlines(options.data))
    np.savez(options.output / "graded.npz", **graded(options.data))


if __name__ == "__main__":
    main()
