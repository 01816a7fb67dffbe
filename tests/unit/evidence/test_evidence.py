"""What checking tells of a line: its sentences, its flags, its score; on written articles, no data needed."""

from __future__ import annotations

import random

import pytest
from corpus import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import load, parse
from summarize.brief import Flag, Line
from summarize.document import Document
from summarize.evidence import Answer, align, attach, check, tally
from summarize.evidence.check import answer
from summarize.evidence.score import combine, shipped

ARTICLE = """\
The city council of Leeds agreed on Tuesday to spend £2.4m on repairing 48.7 miles of road. Mayor Anna Holt, \
who was elected in 2019, called the plan "a promise kept to every driver in this city" at a meeting in the \
town hall.

Opposition leader Tom Reyes did not agree to the plan. Reyes criticised Holt for ignoring cyclists, and said \
1,000 people had signed his petition. Work begins at 10:30 a.m. on 3 March and should take about six weeks. \
Police said nobody was hurt when a blue van hit a barrier on Monday. Thousands of drivers used the old road \
every day, 35 per cent of them from outside the city. British officials had warned of delays.
"""


@pytest.fixture(scope="module")
def article() -> Document:
    return parse(ARTICLE, language="en")


def flagged(line: str, article: Document) -> list[tuple[str, str]]:
    """Return (kind, words) of the flags of a line."""
    (found,) = attach([line], article)
    return [(flag.kind, line[flag.start : flag.end]) for flag in found.flags]


@pytest.mark.parametrize(
    "line",
    [
        "Leeds agreed to spend 2.4 million pounds on roads.",
        "Nearly 50 miles of road will be repaired.",
        "About 49 miles of road will be repaired.",
        "One thousand people signed a petition.",
        "Work begins at 10.30am on March 3.",
        "The work will last six weeks.",
        "The work will last 6 weeks.",
        "Some 35% of drivers come from outside.",
        "More than 1,000 people signed, Reyes said.",
        "Holt was elected in 2019.",
        "The work should take around a half dozen weeks.",
    ],
)
def test_supported_numbers_are_not_flagged(line: str, article: Document) -> None:
    assert [kind for kind, _ in flagged(line, article) if kind == "number"] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Leeds agreed to spend £2.6m on roads.", "2.6m"),
        ("Nearly 60 miles of road will be repaired.", "60"),
        ("Two thousand people signed a petition.", "Two thousand"),
        ("Work begins at 11:30 a.m.", "11:30 a.m."),
        ("The work will last eight weeks.", "eight"),
        ("Holt was elected in 2017.", "2017"),
        ("Some £35 was paid by drivers.", "35"),
        ("Millions of drivers used the road.", "Millions"),
    ],
)
def test_other_numbers_are_flagged_where_they_stand(line: str, words: str, article: Document) -> None:
    assert ("number", words) in flagged(line, article)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Holt praised the council of Leeds.", []),
        ("Mayor Holt praised the council.", []),
        ("In a speech Maria Lopez praised the council of Leeds.", ["Maria Lopez"]),
        ("The council of Bradford agreed to it.", ["Bradford"]),
        ("The van hit a barrier on Friday.", ["Friday"]),
        ("the van hit a barrier on friday.", ["friday"]),
        ("The U.K. had warned of delays.", []),
        ("French officials had warned of delays.", ["French"]),
        ("At the town hall Ana Holt spoke.", ["Ana"]),
    ],
)
def test_names(line: str, names: list[str], article: Document) -> None:
    assert [words for kind, words in flagged(line, article) if kind == "name"] == names


def test_initials_and_near_spellings_bear_a_name_out() -> None:
    document = parse(
        "The European Central Bank met President Zelenskyy in Frankfurt on Monday.", language="en"
    )
    assert flagged("On Monday the ECB met Zelensky.", document) == []
    assert ("name", "IMF") in flagged("On Monday the IMF met Zelensky.", document)


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ('Holt called it "a promise kept".', []),
        ("Holt called it “a promise kept to every driver in the city”.", []),
        ('Holt called it "a promise … to every driver in this city".', []),
        ('Holt called it "a triumph of planning".', ["a triumph of planning"]),
        ("Reyes's petition and the drivers' road are old.", []),
    ],
)
def test_quotations(line: str, flags: list[str], article: Document) -> None:
    assert [words for kind, words in flagged(line, article) if kind == "quote"] == flags


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("The pool is 18m long.", []),
        ("The pool is 19m long.", ["number"]),
        ("“I did not know,” he said.", []),
        ("“I did know,” he said.", ["quote"]),
    ],
)
def test_other_spellings_are_no_flag(line: str, kinds: list[str]) -> None:
    document = parse("The pool is 18 metres long, and deep. He said: “I didn't know.”", language="en")
    assert [kind for kind, _ in flagged(line, document) if kind != "negation"] == kinds


