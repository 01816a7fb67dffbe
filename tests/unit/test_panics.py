"""Texts that make a library panic, panics that do get through, and numbers beyond any float."""

from __future__ import annotations

import pytest

from summarize.errors import InputError, panics_as_errors
from summarize.evidence import check
from summarize.language.text import sentence_spans, stems
from summarize.parsing.parse import parse

BLANKS = "\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"


@pytest.mark.parametrize("blank", BLANKS)
def test_no_blank_behind_a_capital_stops_the_splitting(blank: str) -> None:
    text = f"Given Grade A{blank}. It went on."
    spans = sentence_spans(text)
    assert "".join(text[start:end] for start, end in spans).replace(blank, "") == "Given Grade A.It went on."
    assert parse(text).sentences[-1].text.endswith("It went on.")


def test_a_panic_is_an_error_of_the_input() -> None:
    from sentencex import get_sentence_boundaries

    said = "sentencex failed on this text .*please report the text"
    with pytest.raises(InputError, match=said), panics_as_errors("sentencex"):
        get_sentence_boundaries("en", "Given Grade A\xa0. It went on.")
    with pytest.raises(KeyboardInterrupt), panics_as_errors("anything"):
        raise KeyboardInterrupt


@pytest.mark.parametrize("digits", [308, 309, 400])
def test_a_number_of_hundreds_of_digits_is_compared(digits: int) -> None:
    document = parse(f"The debt is {'9' * digits} dollars now. Ann Lee said so on Monday.")
    for number in ("8" * digits, "12", "9" * 309):
        assert 0 <= check(f"The debt is {number} dollars.", document).score <= 1


def test_half_a_surrogate_pair_is_its_own_stem() -> None:
    assert stems(["\ud800", "talks"]) == ["\ud800", "talk"]
