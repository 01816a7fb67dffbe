"""What every format says in the same words: the box's heading, remarks, doubts, clean lines.

No layout here. Cleaning keeps the length of a line, so that offsets into it stay true.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from summarize.brief import Brief, Evidence, Flag, Line
from summarize.document import Document
from summarize.language.table import table
from summarize.printing import clean

BOX = "What you should know"
DIFFER = "Where the sources differ"
NEW = "New since the earlier brief"
AT_LENGTH = "At length"

# What is wrong with a flagged stretch, by the kind of its flag, for a reader who knows no kinds.
_WRONG = {
    "number": "Not in the source: {} (number)",
    "name": "Not in the source: {} (name)",
    "quote": "Not in the source: {} (quotation)",
    "negation": "The source has it the other way about: {} (denied or affirmed)",
    "hedge": "Less certain in the source: {} (hedge)",
    "condition": "Only under a condition in the source: {} (condition)",
    "word": "The source has another word here: {} (word)",
    "swap": "The sentence has another word in this place: {} (swap)",
}


def squeeze(text: str) -> str:
    """Return a clean text with single spaces, for display where no offset points into it."""
    return " ".join(clean(text).split())


def box_title(brief: Brief) -> str:
    """Return the heading of the box in the article's language; in English where nobody has written it."""
    return table(brief.document.language).box or BOX


def name_of(brief: Brief) -> str:
    """Return what to call a brief: the article's own headline, else where it came from."""
    return squeeze(brief.document.title or brief.document.source or "") or "Untitled"


def sections(brief: Brief) -> list[tuple[str, tuple[Line, ...]]]:
    """Return what stands below bullets and box, each part with its heading; nothing for an empty one."""
    parts = ((NEW, brief.developments), (AT_LENGTH, brief.text), (DIFFER, brief.disagreements))
    return [(heading, lines) for heading, lines in parts if lines]


def quotation(brief: Brief, evidence: Evidence) -> str:
    """Return the source sentence that a line rests on, on one line."""
    return squeeze(brief.documents[evidence.document].text[evidence.start : evidence.end])


def place(brief: Brief, evidence: Evidence) -> str:
    """Return where that sentence stands: number and offsets; of a story, in which document too."""
    document = f"{outlet(brief.documents[evidence.document])} " if brief.others else ""
    return f"{document}[{evidence.sentence}] {evidence.start}-{evidence.end}"


def independent(documents: Iterable[Document]) -> int:
    """Return how many independent sources there are: outlets, each once."""
    return len({outlet(document).casefold() for document in documents})


def newest(brief: Brief) -> datetime | None:
    """Return when the last of a brief's articles appeared, None where none has a date."""
    return max((d.published for d in brief.documents if d.published), default=None)


def outlet(document: Document) -> str:
    """Return who published a document, else the site of its address or the last part of its path.

    Example:
        >>> [outlet(Document("", (), source=s)) for s in ("https://www.example.org/a", "x/ap.txt")]
        ['example.org', 'ap.txt']
    """
    if named := squeeze(document.outlet or ""):
        return named
    source = squeeze(document.source or document.title or "") or "unnamed"
    if "://" in source:
        return source.partition("://")[2].partition("/")[0].removeprefix("www.")
    return source.rstrip("/").rpartition("/")[2] or source


def told_by(brief: Brief, line: Line) -> str:
    """Return how many documents of a story tell a line, and which; nothing for a brief of one document."""
    if not brief.others:
        return ""
    tellers = sorted({found.document for found in line.evidence})
    names = ", ".join(outlet(brief.documents[index]) for index in tellers)
    return f"{len(tellers)} of {len(brief.documents)} sources" + (f": {names}" if names else "")


def doubts(line: Line) -> list[str]:
    """Return one remark for each stretch of a line that the source does not support.

    Example:
        >>> doubts(Line("It hit 5,000 homes", flags=(Flag(7, 12, "number"),)))
        ['Not in the source: “5,000” (number)']
    """
    return [doubt(line, flag) for flag in line.flags]


def doubt(line: Line, flag: Flag) -> str:
    """Return what is wrong with one stretch of a line; a kind of a later version is named as it is.

    Example:
        >>> doubt(Line("He will resign"), Flag(8, 14, "negation"))
        'The source has it the other way about: “resign” (denied or affirmed)'
    """
    wrong = _WRONG.get(flag.kind, f"Not in the source: {{}} ({squeeze(flag.kind)})")
    return wrong.replace("{}", f"“{squeeze(line.text[flag.start : flag.end])}”")


def remarks(brief: Brief) -> list[str]:
    """Return what a reader should know of how a brief came about, coverage first."""
    found = [squeeze(note) for note in brief.notes]
    if brief.coverage < 1:
        share = int(brief.coverage * 100)
        part = f"{share}%" if share else "less than 1%"
        found.insert(0, f"The summarizer read {part} of the article")
    return found
