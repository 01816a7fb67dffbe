"""Everything that is no article: a clear error or a defined result, never a crash."""

from __future__ import annotations

import time

import pytest
from briefs import check_brief
from corpus import TEXTS
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import load, parse
from summarize.errors import EmptyTextError

QUICK = ("textrank", "lead", "random")
ALL = (*QUICK, "lexrank", "lsa", "luhn", "kl", "sumbasic", "reduction")
NOTHING = {
    "empty": "",
    "blank": " \n\r\n\t\u3000\u2028 ",
    "marks": "... !!! ??? ---",
    "emoji": "😀 😀🏳️‍🌈 👩‍👩‍👧",
    "NULs": "\x00" * 1000,
    "lone surrogates": "\ud800\udfff" * 10,
    "boilerplate": "Share this article\nAdvertisement\nSign up for our newsletter\nFollow us on Twitter\nALSO READ TOP STORIES\n© 2024 The Post",
    "a box alone": "What you should know\nThe river rose.\nTrains stopped.",
}
STRANGE = {
    "one word": "Leeds",
    "one sentence": "The river Aire rose by two metres in Leeds on Monday.",
    "one repeated sentence": "The river Aire rose by two metres in Leeds on Monday. " * 200,
    "no punctuation": "the river rose and the trains stopped and nobody was hurt " * 30,
    "short lines": "river\nrises\nin\nLeeds\n" * 50,
    "NULs in words": "The ri\x00ver rose in Leeds\x00. Nobody was\x00 hurt. Trains stopped at noon. ",
    "emoji": "The river rose 😀 in Leeds 🌊🌊. Nobody was hurt 🙏! Trains stopped 🚆 at noon.",
    "lone surrogate": "The river rose in L\ud800eds. Nobody was hurt. Trains stopped at noon.",
    "right to left": "ارتفع منسوب النهر في المدينة يوم الاثنين. لم يصب أحد بأذى. توقفت القطارات عند الظهر. قال رئيس البلدية إن المدارس مغلقة.",
    "Hebrew": "הנהר עלה על גדותיו ביום שני. איש לא נפגע. הרכבות נעצרו בצהריים.",
    "Chinese": "总理周一宣布辞职。没有人受伤。火车中午停运。市长说学校将关闭到星期四。",
    "Japanese": "首相は月曜日に辞任を表明した。けが人はいない。列車は正午に止まった。「もう限界だ」と首相は述べた。",
    "Thai": "นายกเทศมนตรีกล่าวว่าแม่น้ำเอ่อล้นและไม่มีใครได้รับบาดเจ็บ",
    "open quotation": "“The river rose. Nobody was hurt. Trains stopped at noon.",
    "open bracket": "The river (which rose. Nobody [was hurt. Trains stopped at noon.",
    "capitals": "THE RIVER ROSE IN LEEDS ON MONDAY. NOBODY WAS HURT. TRAINS STOPPED AT NOON.",
    "control characters": "The river\x07 rose\x1b[31m in Leeds. Nobody was hurt. Trains stopped at noon.",
    "combining marks": "T\u0301h\u0308e river rose i\u0327n Leeds. Nobody was hurt. Trains stopped.",
    "markup": "<p>The river rose.</p> <b>Nobody</b> was hurt &amp; trains stopped.",
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_nothing_to_summarize_is_said(name: str, text: str) -> None:
    with pytest.raises(EmptyTextError, match="no sentence to summarize"):
        load(name).brief([parse(text)])


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_strange_text_keeps_every_promise(name: str, text: str) -> None:
    brief = load(name).brief([parse(text)])[0]
    check_brief(brief)
    assert bool(brief.headline or brief.bullets or brief.wysk) or brief.notes


@pytest.mark.parametrize(
    "name",
    ["one sentence", "one repeated sentence", "Chinese", "Japanese", "right to left", "capitals", "emoji"],
)
def test_what_can_be_summarized_is(name: str) -> None:
    brief = load().brief([parse(STRANGE[name])])[0]
    assert brief.headline
    assert brief.bullets
    assert brief.wysk or any("for the box" in note for note in brief.notes)


def test_one_repeated_sentence_is_said_once() -> None:
    brief = load().brief([parse(STRANGE["one repeated sentence"])])[0]
    assert [line.text for line in brief.bullets] == ["The river Aire rose by two metres in Leeds on Monday."]
    assert not brief.wysk


def test_a_style_that_cannot_be_kept_is_noted() -> None:
    brief = load().brief([parse(STRANGE["no punctuation"])])[0]
    assert brief.bullets == ()
    assert "no sentence keeps the budget of bullets" in brief.notes


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "The minister said the plan would fail because " * 22_000 + "it rained.",
        "word" * 250_000,
        "首相" * 500_000,
        "Aa" * 500_000,
        "(" * 1_000_000 + "a",
        "“" * 1_000_000 + "a",
        "A-" * 500_000,
    ],
    ids=["words", "one word", "Chinese", "capitals", "brackets", "quotes", "hyphens"],
)
def test_one_sentence_of_a_million_characters(text: str) -> None:
    document = parse(text)
    assert len(document.sentences) == 1
    check_brief(load().brief([document])[0])


@pytest.mark.slow
@pytest.mark.parametrize("joint", [" ", "\n"])
def test_twenty_thousand_sentences(joint: str) -> None:
    names = ("Leeds", "York", "Hull", "Bath", "Derby", "Ripon", "Truro")
    text = joint.join(
        f"The river rose by {i} metres in {names[i % 7]} on day {i % 365}." for i in range(20_000)
    )
    begin = time.process_time()
    document = parse(text)
    assert len(document.sentences) == 20_000
    assert time.process_time() - begin < 10  # a second; and half a minute when it grew with the square
    brief = load().brief([document])[0]
    check_brief(brief)
    assert brief.headline
    assert len(brief.bullets) >= 1


@settings(max_examples=150)
@given(TEXTS, st.sampled_from(QUICK), st.sampled_from([None, 1, 10]))
def test_any_text_keeps_every_promise(text: str, name: str, bullets: int | None) -> None:
    document = parse(text)
    if document.sentences:
        check_brief(load(name).brief([document], bullets=bullets)[0])
    else:
        with pytest.raises(EmptyTextError):
            load(name).brief([document])


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(ALL[3:]))
def test_any_text_keeps_every_promise_with_sumy(text: str, name: str) -> None:
    document = parse(text)
    if document.sentences:
        check_brief(load(name).brief([document])[0])
