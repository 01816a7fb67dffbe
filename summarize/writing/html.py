"""Briefs as one self-contained HTML page: no scripts, nothing fetched, light and dark, phone and desk.

Everything that comes from an article is escaped; a policy in the page forbids scripts besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from summarize.brief import Brief, Line
from summarize.document import is_web_address
from summarize.printing import clean
from summarize.writing.wording import (
    box_title,
    doubt,
    doubts,
    name_of,
    outlet,
    place,
    quotation,
    remarks,
    sections,
    squeeze,
    told_by,
)

_STYLE = """
:root { color-scheme: light dark; --paper: #f6f4ef; --card: #fff; --ink: #1d1c1a; --soft: #6b675f;
  --line: #e4dfd5; --accent: #a3322b; --box: #fbf3ea; --mark: #ffe08a; --mark-ink: #4a3500; }
@media (prefers-color-scheme: dark) { :root { --paper: #141416; --card: #1d1d20; --ink: #ecebe8;
  --soft: #a3a099; --line: #34343a; --accent: #f0897f; --box: #28231f; --mark: #6b5310;
  --mark-ink: #ffeeb8; } }
* { box-sizing: border-box; }
body { margin: 0; padding: clamp(1rem, 4vw, 3rem) 1rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Charter, "Bitstream Charter", Georgia, "Noto Serif", serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; display: grid; gap: 1.5rem; }
article { min-width: 0; background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: clamp(1.25rem, 5vw, 2.5rem); box-shadow: 0 1px 2px rgb(0 0 0 / .05), 0 8px 24px rgb(0 0 0 / .04); }
h1, h2.headline { margin: .25rem 0 1rem; font-size: clamp(1.5rem, 5.5vw, 2.1rem); line-height: 1.2;
  letter-spacing: -.01em; text-wrap: balance; }
.source, footer, details, .doubt, .told {
  font: .8125rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
.source, .told, footer, details { color: var(--soft); }
.source { margin: 0; }
a { color: inherit; text-underline-offset: .15em; }
ul.bullets { margin: 0 0 1.5rem; padding: 0; list-style: none; }
ul.bullets > li { padding-inline-start: 1.25rem; position: relative; margin: 0 0 .75rem; }
ul.bullets > li::before { content: ""; position: absolute; inset-inline-start: 0; top: .62em; width: .45rem;
  height: .45rem; border-radius: 50%; background: var(--accent); }
aside { background: var(--box); border-inline-start: 4px solid var(--accent);
  border-radius: 4px 10px 10px 4px; padding: 1rem 1.25rem; }
aside h2, aside h3 { margin: 0 0 .5rem; color: var(--accent);
  font: 600 .9375rem/1.4 system-ui, -apple-system, "Segoe UI", sans-serif; letter-spacing: .01em; }
aside p { margin: 0 0 .5rem; } aside > :last-child { margin-bottom: 0; }
mark { background: var(--mark); color: var(--mark-ink); border-radius: 3px; padding: 0 .15em; }
.doubt { margin: .25rem 0; color: var(--accent); }
details { margin: .25rem 0 .5rem; }
article > details { margin-bottom: 1.25rem; } summary { cursor: pointer; width: fit-content; }
summary:hover, summary:focus-visible { color: var(--accent); }
details ol { margin: .4rem 0 0; padding: 0; list-style: none; }
details li { border-inline-start: 2px solid var(--line); padding-inline-start: .75rem; margin: 0 0 .4rem; }
details q { color: var(--ink); quotes: none; } .place { font-variant-numeric: tabular-nums; }
footer { margin-top: 1.5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
footer p { margin: 0; }
@media print { body { background: none; padding: 0; } article { border: 0; box-shadow: none; padding: 0; } }
"""

_HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
"""
FOOT = "</main>\n</body>\n</html>\n"


def pieces(briefs: Iterable[Brief], *, several: bool, evidence: bool) -> Iterator[str]:
    """Yield a page: its head, an article for each brief, its foot."""
    begun = False
    for brief in briefs:
        if not begun:
            yield _head(brief, several)
            begun = True
        yield article(brief, several, evidence)
    yield FOOT if begun else head("Briefs", "en") + FOOT


def _head(brief: Brief, several: bool) -> str:
    # Of several only the first is at hand while the rest are still being written.
    title = "Briefs" if several else safe(brief.headline.text if brief.headline else name_of(brief))
    language = "en" if several else safe(brief.document.language)
    return head(title, language)


def head(title: str, language: str) -> str:
    """Return the beginning of a page; title and language are escaped already."""
    return _HEAD.format(language=language, title=title, style=_STYLE)


def safe(text: str) -> str:
    """Return a text on one line for a page."""
    return escape(squeeze(text))


def article(brief: Brief, several: bool, evidence: bool, above: str = "") -> str:
    """Return a brief as an article of a page; `above` is HTML that stands over its headline."""
    tag = 'h2 class="headline"' if several else "h1"
    parts = [above, f'<p class="source" dir="auto">{sources(brief)}</p>']
    # Without a headline of ours the article's own would only repeat the line above.
    if brief.headline:
        parts.append(f'<{tag} dir="auto">{marked(brief.headline)}</{tag.split()[0]}>')
        parts.append(_below(brief, brief.headline, evidence))
    if brief.bullets:
        items = (
            f'<li dir="auto">{marked(line)}{_below(brief, line, evidence)}</li>' for line in brief.bullets
        )
        parts.append('<ul class="bullets">\n' + "\n".join(items) + "\n</ul>")
    if brief.wysk:
        level = "h3" if several else "h2"
        lines = (f'<p dir="auto">{marked(line)}</p>{_below(brief, line, evidence)}' for line in brief.wysk)
        parts.append(f"<aside>\n<{level}>{box_title(brief)}</{level}>\n" + "\n".join(lines) + "\n</aside>")
    parts += _sections(brief, evidence, "h3" if several else "h2")
    parts.append(_footer(brief))
    body = "\n".join(part for part in parts if part)
    return f'<article lang="{safe(brief.document.language)}">\n{body}\n</article>\n'


def sources(brief: Brief) -> str:
    """Return the names of a brief's sources, linked where they stand on the web."""
    if brief.others:
        return " · ".join(link(document.source or "", safe(outlet(document))) for document in brief.documents)
    return link(brief.document.source or "", safe(name_of(brief)))


def link(source: str, name: str) -> str:
    """Return a name, escaped already, that leads to its source where that is an address."""
    # Nothing but the web becomes a link: not "javascript:", not a path of this machine.
    if is_web_address(source):
        return f'<a href="{safe(source)}" rel="noopener noreferrer">{name}</a>'
    return name


def marked(line: Line) -> str:
    """Return the line as HTML with every doubtful stretch marked."""
    text, parts, position = clean(line.text), [], 0
    for flag in sorted(line.flags, key=lambda flag: (flag.start, flag.end)):
        start = max(flag.start, position)  # two flags may overlap, and marks must not
        if flag.end > start:
            stretch = escape(text[start : flag.end])
            parts += [
                escape(text[position:start]),
                f'<mark title="{safe(doubt(line, flag))}">{stretch}</mark>',
            ]
            position = flag.end
    return "".join([*parts, escape(text[position:])])


def _below(brief: Brief, line: Line, evidence: bool) -> str:
    below = "".join(f'<p class="doubt">{safe(doubt)}</p>' for doubt in doubts(line))
    if told := told_by(brief, line):
        below += f'<p class="told">{safe(told)}</p>'
    if not evidence or not line.evidence:
        return below
    items = "".join(
        f'<li dir="auto"><span class="place">{safe(place(brief, found))}</span> '
        f"<q>{safe(quotation(brief, found))}</q></li>"
        for found in line.evidence
    )
    count = len(line.evidence)
    label = "1 source sentence" if count == 1 else f"{count} source sentences"
    return f"{below}<details><summary>{label}</summary><ol>{items}</ol></details>"


def _sections(brief: Brief, evidence: bool, level: str) -> Iterator[str]:
    for heading, lines in sections(brief):
        items = (f'<li dir="auto">{marked(line)}{_below(brief, line, evidence)}</li>' for line in lines)
        yield f'<{level}>{heading}</{level}>\n<ul class="bullets">\n' + "\n".join(items) + "\n</ul>"


def _footer(brief: Brief) -> str:
    notes = "".join(f"<p>{safe(remark)}</p>" for remark in remarks(brief))
    return f"<footer>{notes}<p>{safe(brief.signature)}</p></footer>"
