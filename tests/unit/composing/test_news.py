"""news: what may never be lost, whom a line introduces, what no editor prints, and what the box is made of."""

from __future__ import annotations

import re

import numpy as np
import pytest
from analysed import read
from corpus import SEEDS, articles
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize import load, parse, summarize
from summarize.composing.news.cutting.clauses import clauses
from summarize.composing.news.cutting.compressor import Compressor
from summarize.composing.news.cutting.constituents import removable
from summarize.composing.news.cutting.joints import spoken
from summarize.composing.news.gates import is_printable
from summarize.composing.news.headlines import drafts, worths
from summarize.composing.news.learned import cue_words
from summarize.composing.news.learned.trees import Trees
from summarize.composing.news.naming.introductions import introduce
from summarize.composing.news.naming.people import People
from summarize.composing.news.quotes import quotation
from summarize.encoder import analyse
from summarize.encoder.analysis import as_tree, with_conjunctions, with_initials, with_subject
from summarize.encoder.wordpiece import pieces, shape
from summarize.errors import OptionError
from summarize.style import HEADLINE


def shortest(line: str) -> list[str]:
    """Every line that the search allows, whatever the words are worth: all that may go is gone."""
    a = read(line)
    search = Compressor(a, [-20.0] * len(a), headline=True)
    kept = [
        [i for i in range(len(a)) if found.kept >> i & 1] for found in search.compressions(a.root, len(a))
    ]
    return [spoken(a, words, {}).lower() for words in kept]


# A sentence, and a word that none of its compressions may lose.
VITAL = [
    ("The minister did not resign after the vote in parliament on Monday.", "not"),
    ("Police never charged the former mayor with theft in Leeds.", "never"),
    ("The company may close its factory in Ohio next year.", "may"),
    ("The alleged killer was arrested in Manchester on Tuesday.", "alleged"),
    ("The banker reportedly left the country on Friday.", "reportedly"),
    ("The trial will go ahead unless the judge falls ill.", "unless"),
    ("The rebels will lay down their arms if the army leaves the city.", "if"),
    ("At least 20 people died in the crash near Lima.", "20"),
    ("Shares in the bank fell by five per cent in London.", "fell"),
    ("Former president Jimmy Carter visited Cuba on Sunday.", "carter"),
    ("She is the first woman to lead the party.", "first"),
    ("The driver was accused of theft by the police in Ohio.", "theft"),
    ("Unions called for a strike at the port of Dover.", "strike"),
]


@pytest.mark.parametrize(("line", "word"), VITAL, ids=[line[:30] for line, _ in VITAL])
def test_what_may_never_be_lost(line: str, word: str) -> None:
    found = shortest(line)
    assert found
    assert all(re.search(rf"\b{word}\b", text) for text in found)


# A sentence, and a headline that is among those it allows.
ALLOWED = [
    (
        "The daughter of the late singer Whitney Houston has been moved to a rehabilitation facility, a source "
        "close to the family said Friday.",
        "Daughter of late singer Whitney Houston moved to rehabilitation facility, source says",
    ),
    (
        "A group of foreign medical students are thought to have traveled to Syria, a Turkish lawmaker told CNN "
        "Sunday.",
        "Group of students thought to have traveled to Syria, lawmaker says",
    ),
    (
        "Leeds owner Massimo Cellino has claimed that Red Bull have launched a bid to buy the Championship club.",
        "Massimo Cellino claims Red Bull have launched bid to buy Championship club",
    ),
    (
        "A serial killer in Canada has pleaded guilty to killing eight men, most of whom were linked to Toronto.",
        "Serial killer in Canada admits killing eight men",
    ),
    (
        "Tropical Depression Three formed over the Bahamas on Monday.",
        "Tropical Depression Three forms over Bahamas",
    ),
    (
        "On Thursday, Francis D'Souza, previously the Deputy Chief Minister of the state of Goa, died.",
        "Francis D'Souza, previously Deputy Chief Minister of Goa, dies",
    ),
]


