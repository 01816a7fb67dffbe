"""Briefs -> cards side by side, as escaped HTML. A card's lines name the sentences they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from summarize.brief import Brief, Line
from summarize.web.markup import download, inert, safe
from summarize.web.running import CHAT, Outcome, is_slow
from summarize.writing.html import marked
from summarize.writing.wording import box_title, doubts, remarks
from summarize.writing.write import render

_BAR = '<div class="bar"></div>'


def cards(outcomes: Sequence[Outcome], waiting: Iterable[str] = ()) -> str:
    """Return the cards of what is done and a place for each that is still at work."""
    done = [_card(outcome) for outcome in outcomes]
    rest = list(waiting)
    empty = [_waiting(name, first=not index) for index, name in enumerate(rest)]
    busy = "true" if rest else "false"
    body = "".join(done + empty)
    return f'<div class="cards" role="region" aria-label="Briefs" aria-busy="{busy}">{body}</div>'


def unavailable(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return what cannot run here, greyed, each with what fixes it; entries as of `summarize list`."""
    absent = [entry for entry in entries if not entry["runs"]]
    if not absent:
        return ""
    items = "".join(
        f'<li aria-disabled="true"><b>{safe(entry["name"])}</b> {safe(entry["about"])}'
        f"<br><code>{safe(str(entry['missing']))}</code></li>"
        for entry in absent
    )
    names = ", ".join(safe(entry["name"]) for entry in absent)
    head = f"<summary>Not available here: {names}</summary>"
    return f'<details class="unavailable">{head}<ul>{items}</ul></details>'


def _waiting(name: str, first: bool) -> str:
    what = "working…" if first else "waiting…"
    if first and name != CHAT and is_slow(name):
        what += " A model is loaded the first time, which can take a minute or more."
    return (
        f'<article class="card waiting"><header><h3>{safe(name)}</h3></header>'
        f'<p role="status">{what}</p>{3 * _BAR}</article>'
    )


def _card(outcome: Outcome) -> str:
    brief = outcome.brief
    name = safe(outcome.name)
    if brief is None:
        return (
            f'<article class="card failed" data-summarizer="{name}"><header><h3>{name}</h3></header>'
            f'<p class="message error" role="alert">{safe(outcome.error)}</p></article>'
        )
    parts = [f"<header><h3>{name}</h3></header>"]
    if brief.headline:
        parts.append(f'<h4 class="headline" dir="auto">{_line(brief.headline, f"{name}-headline")}</h4>')
    if brief.bullets:
        items = "".join(
            f'<li dir="auto">{_line(line, f"{name}-bullet-{number}")}</li>'
            for number, line in enumerate(brief.bullets)
        )
        parts.append(f'<ul class="bullets">{items}</ul>')
    if brief.wysk:
        title = safe(box_title(brief))
        lines = "".join(
            f'<p dir="auto">{_line(line, f"{name}-box-{number}")}</p>'
            for number, line in enumerate(brief.wysk)
        )
        parts.append(f'<aside class="wysk" aria-label="{title}"><h4>{title}</h4>{lines}</aside>')
    parts += [f'<p class="remark">{safe(remark)}</p>' for remark in remarks(brief)]
    parts += [_figures(outcome), _tools(brief)]
    return (
        f'<article class="card" data-summarizer="{name}" lang="{safe(brief.document.language)}" '
        f'aria-label="Brief by {name}">{"".join(parts)}</article>'
    )


def _line(line: Line, key: str) -> str:
    """Return a line as a button that marks its sources, with what the source does not support marked.

    What is wrong is said below the line, and by a screen reader together with it.
    """
    sources = ",".join(str(found.sentence) for found in line.evidence)
    doubt = "".join(f'<span class="doubt">{safe(found)}</span>' for found in doubts(line))
    described = f' aria-describedby="doubts-{key}"' if doubt else ""
    below = f'<span class="doubts" id="doubts-{key}">{doubt}</span>' if doubt else ""
    text = inert(marked(line))
    if not sources:
        return f'<span class="line"{described}>{text}</span>{below}'
    count = len(line.evidence)
    label = "1 source sentence" if count == 1 else f"{count} source sentences"
    return (
        f'<button type="button" class="line" data-sources="{sources}" aria-pressed="false" '
        f'title="Show its {label}"{described}>{text}</button>{below}'
    )


def _figures(outcome: Outcome) -> str:
    brief = outcome.brief
    share = 100 * (brief.coverage if brief else 0)
    figures = [
        ("words", f"{outcome.words}"),
        ("compression", f"{outcome.compression:.1f} : 1"),
        ("coverage", f"{share:.0f} %"),
        ("seconds", f"{outcome.seconds:.2f}"),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in figures)
    return f'<dl class="figures">{rows}</dl>'


def _tools(brief: Brief) -> str:
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
    copy = (
        f'<button type="button" class="tool" data-copy="{safe(plain, lines=True)}" '
        f'aria-label="Copy the brief by {safe(name)}">Copy</button>'
    )
    return f'<footer class="tools">{copy}{"".join(links)}</footer>'
