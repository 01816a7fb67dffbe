"""The contract every summarizer keeps, and its two families.

An extractive author writes `score`, an abstractive author `write` or `draft`; budgets, evidence, order and
signature are added here and in `summarize.composing.compose`, the same for all.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar

from summarize.brief import Brief, Line
from summarize.document import Document
from summarize.errors import EmptyTextError, Failure, panics_as_errors
from summarize.language.text import word_count
from summarize.style import STYLES, WYSK, Style, resolve_styles
from summarize.version import __version__

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from summarize.models.judge import Judge

    Scores = NDArray[np.float64]

# A text that loads a model before there is an article.
WARM_UP = "Rain fell in Leeds on Monday. The river Aire rose by two metres. Nobody was hurt."
_NO_SENTENCE = "the text holds no sentence to summarize; give it a story"


class Summarizer(ABC):
    """Turns documents into briefs. Options are keyword arguments of the constructor.

    Attributes:
        name: the name in the registry; set by `summarize.registry.load`.
        about: one line for `summarize list`.
        requires: modules it imports beyond the base installation; imported only when it runs.
        extra: the extra of the distribution that brings them.
        batch_size: how many documents a caller does well to hand over at once.
        in_threads: whether two threads may summarize at once, and get done sooner.
        growth: about how many seconds an article of n sentences takes, (c, k) of c * n ** k; a page says so
            before it begins. Of models nothing is said.
    """

    name: str = ""
    about: ClassVar[str] = ""
    requires: ClassVar[tuple[str, ...]] = ()
    extra: ClassVar[str] = ""
    batch_size: ClassVar[int] = 1
    in_threads: ClassVar[bool] = False
    growth: ClassVar[tuple[float, int]] = (0.0005, 1)

    @classmethod
    def missing(cls) -> str | None:
        """Return what keeps this summarizer from running here, with the command that fixes it, or None."""
        absent = [module for module in cls.requires if find_spec(module) is None]
        if not absent:
            return None
        needs = f"needs {', '.join(absent)}"
        return f"{needs}: pip install 'summarize-toolkit[{cls.extra}]'" if cls.extra else needs

    @property
    def options(self) -> dict[str, Any]:
        """The constructor's options and their values, for the signature; attributes of the same names."""
        names = _parameters(type(self))
        return {name: getattr(self, name) for name in names if name != "self" and hasattr(self, name)}

    @property
    def signature(self) -> str:
        """Name, options and version in one line, after sacreBLEU: same signature, same output.

        An option that is None leaves the choice to the summarizer, and says nothing. A summarizer of another
        package adds that package's version.
        """
        fields = [
            self.name or type(self).__name__,
            *(f"{key}:{value}" for key, value in self.options.items() if value is not None),
        ]
        return "|".join([*fields, f"version:{__version__}", *_plugin_of(type(self))])

    def brief(
        self,
        documents: Iterable[Document],
        styles: Iterable[str | Style] = STYLES,
        bullets: int | None = None,
    ) -> list[Brief]:
        """Summarize documents, one brief each, in order.

        Args:
            documents: what `parse` returned.
            styles: which outputs to write.
            bullets: how many bullets at most, 1 to 10; None for three.

        Raises:
            EmptyTextError: for a document without a sentence.
            OptionError: for a style that does not exist.
        """
        documents = list(documents)
        for document in documents:
            if not document.sentences:
                where = f"{document.source}: " if document.source else ""
                raise EmptyTextError(f"{where}{_NO_SENTENCE}")
        return self._brief(documents, resolve_styles(styles, bullets))

    def brief_each(
        self,
        documents: Iterable[Document | Failure],
        styles: Iterable[str | Style] = STYLES,
        bullets: int | None = None,
        *,
        strict: bool = False,
        together: int | None = None,
        judge: Judge | None = None,
    ) -> Iterator[Brief | Failure]:
        """Summarize a stream of documents, one result for each, in order; a bad one ends no other.

        Documents are taken a batch at a time, and where a batch fails, each of it is tried alone.

        Args:
            documents: what `parse` or `read_all` returned; a failure among them is yielded in its place.
            styles: which outputs to write.
            bullets: how many bullets at most, 1 to 10; None for three.
            strict: replace or leave out lines that the article does not support.
            together: how many documents make a batch; None for `batch_size`.
            judge: an entailment model that `strict` asks too.

        Yields:
            A brief for each document that could be summarized, and a failure for each that could not.

        Raises:
            OptionError: for a style that does not exist.
        """
        chosen = resolve_styles(styles, bullets)
        waiting = iter(documents)
        while batch := [with_sentences(found) for found in islice(waiting, together or self.batch_size)]:
            good = [found for found in batch if not isinstance(found, Failure)]
            written = self._try(good, chosen, strict, judge)
            for found in batch:
                yield found if isinstance(found, Failure) else next(written)

    def _try(
        self, documents: Sequence[Document], styles: Sequence[Style], strict: bool, judge: Judge | None
    ) -> Iterator[Brief | Failure]:
        """Yield the briefs of a batch, or of each document alone where one is at fault."""
        try:
            with panics_as_errors("the summarizer"):
                briefs = self._brief(documents, styles)
                if strict:
                    from summarize.evidence.strict import hold_to_source

                    briefs = hold_to_source(briefs, judge=judge)
            if len(briefs) != len(documents):
                raise ValueError(f"wrote {len(briefs)} briefs of {len(documents)} documents")
        except Exception as error:  # a fault of the toolkit or of a plugin costs one document too
            if len(documents) == 1:
                yield Failure(documents[0].source or "", error)
                return
            for document in documents:
                yield from self._try([document], styles, strict, judge)
            return
        yield from briefs

    @abstractmethod
    def _brief(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Brief]:
        """Write one brief for each document; every document has at least one sentence."""

    def _assemble(self, document: Document, lines: dict[str, list[Line]], coverage: float = 1.0) -> Brief:
        """Put the lines of each style into a brief and note the styles that stayed empty."""
        notes = tuple(_why_empty(name, document) for name, found in lines.items() if not found)
        headline, bullets = lines.get("headline"), tuple(lines.get("bullets", ()))
        if bullets and _tell_all(bullets, document):
            notes += ("nothing to shorten: the bullets say all that the text says",)
        return Brief(
            document=document,
            summarizer=self.name or type(self).__name__,
            signature=self.signature,
            headline=headline[0] if headline else None,
            bullets=bullets,
            wysk=tuple(lines.get("wysk", ())),
            coverage=coverage,
            notes=(*document.notes, *notes),
        )


