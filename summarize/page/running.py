"""Runs summarizers one after the other on one article; holds each model once for all visitors.

No HTML. What a summarizer may not do here (a local folder as its model) is refused before it is loaded.
"""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarize.brief import Brief
from summarize.document import Document
from summarize.errors import OptionError, SummarizeError
from summarize.page.limits import check_names, check_text
from summarize.registry import find, load, options_of
from summarize.text import word_count

if TYPE_CHECKING:
    from summarize.summarizers.base import Summarizer

MODELS_KEPT = 2
_HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True)
class Choice:
    """What a visitor chose.

    Attributes:
        names: of the summarizers.
        bullets: how many at most.
        language: ISO 639-1 code, or "auto".
        model: a model of the hub for those summarizers that take one, or empty.
    """

    names: tuple[str, ...]
    bullets: int = 3
    language: str = "auto"
    model: str = ""


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
        return sum(word_count(line.text) for style in _STYLES for line in self.brief.lines(style))

    @property
    def compression(self) -> float:
        """Words of the article for one word of the brief."""
        if self.brief is None:
            return 0.0
        article = sum(word_count(sentence.text) for sentence in self.brief.document.sentences)
        return article / max(self.words, 1)


_STYLES = ("headline", "bullets", "wysk")


def choice(
    names: list[str] | None, bullets: float = 3, language: str | None = "auto", model: str | None = ""
) -> Choice:
    """Check what came from the page.

    Raises:
        OptionError: for too many summarizers, a number of bullets out of range, or a model that is no
            name on the hub.
    """
    if bullets != int(bullets) or not 1 <= bullets <= 10:
        raise OptionError(f"bullets must be a whole number from 1 to 10, not {bullets:g}")
    language = (language or "auto").strip().lower()
    if not re.fullmatch(r"auto|[a-z]{2,3}", language):
        raise OptionError(f"a language is a code such as en or de, or auto; not {language!r}")
    model = (model or "").strip()
    if model and (not _HUB_NAME.fullmatch(model) or Path(model).exists()):
        raise OptionError(f"a model is named as on the hub, such as facebook/bart-large-cnn; not {model!r}")
    return Choice(tuple(check_names(names)), int(bullets), language, model)


def document_of(text: str | None, language: str = "auto") -> Document:
    """Return an article that may be summarized, taken apart.

    Raises:
        InputError: where there is no text, or too much.
    """
    from summarize.parsing import parse

    return parse(check_text(text), language=language)


def run(document: Document, chosen: Choice) -> Iterator[Outcome]:
    """Yield what each summarizer wrote, quick ones first; a failing one stops no other."""
    for name in sorted(chosen.names, key=is_slow):
        yield run_one(document, name, chosen)


def run_one(document: Document, name: str, chosen: Choice) -> Outcome:
    """Return what one summarizer wrote, or why it did not."""
    try:
        with _HELD.borrow(name, chosen.model) as summarizer:
            begin = time.perf_counter()
            brief = summarizer.brief([document], bullets=chosen.bullets)[0]
            return Outcome(name, brief, time.perf_counter() - begin)
    except SummarizeError as error:
        return Outcome(name, error=str(error))


def is_slow(name: str) -> bool:
    from summarize.summarizers.base import AbstractiveSummarizer

    try:
        return issubclass(find(name), AbstractiveSummarizer)
    except SummarizeError:
        return False


class _Held:
    """The models in memory: one for each name and model, used by one visitor at a time."""

    def __init__(self, most: int = MODELS_KEPT) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._models: OrderedDict[tuple[str, str], tuple[threading.Lock, list[Summarizer]]] = OrderedDict()

    @contextmanager
    def borrow(self, name: str, model: str) -> Iterator[Summarizer]:
        """Give a summarizer; a light one is made anew, a heavy one shared, each visitor in turn."""
        options: dict[str, Any] = {}
        if model and "model" in options_of(find(name)):
            options["model"] = model
        if not is_slow(name):
            yield load(name, **options)
            return
        with self._lock:
            turn, kept = self._models.setdefault((name, options.get("model", "")), (threading.Lock(), []))
            self._models.move_to_end((name, options.get("model", "")))
            while len(self._models) > self._most:
                self._models.popitem(last=False)
        with turn:
            if not kept:
                kept.append(load(name, **options))
            yield kept[0]


_HELD = _Held()