@pytest.mark.parametrize(("line", "headline"), ALLOWED, ids=[line[:30] for line, _ in ALLOWED])
def test_a_headline_that_a_sentence_allows(line: str, headline: str) -> None:
    a = read(line)
    assert headline in [draft.text for draft in drafts(a, 0, [0.5] * len(a))]


# A sentence, and an end that none of its headlines may have.
UNFINISHED = [
    ("Thames Valley Police arrested a second man in connection with the theft of a toilet.", "connection"),
    ("The former vice president was projected to win the election in November.", "projected"),
    ("The legislature voted 66 to 27 to legalize same-sex marriage.", "66"),
    ("The man suspected of killing a marshal has died in Baton Rouge.", "Man dies"),
    (
        "Doctors said men with very low levels should be considered for the therapy.",
        "men should be considered",
    ),
]


@pytest.mark.parametrize(("line", "end"), UNFINISHED, ids=[line[:30] for line, _ in UNFINISHED])
def test_no_headline_ends_before_its_sense_is_complete(line: str, end: str) -> None:
    a = read(line)
    assert not [d.text for d in drafts(a, 0, [-3.0] * len(a)) if d.text.lower().endswith(end.lower())]


# A sentence, and what a bullet made of it must keep and may lose.
BULLETS = [
    (
        "Police arrested a man, a cook from Leeds, after a fight on Monday.",
        "arrested a man",
        "a cook from Leeds",
    ),
    (
        "The goal eased the club out of the relegation zone on Sunday.",
        "out of the relegation zone",
        "on Sunday",
    ),
    ("Fourteen native Spanish-speaking players are due to be involved.", "Spanish-speaking", ""),
    ("He has started to make up for the five years he lost in prison.", "he lost in prison", ""),
]


@pytest.mark.parametrize(("line", "kept", "gone"), BULLETS, ids=[line[:30] for line, _, _ in BULLETS])
def test_a_bullet_loses_what_leaves_no_hole(line: str, kept: str, gone: str) -> None:
    a = read(line)
    search = Compressor(a, [-20.0] * len(a))
    words = [[i for i in range(len(a)) if c.kept >> i & 1] for c in search.compressions(a.root, len(a))]
    shorter = [spoken(a, one, {}) for one in words]
    assert shorter and all(kept in text for text in shorter)
    assert not gone or any(gone not in text for text in shorter)


def test_who_is_quoted_makes_a_headline_where_nothing_else_does() -> None:
    line = 'Former captain Sourav Ganguly said, "It has been complete domination and it is good to see it."'
    assert quotation(read(line)) == 'Sourav Ganguly: "It has been complete domination"'
    assert quotation(read("The river rose on Monday.")) is None


def test_an_initial_belongs_to_its_name() -> None:
    a = read("Taraji P. Henson is apologizing for claiming her son was profiled.")
    assert [" ".join(a.words.tokens[n.start : n.end]) for n in a.names if n.kind == "PER"] == [
        "Taraji P . Henson"
    ]


def test_heads_stay_a_tree_whatever_is_fixed() -> None:
    # The surname hangs below its initial: turning them round would close a circle.
    heads, relations = with_initials([1, -1, 1, 0], ["dep", "ROOT", "punct", "dep"], ["A", "P", ".", "Lee"])
    assert heads == [1, -1, 1, 0] and relations[0] == "dep"
    assert with_conjunctions([1, -1, 3, 1], ["nsubj", "ROOT", "cc", "conj"])[0] == [1, -1, 1, 1]


def test_what_hangs_on_one_word_twice_is_joined_by_the_and_between() -> None:
    # "found at Leeds and at York"
    relations = ["ROOT", "prep", "pobj", "cc", "prep", "pobj"]
    heads, fixed = with_conjunctions([-1, 0, 1, 0, 0, 4], relations)
    assert heads == [-1, 0, 1, 1, 1, 4] and fixed == ["ROOT", "prep", "pobj", "cc", "conj", "pobj"]
    # "found it at Leeds and was glad": nothing of one kind on both sides.
    apart = ["ROOT", "dobj", "prep", "pobj", "cc", "advcl"]
    assert with_conjunctions([-1, 0, 0, 2, 0, 0], apart) == ([-1, 0, 0, 2, 0, 0], apart)


