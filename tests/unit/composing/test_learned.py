"""The small transformers that choose: what grades drafts, and what sees the sentences of an article together."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from analysed import desk_of

from summarize.composing.news import bullets as bullets_of
from summarize.composing.news.choice import preferences
from summarize.composing.news.learned import chooser, grader, transformer, trees
from summarize.composing.news.learned.box_grader import AHEAD, BULLET, HEADLINE, in_context
from summarize.composing.news.learned.grader import PLACES, coded
from summarize.composing.news.learned.word_reader import WORDS_SEEN
from summarize.style import BULLETS, WYSK

SEEDS = [path.read_text(encoding="utf-8") for path in sorted(Path("seeds").glob("*.txt"))]
MURDER = (
    "Police have charged a 35-year-old man from the north of Leeds with the murder of a taxi driver. The driver "
    "was found dead on Monday in the north of the city. The man is to appear in court on Friday."
)


def grades(text: str) -> tuple[list[str], np.ndarray]:
    desk = desk_of(text)
    found = desk.drafts()
    rows = desk.features_of(found)
    told = trees.load("headline").predict(rows) + preferences(found)
    rows = np.column_stack([rows, told])
    together = grader.load().grade(found, desk.read, rows)
    alone = [grader.load().grade([draft], desk.read, rows[i : i + 1])[0] for i, draft in enumerate(found)]
    assert together == pytest.approx(np.array(alone), abs=1e-4)  # padding tells nothing
    return [draft.text for draft in found], together


@pytest.mark.parametrize("text", [*SEEDS, MURDER], ids=["seed", "other seed", "murder"])
def test_a_grade_is_the_same_whatever_drafts_stand_beside(text: str) -> None:
    _, found = grades(text)
    assert np.isfinite(found).all() and found.std() > 0.1


def test_what_readers_would_print_has_the_better_grade() -> None:
    texts, found = grades(MURDER)
    by_text = dict(zip(texts, found, strict=True))
    with_crime = [grade for text, grade in by_text.items() if "murder of taxi driver" in text]
    without = [grade for text, grade in by_text.items() if text.endswith("from north of Leeds")]
    assert with_crime and without
    assert max(with_crime) > max(without) + 0.3


def test_what_a_draft_does_with_each_word() -> None:
    codes = coded(0b10110, 5, verb=2, subject=1)
    assert codes["keeps"].tolist() == [0, 1, 1, 0, 1]
    assert codes["places"].tolist() == [0, 1, 2, 0, 3]
    assert codes["roles"].tolist() == [0, 1, 2, 0, 0]
    long = coded((1 << WORDS_SEEN) - 1, WORDS_SEEN, verb=WORDS_SEEN + 3, subject=0)
    assert long["places"].max() == PLACES
    assert long["roles"].tolist() == [1] + [0] * (WORDS_SEEN - 1)


RIVER = (
    "The river Aire rose by two metres in Leeds on Monday, and police closed three bridges in the city. "
    "Nobody was hurt in the flood, the fire service said. "
    "More heavy rain is expected in Leeds on Tuesday and the council has warned that the river may rise further. "
    "The second of them said that the latter had told the group about it. "
    "The council has spent 50 million pounds on flood defences since the river flooded the centre in 2015. "
    "Engineers will inspect the bridges before they can be opened again, the council said. "
    "Schools in the west of the city stayed open."
)


def test_what_stands_before_a_line_is_seen_as_further_words() -> None:
    desk = desk_of(RIVER)
    desk.headline()
    bullets = desk.in_order([0], 40, BULLETS)
    line = desk.told(2, frozenset(), 35, WYSK)
    assert line is not None
    (seen,) = in_context(desk, [line], bullets)
    many = len(desk.read[2])
    ahead = [AHEAD] if 1 in desk.read else []
    assert seen.roles.tolist() == [0] * many + [HEADLINE, BULLET, *ahead]
    assert len({len(seen.states), len(seen.tags), len(seen.relations), len(seen.keeps), len(seen.known)}) == 1
    assert [i for i in range(many) if seen.keeps[i]] == list(line.kept)
    known = dict(zip(desk.read[2].words.lower, seen.known.tolist(), strict=False))
    assert known["leeds"] == 1 + 1 + 2  # a reader has read it, and the article had it before
    assert known["tuesday"] == 1 and known["river"] == 1 + 1 + 2 + 4
    assert not any(seen.known[many:]) and not any(seen.keeps[many:])


@pytest.mark.parametrize("text", SEEDS, ids=["seed", "other seed"])
def test_the_chooser_sees_sentences_in_no_order_but_that_of_their_features(text: str) -> None:
    desk = desk_of(text)
    indices = sorted(desk.read)
    rows = desk.worth.together(desk.read)
    read = [desk.read[i] for i in indices]
    found = chooser.load().worth(read, rows)
    assert found.shape == (len(read), 3)
    turned = chooser.load().worth(read[::-1], rows[::-1])[::-1]
    assert found == pytest.approx(turned, abs=1e-4)
    # What stands beside a sentence does tell.
    assert abs(chooser.load().worth(read[:1], rows[:1]) - found[:1]).max() > 1e-3
    assert desk.worth.choice["box"][indices] == pytest.approx(found[:, 2])


def test_attention_is_that_of_the_paper() -> None:
    rng = np.random.default_rng(0)
    width = 8
    arrays = {f"layer0.{name}": rng.normal(size=shape).astype(np.float32) for name, shape in {
        "qkv": (width, 3 * width), "qkv.bias": (3 * width,), "out": (width, width), "out.bias": (width,),
        "up": (width, 5), "up.bias": (5,), "down": (5, width), "down.bias": (width,),
    }.items()}  # fmt: skip
    weights = transformer.Weights(arrays, {}, 1)
    hidden = rng.normal(size=(1, 3, width)).astype(np.float32)
    found = weights.contextual(hidden, np.array([[True, True, False]]))[0]
    states = [(h - h.mean()) / np.sqrt(h.var() + 1e-5) for h in hidden[0]]
    three = [h @ arrays["layer0.qkv"] + arrays["layer0.qkv.bias"] for h in states]
    heads, size = transformer.HEADS, width // transformer.HEADS
    for place in (0, 1):
        seen = []
        for head in range(heads):
            own = slice(head * size, (head + 1) * size)
            query = three[place][:width][own]
            odds = np.array(
                [np.exp(query @ one[width : 2 * width][own] / np.sqrt(size)) for one in three[:2]]
            )
            seen.append(
                sum(o / odds.sum() * one[2 * width :][own] for o, one in zip(odds, three[:2], strict=True))
            )
        expected = hidden[0, place] + np.concatenate(seen) @ arrays["layer0.out"] + arrays["layer0.out.bias"]
        inner = (expected - expected.mean()) / np.sqrt(expected.var() + 1e-5)
        inner = np.maximum(inner @ arrays["layer0.up"] + arrays["layer0.up.bias"], 0)
        expected = expected + inner @ arrays["layer0.down"] + arrays["layer0.down.bias"]
        assert found[place] == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("text", SEEDS, ids=["seed", "other seed"])
def test_an_exchange_of_sentences_never_makes_a_set_worse(text: str) -> None:
    desk = desk_of(text)
    desk.headline()
    first = bullets_of._chosen(desk, BULLETS, 40)
    then = bullets_of._exchanged(desk, BULLETS, 40, first)
    assert len(then) == len(first) == BULLETS.lines
    written = bullets_of._written(desk, first, 40, BULLETS)
    assert written is not None
    before, after = bullets_of._values(desk, [written, then])
    assert after >= before
    assert not any(bullets_of._repeats(desk, one, [other]) for one, other in itertools.combinations(then, 2))
