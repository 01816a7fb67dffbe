"""Developments: what a story has that an earlier brief of it did not. English and others alike.

Only documents that the earlier brief was not written of can bring something new; of what they say, a line is
new where neither the earlier brief nor a document it was written of says it, numbers and names included.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summarize.brief import Line
from summarize.document import Document
from summarize.errors import InputError
from summarize.story.joined import Joined
from summarize.style import BULLETS
from summarize.summarizers.base import Summarizer
from summarize.writing.record import digest_of

SUPPORTS = 0.6  # the share of a line that a sentence must hold for its document to tell it too
MOST = 5


@dataclass(frozen=True, slots=True)
class Earlier:
    """A brief of the same story, written before.

    Attributes:
        lines: what it said, the sentences it rested on too where they were kept.
        texts: the SHA-256 of each text it was written of.
    """

    lines: tuple[str, ...]
    texts: frozenset[str]

    def knows(self, document: Document) -> bool:
        """Tell whether it was written of this text."""
        return digest_of(document) in self.texts


def read_earlier(path: str) -> Earlier:
    """Read a brief that `--format json` wrote.

    Raises:
        InputError: where it cannot be read or is none.
    """
    try:
        record = json.loads(Path(path).read_text("utf-8"))
        headline = [record["headline"]] if record["headline"] else []
        lines = [*headline, *record["bullets"], *record["wysk"], *record.get("developments", ())]
        told = [line["text"] for line in lines]
        told += [found["text"] for line in lines for found in line["evidence"] if "text" in found]
        documents = [record["document"], *record.get("others", ())]
        return Earlier(tuple(dict.fromkeys(told)), frozenset(str(d["sha256"]) for d in documents))
    except OSError as error:
        raise InputError(f"{path}: could not be read: {error.strerror or error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: is no brief of one story; write one with summarize story --format json --output {path}"
        ) from error


def developments(documents: Sequence[Document], earlier: Earlier, summarizer: Summarizer) -> tuple[Line, ...]:
    """Return what is new, at most five lines, each with the sentences it rests on.

    Args:
        documents: those of the story now, as its brief counts them.
        earlier: what was told before.
        summarizer: chooses and words the lines.
    """
    known = _known(documents, earlier)
    fresh = {
        number: unsaid
        for number, document in enumerate(documents)
        if not earlier.knows(document) and (unsaid := _unsaid(document, known))
    }
    if not fresh:
        return ()
    # The summarizer sees what is new alone: beside the rest much of it would pass for told.
    rest = [
        replace(documents[number], sentences=tuple(documents[number].sentences[i] for i in unsaid))
        for number, unsaid in fresh.items()
    ]
    joined = Joined(rest)
    brief = summarizer.brief([joined.document], (BULLETS,), MOST)[0]
    numbers = list(fresh)
    lines = []
    for line in brief.bullets:
        placed = joined.line(line, numbers)
        evidence = tuple(
            replace(found, sentence=fresh[found.document][found.sentence]) for found in placed.evidence
        )
        flags = tuple(
            flag if flag.sentence is None else replace(flag, sentence=fresh[flag.document][flag.sentence])
            for flag in placed.flags
        )
        lines.append(replace(line, evidence=evidence, flags=flags))
    return tuple(lines)


def _known(documents: Sequence[Document], earlier: Earlier) -> list[Document]:
    from summarize.parsing.parse import parse

    told = parse("\n\n".join(earlier.lines), language=documents[0].language)
    known = [told, *(document for document in documents if earlier.knows(document))]
    return [document for document in known if document.sentences]


def _unsaid(document: Document, known: Sequence[Document]) -> list[int]:
    """Return the numbers of those sentences that no known document says."""
    from summarize.evidence import check_lines

    left = list(range(len(document.sentences)))
    for other in known:
        verdicts = check_lines([document.sentences[i].line for i in left], other)
        left = [
            i
            for i, verdict in zip(left, verdicts, strict=True)
            if verdict.flags or not verdict.evidence or verdict.evidence[0].score < SUPPORTS
        ]
    return left