def test_a_contradiction_is_never_supported() -> None:
    document = parse("The court ruled that she is not allowed Internet access in the prison.", language="en")
    verdict = check("She is allowed Internet access.", document)
    assert [flag.kind for flag in verdict.flags] == ["negation"]
    assert verdict.answer is Answer.UNSUPPORTED and not verdict.faithful


@pytest.mark.parametrize(
    ("score", "kinds", "said"),
    [
        (0.99, (), Answer.SUPPORTED),
        (0.99, ("name",), Answer.UNSURE),
        (0.99, ("word",), Answer.UNSUPPORTED),
        (shipped().threshold, (), Answer.UNSURE),
        (shipped().threshold - 0.01, (), Answer.UNSUPPORTED),
    ],
)
def test_the_three_answers(score: float, kinds: tuple[str, ...], said: Answer) -> None:
    assert answer(score, [Flag(0, 1, kind) for kind in kinds]) is said


def test_a_flag_knows_its_nearest_sentence(article: Document) -> None:
    (line,) = attach(["Work begins at 11:30 a.m. on 3 March."], article)
    assert line.flags[0].sentence is not None
    assert "10:30" in article.sentences[line.flags[0].sentence].text


def test_evidence_is_the_sentences_that_bear_a_line_out(article: Document) -> None:
    evidence = align("Reyes, whose petition 1,000 signed, leads the opposition to Holt, the mayor.", article)
    assert 1 < len(evidence) <= 3
    assert [found.score for found in evidence] == sorted((found.score for found in evidence), reverse=True)
    assert "1,000 people" in article.text[evidence[0].start : evidence[0].end]
    for found in evidence:
        assert article.sentences[found.sentence].start == found.start
        assert article.sentences[found.sentence].end == found.end
        assert 0 < found.score <= 1


def test_a_second_sentence_must_add_support(article: Document) -> None:
    (found,) = align("Police said nobody was hurt when a blue van hit a barrier.", article)
    assert found.score == 1.0


def test_nothing_in_common_is_no_evidence(article: Document) -> None:
    assert align("Quantum chromodynamics explains hadron confinement.", article) == ()


@pytest.mark.parametrize("index", range(7))
def test_copies_are_supported_by_their_sentence(index: int, article: Document) -> None:
    line = article.sentences[index].line
    verdict = check(line, article)
    assert verdict.faithful
    assert not verdict.flags
    assert verdict.lines[0].evidence[0].sentence == index
    assert verdict.lines[0].evidence[0].score == 1.0


def test_a_line_with_words_left_out_has_no_flag_unless_a_negation_goes(article: Document) -> None:
    assert flagged("Council agreed to spend £2.4m on repairing miles of road.", article) == []
    assert flagged("Opposition leader Tom Reyes did agree to the plan.", article) == [("negation", "agree")]


def test_worse_lines_score_lower(article: Document) -> None:
    lines = [
        "Anna Holt called the plan a promise kept.",
        "Anna Holt called the plan a promise broken in 2015.",
        "Boris Lamb vetoed the plan in 2015 over 900 protests in Wakefield.",
    ]
    scores = [check(line, article).score for line in lines]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > shipped().threshold > scores[2]


def test_a_summary_is_judged_by_its_sentences(article: Document) -> None:
    verdict = check("Reyes criticised Holt.\nWork begins on 3 March. It costs £9m.", article)
    assert [line.text for line in verdict.lines] == [
        "Reyes criticised Holt.",
        "Work begins on 3 March.",
        "It costs £9m.",
    ]
    assert verdict.score == combine([line.score for line in verdict.lines])
    assert not verdict.notes


