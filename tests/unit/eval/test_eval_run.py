"""Runs: summarizers by name and options, failures noted, and a broken-off run goes on."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from summarize_eval.data.dataset import Example
from summarize_eval.journal import RunJournal, RunProgress, journal_path
from summarize_eval.run import names_of, run, written_elsewhere

from summarize.document import Document
from summarize.errors import InputError, OptionError, UnknownSummarizerError
from summarize.registry import load
from summarize.style import Style
from summarize.summarizers.base import AbstractiveSummarizer, Draft

STORY = "Rain fell in {0} on Monday. The river rose by two metres. Nobody was hurt in {0}. Schools stay shut."
EXAMPLES = [Example(town, STORY.format(town), ("Rain.",)) for town in ("Leeds", "York", "Hull")]


def test_names_and_options() -> None:
    assert names_of("lead, lead,textrank:plain=True") == ["lead", "textrank:plain=True"]
    assert {"lead", "textrank", "random"} <= set(names_of("all"))
    [plain] = run(["textrank:plain=True"], EXAMPLES, quiet=True)
    assert "plain:True" in plain.signature
    for wrong in ("textrank:plain", "textrank:speed=9"):
        with pytest.raises(OptionError):
            run([wrong], EXAMPLES, quiet=True)
    with pytest.raises(OptionError):
        names_of(" ,")
    with pytest.raises(UnknownSummarizerError):
        run(["lead", "leed"], EXAMPLES, quiet=True)


def test_texts_written_elsewhere_are_checked_against_their_articles() -> None:
    articles = [example.text for example in EXAMPLES[:2]]
    texts = ["Nobody was hurt in Leeds. Schools stay shut.", "The river rose by nine metres."]
    found = written_elsewhere("s", texts, articles)
    assert found.tally is not None and found.tally.lines == 3
    assert found.tally.kinds == {"number": 1}
    assert found.statistics is not None and found.statistics[0].coverage == 1
    assert written_elsewhere("s", texts, None).tally is None


def test_a_long_run_says_beforehand_how_long(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize_eval.run._LONG", 0.0)
    run(["lead"], EXAMPLES)
    assert "lead: about 0 min to go" in capsys.readouterr().err
    run(["lead"], EXAMPLES, quiet=True)
    assert not capsys.readouterr().err


def test_texts_lines_times_and_figures() -> None:
    lead, random = run(["lead", "random"], EXAMPLES, bullets=2, quiet=True)
    assert [len(text.splitlines()) for text in lead.texts] == [2, 2, 2]
    assert lead.texts[0].startswith("Rain fell in Leeds on Monday.")
    assert lead.seconds
    assert all(seconds > 0 for seconds in lead.seconds)
    assert lead.statistics
    assert lead.statistics[0].coverage == 1
    assert lead.statistics[0].evidenced == 1
    assert random.signature != lead.signature


class Inventive(AbstractiveSummarizer):
    """Writes one sentence of the story and one with a number and a name of its own."""

    def write(self, documents: Sequence[Document], style: Style) -> list[list[str]]:
        lines = ["The river rose by two metres.", "Some 900 people fled to Bergen."]
        return [lines for _ in documents]


class Silent(Inventive):
    """A batch of it fails, so that each document is written about alone."""

    def draft(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Draft]:
        if len(documents) > 1:
            raise InputError("one at a time")
        return super().draft(documents, styles)


@pytest.mark.parametrize("kind", [Inventive, Silent])
def test_flags_and_support_are_of_all_lines(
    kind: type[Inventive], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarize_eval.run.load", lambda name, **_: load(name) if name == "lead" else kind())
    path = tmp_path / "journal.jsonl"
    lead, other = run(["lead", "other"], EXAMPLES, journal=RunJournal(path), batch=2, quiet=True)
    assert lead.tally
    assert (lead.tally.lines, lead.tally.mean_support, lead.tally.kinds) == (9, 1.0, {})
    assert other.tally
    assert (other.tally.lines, other.tally.kinds) == (6, {"number": 3, "name": 3})
    assert other.tally.flags_per_100 == 100
    assert 0.5 <= other.tally.mean_support < 0.7
    # From the journal of a run that broke off come the same figures.
    again = run(["lead", "other"], EXAMPLES, journal=RunJournal(path), batch=2, quiet=True)
    assert [system.tally for system in again] == [lead.tally, other.tally]


@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_failing_document_is_noted_and_the_rest_is_done(batch: int) -> None:
    examples = [EXAMPLES[0], Example("blank", " . ", ("x",)), EXAMPLES[1]]
    [system] = run(["lead"], examples, batch=batch, quiet=True)
    assert [bool(text) for text in system.texts] == [True, False, True]
    assert len(system.failures) == 1
    assert "blank" in system.failures[0]


def test_a_failure_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    run(["lead"], [EXAMPLES[0], Example("blank", " . ", ("x",))], journal=RunJournal(path), quiet=True)
    assert len(RunJournal(path)) == 1


def test_a_run_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    run(["lead"], EXAMPLES[:2], journal=RunJournal(path), quiet=True)
    first, second = path.read_text().splitlines()
    # Told apart from a new text by its words; the second line was being written when the power went.
    path.write_text(json.dumps({**json.loads(first), "text": "From the journal."}) + "\n" + second[:40])
    journal = RunJournal(path)
    assert len(journal) == 1
    [system] = run(["lead"], EXAMPLES, journal=journal, quiet=True)
    assert system.texts[0] == "From the journal."
    assert system.texts[1].startswith("Rain fell in York")
    assert len(path.read_text().splitlines()) == 3
    [other] = run(["lead"], EXAMPLES, bullets=1, journal=journal, quiet=True)
    assert other.texts[0] != "From the journal.", "other options are another run"
    assert len(RunJournal(path, fresh=True)) == 0
    journal.finish()
    assert not path.exists()


def test_journals_of_other_datasets_and_styles_are_apart() -> None:
    assert len({journal_path(name, style) for name in ("a", "b") for style in ("bullets", "headline")}) == 4


def test_progress_is_one_line_on_a_terminal_and_ends() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream in (Terminal(), io.StringIO()):
        progress = RunProgress("lead", 3, stream)
        for done in (1, 2, 3):
            progress.step(done)
        assert "lead: 3/3 documents" in stream.getvalue()
        assert stream.getvalue().count("\n") == 1
