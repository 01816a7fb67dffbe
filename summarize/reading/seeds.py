"""The two articles that come with the toolkit, for a first try."""

from __future__ import annotations

from pathlib import Path

from summarize.errors import InputError

_PACKAGE = Path(__file__).resolve().parents[1]


def seeds_folder() -> Path:
    """Return the folder of the two seeds: in the installed package, or beside it in the repository.

    Raises:
        InputError: where neither is there.
    """
    for folder in (_PACKAGE / "seeds", _PACKAGE.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise InputError("the two seeds are not in this installation; install summarize-toolkit again")


def seeds() -> list[Path]:
    """Return the two articles, in the order of their names."""
    return sorted(seeds_folder().glob("*.txt"))[:2]
