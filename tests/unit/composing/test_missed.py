"""What readers of a headline miss."""

from __future__ import annotations

import pytest
from analysed import read
from hypothesis import given
from hypothesis import strategies as st

from summarize.composing.news.cutting.compressor import Compressor
from summarize.composing.news.cutting.missed import cut_off, load, of_cuts
from summarize.composing.news.headlines import drafts, worths

# A sentence, the first word of what readers ask for when it is gone, and that of what nobody asks for.
MISSED = [
    ("Police charged a man with the murder of his wife in Leeds on Monday.", "with", "on"),
    ("The councillor resigned to join the British National Party on Friday.", "join", "on"),
    ("Rangers are in danger of going out of the Uefa Cup against Heerenveen.", "of", "the"),
    ("GitHub removed a tool that downloads videos after a notice from the RIAA last week.", "from", "last"),
]


@pytest.mark.parametrize(("line", "needed", "loose"), MISSED, ids=[line[:30] for line, *_ in MISSED])
def test_what_a_verb_or_noun_needs_is_missed_more_than_a_day(line: str, needed: str, loose: str) -> None:
    a = read(line)
    missed = load().missed(a)
    assert missed[a.words.lower.index(needed)] > 3 * missed[a.words.lower.index(loose)]


def test_what_readers_miss_stays_where_there_is_room_for_one_of_two() -> None:
    a = read("Police charged a man in Leeds with murder on Monday.")
    place, crime = a.words.lower.index("in"), a.words.lower.index("with")

    def left(missed: list[float]) -> int:
        search = Compressor(a, [0.5] * len(a), headline=True, missed=missed)
        return max(search.compressions(a.root, 6), key=lambda c: (c.words, c.value)).kept

    for stays, goes in ((place, crime), (crime, place)):
        kept = left([20.0 if i == stays else -20.0 if i == goes else 0.0 for i in range(len(a))])
        assert kept >> stays & 1
        assert not kept >> goes & 1


def test_drafts_keep_the_crime_and_not_the_place() -> None:
    a = read(
        "Police have charged a 35-year-old man from the north of Leeds with the murder of a taxi driver."
    )
    told = {d.text for d in drafts(a, 0, worths(a, {}), load().missed(a).tolist())}
    assert any(text.endswith("murder of taxi driver") for text in told)


def test_cuts_are_counted_at_their_topmost_words() -> None:
    a = read("Police charged a man in the north of Leeds.")
    kept = sum(1 << i for i, word in enumerate(a.words.lower) if word in {"police", "charged", "man"})
    cuts = cut_off(a, kept)
    assert [a.words.lower[i] for i in cuts] == [
        "a",
        "in",
    ]  # not "north", whose "in" is gone, and no full stop
    assert of_cuts([float(i) for i in range(len(a))], cuts) == (2 + 4, 4)
    assert of_cuts([], []) == (0.0, 0.0)


@given(
    st.lists(st.sampled_from("the man of Leeds said that police charged him , 35 and".split()), min_size=2)
)
def test_nothing_is_missed_less_than_nothing(words: list[str]) -> None:
    missed = load().missed(read(" ".join(words[:60])))
    assert (missed >= 0).all()
    assert len(missed) == len(words[:60])
