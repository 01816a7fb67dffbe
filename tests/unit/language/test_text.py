"""Sentences, words and stems: where English news prose ends a sentence, and where it only looks so."""

from __future__ import annotations

import pytest
from corpus import CHARACTERS, SEEDS, TEXTS, articles
from hypothesis import given
from hypothesis import strategies as st

from summarize.language import text as module
from summarize.language.text import ngrams, sentence_spans, stems, word_count, words


def split(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


# Each: sentences that, joined by a blank, must come apart exactly so.
CASES = {
    "abbreviation": ["Dr. Li met Mr. Smith of Acme Inc. in St. Louis.", "They shook hands."],
    "initials": ["J.K. Rowling and George W. Bush spoke.", "Nobody listened."],
    "decimals": ["Prices rose 3.5 per cent to $1.20 a litre.", "Wages did not."],
    "clock": ["The call is set for 10:00 EDT (14:00 GMT), he said.", "It will be short."],
    "p.m. before a weekday": ["He spoke at 5 p.m. Tuesday.", "He left at 6 a.m. Wednesday."],
    "p.m. before a sentence": ["He left at 4 p.m.", "The meeting went on."],
    "country before a sentence": ["It was made in the U.S.", "But nobody bought it."],
    "country inside": ["The U.S. Senate and the U.N. Security Council met.", "Both voted."],
    "curly quotes": ["“We won,” she said.", "“It was close.”", "The crowd cheered."],
    "straight quotes": ['"We won," she said.', 'He added: "It was close."', "The crowd cheered."],
    "ellipsis in a quote": ["He hopes that this “very violent war… will end.”", "Others doubt it."],
    "question and exclamation": ["Will it rain?", "Yes!", "It poured."],
    "title": ["Sen. Ted Cruz and Gov. Greg Abbott met Lt. Col. Oliver North.", "Rep. Jones did not."],
    "number": ["He wore No. 10 for Spain.", "It suited him."],
    "month": ["It opened on Jan. 5 and closed on Feb. 7.", "Few came."],
    "closing bracket": ["He left (at last.)", "She stayed."],
    "abbreviation before brackets": [
        "The deal was with the enterprise HDT Kft. (HDT Limited) on Monday.",
        "It paid.",
    ],
    "brackets of their own": ["He left on Monday.", "(The firm paid.)", "She stayed."],
    "company before a sentence": ["He sued Apple Inc.", "The case was dropped."],
}


@pytest.mark.parametrize("sentences", CASES.values(), ids=CASES)
def test_splits_where_sentences_end(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_forgotten_quote_does_not_turn_the_others_inside_out() -> None:
    text = 'He read "AL_LLH, a word. It meant "Allah." The ring was found in Birka. It said "to Allah." It is old.'
    assert "The ring was found in Birka." in split(text)
    assert split(text)[-1] == "It is old."


def test_a_quotation_in_straight_marks_is_not_taken_apart() -> None:
    sentences = ['"It was close. We won," she said.', 'He called it "a sham. A fraud."', "They left."]
    assert split(" ".join(sentences)) == sentences


def test_the_full_stop_of_an_abbreviation_ends_no_sentence() -> None:
    text = "Kredyt w wysokości 400 tys. zł jest tańszy. Rata spadła o 65 zł."
    assert split(text, "pl") == ["Kredyt w wysokości 400 tys. zł jest tańszy.", "Rata spadła o 65 zł."]


def test_a_thai_sentence_may_end_in_a_noun_that_looks_like_that() -> None:
    sentences = ["เจ้าหน้าที่เร่งอพยพชาวบ้านในอำเภอแม่สายออกจากพื้นที่", "กรมอุตุนิยมวิทยาเตือนว่าจะมีฝนตกหนัก"]
    assert split(" ".join(sentences), "th") == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("fr", ["Il est mort, a dit son frère.", '"C\'est une perte", a réagi le maire de Lyon.']),
        ("fr", ['La maire a réagi : "Je pars. Je reviens."', "Le préfet reste en place."]),
        ("fr", ["C'était en 1998.", '"On parle beaucoup", dit-il.', '"Trop même", dit-elle.']),
        ("fr", ["Le vent souffle fort.", "«Nous partons», dit la mairie.", "La mer monte."]),
        ("de", ["Er sagte: „Wir gehen nach Hause.“", "Der Minister ging.", "„Ich bleibe“, sagte sie."]),
    ],
)
def test_sentences_that_lost_the_blank_between_them_are_parted(language: str, sentences: list[str]) -> None:
    assert split("".join(sentences), language) == sentences


def test_the_window_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(SEEDS).replace("\n", " ")
    whole = split(text)
    monkeypatch.setattr(module, "_WINDOW", 1000)
    monkeypatch.setattr(module, "_MARGIN", 300)
    assert split(text) == whole


def test_a_sentence_longer_than_the_window_stays_whole() -> None:
    long = "The mayor said " + "that the plan would fail because " * 1000 + "it rained."
    assert split(f"He left. {long} She stayed.") == ["He left.", long, "She stayed."]


def test_a_quotation_never_closed_holds_nothing_together() -> None:
    assert len(split("“It rained. " * 3000)) == 3000


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh", ["总理辞职了。", "没有人受伤。"]),
        ("ja", ["首相は辞任した。", "怪我人はいない。"]),
        ("ar", ["وصل الرئيس اليوم. ", "لم يصب أحد."]),
    ],
)
def test_other_scripts(language: str, sentences: list[str]) -> None:
    assert split("".join(sentences), language) == [sentence.strip() for sentence in sentences]


def test_unspaced_scripts_at_length() -> None:
    assert len(split("首相说。" * 20_000, "zh")) == 20_000


@given(TEXTS, st.sampled_from(["en", "de", "zh", "ja", "ar", "xx"]))
def test_spans_are_ascending_disjoint_and_stripped(text: str, language: str) -> None:
    last = 0
    for start, end in sentence_spans(text, language):
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end


@given(TEXTS)
def test_nothing_but_blanks_is_between_sentences(text: str) -> None:
    covered = set().union(*(range(start, end) for start, end in sentence_spans(text)))
    assert not "".join(letter for i, letter in enumerate(text) if i not in covered).strip()


def test_real_articles_split_into_sentences_of_a_readable_length() -> None:
    lengths = [word_count(s) for article in articles("cnndm_validation", 100) for s in split(article)]
    assert sum(length > 80 for length in lengths) < 0.01 * len(lengths)


def test_words() -> None:
    assert words("Trump’s 30-day U.S. plan cost $1,5 — “café”") == [
        *("trump’s", "30", "day", "u", "s", "plan", "cost", "1", "5", "café")
    ]
    assert words("") == words("… — !?") == []


@given(st.text(CHARACTERS, max_size=80))
def test_words_hold_no_blank_and_no_capital(text: str) -> None:
    for word in words(text):
        assert word
        assert word == word.strip() == word.lower()


def test_stems_of_one_family_are_one() -> None:
    assert len(set(stems(["attack", "attacks", "attacked", "attacking", "attack's", "attack’s"]))) == 1
    assert stems(["Talks"], "xx") == ["Talks"]
    assert stems(["gespräche"], "de") != ["gespräche"]


def test_word_count() -> None:
    assert word_count("a 30-day “truce” , he said") == 6
    assert word_count("首相は辞任した") == 4
    assert word_count(" \n\t") == 0


def test_ngrams() -> None:
    assert ngrams("abc", 1) == [("a",), ("b",), ("c",)]
    assert ngrams("ab", 3) == []
