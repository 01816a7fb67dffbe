"""Headlines: who did what, within the budget, in the words of the sentence."""

from __future__ import annotations

import re

import pytest
from corpus import SEEDS, TEXTS, articles
from hypothesis import given, settings

from summarize import Brief, load, parse, summarize
from summarize.composing.headline import trim
from summarize.composing.verb_forms import base_form, gerund_base, third_person
from summarize.language.related import INITIALS
from summarize.language.text import words
from summarize.language.words import PRONOUNS
from summarize.style import HEADLINE

# Clear sentences of news, and the headline an editor would make of each by leaving out.
EXACT = {
    "Nurses in Scotland have voted to strike over pay.": "Nurses in Scotland vote to strike over pay",
    "NASA has launched a probe to Jupiter (the largest planet) from Florida.": "NASA launches probe to Jupiter from Florida",
    "The European Union will ban the sale of new petrol cars from 2035.": "European Union to ban sale of new petrol cars from 2035",
    "Scientists have discovered a new species of frog in the rainforests of Ecuador.": "Scientists discover new species of frog in rainforests of Ecuador",
    "In a post on Facebook, the prime minister said she would resign in June.": "Prime minister says she would resign in June",
    "Two men were arrested in London on Monday.": "Two men arrested in London on Monday",
    "A judge has rejected the appeal.": "Judge rejects appeal",
    "Nobody was hurt in the fire.": "Nobody hurt in fire",
    "France beat Brazil 3-0 in Paris.": "France beats Brazil 3-0 in Paris",
    "The river rose by two metres in Leeds.": "River rises by two metres in Leeds",
    "Germany and France have signed a treaty.": "Germany and France sign treaty",
    "The ferry company cancelled all crossings last week.": "Ferry company cancels all crossings",
}
# Harder ones: what must be left, and what must be gone.
PROPERTIES = [
    ("Apple, which is based in California and is worth trillions, will build a factory in Texas, the company said.", ["Apple", "build", "factory"], ["California", "will"]),
    ("A fire destroyed a 300-year-old church in Normandy on Sunday night, officials said.", ["church"], ["the"]),
    ("President Emmanuel Macron met German Chancellor Olaf Scholz in Berlin on Monday to discuss the war in Ukraine.", ["Macron", "Scholz"], []),
    ("Toyota is recalling one million cars because their airbags may not inflate, the firm said on Wednesday.", ["Toyota", "recalls", "million"], ["Wednesday"]),
    ("More than 40 people were killed when a bus fell into a ravine in Peru on Friday, according to police.", ["40", "killed"], ["were", "according"]),
    ("A court in Paris sentenced a former minister to three years in prison on Tuesday for taking bribes from builders.", ["sentences", "minister"], ["Tuesday"]),
    ("The mayor of Leeds, a former nurse who was elected in May, resigned on Monday after a vote of no confidence.", ["mayor", "resigns"], ["nurse"]),
    ("Polls predicted a tight race coming down to the wire, with Lee in a virtual tie with Isaac Gray of the Union party.", ["Polls", "race"], ["Lee", "tie"]),
]  # fmt: skip
# Words that a headline may have and its sentence not: the present of a past tense, "to" for "will".
REWRITES = {"to", "is", "are", "has", "have", "will"}
SHORT_FORMS = {word.lower() for short in INITIALS.values() for word in short.split()} | set(
    "over under up aged after amid during for in to several most pm pms ceo mp mps jailed jails admit admits"
    " deny denies denied admitted sue sues sued quit quits reject rejects rejected died dies convicted detained"
    " says say urge urges urged".split()
)


def headline_of(text: str) -> str:
    brief = summarize(text, "textrank", styles="headline")
    assert brief.headline
    return brief.headline.text


def check_headline(brief: Brief) -> None:
    if brief.headline is None:
        return
    text = brief.headline.text
    assert HEADLINE.admits([text])
    assert len(text.split()) <= 12
    assert len(text) <= 90
    assert not re.search(r"(?<![A-Z.]\b[A-Z])(?<!\.)[.]$", text) or re.search(r"[A-Z]\.$", text)
    assert text == " ".join(text.split()) != ""
    if brief.document.language == "en" and len(brief.document.sentences) > 1:
        assert words(text)[0] not in PRONOUNS - {
            "one",
            "most",
            "many",
            "some",
            "several",
            "few",
            "all",
            "both",
            "others",
            "another",
        }
    check_words(brief)


def check_words(brief: Brief) -> None:
    """Every word stands in the sentence the headline rests on, apart from a verb that changed its tense."""
    assert brief.headline
    source = words(" ".join(brief.document.sentences[e.sentence].text for e in brief.headline.evidence))
    presents = {
        form
        for word in source
        for base in (base_form(word), gerund_base(word))
        if base
        for form in (base, third_person(base))
    }
    unknown = set(words(brief.headline.text)) - set(source) - presents - REWRITES - SHORT_FORMS
    if "said" in source:
        unknown -= {"say", "says"}
    assert not unknown


@pytest.mark.parametrize("sentence", EXACT, ids=lambda sentence: sentence[:30])
def test_clear_sentences(sentence: str) -> None:
    assert headline_of(sentence) == EXACT[sentence]


@pytest.mark.parametrize(
    ("sentence", "kept", "gone"), PROPERTIES, ids=[sentence[:30] for sentence, _, _ in PROPERTIES]
)
def test_long_sentences(sentence: str, kept: list[str], gone: list[str]) -> None:
    found = headline_of(sentence)
    for word in kept:
        assert word.lower() in words(found)
    for word in gone:
        assert word.lower() not in words(found)
    check_headline(summarize(sentence, "textrank"))


def test_a_quotation_is_whole_or_gone() -> None:
    found = headline_of(
        "The chancellor of Germany, Olaf Scholz, called the whole plan “a sham and a fraud” in a speech in Bonn."
    )
    assert found.count("“") == found.count("”")


def test_an_abbreviation_keeps_its_full_stop() -> None:
    assert headline_of("France has signed a treaty with the U.S.").endswith("U.S.")


def test_the_headline_names_no_one_by_a_pronoun() -> None:
    assert not headline_of(
        "She resigned on Monday. The mayor of Leeds has closed every school in the city."
    ).startswith("She")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["news", "textrank", "lead", "random"])
def test_seeds(seed: str, name: str) -> None:
    brief = load(name).brief([parse(seed)])[0]
    check_headline(brief)
    assert brief.headline
    assert len(brief.headline.text.split()) >= 4


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cnndm_train", "xsum_train", "wikinews"])
def test_real_articles(name: str) -> None:
    briefs = load().brief([parse(article) for article in articles(name, 40)], styles=["headline"])
    for brief in briefs:
        check_headline(brief)
    assert sum(brief.headline is not None for brief in briefs) >= 0.9 * len(briefs)


@settings(max_examples=150)
@given(TEXTS)
def test_any_text(text: str) -> None:
    document = parse(text)
    if document.sentences:
        brief = load("lead").brief([document], styles=["headline"])[0]
        if brief.headline:
            assert HEADLINE.admits([brief.headline.text])


@settings(max_examples=150)
@given(TEXTS)
def test_trim_any_line(text: str) -> None:
    found = trim(" ".join(text.split()), HEADLINE)
    assert found is None or HEADLINE.admits([found])


def test_trim_leaves_a_good_line_alone() -> None:
    assert trim("Nurses in Scotland vote to strike.", HEADLINE) == "Nurses in Scotland vote to strike"
    assert trim("", HEADLINE) is trim(" ... ", HEADLINE) is None