def test_other_languages_say_what_is_checked() -> None:
    document = parse(
        "Der Rat von Köln gab am Montag 2,4 Millionen Euro frei. „Das ist gut“, sagte Anna Kurz.",
        language="de",
    )
    verdict = check("Berlin gab 9 Millionen frei. „Das ist schlecht“, sagte Kurz nicht.", document)
    assert {flag.kind for flag in verdict.flags} == {"number", "quote", "negation"}
    assert "language de: only numbers, quotations, names and negation" in verdict.notes[0]
    assert not check("„Das ist gut“, sagte Anna Kurz.", document).flags


ABROAD = {
    "de": "Der Fluss ist am Montag um zwei Meter gestiegen. Verletzt wurde niemand. Der Bürgermeister sagte, die "
    "Stadt habe die Regierung nicht um Hilfe gebeten. Kanzler Olaf Scholz besuchte Leeds.",
    "fr": "Le maire de Lyon, Grégory Doucet, n’a pas demandé l’aide du gouvernement. La rivière est montée de deux "
    "mètres lundi.",
    "es": "El alcalde de Sevilla no pidió ayuda al Gobierno. El río subió dos metros el lunes en Sevilla.",
    "it": "Il sindaco di Roma non ha chiesto aiuto al governo. Il fiume è salito di due metri lunedì.",
    "pt": "O prefeito do Rio não pediu ajuda ao governo. O rio subiu dois metros na segunda-feira.",
    "nl": "De burgemeester heeft de regering niet om hulp gevraagd. De rivier steeg maandag in Leiden.",
    "pl": "Prezydent Andrzej Duda nie podpisał ustawy w poniedziałek. Sejm uchwalił ją w marcu.",
    "tr": "Belediye başkanı Ali Kaya istifa etmedi. Nehir suyu temiz değil ama pazartesi yükseldi.",
    "zh": "北京市政府星期一宣布，全市所有中小学停课三天。目前没有人员伤亡的报告。市长表示，学校不会关闭。",
    "ja": "日本政府は月曜日、支援を行うと発表した。首相は辞任しない。",
    "ru": "Президент Владимир Зеленский прибыл в Киев в понедельник.",
}


@pytest.mark.parametrize(
    ("language", "line", "kinds"),
    [
        ("de", "Die Stadt hat die Regierung um Hilfe gebeten.", ["negation"]),
        ("de", "Der Fluss ist nicht gestiegen.", ["negation"]),
        ("de", "Kanzler Friedrich Merz besuchte Leeds.", ["name"]),
        ("de", "Olaf Scholz besuchte Leeds.", []),
        ("fr", "Le maire de Lyon a demandé l’aide du gouvernement.", ["negation"]),
        ("fr", "Le maire de Paris, Grégory Doucet, n’a pas demandé l’aide du gouvernement.", ["name"]),
        ("fr", "Le maire n’a pas demandé l’aide du gouvernement.", []),
        ("es", "El alcalde pidió ayuda al Gobierno.", ["negation"]),
        ("es", "El río subió dos metros en Málaga.", ["name"]),
        ("it", "Il sindaco di Roma ha chiesto aiuto al governo.", ["negation"]),
        ("it", "Il fiume non è salito di due metri.", ["negation"]),
        ("pt", "O prefeito pediu ajuda ao governo.", ["negation"]),
        ("nl", "De burgemeester heeft de regering om hulp gevraagd.", ["negation"]),
        ("nl", "De rivier steeg maandag in Utrecht.", ["name"]),
        ("pl", "Prezydent podpisał ustawę w poniedziałek.", ["negation"]),
        ("pl", "Prezydent Donald Tusk nie podpisał ustawy.", ["name"]),
        ("pl", "Sejm uchwalił ją w marcu.", []),
        ("tr", "Nehir suyu temiz.", ["negation"]),
        ("tr", "Belediye başkanı Can Demir istifa etmedi.", ["name"]),
        ("zh", "市长表示，学校会关闭。", ["negation"]),
        ("zh", "目前有人员伤亡的报告。", ["negation"]),
        ("zh", "全市所有中小学停课三天。", []),
        ("ja", "首相は辞任する。", ["negation"]),
        ("ja", "日本政府は支援を行わない。", ["negation"]),
        ("ru", "Президент Джо Байден прибыл в Киев.", ["name"]),
    ],
)
def test_names_and_negation_are_checked_in_other_languages(
    language: str, line: str, kinds: list[str]
) -> None:
    flags = check(line, parse(ABROAD[language], language=language)).flags
    assert sorted({flag.kind for flag in flags}) == kinds


