"""What headlines say in fewer words, and what they must not."""

from __future__ import annotations

import pytest
from analysed import headlines, read
from hypothesis import given, settings
from hypothesis import strategies as st

from summarize.composing.news.cutting.short_forms import in_short
from summarize.encoder import analyse

# A sentence, and words that one of its headlines has.
SHORTER = [
    ("A man who was arrested in Leeds on Monday has been released on bail, police said.", "Man arrested in Leeds released on bail"),
    ("More than 300 people have been killed in floods in India, officials say.", "Over 300 killed in floods"),
    ("A bomb killed 12 people in the town of Mardan on Friday.", "Bomb kills 12 in Mardan"),
    ("A 24-year-old man has been sentenced to life in prison for the murder of his girlfriend.", "jailed for life for murder"),
    ("A judge in Ohio sentenced a former teacher to 15 years in prison on Monday.", "jails former teacher for 15 years"),
    ("The actor Robert Culp has died at the age of 79 after a fall outside his home.", "dies aged 79"),
    ("A former police officer pleaded guilty to manslaughter on Tuesday.", "officer admits manslaughter"),
    ("A former police officer has pleaded not guilty to manslaughter.", "officer denies manslaughter"),
    ("The family of a girl who died has filed a lawsuit against the city of Portland.", "sues Portland"),
    ("The president of France has called on European Union leaders to agree to a joint response.", "France president urges EU leaders to agree to joint response"),
    ("The chief executive of Barclays is to be investigated by the authorities.", "Barclays CEO to be investigated"),
    ("President of the United States Donald Trump announced on Thursday that he will meet Kim Jong-un.", "US President Donald Trump announces he will meet"),
    ("Inflation in Britain fell to 2.4 per cent in June from 2.7 percent in May.", "Inflation in Britain falls to 2.4%"),
    ("Chocolate may reduce the risk of heart disease, according to a study by researchers.", "disease, says study"),
    ("The prime minister will visit Ireland on Friday.", "Prime minister to visit Ireland"),
    ("New Zealand's Prime Minister Jacinda Ardern and Australian Prime Minister Scott Morrison have signed an agreement.", "New Zealand's PM Jacinda Ardern and Australian PM Scott Morrison sign agreement"),
    ("The minister told the BBC he would resign over the affair.", "Minister says he will resign over affair"),
    ("Three men have been taken into custody after a shooting at a nightclub in Manchester.", "Three men detained after shooting"),
    ("Villagers have turned down an offer from the mining company.", "Villagers reject offer"),
]  # fmt: skip

# Words that stay as they are written: what is shorter would say something else.
NOT_SHORTER = [
    ("A man who was not arrested has won 5 million pounds from the police.", "Man not arrested"),
    ("No more than 30 people were in the club when the fire broke out.", "over 30"),
    ("The number of visitors has more than doubled in a year.", "over doubled"),
    ("A teacher was given a two-year sentence in prison, suspended for a year, in Leeds.", "jailed"),
    ("A teacher was sentenced to two years in prison, suspended for a year.", "jailed"),
    ("Mohammed Waseem was sentenced for murder to life in prison by a court in Multan.", "jailed"),
    ("One person was killed in the crash near Leeds on Monday.", "One killed"),
    ("The state of emergency in the region will end on Friday.", "Emergency"),
    ("Robert Mugabe, the president of Zimbabwe for decades, has died in Singapore.", "Zimbabwe president"),
    ("The Chief Executive of Hong Kong Carrie Lam has delivered her annual policy speech.", "CEO"),
    ("Hong Kong Chief Executive Carrie Lam has delivered her annual policy speech.", "CEO"),
    ("The mayor of London's office has rejected the plan.", "London mayor"),
    ("The minister told the court he would resign over the affair.", "says he"),
    ("Officials called on Monday to say that the bridge is safe.", "urge"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), SHORTER, ids=[expected for _, expected in SHORTER])
def test_headlines_say_it_in_fewer_words(line: str, expected: str) -> None:
    found = headlines(line)
    assert any(expected in text for text in found), found


@pytest.mark.parametrize(("line", "unwanted"), NOT_SHORTER, ids=[line for line, _ in NOT_SHORTER])
def test_headlines_keep_what_shorter_words_would_change(line: str, unwanted: str) -> None:
    assert not any(unwanted in text for text in headlines(line))


def test_no_headline_keeps_half_of_a_short_form() -> None:
    line = "A man was sentenced to five years in prison for the theft of more than 300 cars at the age of 79."
    for text in headlines(line):
        assert ("jailed" in text) == ("for five years" in text), text
        assert "aged" not in text or "aged 79" in text, text
        assert "sentenced" not in text and "more" not in text, text


def test_nothing_within_quotation_marks_is_said_otherwise() -> None:
    line = 'He said "more than 40 people were killed and the prime minister knows" in a speech on Monday.'
    assert not in_short(read(line)).forms


@settings(max_examples=60)
@given(st.lists(st.sampled_from("the prime minister of Israel who was more than 12 percent people killed to told BBC that sentenced in prison , according a study called on called at age life".split()), min_size=3, max_size=20))  # fmt: skip
def test_of_any_words_each_belongs_to_one_short_form_and_some_word_of_it_is_said(words: list[str]) -> None:
    (a,) = analyse([" ".join(words) + "."])
    if a is None:
        return
    short = in_short(a)
    taken = 0
    for form in short.forms:
        assert not form & taken
        taken |= form
    assert all(taken >> i & 1 for i in short.said)
    assert short.holds(0) and short.holds((1 << len(a)) - 1)
    assert sum(short.a.words.spaced) <= sum(a.words.spaced)
