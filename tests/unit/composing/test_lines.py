"""What headlines, bullets and box learned from lines that editors refused."""

from __future__ import annotations

import pytest
from analysed import read
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import parse, summarize
from summarize.composing.news.cutting.compressor import Compressor
from summarize.composing.news.cutting.joints import spoken
from summarize.composing.news.cutting.marks import brackets, initials_used, with_marks
from summarize.composing.news.cutting.past import is_caption
from summarize.composing.news.headlines import drafts, worths
from summarize.composing.news.lines import NAMES, LineContext, line_features, printable
from summarize.composing.news.naming.people import People
from summarize.composing.news.naming.references import dangling
from summarize.composing.news.sentences import Choices, Told
from summarize.composing.news.sentences import told as line_made_of
from summarize.encoder import analyse
from summarize.language.repetition import content_of
from summarize.style import BULLETS


def told(line: str, index: int = 1) -> Told:
    a = read(line)
    return Told(index, line, range(len(a)), len(line.split()), (), frozenset(), content_of(line))


def row(line: str, page: LineContext) -> list[float]:
    return line_features(told(line), read(line), page, box=False, rank=0.2, box_rank=0.2, sentences=20)


# A sentence, and the verb of its headlines.
VERBS = [
    ("The number of deaths attributed to the fires grew to seven.", "grows"),
    ("A number of shops in Leeds closed their doors to customers.", "close"),
    ("On Monday, 47 Republican Senators sent a letter to Iran.", "send"),
    ("Supporters and opponents of the Lebanese government appeared to split seats.", "appear"),
    ("Singer and actress Eugenie Bouchard posted a photo on Twitter.", "posts"),
    ("Iraq is to invite bids for two telephone licences.", "to"),
    ("Ted Cruz is going to run from the right of his party.", "to"),
    ("Pensioners are being promised energy savings by the Liberal Democrats.", "promised"),
    ("The Conservatives blamed the mayor for the delay.", "blame"),
    ("The United States blamed the rebels for the attack.", "blames"),
    ("Investors are waiting for a decision of the central bank.", "wait"),
    ("Ulster clung on for a morale-boosting win over bottom club Borders.", "clings"),
    ("The Rev. James Orange, an activist whose 1965 jailing sparked a protest, died at a hospital.", "dies"),
]


@pytest.mark.parametrize(("line", "verb"), VERBS)
def test_a_headline_agrees_with_its_subject(line: str, verb: str) -> None:
    a = read(line)
    texts = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert texts and all(verb in text.split() for text in texts), texts


def test_a_headline_has_no_half_of_a_quotation() -> None:
    a = read(
        "The Council declared Libya ''liberated'' in October 2011 and took over the running of the country."
    )
    assert not [draft.text for draft in drafts(a, 0, worths(a, {})) if "''" in draft.text]


def test_a_body_is_one_of_something() -> None:
    a = read("A growing body of research indicates that air pollution has an impact on the health of babies.")
    texts = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert texts and not [text for text in texts if text.split()[:2] == ["Body", "indicates"]]


def test_a_headline_does_without_the_hour() -> None:
    a = read("Prime minister Akilisi Pohiva died at 10:00 a.m. local time on Thursday.")
    assert all("10:00" not in draft.text for draft in drafts(a, 0, worths(a, {})))


CAPTIONS = [
    ("O.J. Simpson leaves the Clark County Detention Center late Wednesday night.", True),
    ("A worker checks oil cleanup gear near the Golden Gate Bridge in San Francisco.", True),
    ("Hillary Clinton, then U.S. first lady, meets with Benazir Bhutto in Pakistan in 1995.", True),
    ("The club faces a fine of up to a million pounds.", False),
    ("Simpson left the detention center late on Wednesday.", False),
    ("The museum says the painting is a copy.", False),
]


@pytest.mark.parametrize(("line", "caption"), CAPTIONS)
def test_what_somebody_does_in_a_picture_is_a_caption(line: str, caption: bool) -> None:
    assert is_caption(read(line)) is caption


