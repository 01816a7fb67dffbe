"""What may be chosen in the page: summarizers in groups, what each is, and what cannot run here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from summarize.registry import DEFAULT, find
from summarize.web import running
from summarize.web.markup import safe

# What each group is called, and one line about it.
GROUPS = {
    "learned": ("Learned", "Trained on news that people had graded; milliseconds."),
    "classic": ("Classic", "Choose sentences by counting words; milliseconds."),
    "models": ("Models", "Write anew on this machine; seconds."),
    "fetched": ("Models to be fetched", "Their weights are not here yet; the first run takes gigabytes."),
    "servers": ("Servers", "Ask a model behind an address."),
}


def grouped(entries: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the names of what runs here by group; entries as of `summarize list`."""
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    for one in entries:
        if one["runs"]:
            found[group_of(one["name"])].append(one["name"])
    return found


def group_of(name: str) -> str:
    """Return the group that a summarizer belongs to."""
    if name == running.CHAT:
        return "servers"
    if running.is_slow(name):
        return "fetched" if to_fetch(name) else "models"
    return "learned" if name == DEFAULT else "classic"


def to_fetch(name: str) -> list[str]:
    """Return the models of a summarizer's own whose weights are not on this machine."""
    from summarize.models.checkpoints import in_cache

    preset = getattr(find(name), "preset", None)
    models = (getattr(preset, key, None) for key in ("model", "headline_model"))
    return [model for model in models if model and not in_cache(model)]


def chosen_of(groups: Mapping[str, Sequence[str]], names: Iterable[str]) -> list[list[str]]:
    """Return which of the names each group holds, in the order of the groups."""
    return [[name for name in names if name in groups[group]] for group in GROUPS]


def described(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return what each summarizer that runs here is, in a line, to be opened."""
    known = {one["name"]: one["about"] for one in entries}
    parts = [
        f"<h2>{safe(GROUPS[group][0])}</h2><ul>"
        + "".join(f"<li><b>{safe(name)}</b> {_about(known[name])}</li>" for name in names)
        + "</ul>"
        for group, names in grouped(entries).items()
        if names
    ]
    return f'<details class="described"><summary>What each one is</summary>{"".join(parts)}</details>'


def unavailable(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return what cannot run here, greyed, each with what fixes it; entries as of `summarize list`."""
    absent = [entry for entry in entries if not entry["runs"]]
    if not absent:
        return ""
    items = "".join(
        f'<li aria-disabled="true"><b>{safe(entry["name"])}</b> {_about(entry["about"])}'
        f"<br><code>{safe(str(entry['missing']))}</code></li>"
        for entry in absent
    )
    names = ", ".join(safe(entry["name"]) for entry in absent)
    head = f"<summary>Not available here: {names}</summary>"
    return f'<details class="unavailable">{head}<ul>{items}</ul></details>'


def _about(text: str) -> str:
    """Return a line about a summarizer without options of the command line, for which the page has boxes."""
    return safe(re.sub(r", named by --.*", "", text))
