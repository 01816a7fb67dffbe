"""A row -> a document that knows when it appeared, who published it and where, as far as the row tells."""

from __future__ import annotations

from dataclasses import replace

from summarize.document import Document, is_web_address
from summarize.reading.columns import DATE_COLUMNS, LINK_COLUMNS, OUTLET_COLUMNS, find_column
from summarize.reading.dates import read_date
from summarize.reading.rows import Article

TELLING_COLUMNS = (*DATE_COLUMNS, *OUTLET_COLUMNS, *LINK_COLUMNS)
_OUTLET_CHARACTERS = 60  # a column called "source" may hold anything


def dated_document(article: Article, where: str, language: str = "auto") -> Document:
    """Return the document of a row, with date, outlet and address from columns of the usual names.

    Args:
        article: what the row says; its columns were read with `TELLING_COLUMNS` beside the others.
        where: the source of the document, unless the row has a web address.
        language: ISO 639-1 code, or "auto".
    """
    from summarize.parsing.parse import parse

    left = {name: value for name, value in article.values.items() if name != article.columns.text}
    date, outlet, link = (
        left.get(find_column(left, usual) or "") for usual in (DATE_COLUMNS, OUTLET_COLUMNS, LINK_COLUMNS)
    )
    source = link if isinstance(link, str) and is_web_address(link) else where
    document = parse(article.text, title=article.title, source=source, language=language)
    short = isinstance(outlet, str) and 0 < len(outlet.strip()) <= _OUTLET_CHARACTERS
    return replace(document, published=read_date(date), outlet=str(outlet).strip() if short else None)
