"""Classes of faults that strict editors found in lines of `news`: one row each, with a near miss."""

from __future__ import annotations

import pytest
from analysed import headlines, read

from summarize import parse
from summarize.composing.news.cutting.clauses import clauses
from summarize.composing.news.cutting.compressor import Compressor
from summarize.composing.news.cutting.constituents import removable
from summarize.composing.news.cutting.joints import is_joined, spoken
from summarize.composing.news.cutting.marks import brackets
from summarize.composing.news.gates import is_printable
from summarize.composing.news.naming.introductions import introduce
from summarize.composing.news.naming.people import People


def bullets(line: str) -> list[str]:
    """Every shorter line that bullets and box allow."""
    a = read(line)
    found = []
    for gain in (4.0, -20.0):
        for compression in Compressor(a, [gain] * len(a)).compressions(a.root, len(a)):
            kept = [i for i in range(len(a)) if compression.kept >> i & 1]
            if is_joined(a, kept, a.root):
                found.append(spoken(a, kept, {}))
    return found


# A sentence; what no headline says; what one may say.
HEADLINES = [
    (
        "Paul Croft, 19, from Eccles, died a week after being attacked in an alley in Pendlebury, Salford in 2005.",
        "dies",
        "in 2005",
    ),
    (
        "Three months earlier, vigilantes hanged two suspected thieves in a rural village as a crowd watched.",
        "hang",
        "",
    ),
    ("Police arrested a man in Leeds on 13 March.", "arrested", "Police arrest man"),
    ("Stephenie Tait, 29, died when she was hit by a council vehicle.", "she was", "dies when she is hit"),
    (
        "Shares in Kate Spade jumped about 8%, while Coach shares climbed almost 5%.",
        "climbed",
        "while Coach shares climb",
    ),
    ("Pivac's side have now lost three games in Pool 3.", "lose", "have now lost"),
    ("Pivac's side have lost three games in Pool 3.", "have", "lose three games"),
    ("A third of 260 teachers surveyed said they lacked confidence.", "says", "say they"),
    ("A couple died in a fire at their home in Leeds on Monday.", "A couple", "Couple dies in fire"),
    ("A couple of men died in a fire in Leeds on Monday.", "Men die", "A couple of men"),
    (
        'Metropolitan Police sergeant Matiu "Matt" Ratana was shot at the Croydon custody centre.',
        "sergeant Ratana",
        'Matiu "Matt" Ratana shot',
    ),
    (
        "NFL star Darren Sharper changed course and pleaded guilty to one count of sexual assault.",
        "one count.",
        "one count of",
    ),
    (
        "Celtic have been fined $50,800 by UEFA and AC Milan's Dida has been banned for two matches after the incident.",
        "and has been",
        "",
    ),
    ("United manager Ray Lee would be as relieved as he was pleased after the match.", "as relieved.", ""),
    ("Clean Power Properties hoped to build a plant in Cwmgwili.", "hopes", "hoped to build"),
    ("Unt Maung asked the teen to leave, Durham Crown Court heard.", "heard", "Court hears"),
    (
        "Parliament rejected the plan and called an election.",
        "and an",
        "Parliament rejects plan and calls election",
    ),
]


@pytest.mark.parametrize(("line", "never", "may"), HEADLINES, ids=[line[:30] for line, _, _ in HEADLINES])
def test_faults_of_headlines(line: str, never: str, may: str) -> None:
    found = headlines(line)
    assert not [text for text in found if never in text + "."]
    assert not may or any(may in text for text in found)


