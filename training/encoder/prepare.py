"""Sentences with what the encoder is to learn of them: words to keep, trees, tags, names, overlap."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from summarize import parse
from summarize.language.tagged import Tagged

SEED, SENTENCES = 7, 45_000
STOP = frozenset(
    """the a an of to in on and for is was has have been by with at from that it its as his her their he she
    they be are were will said""".split()
)


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a set of the data folder."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def training_half(data: Path) -> list[dict[str, Any]]:
    """Every second row of wikinews in the order of ids, from the first; the others are for checks."""
    return sorted(rows(data, "wikinews"), key=lambda row: row["id"])[::2]


def articles(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (source, article, reference)."""
    for row in rows(data, "cnndm_train") + rows(data, "cnndm_validation")[:600]:
        yield "cnn", row["article"], row["highlights"]
    for row in rows(data, "dailymail_train"):
        yield "dm", row["article"], row["highlights"]
    for row in rows(data, "xsum_train")[:800]:
        yield "xsum", row["document"], row["summary"]
    for row in rows(data, "inshorts_headlines") + training_half(data):
        yield "headline", row["article"], row["headline"]


def overlap(line: str, reference: str) -> float:
    """F1 of the content words of a sentence and of a reference."""
    mine, theirs = ({*re.findall(r"\w+", text.lower())} - STOP for text in (line, reference))
    both = len(mine & theirs)
    return round(2 * both / max(1, len(mine) + len(theirs)), 3)


def kept(sentence: list[str], compression: list[str]) -> list[int] | None:
    """Which words a compression keeps, by their longest common subsequence; None where a tenth is lost."""
    rest = [[0] * (len(compression) + 1) for _ in range(len(sentence) + 1)]
    for i in reversed(range(len(sentence))):
        for j in reversed(range(len(compression))):
            same = sentence[i] == compression[j]
            rest[i][j] = rest[i + 1][j + 1] + 1 if same else max(rest[i + 1][j], rest[i][j + 1])
    if rest[0][0] < 0.9 * len(compression):
        return None
    found, i, j = [0] * len(sentence), 0, 0
    while i < len(sentence) and j < len(compression):
        if sentence[i] == compression[j]:
            found[i], i, j = 1, i + 1, j + 1
        elif rest[i + 1][j] >= rest[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def example(item: dict[str, Any], model: Any) -> dict[str, Any] | None:
    """A sentence as spaCy reads it, with what it teaches; None where it teaches nothing."""
    from spacy.tokens import Doc

    words = Tagged(item["line"])
    if len(words) < 3:
        return None
    doc = model(Doc(model.vocab, words=words.tokens, spaces=[*words.spaced[1:], False]))
    found = {
        "kind": item["kind"],
        "tokens": words.tokens,
        "spaced": [int(blank) for blank in words.spaced],
        "heads": [-1 if word.head.i == word.i else word.head.i for word in doc],
        "labels": [word.dep_ for word in doc],
        "tags": [word.tag_ for word in doc],
        "ner": ["-".join(filter(None, (word.ent_iob_, word.ent_type_))) for word in doc],
    }
    if item["kind"] != "comp":
        return found | {"news": item["news"]}
    short = [token.lower() for token in Tagged(item["short"]).tokens]
    found["keep"] = kept([token.lower() for token in words.tokens], short)
    return found if found["keep"] is not None else None


def main() -> None:
    """Write the training file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("spacy", help="a spaCy model of English")
    parser.add_argument("output", type=Path)
    options = parser.parse_args()

    import spacy

    random.seed(SEED)
    told = [
        {"kind": kind, "line": s.line, "news": overlap(s.line, reference)}
        for kind, article, reference in articles(options.data)
        for s in parse(article).sentences
        if 4 <= len(s.line.split()) <= 60
    ]
    pairs = rows(options.data, "sentence_compression")
    items = [{"kind": "comp", "line": row["sentence"], "short": row["compression"]} for row in pairs]
    items += random.sample(told, SENTENCES)
    model = spacy.load(options.spacy, exclude=["lemmatizer", "senter"])
    options.output.parent.mkdir(parents=True, exist_ok=True)
    with options.output.open("w", encoding="utf-8") as output:
        for found in filter(None, (example(item, model) for item in items)):
            output.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
