"""One sentence of English as the shipped encoder reads it, for the tests of what is made of it."""

from __future__ import annotations

from summarize.encoder import Analysis, analyse


def read(line: str) -> Analysis:
    """Read a sentence that is fit to be read."""
    (found,) = analyse([line])
    assert found is not None
    return found
