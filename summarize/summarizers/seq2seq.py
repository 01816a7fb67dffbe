"""Sequence-to-sequence summarizers: BART, DistilBART, PEGASUS, T5, or any such checkpoint.

Three styles, three texts: headlines come from a one-sentence model or a short decoding, bullets from
the highlights model, the box from two passes over what composition finds. Of several hypotheses the one
is taken that `ranking` puts first. Lewis et al., BART (2020); Zhang et al., PEGASUS (2020); Raffel et al.,
T5 (2020). How a model runs is `summarize.models.engines`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, ClassVar

from summarize.composing import compose
from summarize.document import Document
from summarize.errors import OptionError
from summarize.models.checkpoints import INSTALL, resolve
from summarize.models.engines import open_engine
from summarize.models.engines.base import version_of
from summarize.models.engines.choose import check
from summarize.models.presets import PRESETS, Preset, published
from summarize.models.reranking import Hypothesis, rank
from summarize.models.running import Running, generate, merge, stretched
from summarize.models.windows import chunks, select
from summarize.style import BULLETS, HEADLINE, WYSK, Style
from summarize.summarizers.base import AbstractiveSummarizer, Draft
from summarize.summarizers.finishing import ranks

LONG = ("select", "merge")
MOST_CANDIDATES = 16
_NEIGHBOURS = 1  # sentences read on either side of one the box is to rest on
_BOX_DEPTH = 2  # hypotheses of each pass that may give the box a sentence


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one model is given to read of one document, and what is to be said of it."""

    text: str
    coverage: float
    notes: tuple[str, ...] = ()


