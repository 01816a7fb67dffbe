"""Every kind of flag as one table: (source, line, the words that are flagged so; "" for a near miss)."""

from __future__ import annotations

import pytest

from summarize import parse
from summarize.evidence import check
from summarize.evidence.check import CONTRADICTIONS

ROADS = (
    "Leeds will spend £2.4m on 48.7 miles of road. Work begins at 10:30 a.m. on 3 March and takes six weeks."
)
PEOPLE = "US President Donald Trump met Ann Lee of the European Central Bank in Berlin on Monday."
SAID = "“The bridge -- my father built it -- won't stand for a century,” Lee said on Monday in Leeds."
DENIED = (
    "Tom Reyes did not agree to the plan. The council never paid for the road. Nobody was hurt, police said. The firm "
    "refused to sign the contract."
)
RACE = "Ann Lee won the race in York on Monday. A blue van hit the barrier. The jury found the driver guilty of fraud."
VOTE = (
    "Mayor Ann Lee, 25, said on Tuesday that taxes may fall before the vote. Bob Ray, 31, opposed the plan. Some 30 "
    "people were arrested in York. Rain fell for days. The hotel has 12 floors, a pool and a bar."
)
STORM = (
    "Heavy rain fell for days in the hills above York. Some 30 people were arrested at the harbour by police. Bob Ray "
    "opposed the new tax on hotels in parliament. The weather stayed fine in Leeds. Nobody slept. The hotel has 12 "
    "floors, a pool and a bar."
)
DOUBT = (
    "Ann Lee may resign on Friday. The airline plans to cut 300 jobs. The driver was allegedly killed by a gang. The "
    "bank chief was accused of spying for Iran. Rain could reach York, and the storm killed nine people."
)
TERMS = (
    "Workers will strike unless the firm raises pay. If rain falls, the match is off. Owners are unlikely to be "
    "prosecuted, providing they hand in the weapons. The firm provided food to the victims. Ask if he was glad."
)
FLAGS: dict[str, list[tuple[str, str, str]]] = {
    "number": [
        (ROADS, "Leeds is to spend £2.6m on roads.", "2.6m"),
        (ROADS, "Nearly 60 miles of road get repaired in Leeds.", "60"),
        (ROADS, "In Leeds work begins at 11:30 a.m. in spring.", "11:30 a.m."),
        (ROADS, "The work in Leeds takes eight weeks.", "eight"),
        (ROADS, "Leeds has thousands for its roads.", "thousands"),
        (ROADS, "Leeds is to spend 2.4 million pounds.", ""),
        (ROADS, "Nearly 50 miles of road get repaired in Leeds.", ""),
        (ROADS, "About 49 miles of Leeds road get repaired.", ""),
        (ROADS, "In Leeds work begins at 10.30am on March 3.", ""),
        (ROADS, "One of the Leeds roads gets 6 weeks of work.", ""),
    ],
    "name": [
        (PEOPLE, "President Trump met Ann Lee in Paris.", "Paris"),
        (PEOPLE, "President Trump met Maria Lopez in Berlin.", "Maria Lopez"),
        (PEOPLE, "Trump met Lee in Berlin on friday.", "friday"),
        (PEOPLE, "Trump met Lee of the IMF in Berlin.", "IMF"),
        (PEOPLE, "The French president met Lee in Berlin.", "French"),
        (PEOPLE, "Trump met Lee of the ECB in Berlin.", ""),
        (PEOPLE, "American and German leaders talk, Trump and Lee among them.", ""),
        (PEOPLE, "President Trumpp met Lee in Berlin.", ""),
        (PEOPLE, "Yesterday Trump met Lee in Berlin.", ""),
    ],
    "quote": [
        (SAID, "Lee called the bridge “a triumph of planning”.", "a triumph of planning"),
        (SAID, "“The bridge will stand for a century,” Lee said.", "The bridge will stand for a century,"),
        (SAID, "Lee said 'his mother built it' in Leeds.", "his mother built it"),
        (SAID, "“My father stood for a century,” Lee told Leeds.", "My father stood for a century,"),
        (SAID, "The bridge, said Lee, “won't stand for a century”.", ""),
        (SAID, "The bridge “will not stand for a century”, said Lee.", ""),
        (SAID, "“The bridge … won't stand for a century,” Lee said in Leeds.", ""),
        (SAID, "Lee's bridge and the drivers' road: none “stand for a century”.", ""),
        (SAID, "“Father built it”, said Lee.", ""),
    ],
    "negation": [
        (DENIED, "Tom Reyes agreed to the plan.", "agreed"),
        (DENIED, "Tom Reyes did agree to the plan.", "agree"),
        (DENIED, "The council paid for the road.", "paid"),
        (RACE, "Ann Lee did not win the York race.", "not"),
        (RACE, "The blue van never hit the barrier.", "never"),
        (DENIED, "Reyes didn't agree to the plan.", ""),
        (DENIED, "The firm did not sign the contract.", ""),
        (DENIED, "Nobody was hurt, police told the council.", ""),
        (DENIED, "Police said no one got hurt.", ""),
        (RACE, "Not only Ann Lee won the race in York.", ""),
    ],
    "word": [
        (RACE, "Ann Lee lost the race in York.", "lost"),
        (RACE, "A red van hit the barrier.", "red"),
        (RACE, "The driver was found innocent of fraud.", "innocent"),
        (RACE, "A blue bus hit the barrier.", "bus"),
        # The opposite stands elsewhere in the sentence and is of something else.
        (RACE, "Lee, whose brother got lost, was first in York on Monday.", ""),
        (RACE, "The driver of the blue van is guilty of fraud.", ""),
        (RACE, "Ann Lee gained the race in York.", ""),
        (RACE, "A blue truck, in front of a red house, hit something.", ""),
    ],
    "swap": [
        (VOTE, "Bob Ray said on Tuesday that taxes may fall before the vote.", "Bob Ray"),
        (VOTE, "Ann Lee said on Tuesday that taxes will fall before the vote.", "will"),
        (VOTE, "Ann Lee said on Tuesday that taxes may fall after the vote.", "after"),
        # In other words: another's age, and so many of something else.
        (VOTE, "Taxes could go down soon, thinks Lee, 31, who runs the town.", "31"),
        (VOTE, "The 25-year-old Bob Ray disliked what she planned.", "25"),
        (STORM, "Rain fell in York hills for days, police arrested 12 people at the harbour and Ray opposed a tax in parliament.", "12"),
        (VOTE, "Taxes could go down soon, thinks Lee, 25, who runs the town.", ""),
        (STORM, "Rain fell in York hills for days, police arrested 30 people at the harbour and Ray opposed a tax in parliament.", ""),
        (VOTE, "Police in York took 12 people with them.", ""),  # the sentence with the 12 is evidence itself
        (VOTE, "At 31 Bob Ray disliked what she planned.", ""),
        (VOTE, "There are 12 storeys in the hotel.", ""),
        (VOTE, "Ann Lee said on Tuesday taxes might fall before the vote.", ""),
        (VOTE, "Mayor Lee said on Tuesday that taxes may fall.", ""),
    ],
    "hedge": [
        (DOUBT, "Ann Lee resign on Friday.", "resign"),
        (DOUBT, "The airline cut 300 jobs.", "cut"),
        (DOUBT, "The driver was killed by a gang.", "killed"),
        (DOUBT, "The bank chief spying for Iran.", "spying"),
        (DOUBT, "The airline plans to cut jobs.", ""),
        (DOUBT, "The driver allegedly killed by a gang.", ""),
        (DOUBT, "The storm killed nine people.", ""),
        (DOUBT, "Rain could reach York.", ""),
    ],
    "condition": [
        (TERMS, "Workers will strike.", "Workers"),
        (TERMS, "The match is off.", "The"),
        (TERMS, "Owners are unlikely to be prosecuted.", "Owners"),
        (TERMS, "Workers will strike unless the firm raises pay.", ""),
        (TERMS, "If rain falls, the match is off.", ""),
        (TERMS, "The firm provided food.", ""),
        (TERMS, "He was glad.", ""),
    ],
}  # fmt: skip
ROWS = [(kind, *row) for kind, rows in FLAGS.items() for row in rows]


@pytest.mark.parametrize(
    ("kind", "source", "line", "flagged"), ROWS, ids=[f"{row[0]}: {row[2]}" for row in ROWS]
)
def test_what_is_flagged_and_what_just_not(kind: str, source: str, line: str, flagged: str) -> None:
    verdict = check(line, parse(source, language="en"))
    found = [
        one.text[flag.start : flag.end] for one in verdict.lines for flag in one.flags if flag.kind == kind
    ]
    assert " ".join(found) == flagged
    if flagged:
        assert verdict.answer != "supported"
        assert verdict.faithful is False or kind not in CONTRADICTIONS
