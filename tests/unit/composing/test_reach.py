"""Headlines that a sentence must allow, which editors wrote and no draft reached: one row each."""

from __future__ import annotations

import pytest
from analysed import headlines


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        # A subject that the encoder takes for a root of its own.
        (
            "A married surgeon who groped a frightened patient when she came to him for help has been jailed.",
            "Married surgeon who groped patient jailed",
        ),
        # "at X and at Y" whose second "at" was taken for a sibling of the first.
        (
            'Police said "suspicious parcels" had been found at Mill Road, Oldham, and at Park Lane in Bury.',
            '"Suspicious parcels" found at Mill Road, Oldham',
        ),
        ("It emerged that the bridge had been closed for repairs.", "Bridge closed for repairs"),
        (
            "Within two days, more than 4,000 pupils had lost their places at the college.",
            "Over 4,000 pupils lose places at college",
        ),
        (
            "Ministers announced that masks would become compulsory on trains.",
            "Masks to become compulsory on trains",
        ),
        ("Police said they believed the driver fled on foot.", "Police say they believe driver fled on foot"),
        ("Mary Dunn will be visiting the wards in May.", "Mary Dunn to visit wards in May"),
        (
            "A new site is offering some useful insights into the lives of men who have purchased old farms.",
            "New site offers insights into lives of men who purchased old farms",
        ),
        ("The artist just used paint to cover the wall.", "Artist uses paint to cover wall"),
        (
            "Labour leader Ann Reed and Paul Shaw of the Scottish Greens opposed the new stadium.",
            "Labour leader Ann Reed opposes new stadium",
        ),
        (
            "Jon Hale, a veteran, writer, and host of a radio show, spoke with reporters.",
            "Jon Hale speaks with reporters",
        ),
    ],
)
def test_a_headline_that_is_reached(line: str, headline: str) -> None:
    assert headline in headlines(line)


@pytest.mark.parametrize(
    ("line", "never"),
    [
        ("The firm had become the world's most successful toy maker.", "world's toy maker"),
        ("The temple stands on a square in Iran's third largest city.", "in third"),
        ("The win was Bournemouth's first since September.", "is first"),
        ("The shroud went on display to the public for the first time in five years.", "first time."),
        ("She signed a decree banning anyone wearing a mask from entering a school.", "wearing mask."),
        ("Figures show a rise in the number of children admitted to hospital with burns.", "children."),
        ("Fire crews were called to a blaze near the High Street, Bryngwran, at noon.", "High Street."),
        (
            "A former teacher accused of having sex with three students has taken a plea deal.",
            "having sex takes",
        ),
        ("Ministers praised social distancing in schools and shops on Monday.", "praise distancing"),
        ("The town's schools are at risk of losing grants, according to the mayor.", "are according"),
        ("Ann Reed and Paul Shaw of the Scottish Greens met on Friday at the new stadium.", "Ann Reed meets"),
        ("Rouhani was speaking at the opening of a new school.", "speaking"),
        ("The news that the army will charge a soldier revives a painful debate.", "News army"),
        ("The company used to own the stadium.", "uses"),
        ("Singer, host and writer Don Pike, known as the Owl, died on Friday, his family said.", "Pike, die"),
    ],
)
def test_what_no_headline_says(line: str, never: str) -> None:
    assert not [text for text in headlines(line) if never in text + "."]