class Seq2Seq(AbstractiveSummarizer):
    """Any checkpoint with an encoder and a decoder: a folder that `save_pretrained` wrote, or a hub id."""

    about = "any sequence-to-sequence checkpoint, named by --model"
    requires = ("tokenizers", "huggingface_hub", "filelock", "platformdirs")
    extra = "abstractive"
    batch_size = 16
    preset: ClassVar[Preset] = PRESETS["seq2seq"]

    def __init__(
        self,
        *,
        model: str | None = None,
        headline_model: str | None = None,
        revision: str | None = None,
        prefix: str | None = None,
        long: str = "select",
        candidates: int = 4,
        engine: str = "auto",
        device: str = "auto",
        precision: str = "auto",
        threads: int | None = None,
        batch_tokens: int | None = None,
    ) -> None:
        """Take the options; nothing is loaded before the first document.

        Args:
            model: a folder or a hub id; None for the preset's.
            headline_model: a model that writes one sentence; None for the preset's, or `model` where
                that is given.
            revision: branch, tag or commit on the hub.
            prefix: text put before every input, such as "summarize: "; None for the preset's.
            long: what to do with an article beyond the window: "select" its best sentences, or
                summarize it in chunks and "merge" them.
            candidates: how many hypotheses of each text are held against the article, 1 to 16; a beam has
                no more than its width. 1 takes the model's own order.
            engine: "auto", "ctranslate2" or "torch".
            device: "auto", "cpu" or "cuda".
            precision: "auto", "int8", "float32", "float16" or "bfloat16".
            threads: CPU threads; None for all this process may use.
            batch_tokens: the most input tokens in one batch; None for what suits the device.

        Raises:
            OptionError: for a value that is none of these, or where no model is named.
        """
        check(engine, device, precision)
        if long not in LONG:
            raise OptionError(f"long must be {' or '.join(LONG)}, not {long!r}")
        if not isinstance(candidates, int) or not 1 <= candidates <= MOST_CANDIDATES:
            raise OptionError(f"candidates must be from 1 to {MOST_CANDIDATES}, not {candidates!r}")
        for name, number in (("threads", threads), ("batch_tokens", batch_tokens)):
            if number is not None and (not isinstance(number, int) or number < 1):
                raise OptionError(f"{name} must be a whole number of at least 1, not {number!r}")
        # A folder may be named by a number, which the command line reads as one.
        self.model = str(model) if model is not None else self.preset.model
        if not self.model:
            raise OptionError("seq2seq needs a model: --model FOLDER or a hub id; bart is one ready to use")
        own = None if model is not None else self.preset.headline_model
        self.headline_model = str(headline_model) if headline_model is not None else own
        self.revision = revision or self.preset.revision
        self.prefix = prefix
        self.long = long
        self.candidates = candidates
        self.engine = engine
        self.device = device
        self.precision = precision
        self.threads = threads
        self.batch_tokens = batch_tokens
        self._running: dict[str, Running] = {}

    @classmethod
    def missing(cls) -> str | None:
        """As of every summarizer; and one of the two engines must be installed."""
        if not any(map(find_spec, ("ctranslate2", "torch"))):
            return f"needs ctranslate2 or torch: {INSTALL}"
        return super().missing()

    @property
    def signature(self) -> str:
        """As every summarizer's, with commit, engine and precision of the models that have run."""
        ran = [
            f"{name}@{running.checkpoint.revision}:{running.engine.name}-{running.engine.precision}"
            f"-{running.engine.device}-{version_of(running.engine.name)}"
            for name, running in self._running.items()
        ]
        return "|".join([super().signature, *ran])

    def draft(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Draft]:
        """Write each style with the model and the decoding that suit it, all documents at once."""
        found: dict[str, list[list[list[Hypothesis]]]] = {}  # by style, document and pass
        readings: list[_Reading] = []
        for style in styles:
            if style.name == WYSK.name:
                found[style.name] = self._box(documents)
            else:
                model = self._run(self._model_of(style))
                readings = [self._read(document, model) for document in documents]
                found[style.name] = self._whole(readings, model, style)
        readings = readings or [_Reading("", 1.0) for _ in documents]
        # Document by document, so that each is read for checking only once.
        return [
            Draft(
                {style.name: self._chosen(found[style.name][index], document, style) for style in styles},
                reading.coverage,
                (*reading.notes, *self._language_note(document)),
            )
            for index, (document, reading) in enumerate(zip(documents, readings, strict=True))
        ]

    def _chosen(self, passes: Sequence[list[Hypothesis]], document: Document, style: Style) -> list[str]:
        """Return the lines of the best hypotheses, best first, as many as a style may need."""
        # Of a headline and of a pass over the box only the first sentence is wanted, of bullets some.
        most = style.lines if style.name == BULLETS.name else 1
        if self.candidates > 1:
            passes = [rank(hypotheses, document, most) for hypotheses in passes]
        if style.name == BULLETS.name:
            return [line for hypotheses in passes for each in hypotheses[:1] for line in each.lines]
        if style.name == HEADLINE.name:
            return [line for hypotheses in passes for each in hypotheses for line in each.lines]
        # One sentence of each pass stands first; further ones fill in where a budget leaves room.
        depths = range(_BOX_DEPTH)
        firsts = [each.lines[:1] for depth in depths for some in passes for each in some[depth : depth + 1]]
        seconds = [each.lines[1:2] for hypotheses in passes for each in hypotheses[:1]]
        return [line for lines in (*firsts, *seconds) for line in lines]

    def _model_of(self, style: Style) -> str:
        return (style.name == HEADLINE.name and self.headline_model) or str(self.model)

    def _run(self, name: str) -> Running:
        if name not in self._running:
            checkpoint = resolve(name, None if self.revision == "main" else self.revision)
            engine = open_engine(checkpoint, self.engine, self.device, self.precision, self.threads)
            if self.batch_tokens:
                engine.batch_tokens = self.batch_tokens
            highlights, prefix = self.preset.highlights, self.preset.prefix
            if name not in (self.preset.model, self.preset.headline_model):
                highlights, prefix = published(checkpoint, PRESETS["seq2seq"].highlights)
            prefix = prefix if self.prefix is None else self.prefix
            self._running[name] = Running(checkpoint, engine, highlights, prefix)
        return self._running[name]

    def _whole(
        self, readings: Sequence[_Reading], model: Running, style: Style
    ) -> list[list[list[Hypothesis]]]:
        """Write bullets or headlines from what is read of the whole document, in one pass."""
        if style.name == HEADLINE.name:
            decoding = self.preset.headline
        else:
            # The highlights models write three or four sentences; for more bullets they must write longer.
            decoding = stretched(model.highlights, max(1.0, style.lines / BULLETS.lines))
            decoding = replace(decoding, candidates=self.candidates)
        return [[found] for found in generate(model, [reading.text for reading in readings], decoding)]

    def _box(self, documents: Sequence[Document]) -> list[list[list[Hypothesis]]]:
        """Write the box in two passes: the development; then the caveat, the context or what comes next."""
        model = self._run(str(self.model))
        passages: list[str] = []
        owners: list[int] = []
        for owner, document in enumerate(documents):
            chosen = compose.compose(document, ranks(document), (WYSK,))[WYSK.name]
            indices = [line.evidence[0].sentence for line in chosen]
            for group in (indices[:1], indices[1:]):
                if group:
                    nearby = _surroundings(document, group)
                    chosen_text = select(
                        nearby, _middle_first(nearby), model.engine.tokenizer.lengths, model.room
                    )
                    passages.append(chosen_text.text)
                    owners.append(owner)
        decoding = replace(self.preset.passage, candidates=max(_BOX_DEPTH, self.candidates))
        boxes: list[list[list[Hypothesis]]] = [[] for _ in documents]
        for owner, hypotheses in zip(owners, generate(model, passages, decoding), strict=True):
            boxes[owner].append(hypotheses)
        return boxes

    def _read(self, document: Document, model: Running) -> _Reading:
        """Return what of a document the model is given to read: all of it wherever that fits."""
        sentences = [sentence.line for sentence in document.sentences]
        room, lengths = model.room, model.engine.tokenizer.lengths
        text = " ".join(sentences)
        if lengths([text])[0] <= room:
            return _Reading(text, 1.0)
        if self.long == "select":
            chosen = select(sentences, ranks(document), lengths, room)
            share = f"{chosen.coverage:.0%}" if chosen.coverage >= 0.01 else f"{chosen.coverage:.2%}"
            note = (
                f"the model's window of {model.engine.tokenizer.window} tokens holds {share} of the sentences"
            )
            return _Reading(chosen.text, chosen.coverage, (f"{note}; they were chosen by rank",))
        merged, count = merge(model, chunks(sentences, lengths, room))
        return _Reading(
            merged, 1.0, (f"the text was summarized in {count} chunks, and their summaries merged",)
        )

    def _language_note(self, document: Document) -> tuple[str, ...]:
        known = self.preset.languages
        if not known or document.language in known or self.model != self.preset.model:
            return ()
        return (f"{self.model} was trained on {', '.join(sorted(known))}, not on {document.language}",)


