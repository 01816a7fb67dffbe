"""Checking: every line with its evidence, its flags and the answer: supported, unsure, unsupported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from summarize.brief import Evidence, Flag, Line
from summarize.document import Document
from summarize.evidence.align import align_tokens, passage
from summarize.evidence.facts import find_flags, lost_flags, negations_by_table
from summarize.evidence.features import features, read_line
from summarize.evidence.score import COPIED, JUDGE_WEIGHT, combine, judged, shipped
from summarize.evidence.source import Source, read_source
from summarize.language.table import table
from summarize.language.text import sentence_spans
from summarize.language.tokens import Tokens, tokenize

if TYPE_CHECKING:
    from summarize.evidence.embeddings import Encoder
    from summarize.models.judge import Judge

_FLAG_COST = 0.5
# Kinds of flags that say the source has it otherwise, not that it lacks something.
CONTRADICTIONS = frozenset({"negation", "word", "swap"})


class Answer(StrEnum):
    """What a check answers, in words, since a check that finds nothing is no proof."""

    SUPPORTED = "supported"
    UNSURE = "unsure"
    UNSUPPORTED = "unsupported"


def answer(score: float, flags: Iterable[Flag], threshold: float | None = None) -> Answer:
    """Return the answer to a score and the flags beside it.

    Unsupported is what scores under the threshold or contradicts its source; supported what scores so high
    that nine of ten such are faithful, without any flag; unsure is all between.

    Args:
        score: of a line or a summary, 0 to 1.
        flags: what was found in it.
        threshold: the least score that is not unsupported; None for the one fitted on annotated summaries.

    Example:
        >>> answer(0.99, ()), answer(0.99, [Flag(0, 3, "negation")]), answer(0.99, [Flag(0, 1, "number")])
        (<Answer.SUPPORTED: 'supported'>, <Answer.UNSUPPORTED: 'unsupported'>, <Answer.UNSURE: 'unsure'>)
    """
    model = shipped()
    kinds = {flag.kind for flag in flags}
    least = model.threshold if threshold is None else threshold
    if score < least or not kinds.isdisjoint(CONTRADICTIONS):
        return Answer.UNSUPPORTED
    return Answer.SUPPORTED if score >= max(model.sure, least) and not kinds else Answer.UNSURE


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What checking found about one line.

    Attributes:
        text: the line.
        evidence: the sentences it rests on, best first.
        flags: what in it the source does not support.
        score: the estimated probability that it says nothing the source does not, 0 to 1.
        judged: a judge's P(supported), which is in the score; None where none was asked.
    """

    text: str
    evidence: tuple[Evidence, ...]
    flags: tuple[Flag, ...]
    score: float
    judged: float | None = None

    @property
    def answer(self) -> Answer:
        """Whether the line is supported, unsure or unsupported."""
        return answer(self.score, self.flags)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found about a summary.

    Attributes:
        lines: one for each sentence of the summary.
        score: the estimated probability that all of it is supported, 0 to 1.
        notes: what a reader should know of how it was checked, one sentence each.
    """

    lines: tuple[LineVerdict, ...]
    score: float
    notes: tuple[str, ...] = ()

    @property
    def faithful(self) -> bool:
        """Whether the answer is not "unsupported": no contradiction, and a score at the fitted threshold."""
        return self.answer is not Answer.UNSUPPORTED

    @property
    def answer(self) -> Answer:
        """Whether the summary is supported, unsure or unsupported."""
        return answer(self.score, self.flags)

    @property
    def flags(self) -> tuple[Flag, ...]:
        """The flags of all lines; offsets are those of the line each stands in."""
        return tuple(flag for line in self.lines for flag in line.flags)


def check(
    summary: str, document: Document, encoder: Encoder | None = None, judge: Judge | None = None
) -> Verdict:
    """Check a summary, sentence by sentence, against the document it summarizes.

    Args:
        summary: any text.
        document: its source.
        encoder: finds further evidence by meaning (`summarize.evidence.embeddings`); None for words alone.
        judge: an entailment model whose word enters the scores (`summarize.models.judge`), or None.

    Raises:
        ModelError: where the judge fails.

    Example:
        >>> from summarize.parsing.parse import parse
        >>> article = parse("Ann Lee won the vote on Monday. About 900 people took part.", language="en")
        >>> verdict = check("Ann Lee won the vote. Some 2,000 people took part.", article)
        >>> [(line.text[flag.start : flag.end], flag.kind) for line in verdict.lines for flag in line.flags]
        [('2,000', 'number')]
    """
    lines = [line[start:end] for line in summary.splitlines() for start, end in _spans(line, document)]
    verdicts = check_lines(lines, document, encoder, judge)
    told = notes(document)
    if judge is not None:
        told += (f"{judge.name} was asked, and its word has the weight {JUDGE_WEIGHT:g}",)
    return Verdict(tuple(verdicts), combine([line.score for line in verdicts]), told)


def check_lines(
    lines: Iterable[str], document: Document, encoder: Encoder | None = None, judge: Judge | None = None
) -> list[LineVerdict]:
    """Check lines one by one, as `check` does; a line of several sentences is judged as a whole."""
    source = read_source(document)
    checked: dict[str, LineVerdict] = {}  # some texts say one thing a thousand times
    for line in (lines := list(lines)):
        if line not in checked:
            checked[line] = _check_line(line, source)
    if encoder is not None:
        from summarize.evidence.embeddings import complete

        checked = dict(zip(checked, complete(checked.values(), document, encoder), strict=True))
    if judge is not None:
        checked = dict(zip(checked, _judged(list(checked.values()), document, judge), strict=True))
    return [checked[line] for line in lines]


def _judged(verdicts: Sequence[LineVerdict], document: Document, judge: Judge) -> Iterator[LineVerdict]:
    """Yield the verdicts with what a judge says in their scores; copies and lines without evidence stay."""
    asked = [verdict.score != COPIED and bool(verdict.evidence) for verdict in verdicts]
    pairs = [(passage(v.evidence, document), v.text) for v, ask in zip(verdicts, asked, strict=True) if ask]
    answers = iter(judge.probabilities(pairs))
    for verdict, ask in zip(verdicts, asked, strict=True):
        if not ask:
            yield verdict
            continue
        supported = next(answers)
        yield replace(verdict, score=judged(verdict.score, supported), judged=supported)


def attach(lines: Sequence[str], document: Document) -> list[Line]:
    """Return the lines with the sentences they rest on and what in them the source does not support."""
    return [Line(line.text, line.evidence, line.flags) for line in check_lines(lines, document)]


def notes(document: Document) -> tuple[str, ...]:
    """Return what is not checked in a document's language, as sentences; nothing for English.

    Example:
        >>> notes(Document("", (), language="uk"))
        ('language uk: only numbers, quotations, names are checked, and the score is not calibrated',)
    """
    if document.language == "en":
        return ()
    checked = "numbers, quotations, names"
    if table(document.language).words("check", "negators"):
        checked = f"{checked} and negation"
    return (f"language {document.language}: only {checked} are checked, and the score is not calibrated",)


def _spans(line: str, document: Document) -> list[tuple[int, int]]:
    return sentence_spans(line, document.language)


def _cut_off(line: str, tokens: Tokens, evidence: Sequence[Evidence], source: Source) -> tuple[Flag, ...]:
    """Return the flags of a line that is a part of a sentence, for what the other part says of it."""
    if not tokens or not evidence:
        return ()
    first, last = source.bounds[evidence[0].sentence]
    if len(tokens) >= last - first:
        return ()
    lost = lost_flags if source.document.language == "en" else negations_by_table
    return tuple(lost(line, tokens, evidence[0].sentence, source))


def _check_line(line: str, source: Source) -> LineVerdict:
    tokens = tokenize(line, source.document.language)
    evidence = align_tokens(tokens, line, source)
    if not tokens or f" {' '.join(tokens.words).lower()} " in source.running:
        return LineVerdict(line, evidence, _cut_off(line, tokens, evidence, source), COPIED)
    reading = read_line(tokens, source, (found.sentence for found in evidence))
    flags = find_flags(line, reading, source)
    if source.document.language != "en":
        best = max((found.score for found in evidence), default=0.0)
        return LineVerdict(line, evidence, flags, best * _FLAG_COST ** len(flags))
    return LineVerdict(line, evidence, flags, shipped().probability(features(reading, source, flags)))