def test_a_caption_is_no_headline_of_a_story_in_the_past() -> None:
    story = (
        "Michael Vick pleaded guilty to dogfighting charges in Richmond. He turned himself in on Monday. "
        "Michael Vick leaves court in Richmond, Virginia, in August. The judge ordered him to jail. "
        "His lawyers asked for a lighter sentence. The league suspended him without pay."
    )
    brief = summarize(story)
    assert "leaves" not in " ".join(map(str, [brief.headline, *brief.bullets, *brief.wysk]))


def test_a_place_or_a_work_is_nobody() -> None:
    story = (
        "A man was walking through South Park in Bootle on Saturday night when he was attacked by a gang. "
        "He managed to escape and called an ambulance. The new Medal Of Honor game was in his bag. "
        "Fans of Medal of Honor sent him a card. Police appealed for witnesses to come forward."
    )
    lines = " ".join(map(str, [*summarize(story).bullets, *summarize(story).wysk]))
    assert "South Park managed" not in lines and "Medal of Medal" not in lines


def test_a_letter_in_brackets_stays_with_its_word() -> None:
    a = read('The minister said: "[w]e have never before seen such a flood," and left (at noon).')
    (longest,) = Compressor(a, [9.0] * len(a), headline=True).compressions(a.root, len(a))[-1:]
    text = spoken(a, [i for i in range(len(a)) if longest.kept >> i & 1], {})
    assert '"we have' in text and "noon" not in text


def test_a_line_that_tells_no_more_than_the_headline_is_hardly_printed() -> None:
    line = "The council closed two schools in Leeds."
    fresh = LineContext(content_of("Storm floods villages near York"))
    again = LineContext(content_of("Council closes two schools in Leeds"))
    first, second = printable([row(line, fresh), row(line, again)])
    assert first > second + 0.2


def test_what_a_reader_has_read_goes_on_the_page() -> None:
    page = LineContext(content_of("Council closes schools")).followed_by(told("The mayor of Leeds resigned."))
    assert len(page.lines) == 1 and "mayor" in page.met
    names = dict(zip(NAMES, row("The mayor blamed the floods.", page), strict=True))
    assert names["slot"] == 1 and names["definite"] == 1  # the floods, of which nobody has read


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from("The mayor he of Leeds resigned , and 3 “ ” which was it".split()), min_size=2)
)
def test_any_line_has_finite_features(words: list[str]) -> None:
    line = " ".join(words)
    a = analyse([line])[0]
    if a is not None:
        said = Told(0, line, range(len(a)), len(words), (), frozenset(), content_of(line))
        found = line_features(said, a, LineContext(), box=True, rank=0.0, box_rank=0.0, sentences=3)
        assert len(found) == len(NAMES) and all(-1e6 < value < 1e6 for value in found)


def test_the_bullet_of_the_headlines_sentence_tells_more() -> None:
    lead = (
        "The chief operating officer of the National Museum in Leeds was arrested on Tuesday and charged with "
        "stealing nine paintings from its cellar over a period of six years, police said."
    )
    rest = (
        "The paintings were worth two million pounds. The museum opened in 1901. Its trustees met on Wednesday. "
        "A spokesman said that visitors had noticed nothing. Two of the paintings were found in Paris in March."
    )
    brief = summarize(f"{lead} {rest}")
    assert brief.headline is not None and brief.headline.evidence[0].sentence == 0
    same = [line for line in brief.bullets if line.evidence[0].sentence == 0]
    assert all(len(content_of(line.text) - content_of(brief.headline.text)) >= 3 for line in same)
    assert parse(lead).sentences


def line_of(sentence: str, aim: int = 40) -> str | None:
    """A sentence of its own as a bullet."""
    people = People(parse(sentence, language="en"))
    choices = Choices(read(sentence), aim, BULLETS.line_words)
    made = line_made_of(choices, 0, people, frozenset(), frozenset(), BULLETS)
    return made.text if made else None


def test_a_sentence_whose_clause_is_not_seen_stands_whole() -> None:
    line = (
        "A Facebook post by actor Ashton Kutcher lamenting the lack of diaper changing tables in public men's "
        "rooms has parents talking."
    )
    assert line_of(line) == line


def test_a_sentence_without_a_verb_of_its_own_is_no_line() -> None:
    assert (
        line_of("A worker from Mexico whose life ended in Washington after police shot at him 17 times.")
        is None
    )