class Bart(Seq2Seq):
    """BART-large: highlights from CNN/DailyMail, headlines from XSum."""

    about = "BART-large (facebook/bart-large-cnn, headlines by facebook/bart-large-xsum)"
    preset = PRESETS["bart"]


class DistilBart(Seq2Seq):
    """BART with half the decoder layers; Shleifer and Rush, 2020."""

    about = "DistilBART, smaller and faster than bart (sshleifer/distilbart-cnn-12-6)"
    preset = PRESETS["distilbart"]


class Pegasus(Seq2Seq):
    """PEGASUS: pre-trained by predicting the sentences a summary would need."""

    about = "PEGASUS (google/pegasus-cnn_dailymail, headlines by google/pegasus-xsum)"
    preset = PRESETS["pegasus"]


class T5(Seq2Seq):
    """T5-base, told by a prefix to summarize."""

    about = "T5-base (google-t5/t5-base)"
    preset = PRESETS["t5"]


def _surroundings(document: Document, indices: Sequence[int]) -> list[str]:
    """Return sentences with their neighbours, in order, which say what their pronouns mean."""
    last = len(document.sentences)
    wanted = {
        near
        for index in indices
        for near in range(max(0, index - _NEIGHBOURS), min(last, index + _NEIGHBOURS + 1))
    }
    return [document.sentences[index].line for index in sorted(wanted)]


def _middle_first(sentences: Sequence[str]) -> Any:
    import numpy as np

    middle = (len(sentences) - 1) / 2
    return np.array([-abs(index - middle) for index in range(len(sentences))])