# A sentence; what no bullet says; what one may say.
LINES = [
    ("It was as recently as September 2007 that Rick Rubin put forward the idea.", "recently that", "as September"),
    ("The S&P 500 rose .08 points or 0% to 2,399.37.", "rose.08", "rose .08"),
    (
        "Jac Holmes, 22, from Bournemouth, left the UK in January to join the army.",
        "Holmes from Bournemouth, left",
        "Holmes, 22, left",
    ),
    (
        "Michael Ezenagu, 28, of Malabar Court, India Way, London, pleaded not guilty to three counts of ill-treatment.",
        "India Way pleaded",
        "Ezenagu, 28, pleaded",
    ),
    (
        "The new party Kulanu, which focuses on the economy, also had a good showing.",
        "economy had",
        "economy, had a good showing",
    ),
    ("The Labour leader insisted, however, that the party had changed.", "insisted, that", "insisted that"),
    (
        "Nearly 800 customers were affected by the shutoffs which were expected to last through midday.",
        "to last.",
        "to last through midday",
    ),
    ("The BBC said Clarkson was to blame in a statement released yesterday.", "released.", ""),
    ("Spanish photographer Ignacio Evangelista spent several years crossing the continent.", "spent crossing", ""),
    ("A mother is seeking to have the womb of her daughter removed.", "daughter.", "removed"),
    (
        "Christi and Bobby Shepherd died from poisoning at a hotel booked through Thomas Cook in 2006.",
        "Cook.",
        "in 2006",
    ),
    ("Police arrested a man in the north of Leeds on Monday.", "in 2006", "of Leeds."),
    ("Currently, no test can conclusively show that a person has the disease.", "can show", ""),
    ("The commonly held belief is that a young person can get a good job.", "The held", ""),
    (
        "The couple agreed to share plates, computer passwords and a collection of small properties in a settlement.",
        "plates.",
        "",
    ),
    ("Jamal Saghir, a director of the bank, left the city on Monday.", "Saghir left", "director of the bank, left"),
    ("The banker Jamal Saghir, a father of two, left the city on Monday.", "banker left", "Saghir left"),
    ("It was foreigners who made up the majority of victims in Tunis on Monday.", "foreigners.", "victims in Tunis."),
    (
        "Jurors in the trial were shown a key piece of evidence Tuesday: the writings on the inside of the boat.",
        "evidence the writings",
        "evidence: the writings",
    ),
    (
        "A review is needed so the forces can better represent, integrate and work with the towns they serve.",
        "better represent.",
        "",
    ),
    ("The White House is billing the speech, along with a letter, as an effort to provide context.", "letter.", "as an effort"),
    ("Andros Townsend hailed Harry Kane as the best finisher he has played with.", "finisher.", "played with"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "never", "may"), LINES, ids=[line[:30] for line, _, _ in LINES])
def test_faults_of_bullets(line: str, never: str, may: str) -> None:
    found = [text.rstrip(".") + "." for text in bullets(line)]
    assert found
    assert not [text for text in found if never in text]
    assert any(may in text for text in found)


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ("Although Lacasse has posted on Instagram that he wanted to become an officer.", False),
        ("Although he was ill, Lacasse has posted on Instagram.", True),
    ],
)
def test_a_mere_although_is_no_sentence(line: str, stands: bool) -> None:
    assert bool(clauses(read(line))) is stands


def named(article: str, index: int) -> str:
    """A sentence of an article with everybody introduced."""
    document = parse(article)
    people = People(document)
    analyses = [read(sentence.line) for sentence in document.sentences]
    for a in analyses:
        people.have_read(a)
    found = introduce(analyses[index], range(len(analyses[index])), index, people, frozenset())
    return spoken(analyses[index], range(len(analyses[index])), found.replaced) if found else ""


# An article, and what becomes of its last sentence.
NAMES = [
    (
        "The club's goalkeeper is the Brazilian Dida of Milan. A fan ran at Brazilian Dida. Dida has been cleared to play.",
        "Dida has been",
    ),
    ("John Urschel plays football in Baltimore. Urschel has been cleared to play.", "John Urschel has been"),
    (
        "Former Beatles Paul McCartney and Ringo Starr clowned around. The album was made by McCartney in London.",
        "made by Paul McCartney",
    ),
    (
        "Kate Uzzell received a payout. Mrs Uzzell said it was preventable. Mr Uzzell was killed in 2011 in Yorkshire.",
        "Mr Uzzell",
    ),
    ("Danny Spencer was questioned by police. Jane Wiggett, nee Spencer, was found dead.", "nee Spencer"),
    (
        'Pat Mavis bought a dog in May. The owner told the station "Mavis was a lot like my dog" on Monday.',
        '"Mavis was',
    ),
    (
        "Taya Gale posted a letter on the Chris Gale Facebook page. A man shot Gale in 2013.",
        "shot Gale",
    ),
    (
        "Police chief William Moran shot his former wife in May. Margaret Moran told police on Monday that "
        "Margaret Moran was asleep. If convicted, Moran could face a year in jail.",
        ", Moran could",
    ),
    (
        "As planets go, Mercury doesn't get a lot of love. People search more for Queen singer Freddy Mercury. "
        "Compared with our own moon, Mercury reflects much less light.",
        ", Mercury reflects",
    ),
    (
        "Seven died in the crash of Germanwings Flight 9525. Families waited for word from Flight 800 in May.",
        "from Flight 800",
    ),
    (
        "Ninth-placed Vale lost at home in May. The side of Ann Lee beat Vale on Monday.",
        "beat Vale",
    ),
    ("Gerard da Cunha wrote a book. In 2005 Mr da Cunha began to work on drawings.", " da Cunha began"),
]