def test_no_line_of_our_own_is_flagged_in_french() -> None:
    documents = [parse(row["article"], language="fr") for row in rows("orangesum_fr_summary", 60)]
    briefs = load("textrank").brief(documents)
    lines = [line for brief in briefs for line in (brief.headline, *brief.bullets, *brief.wysk) if line]
    assert len(lines) > 200
    assert [line.text for line in lines if line.flags] == []


def test_nothing_to_check_and_nothing_to_check_against(article: Document) -> None:
    assert check("", article).lines == ()
    assert check("", article).score == 1.0
    empty = parse("", language="en")
    verdict = check("Reyes criticised Holt in 2015.", empty)
    assert not verdict.faithful
    assert verdict.lines[0].evidence == ()


def test_facts_of_title_and_clutter_count_as_the_sources() -> None:
    document = parse(
        "LONDON (Reuters) - Rain fell on Monday.", title="Storm Eunice floods Leeds", language="en"
    )
    assert flagged("In London rain from Eunice flooded Leeds.", document) == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_checked(summary: str, source: str) -> None:
    document = parse(source, language="en")
    verdict = check(summary, document)
    assert 0.0 <= verdict.score <= 1.0
    for line in verdict.lines:
        assert all(0 <= flag.start < flag.end <= len(line.text) for flag in line.flags)
        assert all(found.sentence < len(document.sentences) for found in line.evidence)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(ARTICLE.split()), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_spans_never_overlap(words: list[str], chance: random.Random) -> None:
    document = parse(ARTICLE, language="en")
    words = [*words, "2,000", "Lopez", "never"]
    chance.shuffle(words)
    (line,) = attach([" ".join(words)], document)
    assert isinstance(line, Line)
    ends = [0, *(flag.end for flag in line.flags)]
    assert all(flag.start >= end for flag, end in zip(line.flags, ends, strict=False))


def test_an_aside_left_out_of_a_quotation_is_no_flag() -> None:
    document = parse(
        'Lee said: "The bridge -- built by my father, who loved it -- will stand for a century." He left.',
        language="en",
    )
    assert flagged('Lee said: "The bridge will stand for a century."', document) == []
    assert flagged('Lee said: "The bridge will fall in a century."', document) != []


def test_the_country_is_not_the_pronoun() -> None:
    document = parse("They told us on Monday that the vote was over.", language="en")
    assert flagged("On Monday the US said the vote was over.", document) == [("name", "US")]
    document = parse("American officials said on Monday that the vote was over.", language="en")
    assert flagged("On Monday the US said the vote was over.", document) == []


def test_a_long_summary_is_not_sunk_by_its_length_alone() -> None:
    assert combine([0.8] * 9) == pytest.approx(0.8**3)
    assert combine([0.9, 0.2]) < combine([0.9, 0.9])


@pytest.mark.parametrize(
    ("exact", "line", "supported"),
    [
        ("48.7", "49", True),
        ("48.7", "50", False),
        ("1,234,567", "1.2 million", True),
        ("2,023", "2,020", False),
    ],
)
def test_rounding(exact: str, line: str, supported: bool) -> None:
    document = parse(f"There were {exact} units in the city at the last count.", language="en")
    assert (flagged(f"The city has {line} units.", document) == []) is supported


def test_many_lines_are_tallied(article: Document) -> None:
    counted = tally(attach(["Leeds agreed to spend £9m.", "Reyes criticised Holt."], article))
    assert counted.lines == 2
    assert counted.flags_per_100 == 50.0
    assert 0.5 < counted.mean_support <= 1.0
    assert tally([]).mean_support == 0.0
    lines = attach(["Leeds agreed to spend £9m.", "Reyes criticised Holt."], article)
    assert tally(lines[:1]) + tally(lines[1:]) == counted


@pytest.mark.parametrize("part", ["'abcdef", "``a", "1 ", "Abc ", "a'"])
def test_odd_lines_of_great_length_come_back(part: str, article: Document) -> None:
    (line,) = attach([part * 4000], article)
    assert all(flag.end <= len(line.text) for flag in line.flags)
