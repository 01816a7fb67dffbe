"""The shipped encoder, run: what it says of a sentence rests on nothing but the sentence."""

from __future__ import annotations

import numpy as np
import pytest
from corpus import SEEDS

from summarize import parse
from summarize.encoder import Analysis, analyse
from summarize.encoder.encoder import _session


def read_with(monkeypatch: pytest.MonkeyPatch, threads: int, lines: list[str]) -> list[Analysis]:
    monkeypatch.setenv("OMP_NUM_THREADS", str(threads))
    _session.cache_clear()
    try:
        assert _session().get_session_options().intra_op_num_threads == threads
        return [found for found in analyse(lines) if found]
    finally:
        _session.cache_clear()


def test_one_thread_and_two_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker of a batch may have one core, and a run by itself two: their briefs must be the same."""
    lines = [sentence.text for seed in SEEDS for sentence in parse(seed).sentences]
    one, two = (read_with(monkeypatch, threads, lines) for threads in (1, 2))
    assert len(one) == len(two) > 20
    for a, b in zip(one, two, strict=True):
        assert (a.heads, a.relations, a.names, a.keep, a.news) == (
            b.heads,
            b.relations,
            b.names,
            b.keep,
            b.news,
        )
        assert np.array_equal(a.states, b.states)
