"""The settings of the page as a query string, and back. What a link may not set is passed over.

A link names no chat server: who follows it would send their article wherever its author wishes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from summarize.errors import SummarizeError
from summarize.web.markup import safe
from summarize.web.running import Choice, choice
from summarize.web.server.limits import MAX_SUMMARIZERS

HISTORY = (
    "<details hidden><summary>Your last runs, kept in this browser</summary><ol></ol>"
    '<button type="button" class="tool" data-forget>Forget them</button></details>'
)
LANGUAGES = ["auto", "en", "de", "fr", "es", "it", "pt", "nl", "ru", "ar", "hi", "ja", "ko", "zh"]
KEYS = {"summarizers", "bullets", "language", "model", "chat_model"}
EDITED = "() => { document.documentElement.dataset.article = 'edited'; }"
RESTORED = "() => { document.documentElement.dataset.settings = 'restored'; }"
STYLES = [("What you should know", "wysk"), ("Bullets", "bullets"), ("Headline", "headline")]


def to_query(chosen: Choice) -> str:
    """Return a query string that restores what was chosen.

    Example:
        >>> to_query(Choice(("lead", "textrank"), bullets=5))
        '?summarizers=lead%2Ctextrank&bullets=5&language=auto'
    """
    fields = {
        "summarizers": ",".join(chosen.names),
        "bullets": str(chosen.bullets),
        "language": chosen.language,
    }
    models = {"model": chosen.model, "chat_model": chosen.chat_model}
    return "?" + urlencode(fields | {key: value for key, value in models.items() if value})


def without_example(example: str) -> str:
    """Return a script that takes the example out of the box of who was sent settings: they bring an article.

    It runs in the browser, at once: an answer of the server would come after a quick paste, and undo it.
    """
    return (
        f"(text) => text === {json.dumps(example)} && {json.dumps(sorted(KEYS))}"
        ".some((key) => new URLSearchParams(location.search).has(key)) ? '' : text"
    )


def links(chosen: Choice) -> str:
    """Return what copies a link to the settings, and one to the article with them, as HTML."""
    return (
        f'<p class="tools"><a class="tool" href="{safe(to_query(chosen))}">Link to these settings</a>'
        '<button type="button" class="tool" data-share>Link to this article with its briefs</button></p>'
    )


def from_query(query: Mapping[str, str], known: Collection[str], default: Choice) -> Choice:
    """Return what a query string chooses; whatever is missing or not right stays at the default.

    Example:
        >>> default = Choice(("textrank",))
        >>> from_query({"summarizers": "lead,nonsense", "bullets": "99"}, ["lead", "textrank"], default)
        Choice(names=('lead',), bullets=3, language='auto', model='', chat_model='', base_url='')
    """
    names = [name for name in query.get("summarizers", "").split(",") if name in known][:MAX_SUMMARIZERS]
    result = replace(default, names=tuple(names) or default.names)
    for key in ("bullets", "language", "model", "chat_model"):
        if key not in query:
            continue
        try:
            value = int(query[key]) if key == "bullets" else query[key]
            trial = choice(["lead"], **{key: value})  # type: ignore[arg-type]
        except (SummarizeError, ValueError):
            continue
        result = replace(result, **{key: getattr(trial, key)})
    return result
