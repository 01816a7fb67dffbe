"""Texts that many tests read: the two seeds, real articles where the evaluation data is present, strange text."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pytest
from hypothesis import strategies as st
from summarize_eval.results import Evaluation

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("SUMMARIZE_DATA") or ROOT.parent / "shared" / "data")
SEED_PATHS = tuple(sorted((ROOT / "seeds").glob("*.txt")))
SEEDS = tuple(path.read_text(encoding="utf-8") for path in SEED_PATHS)


def rows(name: str, count: int) -> list[dict[str, str]]:
    """The first so many rows of an evaluation set; the test is skipped where it is absent."""
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"{path} is absent; set SUMMARIZE_DATA to the folder of the evaluation data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]


def articles(name: str, count: int) -> list[str]:
    """The first so many articles of an evaluation set."""
    return [row.get("article") or row["document"] for row in rows(name, count)]


# Lone surrogates too: they come out of files decoded with "surrogateescape".
CHARACTERS = st.characters(exclude_categories=())
PIECES = st.sampled_from(
    [
        *(
            "The mayor of Leeds said on Monday that 40 people had been killed in the fire.",
            "He left.",
            "Dr. Li",
            "U.S.",
        ),
        *(
            "“We won,”",
            '"',
            "“",
            "”",
            "(",
            ")",
            "’s",
            "...",
            "…",
            ".",
            "!",
            "?",
            ",",
            ":",
            " - ",
            "—",
            "\n",
            "\n\n",
            "\r\n",
        ),
        *(
            "\u2028",
            "\x85",
            "\x0c",
            "\x00",
            "\ud800",
            "😀",
            "שלום עולם.",
            "مرحبا بالعالم.",
            "首相は辞任した。",
            "总理辞职了。",
            "\u200b",
        ),
        *(
            "What you should know\n",
            "Key points: ",
            "ALSO READ TOP STORIES",
            "By . John Smith . PUBLISHED: ",
            "(CNN)",
            "- ",
            "1. ",
        ),
        *(
            "who",
            "which",
            "after",
            "said",
            "will",
            "has been",
            "is",
            "to",
            "of",
            "$5 million",
            "10:00",
            "last week",
            " ",
            "and",
        ),
    ]
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=200),
    st.lists(st.one_of(PIECES, st.text(CHARACTERS, max_size=6)), max_size=30).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)


# What a hostile article may hold; none of it may run or change the page.
HOSTILE = (
    "<script>window.hacked = 1</script> <img src=x onerror='window.hacked = 2'> was said by the mayor on Monday. "
    '"><svg onload=window.hacked=3> and ${window.hacked = 4} and {{window.hacked}} and `x` \\ were said by 40 people. '
    "</textarea></button><a href='javascript:window.hacked=5'>He agreed & left.</a> The council will meet on Friday."
)


def as_scores(evaluation: Evaluation) -> dict[str, dict[str, float]]:
    """F of each type for each system, from 0 to 1."""
    return {
        result.system.name: dict(zip(evaluation.types, map(float, result.means[:, 2]), strict=True))
        for result in evaluation.results
    }