def test_the_noun_before_a_subjectless_verb_is_its_subject() -> None:
    # "In Ferguson, police took over": the encoder took the police for one more place.
    tokens, tags = ["In", "Ferguson", ",", "police", "took", "over"], ["IN", "NNP", ",", "NNS", "VBD", "RP"]
    relations = ["prep", "pobj", "punct", "conj", "ROOT", "prt"]
    heads, fixed = with_subject([4, 0, 1, 1, -1, 4], relations, tags, tokens)
    assert heads == [4, 0, 1, 4, -1, 4] and fixed[3] == "nsubj"
    # "A GP who fell has died": the encoder took the GP for a root of its own.
    nouns = with_subject(
        [1, 4, 3, 1, -1], ["det", "ROOT", "nsubj", "relcl", "ROOT"], ["DT", "NN", "WP", "VBD", "VBD"], tokens
    )
    assert nouns[1][1] == "nsubj"
    # Without the comma it is one more place indeed: "Leeds and York took part".
    same = with_subject([4, 0, 1, 1, -1, 4], relations, tags, ["In", "Leeds", "and", "York", "took", "part"])
    assert same[0] == [4, 0, 1, 1, -1, 4]


def test_a_line_reads_the_same_in_any_company() -> None:
    line = "With tensions running high in Ferguson, Missouri, state police took over security on Thursday."
    others = [
        "Rain fell in Leeds.",
        "The council said on Friday that it would close two of its nine schools.",
    ]
    alone, among = analyse([line])[0], analyse([*others, line])[-1]
    assert alone is not None and among is not None
    assert (alone.heads, alone.keep, alone.news) == (among.heads, among.keep, among.news)


# A sentence, and a stretch that may go.
OPTIONAL = [
    ("Police arrested a man in Leeds on Monday.", "on Monday"),
    ("Angela Merkel, who led Germany for 16 years, retired in December.", "who led Germany for 16 years"),
    ("The ferry sank off the coast, killing nine people.", "killing nine people"),
    ("The court, the highest in the land, rejected the appeal.", "the highest in the land"),
]


@pytest.mark.parametrize(("line", "gone"), OPTIONAL, ids=[line[:30] for line, _ in OPTIONAL])
def test_what_may_go(line: str, gone: str) -> None:
    a = read(line)
    prices = removable(a)
    stretches = [
        spoken(a, [i for i in range(len(a)) if a.subtree[word] >> i & 1], {}).strip(" ,") for word in prices
    ]
    assert gone in stretches


def test_the_search_keeps_the_budget_and_the_subject() -> None:
    a = read(
        "The prime minister of Japan said on Thursday that the government would spend 200 billion yen on new ferries."
    )
    for most in range(2, len(a)):
        for found in Compressor(a, [0.0] * len(a)).compressions(a.root, most):
            assert found.words <= most
            assert found.kept >> a.root & 1


CLAIMS = [
    ("Police said two men had been arrested in Leeds.", "two men had been arrested"),
    ("Smith said the government had lied about the war.", None),
    ("Police say Smith stabbed his neighbour in Ohio.", None),
    ("The minister denied that the bank had failed.", None),
]


@pytest.mark.parametrize(("line", "alone"), CLAIMS, ids=[line[:30] for line, _ in CLAIMS])
def test_a_claim_keeps_its_source(line: str, alone: str | None) -> None:
    a = read(line)
    below = [clause for clause in clauses(a) if clause.root != a.root]
    texts = [spoken(a, [i for i in range(len(a)) if a.subtree[c.root] >> i & 1], {}) for c in below]
    assert any(alone in text for text in texts) if alone else not texts


HEADLINES = [
    ("Police arrested a man in Leeds on Monday.", "Police arrest man in Leeds"),
    ("The European Union will ban the sale of new petrol cars from 2035.", "EU to ban"),
    (
        "Two databases containing user data from Facebook were found on web servers.",
        "Two databases containing",
    ),
]


