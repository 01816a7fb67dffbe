"""Briefs as JSON: one object a brief, in the schema that `summarize/data/brief.schema.json` states.

The article's text is not in it; `sha256` tells whether a text at hand is the one the offsets point into.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document
from summarize.errors import InputError

SCHEMA = "summarize-brief/1"
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")
_DIGITS = 4  # of shares and scores: more would differ between machines


def to_record(brief: Brief, *, evidence: bool = False) -> dict[str, Any]:
    """Return a brief as what JSON can hold; `evidence` adds the text of each source sentence."""
    record = {
        "schema": SCHEMA,
        "source": brief.document.source,
        "title": brief.document.title,
        "language": brief.document.language,
        "headline": _line(brief, brief.headline, evidence) if brief.headline else None,
        "bullets": [_line(brief, line, evidence) for line in brief.bullets],
        "wysk": [_line(brief, line, evidence) for line in brief.wysk],
        "reference": list(brief.document.reference),
        "summarizer": brief.summarizer,
        "signature": brief.signature,
        "coverage": round(float(brief.coverage), _DIGITS),
        "notes": list(brief.notes),
        "document": _text(brief.document),
    }
    if brief.others:
        record["others"] = [
            {"source": other.source, "title": other.title, **_told(other), **_text(other)}
            for other in brief.others
        ]
        record["disagreements"] = [_line(brief, line, evidence) for line in brief.disagreements]
    if brief.developments:
        record["developments"] = [_line(brief, line, evidence) for line in brief.developments]
    if brief.text:
        record["text"] = [_line(brief, line, evidence) for line in brief.text]
    return record | _told(brief.document)


def _told(document: Document) -> dict[str, str]:
    """When a document appeared and who published it, where that is known."""
    date = {"published": document.published.isoformat()} if document.published else {}
    return date | ({"outlet": document.outlet} if document.outlet else {})


def _text(document: Document) -> dict[str, Any]:
    return {
        "characters": len(document.text),
        "sentences": len(document.sentences),
        "sha256": digest_of(document),
    }


def from_record(record: Mapping[str, Any], document: Document, others: Sequence[Document] = ()) -> Brief:
    """Return the brief that a record holds, with the document it was written about.

    Args:
        record: one object as `to_record` gives it, read back from JSON.
        document: what `parse` gives for the same text.
        others: the same for the further documents of a story.

    Raises:
        InputError: for a record of another schema, or about another text.
    """
    if record.get("schema") != SCHEMA:
        raise InputError(f"this record is of schema {record.get('schema')!r}, not {SCHEMA}")
    try:
        if record["document"]["sha256"] != digest_of(document):
            raise InputError(
                f"this record was written about another text than {document.source or 'the one given'}"
            )
        if [other["sha256"] for other in record.get("others", ())] != [digest_of(other) for other in others]:
            raise InputError("this record was written about other further documents than those given")
        headline = record["headline"]
        return Brief(
            document=document,
            summarizer=record["summarizer"],
            signature=record["signature"],
            headline=_read_line(headline) if headline else None,
            bullets=tuple(map(_read_line, record["bullets"])),
            wysk=tuple(map(_read_line, record["wysk"])),
            coverage=record["coverage"],
            notes=tuple(record["notes"]),
            others=tuple(others),
            disagreements=tuple(map(_read_line, record.get("disagreements", ()))),
            developments=tuple(map(_read_line, record.get("developments", ()))),
            text=tuple(map(_read_line, record.get("text", ()))),
        )
    except (KeyError, TypeError) as error:
        raise InputError(f"this record is not complete: {error!r}; it must follow {SCHEMA}") from error


def pieces(briefs: Iterable[Brief], *, several: bool, evidence: bool) -> Iterator[str]:
    """Yield a JSON object for one brief, an array for several."""
    if several:
        yield "["
    empty = True
    for brief in briefs:
        text = dumps(to_record(brief, evidence=evidence), indent=2)
        yield (("\n" if empty else ",\n") + text) if several else text + "\n"
        empty = False
    if several:
        yield "]\n" if empty else "\n]\n"


def line_pieces(briefs: Iterable[Brief], *, evidence: bool) -> Iterator[str]:
    """Yield JSON Lines: an object on a line for each brief."""
    for brief in briefs:
        yield dumps(to_record(brief, evidence=evidence)) + "\n"


def dumps(record: Mapping[str, Any], indent: int | None = None) -> str:
    """Return a record as JSON that stays on one line wherever lines are split, and that UTF-8 can hold."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair, from an escape in someone's JSON: only an escape can hold it.
        return json.dumps(record, allow_nan=False, indent=indent)
    # str.splitlines and old JavaScript end a line at some of these, which JSON Lines must not; others steer
    # a terminal.
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _line(brief: Brief, line: Line, evidence: bool) -> dict[str, Any]:
    return {
        "text": line.text,
        "evidence": [_evidence(brief, found, evidence) for found in line.evidence],
        "flags": [
            {"start": flag.start, "end": flag.end, "kind": flag.kind, "sentence": flag.sentence}
            | ({"document": flag.document} if brief.others else {})
            for flag in line.flags
        ],
    }


def _evidence(brief: Brief, found: Evidence, with_text: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "sentence": int(found.sentence),
        "start": int(found.start),
        "end": int(found.end),
        "score": round(float(found.score), _DIGITS),
    }
    text = brief.documents[found.document].text
    record |= {"document": found.document} if brief.others else {}
    return record | {"text": text[found.start : found.end]} if with_text else record


def _read_line(record: Mapping[str, Any]) -> Line:
    keys = {"sentence", "start", "end", "score", "document"}
    return Line(
        record["text"],
        tuple(Evidence(**{key: found[key] for key in keys & found.keys()}) for found in record["evidence"]),
        tuple(Flag(**flag) for flag in record["flags"]),
    )


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a document's text, as records name it."""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
