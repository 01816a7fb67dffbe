"""Runs summarizers one after the other on one article; holds each model once for all visitors.

No HTML. What a summarizer may not do here (a local folder as its model) is refused before it is loaded.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
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
from summarize.web.server import servers
from summarize.web.server.limits import check_names, check_text

if TYPE_CHECKING:
    from summarize.summarizers.base import Summarizer

MODELS_KEPT = 2
LONG = 50_000  # characters of an article that others do not wait for
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
    if bullets != int(bullets) or not 1 <= bullets <= 10:
        raise OptionError(f"bullets must be a whole number from 1 to 10, not {bullets:g}")
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

    text = check_text(text)
    with _in_turn(len(text)):
        return parse(text, language=language)


def run(document: Document, chosen: Choice) -> Iterator[Outcome]:
    """Yield what each summarizer wrote, quick ones first; a failing one stops no other."""
    for name in sorted(chosen.names, key=is_slow):
        yield run_one(document, name, chosen)


def run_one(document: Document, name: str, chosen: Choice) -> Outcome:
    """Return what one summarizer wrote, or why it did not."""
    try:
        with _borrowed(name, chosen, len(document.text)) as summarizer:
            begin = time.perf_counter()
            brief = summarizer.brief([document], bullets=chosen.bullets)[0]
            return Outcome(name, brief, time.perf_counter() - begin)
    except SummarizeError as error:
        return Outcome(name, error=str(error))


_TURN = threading.Lock()


def _in_turn(characters: int) -> AbstractContextManager[object]:
    """Let short articles have the interpreter one after the other: side by side none is done before all are.

    A long one shares it with whoever has the turn, and keeps nobody waiting.
    """
    return _TURN if characters <= LONG else nullcontext()


@contextmanager
def _borrowed(name: str, chosen: Choice, characters: int) -> Iterator[Summarizer]:
    turn = nullcontext() if is_slow(name) else _in_turn(characters)
    with _HELD.borrow(name, options_for(name, chosen)) as summarizer, turn:
        yield summarizer


def run_each(documents: Sequence[Document], name: str, chosen: Choice) -> list[Brief | Failure]:
    """Return what one summarizer wrote about each of several documents, or why it did not."""
    try:
        with _borrowed(name, chosen, max((len(d.text) for d in documents), default=0)) as summarizer:
            return list(summarizer.brief_each(documents, bullets=chosen.bullets))
    except SummarizeError as error:  # it cannot be loaded
        return [Failure(document.source or "", error) for document in documents]


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


@dataclass
class _Slot:
    """A model's place in memory: empty until somebody has loaded it, and whether somebody uses it."""

    summarizer: Summarizer | None = None
    busy: bool = True


class _Held:
    """The models in memory: one for each name and model, used by one visitor at a time."""

    def __init__(self, most: int = MODELS_KEPT) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._slots: OrderedDict[tuple[str, str], _Slot] = OrderedDict()

    @contextmanager
    def borrow(self, name: str, options: dict[str, Any]) -> Iterator[Summarizer]:
        """Give a summarizer; a light one is made anew, a model is shared, each visitor in turn.

        Raises:
            SummarizeError: where it cannot be loaded.
        """
        if name == CHAT or not is_slow(name):  # a chat server's model is in that server's memory
            yield load(name, **options)
            return
        key = name, str(options.get("model", ""))
        slot = self._take(key)
        try:
            if slot.summarizer is None:
                slot.summarizer = _ready(load(name, **options))
            yield slot.summarizer
        finally:
            with self._changed:
                slot.busy = False
                if slot.summarizer is None:
                    del self._slots[key]
                self._changed.notify_all()

    def _take(self, key: tuple[str, str]) -> _Slot:
        """Wait until a model is free, and there is room for it in memory."""
        with self._changed:
            while True:
                if slot := self._slots.get(key):
                    if not slot.busy:
                        slot.busy = True
                        self._slots.move_to_end(key)
                        return slot
                elif self._make_room():
                    return self._slots.setdefault(key, _Slot())
                self._changed.wait()

    def _make_room(self) -> bool:
        """Let the model go that was used longest ago, where there are too many; not one in use."""
        idle = [key for key, slot in self._slots.items() if not slot.busy]
        if len(self._slots) < self._most:
            return True
        if idle:
            del self._slots[idle[0]]
        return bool(idle)


def _ready(summarizer: Summarizer) -> Summarizer:
    """Return a summarizer whose model is loaded, so that no visitor's figure has that in it."""
    from summarize.parsing.parse import parse
    from summarize.summarizers.base import WARM_UP

    summarizer.brief([parse(WARM_UP)])
    return summarizer


_HELD = _Held()
