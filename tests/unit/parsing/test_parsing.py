"""Taking an article apart: what is the story, and what only stands around it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from corpus import SEEDS, TEXTS, articles
from hypothesis import given
from hypothesis import strategies as st

from summarize import Document, parse

BODY = (
    "The mayor of Leeds said on Monday that forty families had left their homes.",
    "The river rose by two metres in a night, and trains to York do not run.",
    "Insurers expect claims of ten million pounds, and the city has asked for help.",
)
POINTS = (
    "Forty families leave their homes",
    "River Aire rises by two metres",
    "Insurers expect claims of millions",
)


def lines(document: Document) -> list[str]:
    return [sentence.line for sentence in document.sentences]


def check_spans(document: Document) -> None:
    """Every promise about offsets, for one document."""
    last = 0
    for sentence in document.sentences:
        assert document.text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.start >= last
        last = sentence.end
    spans = sorted(
        [*document.sentences, *document.clutter, *document.headings], key=lambda s: (s.start, s.end)
    )
    for left, right in pairwise(spans):
        assert left.end <= right.start
    for span in spans:
        assert document.text[span.start : span.end] == span.text
    numbers = [sentence.paragraph for sentence in document.sentences]
    assert numbers == sorted(numbers)
    assert not numbers or set(numbers) == set(range(numbers[-1] + 1))


@pytest.fixture(scope="module")
def second_seed() -> Document:
    return parse(SEEDS[1])


def test_headings_of_the_second_seed(second_seed: Document) -> None:
    assert [heading.text for heading in second_seed.headings] == [
        "Sanctions on the Table",
        "Clashes and Justifications",
    ]
    assert not {"Sanctions on the Table", "Clashes and Justifications"} & set(lines(second_seed))


def test_clutter_of_the_second_seed(second_seed: Document) -> None:
    assert [span.text for span in second_seed.clutter] == ["ALSO READ TOP STORIES FROM VERILY NEWS"]


def test_reference_box_of_the_second_seed_is_split_off_and_never_leaks(second_seed: Document) -> None:
    assert second_seed.reference == (
        "President Trump is ramping up diplomatic pressure in an effort to end the Russia-Ukraine war, with a crucial call "
        "to President Putin scheduled.",
        "Despite his bold promises, progress has been limited, and the international community remains skeptical about the "
        "likelihood of a ceasefire anytime soon.",
    )
    assert len(second_seed.sentences) == 28
    story = " ".join(lines(second_seed))
    assert "ramping up" not in story
    assert "skeptical" not in story
    assert "should know" not in story


def test_first_seed_is_all_story() -> None:
    document = parse(SEEDS[0])
    assert document.clutter == document.headings == document.reference == ()
    assert document.title is None
    assert len(document.sentences) == 18
    assert document.sentences[1].line.endswith("and several NATO leaders.")


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_of_the_seeds(seed: str) -> None:
    check_spans(parse(seed))
    assert parse(seed).text == seed


@pytest.mark.parametrize(
    "name",
    ["What you should know", "KEY POINTS", "At a glance:", "Key takeaways", "What we know", "Highlights"],
)
@pytest.mark.parametrize("mark", ["- ", "• ", ""])
@pytest.mark.parametrize("place", ["top", "middle", "end"])
def test_a_box_with_a_heading_of_its_own(name: str, mark: str, place: str) -> None:
    if name == "What we know":
        name = "What we need to know"
    box = [name, *(f"{mark}{point}" for point in POINTS)]
    story = list(BODY)
    index = {"top": 0, "middle": 2, "end": 3}[place]
    parts = ["\n".join(story[:index]), "\n".join(box), "\n".join(story[index:])]
    document = parse("\n\n".join(part for part in parts if part))
    assert document.reference == POINTS
    assert lines(document) == list(BODY)


def test_a_heading_that_ran_into_the_story_is_no_part_of_a_sentence() -> None:
    text = (
        "Le pont Wilson a été fermé mardi.Deux rues également ferméesLa mairie attend des ingénieurs. "
        "La chaîne TikTokNews a filmé le pont."
    )
    document = parse(text, language="fr")
    assert [heading.text for heading in document.headings] == ["Deux rues également fermées"]
    assert [sentence.text for sentence in document.sentences] == [
        "Le pont Wilson a été fermé mardi.",
        "La mairie attend des ingénieurs.",
        "La chaîne TikTokNews a filmé le pont.",
    ]


def test_a_box_on_one_line_with_its_heading() -> None:
    document = parse("\n".join([*BODY, "At a glance: Forty families leave their homes. The river rises."]))
    assert document.reference == ("Forty families leave their homes.", "The river rises.")
    assert lines(document) == list(BODY)


def test_a_box_before_the_story_stops_where_the_story_begins() -> None:
    document = parse("\n".join(["Key points", *POINTS, "LEEDS, England (CNN) -- " + BODY[0], *BODY[1:]]))
    assert document.reference == POINTS
    assert lines(document) == list(BODY)


@pytest.mark.parametrize(
    "dateline",
    [
        "(CNN) ",
        "(CNN)",
        "(CNN) -- ",
        "LONDON, England (CNN) -- ",
        "MADRID, Spain -- ",
        "Moscow, March 3 (Reuters) - ",
        "WASHINGTON (AP) — ",
        "NEW YORK — ",
    ],
)
def test_datelines_are_clutter(dateline: str) -> None:
    document = parse(dateline + " ".join(BODY))
    assert lines(document) == list(BODY)
    assert [span.text.strip() for span in document.clutter] == [dateline.strip()]
    check_spans(document)


@pytest.mark.parametrize(
    "opening",
    [
        "The plan (see below) failed.",
        "Yes - it rained.",
        "BP said on Monday it would leave.",
        "Aa" * 300 + " fell.",
    ],
)
def test_what_only_looks_like_a_dateline_stays(opening: str) -> None:
    assert lines(parse(f"{opening} {BODY[0]}")) == [opening, BODY[0]]


@pytest.mark.parametrize(
    "byline",
    [
        "By . Associated Press . PUBLISHED: . 10:59 EST, 23 January 2014 . | . UPDATED: . 11:34 EST, 23 January 2014 . ",
        "By . Emma Glanfield . and Lizzie Edmonds . PUBLISHED: . 07:25 EST, 5 March 2014 . ",
        "PUBLISHED: . 13:04 EST, 9 May 2012 . | . UPDATED: . 01:19 EST, 10 May 2012 . ",
        "By . Daily Mail Reporter . Last updated at 3:14 PM on 26th January 2012 . ",
    ],
)
def test_daily_mail_bylines_are_clutter(byline: str) -> None:
    document = parse(byline + " ".join(BODY))
    assert lines(document) == list(BODY)
    check_spans(document)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "ALSO READ TOP STORIES FROM VERILY NEWS",
            "Read more: Flood in York",
            "Share this article",
            "Advertisement",
            "Follow us on Twitter",
        ),
        *(
            "Sign up for our newsletter",
            "Scroll down for video",
            "Click here to read the full story",
            "© 2024 The Leeds Post",
            "Related Articles",
        ),
        *(
            "Photo: John Smith / Reuters",
            "All rights reserved.",
            "By John Smith",
            "By JANE DOE and John Smith, Crime Reporter",
            "https://example.org/story",
            "Updated: 5 May 2020",
        ),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 3])
def test_share_and_newsletter_lines_are_clutter(line: str, place: int) -> None:
    story = list(BODY)
    story.insert(place, line)
    document = parse("\n".join(story))
    assert lines(document) == list(BODY)
    assert [span.text for span in document.clutter] == [line]


@pytest.mark.parametrize(
    "sentence",
    [
        *(
            "Share prices fell by a tenth on Monday.",
            "Read the letter twice, the judge told him.",
            "Follow-up talks are due in May.",
        ),
        *(
            "Related crimes rose too, police said.",
            "Get out, he shouted to the children.",
            "Photo albums were burnt in the fire.",
        ),
        *(
            "Advertisements for tobacco are banned in France.",
            "Comment is free, the editor wrote.",
            "Updated rules come into force in June.",
        ),
        *("Facebook hired a critic as manager of its privacy policy.", "By Monday the river had risen."),
    ],
)
def test_sentences_that_only_begin_like_clutter_stay(sentence: str) -> None:
    assert sentence in lines(parse("\n".join([BODY[0], sentence, *BODY[1:]])))


def test_a_line_that_begins_with_clutter_keeps_its_story() -> None:
    assert lines(parse("Scroll down for video. " + " ".join(BODY))) == list(BODY)


def test_a_paragraph_of_nothing_but_clutter_has_no_number() -> None:
    clutter = "Scroll down for video. Share this article."
    document = parse(f"{BODY[0]}\n{clutter}\n{BODY[1]}")
    assert lines(document) == list(BODY[:2])
    assert [sentence.paragraph for sentence in document.sentences] == [0, 1]


def test_all_of_a_newsletter_line_is_clutter() -> None:
    assert lines(
        parse(
            "\n".join([*BODY, "Sign up for our newsletter. Explore the universe with news on discoveries."])
        )
    ) == list(BODY)


def test_title_is_found_and_not_summarized() -> None:
    document = parse("Forty families flee flood in Leeds\n\n" + "\n\n".join(BODY))
    assert document.title == "Forty families flee flood in Leeds"
    assert lines(document) == list(BODY)


def test_a_title_known_from_elsewhere_is_not_repeated_in_the_story() -> None:
    document = parse("Forty families FLEE flood\n" + "\n".join(BODY), title="Forty families flee flood")
    assert document.title == "Forty families flee flood"
    assert lines(document) == list(BODY)


def test_a_first_sentence_is_no_title() -> None:
    assert parse("\n".join(BODY)).title is None


def test_lines_without_any_prose_are_the_story() -> None:
    assert lines(parse("River rises\nTrains stop\nSchools close")) == [
        "River rises",
        "Trains stop",
        "Schools close",
    ]


def test_hard_wrapped_sentences_keep_offsets_and_show_on_one_line() -> None:
    import textwrap

    text = textwrap.fill(" ".join(BODY), 72).replace("\n", "\r\n")
    document = parse(text)
    assert lines(document) == list(BODY)
    assert "\r\n" in "".join(sentence.text for sentence in document.sentences)
    check_spans(document)


def test_language_can_be_told() -> None:
    assert parse(BODY[0]).language == "en"
    assert parse(BODY[0], language="de").language == "de"


def test_source_is_kept() -> None:
    assert parse(BODY[0], source="a.txt").source == "a.txt"


@given(TEXTS, st.one_of(st.none(), st.text(max_size=20)))
def test_offsets_are_exact_for_any_text(text: str, title: str | None) -> None:
    document = parse(text, title=title)
    assert document.text == text
    check_spans(document)


@pytest.mark.parametrize("name", ["cnndm_train", "xsum_train", "wikinews", "dailymail_train"])
def test_offsets_are_exact_on_real_articles(name: str) -> None:
    for article in articles(name, 100):
        document = parse(article)
        check_spans(document)
        assert document.sentences
        assert not any("PUBLISHED:" in line for line in lines(document)[:1])


def test_a_first_paragraph_that_ends_with_a_caption_is_no_standfirst() -> None:
    document = parse(
        "Leeds flood: what happened on Monday night\n"
        "Forty families leave their homes as the river Aire rises by two metres\n\n"
        "By Jane Doe, Environment correspondent\n\n"
        "The river Aire rose by two metres on Monday night, and forty families left their homes in Leeds. "
        "Scar Booth, which I tested out myself (pictured)\n\n"
        "The council closed the bridge at Kirkstall until Wednesday. Trains to York stand still.\n\n"
        "The mayor said that the city had asked the government for ten million pounds for the repairs."
    )
    assert document.sentences[0].text.startswith("The river Aire rose")
    assert not any(
        word in s.text for s in document.sentences for word in ("Forty families leave", "Jane Doe")
    )
