"""How much one visitor may ask for at once, and the errors that say so. Numbers only; no page."""

from __future__ import annotations

import os

from summarize.errors import InputError, OptionError

MAX_CHARACTERS = 500_000
MAX_UPLOAD_BYTES = 20 * 2**20
# What a browser may send at all, some times the text limit: the rest would only fill memory.
MAX_BODY_BYTES = 64 * 2**20
MAX_ROWS = 500
MAX_ROWS_CHARACTERS = 64 * 2**20  # of all rows together
MAX_EVALUATED = 200
MAX_SUMMARIZERS = 4
MAX_ARTICLES = 100  # of one story
MAX_WORDS = 2000  # of a story's text
MAX_BULLETS = 10
QUEUE = 64  # jobs of one kind that may wait; the next one is told to come back
AT_ONCE = 256  # requests that are talked to at once; as many more may wait for that as jobs may

_NO_ARTICLE = "There is no article yet: paste one, upload a file, give a URL, or take an example"


def check_text(text: str | None, missing: str = _NO_ARTICLE) -> str:
    """Return a text that may be worked on.

    Args:
        text: what was given.
        missing: what is said where that is nothing.

    Raises:
        InputError: where there is none, or too much.

    Example:
        >>> check_text("It rained.")
        'It rained.'
    """
    if not text or not text.strip():
        raise InputError(missing)
    check_length(text, "This text has")
    return text


def check_length(text: str, found: str) -> None:
    """Refuse a text that is longer than the page takes.

    Args:
        text: what was given.
        found: how the message begins, before the number: "This text has".

    Raises:
        InputError: where it is too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{found} {len(text):,} characters; the page takes {MAX_CHARACTERS:,}. "
            "Use the command summarize for longer ones"
        )


def as_list(given: list[str] | str | None, separator: str | None = ",") -> list[str]:
    """Return names or texts that a program gave as a list, or as one string.

    Args:
        given: what it gave.
        separator: between several in a string; None where it is one whatever is in it.

    Example:
        >>> as_list("lead, textrank"), as_list("It rained, they said.", None), as_list(["lead"])
        (['lead', 'textrank'], ['It rained, they said.'], ['lead'])
    """
    if not isinstance(given, str):
        return list(given or ())
    return [part.strip() for part in given.split(separator) if part.strip()] if separator else [given]


def check_upload(path: str) -> str:
    """Return the path of an upload that is small enough.

    Raises:
        InputError: where it is too large, or no longer there.
    """
    try:
        size = os.path.getsize(path)
    except OSError as error:
        raise InputError(f"{os.path.basename(path)} is no longer on the server; upload it again") from error
    if size > MAX_UPLOAD_BYTES:
        raise InputError(
            f"{os.path.basename(path)} has {size / 2**20:.1f} MiB; the page takes "
            f"{MAX_UPLOAD_BYTES >> 20} MiB. Use the command summarize for larger ones"
        )
    return path


def check_names(names: list[str] | None) -> list[str]:
    """Return the summarizers that were chosen, once each.

    Raises:
        OptionError: for none, or too many.

    Example:
        >>> check_names(["lead", "textrank", "lead"])
        ['lead', 'textrank']
    """
    chosen = list(dict.fromkeys(names or ()))
    if not chosen:
        raise OptionError("Choose at least one summarizer")
    if len(chosen) > MAX_SUMMARIZERS:
        raise OptionError(f"Choose at most {MAX_SUMMARIZERS} summarizers at once; {len(chosen)} are chosen")
    return chosen
