"""Briefs -> cards side by side, as escaped HTML. A card's lines name the sentences they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from summarize.brief import Brief, Line
from summarize.evidence import LineVerdict
from summarize.web.comparing.bar import REFERENCE, comparing_bar, reference_card
from summarize.web.comparing.own import OWN, OwnSummary
from summarize.web.comparing.words import worded
from summarize.web.markup import download, inert, safe
from summarize.web.running import Outcome
from summarize.writing.html import marked
from summarize.writing.wording import BOX, box_title, doubts, remarks
from summarize.writing.write import render

_BAR = '<div class="bar"></div>'


def cards(
    outcomes: Sequence[Outcome],
    waiting: Iterable[str] = (),
    notes: Mapping[str, str] | None = None,
    begun: bool = True,
    growing: Mapping[str, Sequence[str]] | None = None,
    stopped: Iterable[str] = (),
    own: OwnSummary | None = None,
    reference: Sequence[str] = (),
) -> str:
    """Return the cards of what is done and a place for each that is not.

    Args:
        outcomes: what summarizers wrote.
        waiting: names of summarizers to come; the first of them is at work.
        notes: what is to be said of one of these before it begins.
        begun: whether the first is at work, and does not wait for its turn.
        growing: the lines of each style that it has written so far.
        stopped: names of summarizers that were stopped.
        own: a summary that the visitor pasted, whose card comes first.
        reference: the lines that people wrote, whose card comes last.
    """
    language = next((one.brief.document.language for one in outcomes if one.brief), "en")
    done = [_own_card(own)] if own else []
    done += [_card(outcome) for outcome in outcomes]
    rest = list(waiting)
    for at, name in enumerate(rest):
        grows = at == 0 and growing and any(growing.values())
        note = (notes or {}).get(name, "")
        done.append(_growing(name, growing) if grows and growing else _waiting(name, note, begun, not at))
    done += [_place(name, "stopped", "stopped") for name in stopped]
    done += [reference_card(reference, language)] if reference else []
    busy = "true" if rest else "false"
    compared = [OWN] * bool(own) + [outcome.name for outcome in outcomes if outcome.brief]
    compared += [REFERENCE] * bool(reference)
    bar = "" if rest or len(compared) < 2 else comparing_bar(compared)
    region = f'<div class="cards" role="region" aria-label="Briefs" aria-busy="{busy}">'
    told = f'<p class="unseen" role="status">{_progress(outcomes, rest)}</p>'
    return f'{told}{bar}{region}<h2 class="unseen">Briefs</h2>{"".join(done)}</div>'


def _progress(outcomes: Sequence[Outcome], waiting: Sequence[str]) -> str:
    """Say to those who listen how far a run is."""
    written = ", ".join(safe(outcome.name) for outcome in outcomes if outcome.brief)
    told = f"Ready: {written}. " if written else ""
    return told + (f"At work: {safe(waiting[0])}." if waiting else "All is done.")


def _waiting(name: str, note: str, begun: bool, first: bool) -> str:
    what = "waiting…"
    if first:
        what = "working…" if begun else "waiting for its turn: others are being served…"
    return _place(name, f"{what} {note}".strip(), "waiting", 3 * _BAR)


def _growing(name: str, lines: Mapping[str, Sequence[str]]) -> str:
    """Return the card of a brief that is being written: nothing of it is checked, nor can be chosen."""

    def shown(style: str, tag: str) -> str:
        return "".join(f'<{tag} dir="auto">{safe(line)}</{tag}>' for line in lines.get(style, ()))

    parts = [f'<header><h3>{safe(name)}</h3></header><p role="status">writing…</p>']
    if lines.get("headline"):
        parts.append(f'<h4 class="headline" dir="auto">{safe(lines["headline"][0])}</h4>')
    if bullets := shown("bullets", "li"):
        parts.append(f'<ul class="bullets">{bullets}</ul>')
    if box := shown("wysk", "p"):
        parts.append(f'<div class="wysk"><h4>{safe(BOX)}</h4>{box}</div>')
    return f'<article class="card waiting growing">{"".join(parts)}{_BAR}</article>'


def _place(name: str, what: str, kind: str, bars: str = "") -> str:
    return (
        f'<article class="card {kind}"><header><h3>{safe(name)}</h3></header>'
        f'<p role="status">{safe(what)}</p>{bars}</article>'
    )


def _card(outcome: Outcome) -> str:
    name = safe(outcome.name)
    if outcome.brief is None:
        return (
            f'<article class="card failed" data-summarizer="{name}"><header><h3>{name}</h3></header>'
            f'<p class="message error" role="alert">{safe(outcome.error)}</p></article>'
        )
    figures = [
        ("words", f"{outcome.words}"),
        ("compression", f"{outcome.compression:.1f} : 1"),
        ("article read", f"{100 * outcome.brief.coverage:.0f} %"),
        ("seconds", f"{outcome.seconds:.2f}"),
    ]
    return _brief(outcome.brief, outcome.name, figures, {})


def _own_card(own: OwnSummary) -> str:
    """Return the card of a pasted summary: as the others, and what the check says of each line."""
    outcome = Outcome(OWN, own.brief)
    figures = [
        ("words", f"{outcome.words}"),
        ("compression", f"{outcome.compression:.1f} : 1"),
        ("check", f"{own.answer}, {100 * own.score:.0f} %"),
    ]
    return _brief(own.brief, OWN, figures, own.verdicts)


def _brief(
    brief: Brief, called: str, figures: Iterable[tuple[str, str]], verdicts: Mapping[str, LineVerdict]
) -> str:
    """Return the card of a brief, with what a check says of its lines where one was made."""
    name, language = safe(called), brief.document.language
    key = name.replace(" ", "-")

    def shown(line: Line, part: str) -> str:
        return _line(line, f"{key}-{part}", language, verdicts.get(line.text))

    parts = [f"<header><h3>{name}</h3></header>"]
    if brief.headline:
        parts.append(f'<h4 class="headline" dir="auto">{shown(brief.headline, "headline")}</h4>')
    if brief.bullets:
        items = "".join(
            f'<li dir="auto">{shown(line, f"bullet-{number}")}</li>'
            for number, line in enumerate(brief.bullets)
        )
        parts.append(f'<ul class="bullets">{items}</ul>')
    if brief.wysk:
        title = safe(box_title(brief))
        lines = "".join(
            f'<p dir="auto">{shown(line, f"box-{number}")}</p>' for number, line in enumerate(brief.wysk)
        )
        parts.append(f'<aside class="wysk" aria-label="{title}, by {name}"><h4>{title}</h4>{lines}</aside>')
    parts += [f'<p class="remark">{safe(remark)}</p>' for remark in remarks(brief)]
    parts += [_figures(figures), tools(brief)]
    return (
        f'<article class="card" data-summarizer="{name}" data-card="{name}" lang="{safe(language)}" '
        f'aria-label="Brief by {name}">{"".join(parts)}</article>'
    )


def _line(line: Line, key: str, language: str, verdict: LineVerdict | None) -> str:
    """Return a line as a button that marks its sources, with what the source does not support marked.

    What is wrong is said below the line, and by a screen reader together with it.
    """
    sources = ",".join(str(found.sentence) for found in line.evidence)
    doubt = "".join(f'<span class="doubt">{safe(found)}</span>' for found in doubts(line))
    if verdict:
        said = f"{verdict.answer}, {100 * verdict.score:.0f} %" + ("" if sources else ": no source sentence")
        doubt = f'<span class="answer {verdict.answer}">{safe(said)}</span>{doubt}'
    described = f' aria-describedby="doubts-{key}"' if doubt else ""
    below = f'<span class="doubts" id="doubts-{key}">{doubt}</span>' if doubt else ""
    text = inert(worded(marked(line), language))
    if not sources:
        return f'<span class="line"{described}>{text}</span>{below}'
    count = len(line.evidence)
    label = "1 source sentence" if count == 1 else f"{count} source sentences"
    return (
        f'<button type="button" class="line" data-sources="{sources}" aria-pressed="false" '
        f'title="Show its {label}"{described}>{text}</button>{below}'
    )


def _figures(figures: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{safe(name)}</dt><dd>{value}</dd></div>" for name, value in figures)
    return f'<dl class="figures">{rows}</dl>'


def tools(brief: Brief) -> str:
    """Return what copies a brief and downloads it in each format."""
    name, plain = brief.summarizer, render(brief, "markdown")
    file = "".join(letter if letter.isalnum() else "-" for letter in name)
    links = [
        download(
            "Markdown", f"{file}.md", "text/markdown", plain, f"Download the brief by {name} as Markdown"
        ),
        download(
            "JSON",
            f"{file}.json",
            "application/json",
            render(brief, "json", evidence=True),
            f"Download the brief by {name} as JSON",
        ),
        download(
            "HTML",
            f"{file}.html",
            "text/html",
            render(brief, "html", evidence=True),
            f"Download the brief by {name} as HTML",
        ),
    ]
    return f'<footer class="tools">{copying(plain, f"Copy the brief by {name}")}{"".join(links)}</footer>'


def copying(text: str, describe: str) -> str:
    """Return what copies a text."""
    return (
        f'<button type="button" class="tool" data-copy="{safe(text, lines=True)}" '
        f'aria-label="{safe(describe)}">Copy</button>'
    )
