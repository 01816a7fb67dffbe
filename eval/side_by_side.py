"""ROUGE in the page: a few briefs of one article against a reference, and a leaderboard as HTML.

The figures are `summarize_eval.evaluate`'s own. How a data set becomes a board is in `board`; the rest of the
page is in `summarize.web`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import InputError, OptionError
from summarize.reading.columns import Columns
from summarize.reading.inputs import TextFiles, each_row, open_inputs
from summarize.reading.rows import article_of
from summarize.web.markup import download, inert, safe
from summarize.web.rows import Given

from .evaluate import evaluate
from .reports.examples import marked, token_numbers
from .reports.html import chart_sections, page
from .reports.tables import footnotes, label, table
from .results import Evaluation, Settings, System
from .rouge.tokenizers import UnicodeTokenizer

_CHARTED = 5  # documents from which on charts are drawn
_BAR = 56  # width of a bar for 100 points, in pixels


def reference_of(document: Document, pasted: str | None) -> str:
    """Return the reference that was pasted, else the article's own box, one sentence a line; or nothing.

    Example:
        >>> reference_of(Document("", (), reference=("It rained.", "It poured.")), " ")
        'It rained.\\nIt poured.'
    """
    return pasted.strip() if pasted and pasted.strip() else "\n".join(document.reference)


def score(briefs: Sequence[Brief], reference: str, style: str = "wysk") -> Evaluation:
    """Score one style of some briefs of an article.

    Args:
        briefs: by summarizers of different names.
        reference: a summary written by people.
        style: "headline", "bullets" or "wysk".

    Raises:
        InputError: where the reference holds nothing.
        OptionError: for a style that does not exist.
    """
    if not reference.strip():
        raise InputError("There is no reference: paste one, or take an article with its own box")
    if style not in ("headline", "bullets", "wysk"):
        raise OptionError(f"no style is called {style!r}; the styles are headline, bullets, wysk")
    systems = [
        System(brief.summarizer, ["\n".join(line.text for line in brief.lines(style))], brief.signature)
        for brief in briefs
    ]
    return evaluate("this article", systems, [(reference,)], settings=Settings(samples=1))


def scored(document: Document, briefs: Sequence[Brief], reference: str | None, style: str = "wysk") -> str:
    """Return briefs scored against the reference that was pasted or the article has, as HTML; "" for none."""
    wanted = reference_of(document, reference)
    return show_scores(score(briefs, wanted, style)) if wanted and briefs else ""


def show_scores(evaluation: Evaluation) -> str:
    """Return the scores of one article as HTML: F of each type with a bar, and the words that match."""
    best = [
        max(result.means[column, 2] for result in evaluation.results)
        for column in range(len(evaluation.types))
    ]
    head = "".join(f'<th scope="col">{label(name)}</th>' for name in evaluation.types)
    rows = "".join(
        f'<tr><th scope="row">{safe(result.system.name)}</th>'
        + "".join(
            _cell(float(f), float(f) == best[column] > 0) for column, f in enumerate(result.means[:, 2])
        )
        + "</tr>"
        for result in evaluation.results
    )
    tokenizer = UnicodeTokenizer()
    wanted = {number for text in evaluation.references[0] for number in token_numbers(text, tokenizer)}
    words = "".join(
        f'<div class="matched" dir="auto"><b>{safe(result.system.name)}</b><br>'
        f"{inert(marked(result.system.texts[0], wanted, tokenizer))}</div>"
        for result in evaluation.results
    )
    return (
        f'<section class="scores" aria-label="ROUGE"><h3>ROUGE, F in points</h3><table><thead>'
        f"<tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table><details open>"
        f"<summary>Words the reference has, marked</summary>{words}</details>"
        f'<p class="signature">{safe(evaluation.signature)}</p></section>'
    )


def _cell(f: float, wins: bool) -> str:
    width = max(round(_BAR * f, 1), 1)
    bar = (
        f'<svg width="{_BAR}" height="10" aria-hidden="true"><rect width="{width}" height="10" rx="3"/></svg>'
    )
    star = '<span aria-label="best"> ★</span>' if wins else ""
    kind = ' class="winner"' if wins else ""
    return f'<td{kind} data-f="{f!r}">{bar}{100 * f:.2f}{star}</td>'


def rows_of(path: str) -> Iterator[Given]:
    """Yield the articles of an uploaded file, and what is wrong with a row in its place.

    Raises:
        InputError: for a kind of file that is not read, or a file without a column of articles.
    """
    try:
        yield from _articles(path)
    except InputError as error:  # where the server put it is nobody's business
        raise InputError(str(error).replace(path, Path(path).name)) from error


def _articles(path: str) -> Iterator[Given]:
    asked = Columns()
    sources = open_inputs([path])
    if any(isinstance(source, TextFiles) for source in sources):
        raise InputError(
            "this is a single text, not a table; upload CSV, JSON Lines or Parquet with an article a row"
        )
    for number, row in enumerate(chain.from_iterable(each_row(source, asked) for source in sources), 1):
        # Only what stands in the row itself is read: a path in it stays a text.
        try:
            article = article_of(row, asked)
        except InputError as error:
            yield Given(f"row {number}", error=str(error))
        else:
            yield Given(str(number if article.id == row.where else article.id), article.text)


def show_board(evaluation: Evaluation) -> str:
    """Return the leaderboard as HTML, the best first, with charts where documents suffice, and the report."""
    header, rows = table(evaluation)
    order = sorted(range(len(rows)), key=lambda number: -float(evaluation.results[number].means[0, 2]))
    best: list[float] = [
        max(result.means[column, 2] for result in evaluation.results)
        for column in range(len(evaluation.types))
    ]
    head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in header)
    body = "".join(
        f'<tr><th scope="row">{safe(rows[number][0])}</th>'
        + "".join(
            f"<td{_winner(evaluation, best, number, column)}>{safe(cell)}</td>"
            for column, cell in enumerate(rows[number][1:])
        )
        + "</tr>"
        for number in order
    )
    count = len(evaluation.ids)
    few = [f"{_counted(count)}: too few to tell summarizers apart, so there are no charts"]
    told = [*footnotes(evaluation), *(few if count < _CHARTED else [])]
    notes = "".join(f"<li>{safe(line)}</li>" for line in told)
    drawn = chart_sections(evaluation) if count >= _CHARTED else ""
    report = download(
        "HTML report", "report.html", "text/html", page(evaluation), "Download the report as HTML"
    )
    # What is in it the page makes of the report, once it is opened.
    browse = '<details class="browse"><summary>Examples, article by article</summary></details>'
    return (
        f'<section class="scores board" aria-label="Leaderboard"><h2>{safe(evaluation.dataset)}: '
        f'{_counted(count)}</h2><p class="tools">{report}</p><table><thead>'
        f"<tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table><ul>{notes}</ul>{inert(drawn)}{browse}"
        f'<p class="signature">{safe(evaluation.signature)}</p></section>'
    )


def _counted(documents: int) -> str:
    return "1 document" if documents == 1 else f"{documents} documents"


def _winner(evaluation: Evaluation, best: Sequence[float], number: int, column: int) -> str:
    wins = column < len(best) and evaluation.results[number].means[column, 2] == best[column]
    return ' class="winner"' if wins else ""