def test_no_dash_is_left_of_what_stood_between_two() -> None:
    line = "In the UK, seven of the top ten sellers last year - including the top five - are classed as hatchbacks."
    assert line_of(line) == line
    shorter = line_of(line, aim=8)
    assert shorter is not None
    assert " - " not in shorter


def test_an_age_gives_way_to_the_name_of_whom_the_sentence_before_names() -> None:
    text = (
        "Ulster have signed {} for two years. The fans were pleased. {}. The 23-year-old has won many caps."
    )
    named = parse(text.format("a winger", "Charles Piutau joins in May"), language="en")
    people = People(named, {"Charles", "Piutau"})

    def told_with(people: People, sentence: str) -> str | None:
        choices = Choices(read(sentence), 20, BULLETS.line_words)
        made = line_made_of(choices, 3, people, frozenset(), frozenset(), BULLETS)
        return made.text if made else None

    assert told_with(people, "The 23-year-old has won many caps.") == "Charles Piutau has won many caps."
    # An actor may be somebody else than the one just named; so may one of another age.
    assert told_with(people, "The 23-year-old actor has won many caps.") is None
    older = parse(text.format("Charles Piutau, 31,", "Charles Piutau joins in May"), language="en")
    assert told_with(People(older, {"Charles", "Piutau"}), "The 23-year-old has won many caps.") is None


def test_initials_are_introduced_where_a_later_bullet_uses_them() -> None:
    article = (
        "The Pension Benefit Guaranty Corporation (PBGC) said on Monday that it would take over the pension plans of "
        "United Airlines in Chicago. The PBGC said the plans were underfunded by 9.8 billion dollars and covered "
        "120,000 workers. Union leaders (UAL) called the decision a disaster for the workers of United Airlines."
    )
    bullets = " ".join(line.text for line in summarize(article).bullets)
    assert "Corporation (PBGC) said" in bullets
    assert "The PBGC said" in bullets
    assert "(UAL)" not in bullets


def test_initials_with_an_ampersand_are_initials() -> None:
    line = "Pacific Gas and Electric Company (PG&E) began turning off electricity in California."
    used = initials_used(line, ["PG&E stated it scheduled the blackouts."])
    assert used == {"PG&E"}
    a = read(line)
    assert not brackets(a, used) and brackets(a)


def test_a_comma_goes_with_the_age_that_it_set_aside() -> None:
    line = (
        "As the dust settles after Italy's high court ruled to overturn the latest guilty verdicts for Amanda Knox, "
        "27, and her former boyfriend Raffaele Sollecito, 31, in the 2007 murder of Meredith Kercher, many "
        "questions still linger in the case."
    )
    a = read(line)
    age = a.words.tokens.index("31")
    kept = sum(1 << i for i in range(len(a)) if i not in {age - 1, age, age + 1})
    assert not with_marks(a, kept) >> age + 1 & 1


@pytest.mark.parametrize(
    ("line", "unmet"),
    [
        ("During his election campaign, Donald Trump promised to end the war.", None),
        ("During his election campaign, Trump promised to end the war within a day.", None),
        ("During his visit, Israel agreed to end the war.", "his"),
        ("At an inquest into his death, coroner Ian Arrow said that he was ill.", "his"),
        ("At his trial, prosecutor Mark Reed said the man had lied.", "his"),
        ("In his absence, Mark Reed led the party.", "his"),
        ("His election campaign was led by Mark Reed.", "His"),
    ],
)
def test_whom_his_means_may_stand_right_behind_it(line: str, unmet: str | None) -> None:
    a = read(line)
    found = dangling(a, range(len(a)), frozenset())
    assert (None if found is None else a.words.tokens[found]) == unmet


@pytest.mark.parametrize(
    ("line", "opener"),
    [
        ("Later, the agency called the race.", "The agency"),
        ("Later in the evening, police freed a man.", "Later in the evening"),
    ],
)
def test_a_line_leads_on_from_no_other(line: str, opener: str) -> None:
    a = read(line)
    people = People(parse(line))
    made = line_made_of(
        Choices(a, 20, 40), 1, people, frozenset({"race", "agency", "evening"}), frozenset(), BULLETS
    )
    assert made is None or made.text.startswith(opener)