@pytest.mark.parametrize(("line", "start"), HEADLINES, ids=[line[:30] for line, _ in HEADLINES])
def test_headlines_are_in_the_style_of_headlines(line: str, start: str) -> None:
    a = read(line)
    found = [draft.text for draft in drafts(a, 0, worths(a, {}))]
    assert any(text.startswith(start) for text in found)
    assert all(HEADLINE.admits([text]) for text in found)


STORY = (
    "Dana Whitfield, the mayor of Pellworth, resigned on Monday. Whitfield had led the town for nine years. "
    "She will leave in June. The town elects a new mayor in May."
)


def introduced(index: int) -> tuple[str, tuple[int, ...]] | None:
    document = parse(STORY)
    a = read(document.sentences[index].line)
    found = introduce(a, range(len(a)), index, People(document, {"Dana", "Whitfield"}), frozenset())
    return (spoken(a, range(len(a)), found.replaced), found.evidence) if found else None


def test_a_surname_is_given_its_full_name_with_the_sentence_that_has_it() -> None:
    assert introduced(1) == ("Dana Whitfield had led the town for nine years", (0,))


def test_a_surname_before_a_noun_is_left_alone() -> None:
    document = parse("Ang Dorji Sherpa led the climb in May. The team lost 16 Sherpa guides in an avalanche.")
    a = read(document.sentences[1].line)
    found = introduce(a, range(len(a)), 1, People(document, {"Ang", "Dorji", "Sherpa"}), frozenset({"team"}))
    assert found is None or not found.replaced


def test_a_pronoun_is_resolved_where_one_person_can_be_meant() -> None:
    found = introduced(2)
    assert found is not None
    assert found[0].startswith("Dana Whitfield will leave")


@pytest.mark.parametrize(
    "line",
    [
        "The group left the city.", "They were arrested.", "This was denied.", "The 38-year-old was freed.",
        "Both received prison terms.", "Others fled to Spain.", "Within a year, troops had taken the region.",
        "Less than an hour later, police found a car.", "Second, the cuts hit schools.",
        "Ann Lee said beetles mimic this powerful weapon.", "Tales of such journeys were common.",
    ],
)  # fmt: skip
def test_a_reference_that_cannot_be_told_is_refused(line: str) -> None:
    document = parse(f"Anna Berg and Olga Lind met Petra Holm in Oslo. {line}")
    a = read(line)
    assert introduce(a, range(len(a)), 1, People(document), frozenset()) is None


@pytest.mark.parametrize(
    "line", ["Some 200 people marched.", "It is unclear who won.", "The leader of the group left.", "Police freed a man who said he was lost.",
     "Both men were fined.", "One in five Britons smokes.", "Later this year, Ann Lee will open a shop.",
     "Ann Lee sold goods such as books.", "Police helped those affected by floods.", "Ann Lee wrote books and sold these books."]
)  # fmt: skip
def test_what_only_looks_like_a_reference_is_kept(line: str) -> None:
    a = read(line)
    assert introduce(a, range(len(a)), 0, People(parse(line)), frozenset()) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Smith (pictured) left the court.", "Scroll down for video of the crash.", "What happens next?", "We drove to Leeds.",
        "You can vote on Monday.", "Tragedy: Louise Shepherd was hiking.", "He said “yes.", "Apple has made the date of.",
        "John Smith is a reporter for the Post.", "“It is over.”", "Sir Alec Holm, Bt.",
    ],
)  # fmt: skip
def test_what_no_editor_prints(line: str) -> None:
    assert not is_printable(line)


@pytest.mark.parametrize(
    "line", ["Police arrested a man.", "“We won,” said Smith.", "The U.S. Army left Kabul."]
)
def test_what_an_editor_prints(line: str) -> None:
    assert is_printable(line)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_box_takes_no_sentence_of_a_bullet_and_keeps_the_order(seed: str) -> None:
    brief = summarize(seed)
    used = {line.evidence[0].sentence for line in brief.bullets}
    box = [line.evidence[0].sentence for line in brief.wysk]
    assert len(brief.bullets) == 3
    assert len(box) == 2
    assert used.isdisjoint(box)
    assert box == sorted(box)


