"""What readers of a headline miss."""

from __future__ import annotations

import numpy as np
import pytest
from analysed import desk_of, read
from hypothesis import given
from hypothesis import strategies as st

from summarize.composing.news.choice import NAMES
from summarize.composing.news.cutting.missed import cut_off, load, of_cuts

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


def test_the_choice_asks_for_the_crime_and_not_for_the_place() -> None:
    article = (
        "Police have charged a 35-year-old man from the north of Leeds with the murder of a taxi driver. "
        "The driver was found dead on Monday in the north of the city. The man is to appear in court on Friday."
    )
    desk = desk_of(article)
    found = [draft for draft in desk.drafts() if draft.sentence == 0]
    missed = dict(
        zip([d.text for d in found], desk.features_of(found)[:, NAMES.index("missed")], strict=True)
    )
    with_crime = min(value for text, value in missed.items() if text.endswith("with murder of taxi driver"))
    with_place = min(value for text, value in missed.items() if text.endswith("from north of Leeds"))
    assert with_crime < with_place
    headline = desk.headline()
    assert headline is not None and "murder" in headline.text


def test_cuts_are_counted_at_their_topmost_words() -> None:
    a = read("Police charged a man in the north of Leeds.")
    kept = sum(1 << i for i, word in enumerate(a.words.lower) if word in {"police", "charged", "man"})
    cuts = cut_off(a, kept)
    assert [a.words.lower[i] for i in cuts] == [
        "a",
        "in",
    ]  # not "north", whose "in" is gone, and no full stop
    assert of_cuts(np.arange(len(a), dtype=float), cuts) == (2 + 4, 4)
    assert of_cuts(np.zeros(0), []) == (0.0, 0.0)


@given(
    st.lists(st.sampled_from("the man of Leeds said that police charged him , 35 and".split()), min_size=2)
)
def test_nothing_is_missed_less_than_nothing(words: list[str]) -> None:
    missed = load().missed(read(" ".join(words[:60])))
    assert (missed >= 0).all()
    assert len(missed) == len(words[:60])
