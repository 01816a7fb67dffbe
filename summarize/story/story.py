"""brief_story: several documents on one event -> one Brief, every line with the documents that tell it.

Choosing and wording are the summarizer's, which reads the documents as one. Added here: copies count once,
each line names every document that supports it, and what the documents say differently is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from summarize.brief import Brief, Evidence, Line
from summarize.document import Document
from summarize.errors import EmptyTextError, OptionError
from summarize.registry import DEFAULT, load
from summarize.story.coverage import check_length, story_text
from summarize.story.developments import SUPPORTS, Earlier, developments
from summarize.story.differences import differences
from summarize.story.joined import Joined, without_copies
from summarize.style import STYLES, Style
from summarize.summarizers.base import Summarizer
from summarize.summarizers.finishing import repeats


def brief_story(
    documents: Iterable[Document],
    summarizer: str | Summarizer = DEFAULT,
    *,
    styles: Iterable[str | Style] = STYLES,
    bullets: int | None = None,
    earlier: Earlier | None = None,
    words: int | None = None,
    strict: bool = False,
) -> Brief:
    """Summarize several documents on one event as one story.

    Args:
        documents: what `parse` or `read` returned, the one that matters most first. Those that have a date
            are put in order by it, the newest first, and lead.
        summarizer: a name that `summarize list` shows, or one that is loaded.
        styles: which outputs to write.
        bullets: how many bullets at most, 1 to 10; None for three.
        earlier: a brief of the story written before; what is new against it is told too.
        words: tell the story in a text of at most so many words too, 20 to 2,000; None for none.
        strict: replace or leave out lines that the articles do not support.

    Raises:
        EmptyTextError: where no document holds a sentence.
        OptionError: for documents of several languages, for a length that no text can have, and for a
            summarizer or style that does not exist.

    Example:
        >>> from summarize.parsing.parse import parse
        >>> one = parse("A ferry sank off Pellworth on Tuesday. At least 9 people were killed.")
        >>> two = parse("A ferry sank off Pellworth on Tuesday, police said. They found 11 dead.")
        >>> brief = brief_story([one, two], "lead")
        >>> [{found.document for found in line.evidence} for line in brief.bullets][0]
        {0, 1}
    """
    check_length(words)
    documents = list(documents)
    given = newest_first(document for document in documents if document.sentences)
    if not given:
        raise EmptyTextError("no document of this story holds a sentence to summarize; give articles")
    languages = sorted({document.language for document in given})
    if len(languages) > 1:
        raise OptionError(
            f"these documents are in several languages ({', '.join(languages)}); "
            "summarize those of one language at a time, or name it with --language where it was misjudged"
        )
    writer = load(summarizer) if isinstance(summarizer, str) else summarizer
    told, copies = without_copies(given)
    notes = _not_counted(copies, documents)
    new = developments(told, earlier, writer) if earlier else ()
    if earlier and not new:
        notes += ("nothing is new against the earlier brief",)
    text, short = _at_length(told, words)
    if len(told) == 1:
        brief = _written(told[0], writer, styles, bullets, strict)
        return replace(brief, notes=(*brief.notes, *notes, *short), developments=new, text=text)
    joined = Joined(told)
    brief = _written(joined.document, writer, styles, bullets, strict)

    def placed(lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(with_every_teller([joined.line(line) for line in lines], told))

    return replace(
        brief,
        document=told[0],
        others=tuple(told[1:]),
        headline=placed([brief.headline])[0] if brief.headline else None,
        bullets=placed(brief.bullets),
        wysk=placed(_unsaid(brief)),
        notes=(*brief.notes, *notes, *short),
        disagreements=tuple(differences(told)),
        developments=tuple(with_every_teller(new, told)),
        text=tuple(with_every_teller(text, told)),
    )


def _written(
    document: Document, writer: Summarizer, styles: Iterable[str | Style], bullets: int | None, strict: bool
) -> Brief:
    briefs = writer.brief([document], styles, bullets)
    if strict:
        from summarize.evidence.strict import hold_to_source

        briefs = hold_to_source(briefs)
    return briefs[0]


def newest_first(documents: Iterable[Document]) -> list[Document]:
    """Return documents by date, the newest first and those without one behind, in their order."""
    undated = datetime.min.replace(tzinfo=UTC)
    return sorted(documents, key=lambda document: document.published or undated, reverse=True)


def with_every_teller(lines: Sequence[Line], documents: Sequence[Document]) -> list[Line]:
    """Return the lines with a sentence of each further document that says the same, numbers and names too."""
    from summarize.evidence import check_lines

    found: list[list[Evidence]] = [list(line.evidence) for line in lines]
    for number, document in enumerate(documents):
        verdicts = check_lines([line.text for line in lines], document)
        for line, evidence, verdict in zip(lines, found, verdicts, strict=True):
            known = any(proof.document == number for proof in line.evidence)
            best = verdict.evidence[0] if verdict.evidence else None
            if not known and best and best.score >= SUPPORTS and not verdict.flags:
                evidence.append(replace(best, document=number))
    return [replace(line, evidence=tuple(evidence)) for line, evidence in zip(lines, found, strict=True)]


def _at_length(documents: Sequence[Document], words: int | None) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the text of so many words, and a note where no sentence is as short."""
    text = story_text(documents, words) if words is not None else ()
    missing = words is not None and not text
    return text, (f"no sentence to begin with has at most {words} words; ask for more of them",) * missing


def _unsaid(brief: Brief) -> tuple[Line, ...]:
    """Return the lines of the box without those that tell a bullet again in another paper's words."""
    said = [line.text for line in brief.bullets]
    fresh = tuple(line for line in brief.wysk if not repeats(line.text, said))
    return fresh or brief.wysk


def _not_counted(
    copies: Sequence[tuple[Document, Document]], documents: Sequence[Document]
) -> tuple[str, ...]:
    """Return a note for each copy, given with its original, and for each page without a sentence."""
    texts = [(copy, f"the text of {_name(original)}") for copy, original in copies]
    texts += [(document, "no article") for document in documents if not document.sentences]
    return tuple(f"{_name(document)} holds {what} and is not counted" for document, what in texts)


def _name(document: Document) -> str:
    return document.source or document.title or "one document"
