"""Words in another's place: what a line that nearly copies a sentence has instead of what stands there."""

from __future__ import annotations

import pytest

from summarize.evidence import check
from summarize.parsing.parse import parse

ARTICLE = parse(
    "Mayor Ann Lee said on Tuesday that taxes may fall next year. Councillor Bob Ray opposed the plan before the "
    "vote. The United States lent the United Nations its hall. About 900 people marched in York, and 12 of them were arrested. The Palestinians joined the court in "
    "2015. She is not allowed Internet access.",
    language="en",
)
# A line, and the words of it that are flagged.
WRONG = [
    ("Councillor Bob Ray said on Tuesday that taxes may fall next year.", "Bob Ray"),
    ("Mayor Ann Lee said on Tuesday that taxes will fall next year.", "will"),
    ("Mayor Ann Lee said on Monday that taxes may fall next year.", "Monday"),
    ("Councillor Bob Ray opposed the plan after the vote.", "after"),
    ("About 900 people marched in York, and 900 of them were arrested.", "900"),
    ("The EU lent the United Nations its hall.", "EU"),
    ("The Palestinians left the court in 2015.", "left"),
    ("She is allowed Internet access.", "allowed"),
]


@pytest.mark.parametrize(("line", "words"), WRONG, ids=[line[:40] for line, _ in WRONG])
def test_a_word_in_another_s_place_is_flagged(line: str, words: str) -> None:
    verdict = check(line, ARTICLE)
    flagged = " ".join(one.text[flag.start : flag.end] for one in verdict.lines for flag in one.flags)
    assert words in flagged
    assert verdict.answer != "supported"


RIGHT = [
    "The US lent the UN its hall.",
    "The U.S. lent the United Nations its hall.",
    "Mayor Ann Lee said that taxes may fall next year.",
    "Ann Lee said on Tuesday taxes might fall next year.",
    "Bob Ray opposed the plan before the vote.",
    "Some 900 people marched in York.",
    "Lee said on Tuesday that taxes may fall.",
]


@pytest.mark.parametrize("line", RIGHT)
def test_another_wording_is_not(line: str) -> None:
    assert not [flag for one in check(line, ARTICLE).lines for flag in one.flags]
