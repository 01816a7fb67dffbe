"""Runs summarizers one after the other on one article, in the process that it is called in.

No HTML. What a summarizer may not do here (a local folder as its model) is refused before it is loaded.
Which process that is, `web.work` says.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import Failure, OptionError, SummarizeError, UnknownSummarizerError
from summarize.language.text import word_count
from summarize.options import options_of
from summarize.registry import find, load
from summarize.style import STYLES
from summarize.web.jobs.process import tell
from summarize.web.server import servers
from summarize.web.server.limits import MAX_BULLETS, check_names, check_text
from summarize.web.server.telling import for_visitors

if TYPE_CHECKING:
    from summarize.summarizers.base import Summarizer

CHAT = "chat"
HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_SERVED_NAME = re.compile(r"[\w@][\w./:@+-]{0,199}")


@dataclass(frozen=True)
class Choice:
    """What a visitor chose.

    Attributes:
        names: of the summarizers.
        bullets: how many at most.
        language: ISO 639-1 code, or "auto".
        model: a model of the hub for those summarizers that take one, or empty.
        chat_model: what a chat server calls the model that `chat` asks, or empty.
        base_url: where that server is, or empty for the one the app was started with.
    """

    names: tuple[str, ...]
    bullets: int = 3
    language: str = "auto"
    model: str = ""
    chat_model: str = ""
    base_url: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one summarizer.

    Attributes:
        name: of the summarizer.
        brief: what it wrote, or None.
        seconds: how long that took, loading aside.
        error: why there is no brief.
    """

    name: str
    brief: Brief | None = None
    seconds: float = 0.0
    error: str = ""

    @property
    def words(self) -> int:
        """Words of headline, bullets and box together."""
        if self.brief is None:
            return 0
        return sum(word_count(line.text) for style in STYLES for line in self.brief.lines(style.name))

    @property
    def compression(self) -> float:
        """Words of the article for one word of the brief."""
        if self.brief is None:
            return 0.0
        article = sum(word_count(sentence.text) for sentence in self.brief.document.sentences)
        return article / max(self.words, 1)


def choice(
    names: list[str] | None,
    bullets: float = 3,
    language: str | None = "auto",
    model: str | None = "",
    chat_model: str | None = "",
    base_url: str | None = "",
) -> Choice:
    """Check what came from the page.

    Raises:
        OptionError: for too many summarizers, a number of bullets out of range, a model that is no name on
            the hub, or a chat server that this app may not ask.
    """
    if bullets != int(bullets) or not 1 <= bullets <= MAX_BULLETS:
        raise OptionError(f"bullets must be a whole number from 1 to {MAX_BULLETS}, not {bullets:g}")
    language = (language or "auto").strip().lower()
    if not re.fullmatch(r"auto|[a-z]{2,3}", language):
        raise OptionError(f"a language is a code such as en or de, or auto; not {language!r}")
    model = (model or "").strip()
    if model and (not HUB_NAME.fullmatch(model) or Path(model).exists()):
        raise OptionError(f"a model is named as on the hub, such as facebook/bart-large-cnn; not {model!r}")
    chosen = tuple(check_names(names))
    chat_model, base_url = (chat_model or "").strip(), (base_url or "").strip()
    if chat_model and not _SERVED_NAME.fullmatch(chat_model):
        raise OptionError(f"a chat model is named as its server does, such as llama3.2; not {chat_model!r}")
    if not model and (bare := next((name for name in chosen if name != CHAT and needs_model(name)), None)):
        raise OptionError(f"{bare} needs a model: name one of the hub, such as facebook/bart-large-cnn")
    if CHAT in chosen:
        if not chat_model:
            raise OptionError("chat needs the name of a model on its server: give it as the chat model")
        base_url = servers.allowed().allow(base_url)
    return Choice(chosen, int(bullets), language, model, chat_model, base_url if CHAT in chosen else "")


def choice_of_one(
    name: str, bullets: float, language: str | None, model: str | None = "", base_url: str | None = ""
) -> Choice:
    """Check the choice of one summarizer, whose model is the hub's or, for chat, its server's."""
    models = {"chat_model" if name == CHAT else "model": model}
    return choice([name], bullets, language, base_url=base_url, **models)


