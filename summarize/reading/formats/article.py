"""Is this page an article? Told from what it says of itself, what its lines say, and its links.

A page is refused only where something speaks against it: a short text alone is a short article. The
wording is English here, and that of eight more languages is in their tables.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from summarize.language.table import languages, phrases, table

_ARTICLE = re.compile(r"(?:\w*Article|LiveBlogPosting|BlogPosting|Report)")
_JSON_LD = re.compile(
    r"<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script", re.DOTALL | re.IGNORECASE
)
_OPEN_GRAPH = re.compile(r"<meta[^>]{0,100}og:type[\"'][^>]{0,60}content=[\"']([\w.]+)", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"<meta[^>]{0,100}article:published_time[\"'][^>]{0,60}content=[\"']([^\"']{1,60})", re.IGNORECASE
)
_REFRESH = re.compile(r"<meta[^>]{0,60}http-equiv=[\"']?refresh[^>]{0,60}url=", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]*>")
# A heading that leads to another page; those of a live blog lead to their own place on this one.
_LINK = r"<a\b(?![^>]*\bhref\s*=\s*[\"']?#)[^>]*"
_HEADLINK = re.compile(rf"<h[1-4][^>]*>\s*{_LINK}|{_LINK}>\s*<h[1-4]\b", re.IGNORECASE)
_CONSENT = re.compile(
    r"\b(?:cookies?|(?:our|\d+) (?:\w+ )?partners|your (?:consent|personal data|privacy choices|choices)"
    r"|legitimate interest|(?:accept|reject) all|manage (?:options|preferences|settings)|consent to"
    r"|personali[sz]ed (?:ads|advertising|content))\b",
    re.IGNORECASE,
)
_PAYWALL = re.compile(
    r"\b(?:(?:subscribe|sign (?:in|up)|log ?in|register|create (?:a free |an )?account) (?:now )?(?:to|for) "
    r"(?:continue|read|keep|unlock|access|full|unlimited)|(?:already|become) a (?:subscriber|member)"
    r"|(?:to|continue) read(?:ing)? (?:the (?:full|rest)|this (?:article|story))"
    r"|unlimited (?:digital )?access"
    r"|(?:for|to|exclusive to) subscribers(?: only)?|free articles?"
    r"|start your (?:free )?(?:trial|subscription)"
    r"|cancel (?:at )?any ?time|(?:subscription|subscriber)s? (?:offer|plan|from)|unlock this"
    r"|[£$€]\d[\d.]* (?:a|per) (?:week|month|year))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
# Words of running text below which a page that begs for consent or money holds no story worth the name.
_BEHIND_CONSENT, _BEHIND_PAYWALL, _BEHIND_VIDEO, _FRONT_PAGE = 60, 150, 80, 40


def article_body(html: str) -> str | None:
    """Return the text of the article that a page carries in its JSON-LD (schema.org), or None.

    Example:
        >>> thing = '{"@type": "Article", "articleBody": "It rained."}'
        >>> article_body(f'<script type="application/ld+json">{thing}</script>')
        'It rained.'
    """
    bodies = [str(thing.get("articleBody") or "") for thing in _declared(html) if _is_article(thing)]
    best = _MARKUP.sub("", max(bodies, key=len, default="")).strip()
    return best or None


def article_date(html: str) -> str | None:
    """Return when the article of a page was published, as the page writes it: to the minute, mostly.

    Example:
        >>> article_date('<meta property="article:published_time" content="2026-03-01T10:00:00Z">')
        '2026-03-01T10:00:00Z'
    """
    dates = (thing.get("datePublished") for thing in _declared(html) if _is_article(thing))
    found = _PUBLISHED.search(html[:100_000])
    return next((str(date) for date in dates if date), found.group(1) if found else None)


def why_no_article(html: str, text: str) -> str | None:
    """Return what a page is instead of an article ("a cookie notice"), or None for an article.

    Args:
        html: the page.
        text: the story that was found in it.
    """
    lines = [line.strip(" -•") for line in text.splitlines() if line.strip()]
    pleas = [(line, kind) for line in lines for kind, *said in _pleas() if any(p.search(line) for p in said)]
    spoken = [line for line in lines if line not in {plea for plea, _ in pleas}]
    prose = sum(len(line.split()) for line in spoken if _SENTENCE_END.search(line))
    declared = list(_declared(html))
    if _REFRESH.search(html) and prose < _BEHIND_CONSENT:
        return "a page that only leads on to another (give the address of that one)"
    kinds = {kind for _, kind in pleas}
    locked = any(str(thing.get("isAccessibleForFree")).lower() == "false" for thing in declared)
    if prose < _BEHIND_PAYWALL and ("paywall" in kinds or (locked and prose < _BEHIND_VIDEO)):
        return "the part of an article before a paywall"
    if prose < _BEHIND_CONSENT and "consent" in kinds:
        return "a cookie or consent notice"
    articles = any(_is_article(thing) for thing in declared)
    if not articles and prose < _BEHIND_VIDEO and _is_video(html, declared):
        return "a page around a video"
    headlines = len(_HEADLINK.findall(html))
    if not articles and headlines >= 5 and prose < _FRONT_PAGE * headlines and not _og(html, "article"):
        return "a list of links to articles, such as a front page"
    return None


@cache
def _pleas() -> list[tuple[str, re.Pattern[str], re.Pattern[str]]]:
    """What begs for consent or money, by kind: the English wording, and that of all tables as one."""
    tables = [table(code) for code in languages()]
    found = {kind: [w for one in tables for w in one.words("pages", kind)] for kind in ("consent", "paywall")}
    return [
        ("consent", _CONSENT, phrases(found["consent"])),
        ("paywall", _PAYWALL, phrases(found["paywall"])),
    ]


def _declared(html: str) -> Iterator[dict[str, Any]]:
    """The things that a page describes in JSON-LD, those inside "@graph" and lists too."""
    for block in _JSON_LD.findall(html):
        try:
            waiting = [json.loads(block, strict=False)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            thing = waiting.pop()
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                yield thing
                waiting.append(thing.get("@graph"))


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(_ARTICLE.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _is_video(html: str, declared: list[dict[str, Any]]) -> bool:
    return _og(html, "video") or any("VideoObject" in str(thing.get("@type")) for thing in declared)


def _og(html: str, kind: str) -> bool:
    found = _OPEN_GRAPH.search(html[:100_000])
    return found is not None and found.group(1).startswith(kind)