@pytest.mark.parametrize(("article", "last"), NAMES, ids=[text[-30:] for text, _ in NAMES])
def test_a_full_name_is_that_of_a_person(article: str, last: str) -> None:
    document = parse(article)
    line = named(article, len(document.sentences) - 1)
    assert not line or last in line


@pytest.mark.parametrize(
    ("line", "printable"),
    [
        ("Tiger Woods waits to play a shot on the first hole during the final round.", False),
        ("Tiger Woods hopes to play in the final round.", True),
        ("President Bush pauses Tuesday during a news conference in Canada.", False),
        ("Second Half ends, Real Madrid 3, Deportivo de La Coruña 2.", False),
        ("The second half ends with a goal by Smith of Leeds.", True),
        ('"Is no longer about dropping items," says Sharon Reader.', True),
        ('" felt good at the time," a rueful Rory McIlroy said.', False),
        ("Libya liberated'' in October 2011 and took over.", False),
        ("(That would be the 50th anniversary of the series.) It was launched in Leeds.", False),
        ("7th century BC - Phoenicians settle in Tripolitania.", False),
        ("O.J. Simpson leaves the Clark County Detention Center late Wednesday night.", False),
        ("O.J. Simpson left the Clark County Detention Center late Wednesday night.", True),
        ("Andros Townsend insists he is the 'best finisher' The striker scored against Lithuania.", False),
        ("The film 'The Best' was made in Leeds.", True),
        ("Who Mohammed Emwazi used to be.", False),
        ("The U.S. government wants to build a border fence like this one.", False),
        ("The buffalo were released into a into a space in Kinnear.", False),
        ("The car sold a to an anonymous collector.", False),
        ("The arrests were in Milan, Bergamo and San Remo, said.", False),
        ("The arrests were in Milan, police said.", True),
        ("Ever since, Anna Berg has lived in Leeds.", False),
        ("Anna Berg has lived in Leeds ever since.", True),
    ],
)  # fmt: skip
def test_captions_and_tables_are_no_lines(line: str, printable: bool) -> None:
    assert is_printable(line) is printable


@pytest.mark.parametrize(
    ("line", "tells"),
    [
        ("The exploit works on some models.", False),
        ("The exploit of a hacker works on some models.", True),
        ("The 11 medallists tested positive.", False),
        ("The 11 medallists from Russia tested positive.", True),
        ("Washiqur Rahman dismissed those concerns.", False),
        ("Washiqur Rahman had concerns but dismissed those concerns.", True),
        ("Witnesses told the newspaper that he was dragged from a car.", False),
        ("Witnesses told the driver that he was wanted.", True),
    ],
)
def test_more_that_points_back(line: str, tells: bool) -> None:
    a = read(line)
    document = parse(f"Anna Berg and Olga Lind met Petra Holm in Oslo. {line}")
    assert (introduce(a, range(len(a)), 1, People(document), frozenset()) is not None) is tells


def test_an_editors_words_in_a_quotation_stay() -> None:
    assert brackets(read('"I am [pretty happy with that]," coach Geoff Ingram said.')) == 0
    assert brackets(read("The firm [sic] was sold (in May).")) != 0


def test_what_is_excepted_stays() -> None:
    a = read("Apart from the lead aircraft, none of the jets was on a flight plan.")
    assert not any(a.words.lower[i] in {"apart", "from"} for i in removable(a))
    b = read("On Monday, the driver lost his keys in a park.")
    assert any(b.words.lower[i] == "on" for i in removable(b))


def test_a_verb_has_no_object_of_another() -> None:
    """Where the tree joins the son to "buying" too."""
    line = "A father today pleaded not guilty to illegally buying a firearm his 15-year-old son then took to school."
    assert not [text for text in headlines(line) if "firearm 15-year-old son" in text and "took" not in text]
    assert any("legal victory" in text for text in headlines("A judge handed the astronaut a legal victory."))


def test_here_is_where_the_article_is() -> None:
    assert not is_printable("The water quality here has risen since 2012.")
    assert is_printable("The Smiths moved to Leeds in 2012.")