def document_of(text: str | None, language: str = "auto") -> Document:
    """Return an article that may be summarized, taken apart.

    Raises:
        InputError: where there is no text, or too much.
    """
    from summarize.parsing.parse import parse

    return parse(check_text(text), language=language)


def run(document: Document, chosen: Choice) -> Iterator[Outcome]:
    """Yield what each summarizer wrote, quick ones first; a failing one stops no other."""
    for name in sorted(chosen.names, key=is_slow):
        yield run_one(document, name, chosen)


def run_one(
    document: Document, name: str, chosen: Choice, heard: Callable[[dict[str, list[str]]], None] | None = None
) -> Outcome:
    """Return what one summarizer wrote, or why it did not.

    Args:
        document: what it summarizes.
        name: of the summarizer.
        chosen: its options.
        heard: told what a chat server has written so far, the lines of each style.
    """
    from summarize.summarizers.chat import Chat

    try:
        summarizer = loaded(name, chosen)
        if isinstance(summarizer, Chat):
            summarizer.heard = heard
        begin = time.perf_counter()
        brief = summarizer.brief([document], bullets=chosen.bullets)[0]
        return Outcome(name, _bare(brief), time.perf_counter() - begin)
    except SummarizeError as error:
        return Outcome(name, error=for_visitors(str(error)))


def run_told(document: Document, name: str, chosen: Choice) -> Outcome:
    """Do as `run_one` does, and have the process tell its parent what a chat server has written so far."""
    return run_one(document, name, chosen, tell)


def run_each(documents: Sequence[Document], name: str, chosen: Choice) -> list[Brief | Failure]:
    """Return what one summarizer wrote about each of several documents, or why it did not."""
    try:
        found = loaded(name, chosen).brief_each(documents, bullets=chosen.bullets)
        return [one if isinstance(one, Failure) else _bare(one) for one in found]
    except SummarizeError as error:  # it cannot be loaded
        return [Failure(document.source or "", error) for document in documents]


def _bare(brief: Brief) -> Brief:
    """Return a brief whose document has nothing worked out yet: words and stems need not travel with it."""
    return replace(brief, document=replace(brief.document))


_HELD: dict[tuple[str, str], Summarizer] = {}


def loaded(name: str, chosen: Choice) -> Summarizer:
    """Return a summarizer; a model is loaded once in a process, and ready, so that no figure has that in it.

    Raises:
        SummarizeError: where it cannot be loaded.
    """
    return ready(name, options_for(name, chosen))


def ready(name: str, options: Mapping[str, Any]) -> Summarizer:
    """Return a summarizer with its options, as `loaded` does.

    Raises:
        SummarizeError: where it cannot be loaded.
    """
    if name == CHAT or not is_slow(name):  # a chat server's model is in that server's memory
        return load(name, **options)
    key = name, repr(sorted(options.items()))
    if key not in _HELD:
        from summarize.parsing.parse import parse
        from summarize.summarizers.base import WARM_UP

        summarizer = load(name, **options)
        summarizer.brief([parse(WARM_UP)])
        _HELD[key] = summarizer
    return _HELD[key]


def options_for(name: str, chosen: Choice) -> dict[str, Any]:
    """Return those of a visitor's options that a summarizer takes.

    Raises:
        SummarizeError: for a name that no summarizer has.
    """
    if name == CHAT:
        return {"model": chosen.chat_model, "base_url": chosen.base_url}
    return {"model": chosen.model} if chosen.model and "model" in options_of(find(name)) else {}


def is_slow(name: str) -> bool:
    """Tell whether a summarizer writes with a model, which takes seconds and not milliseconds."""
    from summarize.summarizers.base import AbstractiveSummarizer

    try:
        return issubclass(find(name), AbstractiveSummarizer)
    except SummarizeError:
        return False


@cache
def needs_model(name: str) -> bool:
    """Tell whether a summarizer cannot run without being told a model."""
    try:
        if "model" in options_of(find(name)):
            load(name)
    except OptionError as error:
        return not isinstance(error, UnknownSummarizerError)
    except SummarizeError:
        pass  # what is wrong with it is told when it is to run
    return False
