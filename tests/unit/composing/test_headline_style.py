"""What a headline does to its sentence: tenses, known initials, second verbs, words that only join; and roles."""

from __future__ import annotations

import pytest
from analysed import read

from summarize import parse
from summarize.composing.news.cutting.loose import loose
from summarize.composing.news.gates import is_printable
from summarize.composing.news.headlines import drafts, worths
from summarize.composing.news.naming.introductions import introduce
from summarize.composing.news.naming.people import People
from summarize.composing.news.naming.roles import role

# A sentence, and what one of its drafts begins with.
STYLED = [
    ("The actress is suing a newspaper over two articles.", "Actress sues newspaper"),
    ("Scientists are warning of floods in the north of Italy.", "Scientists warn of floods"),
    ("The singer has been paying tribute to his late friend in Leeds.", "Singer pays tribute"),
    ("The rig is being moved on to a ship.", "Rig being moved on to ship"),
    ("A vet had to shoot the animal to prevent any further crashes.", "Vet has to shoot animal"),
    ("The United States Navy will send two ships to Japan.", "US Navy to send two ships"),
    ("The World Health Organization raised its warning to the highest level.", "WHO raises"),
    ("Elizabeth Warren announced yesterday she was endorsing Joe Biden.", "Elizabeth Warren announces she is endorsing"),
    ("The charity looked at the survey and found children were eating too much sugar.", "Charity finds children were eating too much sugar"),
    ("Home carers are putting the elderly at risk of serious harm, warns a survey.", "Home carers put elderly at risk of serious harm, warns survey"),
    ("The company also cut its dividend on Monday.", "Company cuts its dividend"),
    ("A man in a fake vest entered a store, grabbed a large knife, ran outside and began to stab people.", "Man in fake vest begins to stab people"),
    ("Police stopped the car, searched it and found ten kilos of cocaine under the seats.", "Police stop car, search it and find ten kilos"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "start"), STYLED, ids=[line[:30] for line, _ in STYLED])
def test_a_headline_in_its_style(line: str, start: str) -> None:
    a = read(line)
    found = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert any(text.startswith(start) for text in found), found


# A sentence, and what none of its drafts holds.
NEVER = [
    ("Children were eating too much sugar, a charity in London has found.", "eating sugar"),
    ("The patient is missing after a fire in Leeds, police said.", "misses"),
    ("Two police officers have been suspended and a third has been placed on restricted duties after a man died in Bristol.", "A third"),
    ("The minister held a closed door meeting with union leaders in Rome.", " door meeting"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "never"), NEVER, ids=[line[:30] for line, _ in NEVER])
def test_what_no_headline_says(line: str, never: str) -> None:
    a = read(line)
    found = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert found
    assert not [text for text in found if never in text.replace("closed door", "closed-door")]


# A sentence, and what no draft of it ends with.
NEVER_LAST = [
    ("The fraternity is under fire for a video showing party-bound members singing a racist chant.", "showing"),
    ("The shop is under fire for failing to warn customers of card fees, months after it promised it would.", "would"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "last"), NEVER_LAST, ids=[last for _, last in NEVER_LAST])
def test_what_no_headline_ends_with(line: str, last: str) -> None:
    a = read(line)
    found = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert found
    assert not [text for text in found if text.endswith(last)]


def test_several_drafts_of_one_length_are_offered() -> None:
    a = read("Police arrested a young man with a knife in Leeds on suspicion of murder.")
    sizes = [draft.compression.words for draft in drafts(a, 0, worths(a, {}))]
    assert len(sizes) > len(set(sizes))


# A sentence, and words that no bullet may lose.
ORDERED = [
    ("Following the ruling, the governor swore in his deputy, a former judge.", "Following"),
    ("The firm cut 200 jobs in the past year, its accounts show.", "in"),
    ("He was not just a singer but a mayor.", "just"),
]


@pytest.mark.parametrize(("line", "word"), ORDERED, ids=[line[:30] for line, _ in ORDERED])
def test_a_bullet_keeps_what_orders_events(line: str, word: str) -> None:
    a = read(line)
    assert a.words.tokens.index(word) not in loose(a)


def test_a_day_of_the_week_may_go() -> None:
    a = read("The governor swore in his deputy on Monday.")
    assert a.words.tokens.index("on") in loose(a)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("It was Labour leader Jeremy Corbyn who asked.", "Labour leader"),
        ("Lead author Jeremy Corbyn wrote it.", "Lead author"),
        ("Coach Jeremy Corbyn wrote it.", "coach"),
        ("President Jeremy Corbyn left.", "President"),
        ("He told Jeremy Corbyn to leave.", ""),
        ("Argentina's 2009 champion Jeremy Corbyn lost.", ""),
    ],
)
def test_what_an_article_calls_somebody(text: str, who: str) -> None:
    assert role(text, "Jeremy Corbyn") == who


def test_a_bullet_says_who_somebody_is() -> None:
    document = parse("SNP deputy leader Stewart Hosie spoke in Glasgow. Hosie will leave in June.")
    a = read(document.sentences[1].line)
    people = People(document, {"Stewart", "Hosie"})
    found = introduce(a, range(len(a)), 1, people, frozenset(), roles=True)
    assert found is not None
    assert "SNP deputy leader Stewart Hosie" in found.replaced.values()


def test_another_bearer_of_a_title_is_not_given_a_name() -> None:
    document = parse("Hillary Clinton spoke in Iowa. Voters remember President Clinton well.")
    a = read(document.sentences[1].line)
    found = introduce(a, range(len(a)), 1, People(document, {"Hillary", "Clinton"}), frozenset())
    assert found is not None
    assert not found.replaced


@pytest.mark.parametrize("line", ["The court said this will help the rivers.", "Police praised these."])
def test_a_lone_this_is_a_reference(line: str) -> None:
    a = read(line)
    assert introduce(a, range(len(a)), 1, People(parse(line)), frozenset()) is None


def test_the_title_of_a_picture_with_an_amount_is_no_line() -> None:
    assert not is_printable("Court bill of £500: Kim Copeland was walking home from her store.")
