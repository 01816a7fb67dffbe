"""Words that mean a thing together ("social distancing") -> collocations.txt, by normalized information.

Source: Bouma 2009, "Normalized (Pointwise) Mutual Information in Collocation Extraction".
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ranker"))

from sets import articles, rows

from summarize.language.tagging import tag

_TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*|[.,;:!?()\"“”]|\d[\d.,]*")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
LEAST, TOGETHER = 5, 0.47  # times a pair is seen, and its information, 1 for words that are never apart


def texts(data: Path) -> list[str]:
    """The articles that `news` may be trained on, and the sentences of sentence_compression."""
    return [
        *articles(data).values(),
        *(row["sentence"] for row in rows(data, "sentence_compression")),
    ]


def collocations(given: list[str]) -> list[str]:
    """Return the pairs of an adjective or noun and a noun, in alphabetical order."""
    pairs: Counter[tuple[str, str]] = Counter()
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    total = 0
    for text in given:
        for sentence in _SENTENCE.split(text):
            tokens = _TOKEN.findall(sentence)
            tags = tag(tokens) if tokens else []
            total += max(0, len(tokens) - 1)
            for i in range(len(tokens) - 1):
                leads = tags[i] in {"JJ", "NN"}
                first[tokens[i].lower()] += leads
                if tags[i + 1] in {"NN", "NNS"} and tokens[i + 1].islower():
                    second[tokens[i + 1]] += 1
                    pairs[tokens[i], tokens[i + 1]] += leads and tokens[i].islower()
    found = []
    for (one, other), count in pairs.items():
        if count >= LEAST:
            information = math.log(count * total / (first[one] * second[other]))
            if information / -math.log(count / total) >= TOGETHER:
                found.append(f"{one} {other}")
    return sorted(found)


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path, help="the folder of the weights")
    options = parser.parse_args()
    found = collocations(texts(options.data))
    (options.output / "collocations.txt").write_text("\n".join(found) + "\n", encoding="utf-8")
    print(len(found))


if __name__ == "__main__":
    main()
