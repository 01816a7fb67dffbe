"""One thing that a check of this machine looked for. Types only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for.

    Attributes:
        name: what it is: an engine, or a checkpoint with the summarizer that uses it.
        works: whether it is here.
        detail: version and device, where it lies, or the command that brings it.
    """

    name: str
    works: bool
    detail: str
