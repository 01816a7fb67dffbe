"""The counts of an editor's defects: a table of lines, what each must raise, and what it must not."""

import pytest
from summarize_eval.metrics.editing import KINDS, count_defects, find_defects

from summarize import parse
from summarize.brief import Brief, Evidence, Line

ARTICLE = (
    "Angela Merkel will not resign, officials said on Monday. Merkel may call an election if talks fail. "
    "The Supreme Court ruled on the case. A woman lost her car in London. Police closed the road."
)


def brief_of(style: str, *lines: tuple[str, int | None]) -> Brief:
    document = parse(ARTICLE)
    made = []
    for text, number in lines:
        proof = () if number is None else (document.sentences[number],)
        made.append(Line(text, tuple(Evidence(number or 0, s.start, s.end) for s in proof)))
    parts = {"headline": made[0]} if style == "headline" else {style: tuple(made)}
    return Brief(document, "test", "test", **parts)


@pytest.mark.parametrize(
    ("style", "text", "kinds"),
    [
        ("bullets", "Angela Merkel said she would go.", set()),
        ("bullets", "Merkel will go.", {"reference"}),
        ("headline", "Merkel will go", set()),
        ("headline", "She will go", {"reference"}),
        ("bullets", "In London she will go.", {"reference"}),
        ("bullets", "A woman lost her car.", set()),
        ("bullets", "The group closed the road.", {"reference"}),
        ("bullets", "Residents said they were afraid.", set()),
        ("bullets", "Court rules on the road.", set()),
        ("bullets", "It is unclear who closed the road.", set()),
        ("bullets", "But police closed the road.", {"opener"}),
        ("headline", "On Monday police closed the road", {"opener"}),
        ("headline", "Police close the road to", {"unfinished"}),
        ("bullets", "Police closed the road", {"unfinished"}),
        ("bullets", "The road (pictured) was closed.", {"caption"}),
        ("bullets", "Scroll down for video of the road.", {"caption"}),
        ("bullets", "Police turned left and right.", set()),
        ("bullets", "Police told us of the road.", {"person"}),
        ("bullets", "The US closed the road.", set()),
        ("bullets", "“We closed it,” police said.", set()),
        ("bullets", "“Police closed the road.", {"quotation"}),
    ],
)
def test_line(style: str, text: str, kinds: set[str]) -> None:
    assert {defect.kind for defect in find_defects(brief_of(style, (text, None)))} == kinds


@pytest.mark.parametrize(
    ("text", "number", "lost"),
    [
        ("Angela Merkel will resign.", 0, {"negation", "source"}),
        ("Angela Merkel will not resign, officials said.", 0, set()),
        ("Angela Merkel calls an election.", 1, {"hedge", "condition"}),
    ],
)
def test_lost(text: str, number: int, lost: set[str]) -> None:
    assert {defect.kind for defect in find_defects(brief_of("bullets", (text, number)))} == lost


def test_the_name_of_an_earlier_line_serves_the_next_but_not_the_next_part() -> None:
    document = parse(ARTICLE)
    bullets = (Line("Angela Merkel will go."), Line("She called an election."))
    assert not find_defects(Brief(document, "", "", bullets=bullets))
    box = Brief(
        document, "", "", bullets=bullets, wysk=(Line("She called an election."), Line("Merkel won."))
    )
    assert count_defects(box) == {("wysk", "reference"): 2}


def test_box_that_repeats_a_bullet_out_of_order() -> None:
    document = parse(ARTICLE)
    first, last = (Evidence(n, document.sentences[n].start, document.sentences[n].end) for n in (3, 4))
    bullet = Line("Police closed the road.", (last,))
    box = (Line("Police shut the road.", (last,)), Line("A woman lost her car.", (first,)))
    found = count_defects(Brief(document, "", "", bullets=(bullet,), wysk=box))
    assert found == {("wysk", "repeat"): 1, ("wysk", "order"): 1}
    short = count_defects(Brief(document, "", "", wysk=box[1:]))
    assert short == {("wysk", "short"): 1}


def test_every_kind_is_explained() -> None:
    lines = [("But the road to", 0), ("She told us “it", 1)]
    assert {defect.kind for defect in find_defects(brief_of("wysk", *lines))} <= set(KINDS)
