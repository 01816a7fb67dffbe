"""An article as HTML in which every sentence can be marked by its number. Shows all text, story or not."""

from __future__ import annotations

from summarize.document import Document
from summarize.web.markup import safe
from summarize.web.running import document_of
from summarize.writing.wording import BOX


def taken_apart(text: str, language: str = "auto") -> tuple[Document, str]:
    """Return a text as a document, and that as HTML.

    Raises:
        InputError: where there is no text, or too much.
    """
    document = document_of(text, language)
    return document, article(document)


def article(document: Document) -> str:
    """Return the article: its text as it stands, each sentence of the story an element of its own."""
    text, parts, position = document.text, [], 0
    for number, sentence in enumerate(document.sentences):
        parts.append(_between(text[position : sentence.start]))
        parts.append(
            f'<span class="sentence" id="sentence-{number}" data-sentence="{number}">'
            f"{safe(sentence.text, lines=True)}</span>"
        )
        position = sentence.end
    parts.append(_between(text[position:]))
    count = len(document.sentences)
    box = f"; its own “{safe(BOX)}” box is kept apart" if document.reference else ""
    return (
        f'<section class="source-text" aria-label="The article, with its source sentences">'
        f'<button type="button" class="tool edit" data-edit>Edit the article</button>'
        f'<p class="about">{count} sentences, language {safe(document.language)}{box}. '
        f"Choose a line of a brief to see what it rests on.</p>"
        f'<p class="marked-count" role="status" aria-live="polite"></p>'
        f'<button type="button" class="tool close" data-clear>Close</button>'
        f'<div class="body" role="group" aria-label="Text of the article" tabindex="0" '
        f'lang="{safe(document.language)}" dir="auto">{"".join(parts)}</div></section>'
    )


def _between(text: str) -> str:
    """What is no sentence of the story: blanks, headings, clutter, the reference box."""
    if not text.strip():
        return text
    return f'<span class="aside">{safe(text, lines=True)}</span>'
