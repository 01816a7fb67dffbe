"""What a sentence is worth in languages without an encoder, and how a long one is shortened."""

from __future__ import annotations

import numpy as np
import pytest

from summarize import load, parse
from summarize.composing.by_table.standing import shortened
from summarize.composing.ranking import TRAITS, traits, worth
from summarize.summarizers.textrank import TextRank

# The first sentence sets a scene, as French magazines do; the second is the news.
SCENE = (
    "Il était un peu plus de six heures, et le jour ne s'était pas encore levé. "
    "Le pont Wilson à Lyon a été fermé mardi après la découverte de fissures dans deux piles du pont. "
    "Des ingénieurs de la métropole de Lyon examinent les piles du pont depuis mardi matin. "
    "Un boulanger du quai distribuait du café aux automobilistes bloqués. "
    "La réouverture du pont Wilson dépend de l'examen des fissures, selon la métropole de Lyon."
)


def ranked(text: str, language: str = "fr") -> np.ndarray:
    document = parse(text, language=language)
    return worth(document, TextRank().score(document))


def test_the_sentence_that_says_what_the_story_is_about_is_worth_most() -> None:
    found = ranked(SCENE)
    assert found.argmax() == 1
    assert found.sum() == pytest.approx(1) and (found > 0).all()
    bullets = load("news").brief([parse(SCENE, language="fr")], ["bullets"], bullets=1)[0].bullets
    assert str(bullets[0]).startswith("Le pont Wilson")


def test_what_makes_a_sentence_longer_and_tells_nothing_costs() -> None:
    padded = SCENE.replace(
        "mardi après", "mardi, et cela fut et cela sera et cela aura été ainsi fait, après"
    )
    assert ranked(padded)[1] < ranked(SCENE)[1]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "北京市政府星期一宣布停课三天。停课是因为暴雨。学校周四复课。"),
        ("ja", "東京都は月曜日、橋を閉鎖した。橋には亀裂がある。再開は未定だ。"),
        ("ar", "أغلقت المدينة الجسر يوم الاثنين. في الجسر شقوق. لا موعد للفتح."),
    ],
)
def test_every_language_has_the_traits(language: str, text: str) -> None:
    document = parse(text, language=language)
    found = traits(document, TextRank().score(document))
    assert found.shape == (3, len(TRAITS)) and np.isfinite(found).all()


@pytest.mark.parametrize(
    ("language", "line", "words", "short"),
    [
        (
            "fr",
            "La mairie de Lyon a fermé le pont Wilson mardi matin, alors que la rivière montait encore.",
            12,
            "La mairie de Lyon a fermé le pont Wilson mardi matin.",
        ),
        # The main clause goes on behind "qui": nothing may go.
        ("fr", "La rivière a monté depuis lundi et les habitants du quai, qui dormaient, partent.", 12, None),
        # Less than half of what was said, and a clause without its verb.
        (
            "fr",
            "Le maire a souri, alors que la rivière montait et que les pompiers de la ville arrivaient.",
            12,
            None,
        ),
        ("fr", "Le maire de Lyon a dit que l'homme, qui habitait la rue du pont, partira.", 8, None),
        (
            "de",
            "Die Stadt Köln hat die alte Brücke am Dienstag gesperrt, nachdem Risse entdeckt worden waren.",
            10,
            "Die Stadt Köln hat die alte Brücke am Dienstag gesperrt.",
        ),
        ("de", "Die Stadt hat die Brücke, die seit Jahren alt ist, am Dienstag ganz gesperrt.", 8, None),
        (
            "es",
            "El ayuntamiento de Sevilla cerró el puente el martes, aunque los vecinos pedían otra cosa.",
            10,
            "El ayuntamiento de Sevilla cerró el puente el martes.",
        ),
        ("ja", "東京都は月曜日、橋を閉鎖したが、再開は未定だ。", 5, None),
    ],
)
def test_a_long_line_does_without_its_last_clauses(
    language: str, line: str, words: int, short: str | None
) -> None:
    assert shortened(line, words, language) == short