@pytest.mark.slow
def test_real_articles_keep_the_promises_of_the_box() -> None:
    briefs = load().brief([parse(article) for article in articles("cnndm_train", 25)])
    for brief in briefs:
        box = [line.evidence[0].sentence for line in brief.wysk]
        assert box == sorted(box)
        assert {line.evidence[0].sentence for line in brief.bullets}.isdisjoint(box)
        assert brief.headline
        assert all(is_printable(line.text) for line in (*brief.bullets, *brief.wysk))
        assert len(brief.wysk) > 1 or any("for the box" in note for note in brief.notes)


def test_a_short_article_has_a_short_box_and_says_so() -> None:
    brief = summarize(STORY)
    assert len(brief.wysk) <= 1
    assert any("for the box: the article is short" in note for note in brief.notes)


def test_bullet_words_is_what_a_bullet_aims_at() -> None:
    few, many = (
        sum(len(line.text.split()) for seed in SEEDS for line in summarize(seed, bullet_words=n).bullets)
        for n in (8, 40)
    )
    assert few < many


@pytest.mark.parametrize("words", [7, 41])
def test_bullet_words_has_bounds(words: int) -> None:
    with pytest.raises(OptionError, match="from 8 to 40"):
        load("news", bullet_words=words)


def test_the_signature_says_whether_the_encoder_read() -> None:
    assert "encoder:True" in load("news").signature
    assert "encoder:False" in load("news", encoder=False).signature


@pytest.mark.parametrize("seed", SEEDS)
def test_without_the_encoder_the_ranks_still_work(seed: str) -> None:
    brief = load("news", encoder=False).brief([parse(seed)])[0]
    assert brief.headline
    assert brief.bullets
    assert brief.wysk


def test_the_same_article_gives_the_same_brief_in_any_company() -> None:
    documents = [parse(seed) for seed in SEEDS]
    together = load().brief(documents)
    alone = [load().brief([document])[0] for document in documents]
    assert together == alone


@given(st.lists(st.lists(st.floats(-50, 50, width=32), min_size=9, max_size=9), min_size=8, max_size=8))
@settings(max_examples=200, deadline=None)
def test_heads_are_always_a_tree(scores: list[list[float]]) -> None:
    heads = as_tree(np.array(scores, dtype=np.float32))
    assert heads.count(-1) == 1
    for word in range(8):
        steps = 0
        while heads[word] != -1:
            word, steps = heads[word], steps + 1
            assert steps < 9


@pytest.mark.parametrize("line", ["", "Rain.", "a " * 91, "word" * 400])
def test_what_is_no_news_line_is_not_read(line: str) -> None:
    assert analyse([line]) == [None]


def test_pieces_and_shapes() -> None:
    assert pieces("Playing") == pieces("playing")
    assert len(pieces("unbelievablywords")) > 1
    assert [shape(word) for word in (",", "G7", "rain", "NATO", "Leeds", "iPhone")] == [1, 2, 3, 4, 5, 6]


def test_cue_words_say_what_a_sentence_is_good_for() -> None:
    lines = ["A hearing is due to be held next month.", "Police arrested a man on Monday.", ""]
    scores = cue_words.load().score(lines)
    assert scores.shape == (3, len(cue_words.PARTS))
    box = scores[:, cue_words.PARTS.index("box")]
    assert box[0] > box[1]
    assert list(scores[2]) == list(cue_words.load().base)


@given(st.text(max_size=200))
def test_cue_words_take_any_text(text: str) -> None:
    assert np.isfinite(cue_words.load().score([text])).all()


def test_trees_ask_and_add() -> None:
    # One question: is the first feature at most 1? Then 2, else 3; on a base of 10.
    tree = Trees(
        10.0,
        np.array([[0, 0, 0]], np.int16),
        np.array([[1, 0, 0]], np.float32),
        np.array([[1, 1, 2]], np.int16),
        np.array([[2, 1, 2]], np.int16),
        np.array([[0, 2, 3]], np.float32),
        depth=1,
    )
    assert tree.predict(np.array([[1.0], [1.5]])).tolist() == [12.0, 13.0]
