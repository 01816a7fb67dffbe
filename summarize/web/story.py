"""Several articles as one story in the page: a text with lines of --- in it -> articles -> a brief as HTML.

The work is `summarize.story`'s; where it is done, `web.work` says. Addresses are not fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from summarize.brief import Brief
from summarize.errors import InputError, OptionError
from summarize.web import running
from summarize.web.cards import tools
from summarize.web.folded import folded_card
from summarize.web.jobs.runs import WebRun
from summarize.web.markup import safe
from summarize.web.server.limits import MAX_ARTICLES, check_length, check_text
from summarize.web.work import plan
from summarize.writing.record import to_record
from summarize.writing.wording import (
    outlet,
)

_RULE = re.compile(r"[ \t]*-{3,}[ \t]*(.{0,80}?)[ \t]*-*[ \t]*")  # a line of dashes, with a name where one is
_A_SENTENCE = 120  # characters, about
_MISSING = "There are no articles yet: paste them with a line of --- between two, or upload several files"


@dataclass(frozen=True)
class StoryArticle:
    """An article of a story as the page has it.

    Attributes:
        name: of who tells it; "Article 2" where it has none.
        text: what it says.
    """

    name: str
    text: str


def split(text: str | None) -> list[StoryArticle]:
    """Return the articles of a text that has a line of dashes, and the name of the next, between two.

    Raises:
        InputError: where there are none, or they are too long together.

    Example:
        >>> [article.name for article in split("It rained.\\n--- Reuters\\nRain fell.")]
        ['Article 1', 'Reuters']
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in check_text(text, _MISSING).splitlines(keepends=True):
        if rule := _RULE.fullmatch(line.rstrip("\r\n")):
            found.append((rule[1], []))
        else:
            found[-1][1].append(line)
    return _named([(name, "".join(lines)) for name, lines in found])


def listed_articles(texts: Sequence[str]) -> list[StoryArticle]:
    """Return the articles of a list, each of which may begin with a line of dashes and its name.

    Raises:
        InputError: where there are none, or they are too long together.
    """
    check_length("".join(texts), "These articles have")
    pairs = []
    for text in texts:
        first, _, rest = text.lstrip().partition("\n")
        rule = _RULE.fullmatch(first.rstrip("\r"))
        pairs.append((rule[1], rest) if rule else ("", text))
    return _named(pairs)


def _named(pairs: Sequence[tuple[str, str]]) -> list[StoryArticle]:
    kept = [(name, text) for name, text in pairs if text.strip()]
    if not kept:
        raise InputError(_MISSING)
    if len(kept) > MAX_ARTICLES:
        raise InputError(f"{len(kept)} articles are too many for one story; the page takes {MAX_ARTICLES}")
    return [StoryArticle(name or f"Article {number}", text) for number, (name, text) in enumerate(kept, 1)]


def added(text: str | None, uploaded: str, name: str) -> str:
    """Return the text of the page's box with that of an uploaded article behind it."""
    lines = uploaded.splitlines()
    body = "\n".join("" if _RULE.fullmatch(line) else line for line in lines).strip()
    before = f"{text.rstrip()}\n\n" if text and text.strip() else ""
    found = f"{before}--- {name}\n\n{body}\n"
    check_length(found, f"With {name} the articles have")
    return found


async def write(
    run: WebRun,
    articles: Sequence[StoryArticle],
    chosen: running.Choice,
    words: int,
    show: Callable[[Brief], Any],
) -> Any:
    """Have one summarizer write the brief of a story, and return what `show` makes of it.

    Args:
        run: whose job it is.
        articles: that tell the story.
        chosen: the summarizer, bullets and language.
        words: of a text that tells it at length; 0 for none.
        show: a function of a module; the brief itself stays where it was written.

    Raises:
        StoppedError: where the run was stopped.
        SummarizeError: where there is no brief, and why.
    """
    [name] = chosen.names
    characters = sum(len(article.text) for article in articles)
    planned = plan(name, chosen, max(characters // _A_SENTENCE, 1))
    if planned.refusal:
        raise OptionError(planned.refusal)
    cost = planned.cost + 0.05 * len(articles)
    how = {"lane": planned.lane, "key": planned.key, "cost": cost}
    return await run.do(_written, tuple(articles), chosen, words, show, **how)


def _written(
    articles: Sequence[StoryArticle], chosen: running.Choice, words: int, show: Callable[[Brief], Any]
) -> Any:
    from summarize.story.story import brief_story

    documents = [
        replace(running.document_of(article.text, chosen.language), source=article.name, outlet=article.name)
        for article in articles
    ]
    summarizer = running.loaded(chosen.names[0], chosen)
    return show(brief_story(documents, summarizer, bullets=chosen.bullets, words=words or None))


def as_record(brief: Brief) -> dict[str, Any]:
    """Return a brief as programs get it, with the text of its evidence."""
    return to_record(brief, evidence=True)


def as_card(brief: Brief) -> str:
    """Return a story as a card: each line with who tells it, and the sentences it rests on."""
    names = ", ".join(safe(outlet(document)) for document in brief.documents)
    count = len(brief.documents)
    head = f"{safe(brief.summarizer)}: {count} source{'s' * (count > 1)}, {names}"
    region = '<div class="story" role="region" aria-label="Story"><h2 class="unseen">Story</h2>'
    told = '<p class="unseen" role="status">The story is ready.</p>'
    return f"{told}{region}{folded_card(brief, head, tools(brief))}</div>"