def _why_empty(style: str, document: Document) -> str:
    if style == WYSK.name and document.is_dialogue:
        return "no turn for the box: the bullets say what there is"
    return f"no sentence keeps the budget of {style}"


def _tell_all(bullets: Sequence[Line], document: Document) -> bool:
    """Whether bullets are as long as the text that they shorten."""
    if len(document.sentences) > len(bullets):
        return False
    return sum(word_count(str(line)) for line in bullets) >= sum(
        word_count(sentence.line) for sentence in document.sentences
    )


def with_sentences(found: Document | Failure) -> Document | Failure:
    """Return a failure in the place of a document without a sentence, so that no batch fails of it."""
    if isinstance(found, Failure) or found.sentences:
        return found
    return Failure(found.source or "", EmptyTextError(_NO_SENTENCE))


@cache
def _parameters(kind: type[Summarizer]) -> tuple[str, ...]:
    """The names of a constructor's parameters; asked for every brief, and slow to find out."""
    return tuple(inspect.signature(kind.__init__).parameters)


@cache
def _plugin_of(kind: type) -> tuple[str, ...]:
    """The version of the package that a summarizer comes from, where that is not this one."""
    package = kind.__module__.partition(".")[0]
    if package == __name__.partition(".")[0]:
        return ()
    from importlib.metadata import packages_distributions, version

    return tuple(f"{name}:{version(name)}" for name in packages_distributions().get(package, [])[:1])


class ExtractiveSummarizer(Summarizer):
    """Chooses sentences of the document. Authors write `score`; composition is shared."""

    @abstractmethod
    def score(self, document: Document) -> Scores:
        """Return one score for each sentence, shape (sentences,); higher is better, NaN is an error."""

    def _brief(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Brief]:
        from summarize.composing.compose import compose  # numpy, which asking for help must not wait for

        return [
            self._assemble(document, compose(document, self.score(document), styles))
            for document in documents
        ]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model wrote about one document, before budgets and evidence.

    Attributes:
        lines: the lines of each style by its name, best first; too many or too long is no harm.
        coverage: the share of the document's sentences that the model read, 0 to 1.
        notes: what a reader should know of how the draft came about, one sentence each.
    """

    lines: Mapping[str, Sequence[str]]
    coverage: float = 1.0
    notes: tuple[str, ...] = ()


class AbstractiveSummarizer(Summarizer):
    """Writes new sentences. Budgets and evidence are added here.

    Authors define `write`, which knows one style at a time, or `draft` where the styles depend on each
    other or there is something to say of coverage; each is made of the other.
    """

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if cls.write is AbstractiveSummarizer.write and cls.draft is AbstractiveSummarizer.draft:
            raise TypeError(f"{cls.__name__} must define write or draft")

    def write(self, documents: Sequence[Document], style: Style) -> list[list[str]]:
        """Return the lines of one style for each document, best first; too many or too long is no harm."""
        return [list(draft.lines[style.name]) for draft in self.draft(documents, (style,))]

    def draft(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Draft]:
        """Return a draft of all styles for each document."""
        written = {style.name: self.write(documents, style) for style in styles}
        return [
            Draft({name: lines[index] for name, lines in written.items()}) for index in range(len(documents))
        ]

    def _brief(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Brief]:
        from summarize.evidence import attach
        from summarize.summarizers.finishing import finish

        briefs = []
        for document, draft in zip(documents, self.draft(documents, styles), strict=True):
            lines, notes = finish(document, draft.lines, styles)
            brief = self._assemble(
                document, {name: attach(found, document) for name, found in lines.items()}, draft.coverage
            )
            briefs.append(replace(brief, notes=(*draft.notes, *notes, *brief.notes)))
        return briefs
