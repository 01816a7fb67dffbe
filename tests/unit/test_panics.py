"""Texts that make a library panic, and panics that do get through."""

from __future__ import annotations

import pytest

from summarize.errors import InputError, panics_as_errors
from summarize.language.text import sentence_spans
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
