"""Strict briefs and `summarize check`, on a written article."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from summarize import parse, summarize
from summarize.brief import Brief, Line
from summarize.commands.check import UNFAITHFUL, add_arguments
from summarize.commands.check import run as run_check
from summarize.errors import EmptyTextError, InputError, OptionError
from summarize.evidence import attach
from summarize.evidence.score import shipped
from summarize.evidence.strict import hold_to_source
from summarize.style import BULLETS, WYSK

ARTICLE = """\
The council of Leeds agreed on Tuesday to spend £2.4m on repairing roads in the east of the city.

Mayor Anna Holt called the plan a promise kept to every driver in Leeds. Opposition leader Tom Reyes said \
1,000 people had signed his petition against it. Work begins on 3 March and should take about six weeks.
"""


@pytest.fixture
def brief() -> Brief:
    return summarize(parse(ARTICLE, language="en"))


def test_a_faithful_brief_stays_as_it_is(brief: Brief) -> None:
    (held,) = hold_to_source([brief])
    assert (held.headline, held.bullets, held.wysk) == (brief.headline, brief.bullets, brief.wysk)
    assert held.notes == brief.notes
    assert held.signature.startswith(f"{brief.signature}|strict:")


def test_an_unfaithful_line_gives_way_to_its_source_sentence(brief: Brief) -> None:
    wrong = "Opposition leader Tom Reyes said 9,000 people had signed his petition."
    (held,) = hold_to_source([replace(brief, bullets=tuple(attach([wrong], brief.document)))])
    assert [line.text for line in held.bullets] == [
        "Opposition leader Tom Reyes said 1,000 people had signed his petition against it."
    ]
    assert held.bullets[0].evidence[0].sentence == 2
    assert "bullets: 1 line was replaced by its source sentence, being too little supported" in held.notes


def test_a_line_that_nothing_bears_out_is_left_out(brief: Brief) -> None:
    strange = Line("Quarterly profits of the Zurich brewer Hopfen soared by 80 percent.")
    (held,) = hold_to_source([replace(brief, bullets=(*brief.bullets[:1], strange), wysk=(strange,))])
    assert held.bullets == brief.bullets[:1]
    assert held.wysk == ()
    assert any(note.startswith("bullets: 1 line was left out") for note in held.notes)
    assert any(note.startswith("wysk: 1 line was left out") for note in held.notes)


def test_no_sentence_is_said_twice(brief: Brief) -> None:
    document = brief.document
    sentence = document.sentences[3].line
    wrong = "Work begins on 9 March and should take about six weeks."
    (held,) = hold_to_source([replace(brief, bullets=tuple(attach([wrong, sentence, wrong], document)))])
    assert [line.text for line in held.bullets] == [sentence]


def test_a_wrong_headline_never_survives(brief: Brief) -> None:
    (held,) = hold_to_source([replace(brief, headline=Line("Boris Lamb vetoes £9m road plan in Bradford"))])
    assert held.headline is None or "Lamb" not in held.headline.text


def test_budgets_hold_after_replacement(brief: Brief) -> None:
    wrong = attach(
        ["Leeds spends £5m on roads.", "Holt broke 30 promises.", "Work takes 60 weeks."], brief.document
    )
    (held,) = hold_to_source([replace(brief, bullets=tuple(wrong), wysk=tuple(wrong))])
    assert BULLETS.admits([line.text for line in held.bullets])
    assert WYSK.admits([line.text for line in held.wysk])


@pytest.mark.parametrize("threshold", [-0.1, 1.5])
def test_a_threshold_out_of_range(threshold: float, brief: Brief) -> None:
    with pytest.raises(OptionError, match="from 0 to 1"):
        hold_to_source([brief], threshold)


Checked = Callable[..., tuple[int, str]]


@pytest.fixture
def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Checked:
    """Return a function that runs `summarize check` on texts: its status and what it printed."""

    def check(summary: str, *options: str, article: str = ARTICLE) -> tuple[int, str]:
        (tmp_path / "summary.txt").write_text(summary, encoding="utf-8")
        (tmp_path / "article.txt").write_text(article, encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        paths = [str(tmp_path / "summary.txt"), "--source", str(tmp_path / "article.txt")]
        status = run_check(parser.parse_args([*paths, "--language", "en", *options]))
        return status, capsys.readouterr().out

    return check


def test_a_copy_passes(checked: Checked) -> None:
    status, printed = checked("Work begins on 3 March and should take about six weeks.")
    assert status == 0
    assert "is supported by its source" in printed and "nothing found against it" in printed
    assert "from sentence 4 (100%)" in printed


def test_flagged_spans_are_marked_and_explained(checked: Checked) -> None:
    status, printed = checked("Leeds spends £5m on roads.\nWork begins on 3 March.")
    assert status == UNFAITHFUL
    assert "£[5m]" in printed
    assert "Not in the source: “5m” (number)" in printed
    assert "nearest: The council of Leeds" in printed


def test_json_carries_offsets_and_the_sentences(checked: Checked) -> None:
    _, printed = checked("Leeds spends £5m on roads.", "--format", "json")
    record = json.loads(printed)
    assert record["faithful"] is False
    (line,) = record["lines"]
    assert line["flags"][0]["text"] == "5m"
    evidence = line["evidence"][0]
    assert ARTICLE[evidence["start"] : evidence["end"]] == evidence["text"]


def test_the_threshold_decides(checked: Checked) -> None:
    summary = "The council wants drivers in Leeds to have better streets."
    assert checked(summary, "--threshold", "0")[0] == 0
    assert checked(summary, "--threshold", "1")[0] == UNFAITHFUL


def test_a_language_that_is_not_checked_in_full_says_so(checked: Checked) -> None:
    _, printed = checked(
        "Köln zahlt 9 Millionen.", "--language", "de", article="Köln zahlt 2 Millionen Euro."
    )
    assert "Note: language de: only numbers" in printed


def test_what_cannot_be_checked(checked: Checked, tmp_path: Path) -> None:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    absent = str(tmp_path / "absent")
    with pytest.raises(InputError, match="absent"):
        run_check(parser.parse_args([absent, "--source", absent]))
    with pytest.raises(OptionError, match="cannot both be -"):
        run_check(parser.parse_args(["-", "--source", "-"]))
    with pytest.raises(EmptyTextError):
        checked("")
    with pytest.raises(EmptyTextError):
        checked("Rain fell.", article="\n")
    with pytest.raises(OptionError, match="--threshold"):
        checked("Rain fell.", "--threshold", "2")


def test_the_shipped_threshold_is_a_probability() -> None:
    assert 0.2 < shipped().threshold < 0.8
