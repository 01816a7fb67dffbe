"""Finishing: the box says something else than the bullets, even where the model does not."""

from __future__ import annotations

from abstractive_fixtures import STORIES

from summarize.parsing.parse import parse
from summarize.style import BULLETS, WYSK, resolve_styles
from summarize.summarizers.finishing import finish, repeats, unsaid


def test_where_the_box_would_repeat_the_bullets_other_sentences_stand_in() -> None:
    document = parse(STORIES[2][0])
    bullets = [sentence.line for sentence in document.sentences if "12 farms" not in sentence.line][:3]
    drafted = {"bullets": bullets, "wysk": bullets}
    lines, notes = finish(document, drafted, resolve_styles(["bullets", "wysk"]))
    assert lines["wysk"]
    assert not any(repeats(line, lines["bullets"]) for line in lines["wysk"])
    assert any("12 farms" in line for line in lines["wysk"])
    assert notes == [
        "no line of the model keeps the budget of wysk; the article's own sentences stand in",
    ]


def test_what_was_said_is_not_said_again() -> None:
    document = parse(STORIES[0][0])
    everything = [sentence.line for sentence in document.sentences]
    assert unsaid(document, WYSK, everything) == []
    found = unsaid(document, BULLETS, everything[:2])
    assert found == [line for line in everything if line in found]
    assert not any(repeats(line, everything[:2]) for line in found)
