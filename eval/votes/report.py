"""Standings as text, JSON and HTML: the same table in the terminal and in the page. Counts nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from summarize.printing import clean
from summarize.web.markup import safe
from summarize.web.voting.ballots import Vote

from ..reports.tables import columns
from ..significance import CONFIDENCE, SAMPLES, SEED
from .standings import PartStandings, standings

SCHEMA = "summarize-votes/1"
TITLES = {"headline": "Headline", "bullets": "Bullets", "wysk": "What you should know", "all": "All parts"}
_HEADER = ["", "preferred %", "interval", "strength", "votes", "won", "lost", "both", "neither"]
NONE = "No votes yet"


def text(votes: Sequence[Vote], samples: int = SAMPLES, seed: int = SEED) -> str:
    """Return the standings for the terminal."""
    found = standings(votes, samples, seed)
    if not found:
        return NONE
    parts = ["\n".join([_heading(one), "", *columns(_HEADER, _rows(one)), *_notes(one)]) for one in found]
    return "\n\n".join([*parts, _footnote(samples, seed)])


def record(votes: Sequence[Vote], samples: int = SAMPLES, seed: int = SEED) -> dict[str, Any]:
    """Return the standings as JSON can hold them: shares from 0 to 1, null for what is not defined."""
    parts = [asdict(one) for one in standings(votes, samples, seed)]
    return {"schema": SCHEMA, "votes": len(votes), "samples": samples, "seed": seed, "parts": _plain(parts)}


def as_json(votes: Sequence[Vote], samples: int = SAMPLES, seed: int = SEED) -> str:
    """Return the standings as JSON."""
    return json.dumps(record(votes, samples, seed), indent=2, ensure_ascii=False)


def html(votes: Sequence[Vote]) -> str:
    """Return the standings for the page."""
    found = standings(votes)
    if not found:
        return f"<p>{NONE}.</p>"
    return "".join(map(_section, found)) + f"<p><small>{safe(_footnote(SAMPLES, SEED))}</small></p>"


def _section(one: PartStandings) -> str:
    head = "".join(f'<th scope="col">{safe(cell)}</th>' for cell in _HEADER[1:])
    body = "".join(
        f'<tr><th scope="row">{safe(name)}</th>'
        + "".join(f"<td>{safe(cell)}</td>" for cell in cells)
        + "</tr>"
        for name, *cells in _rows(one)
    )
    notes = "".join(f"<li>{safe(note)}</li>" for note in _notes(one))
    return (
        f'<section class="scores"><h3>{safe(_heading(one))}</h3><table><thead><tr><td></td>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table><ul>{notes}</ul></section>"
    )


def _heading(one: PartStandings) -> str:
    return (
        f"{TITLES[one.part]}: {_count(one.votes, 'vote')}, {_count(one.articles, 'article')}, "
        f"{_count(one.voters, 'voter')}"
    )


def _rows(one: PartStandings) -> list[list[str]]:
    return [
        [
            clean(system.name),
            f"{100 * system.preferred:.1f}",
            "" if math.isnan(system.low) else f"{100 * system.low:.1f} to {100 * system.high:.1f}",
            f"{system.strength:+.2f}",
            *(str(n) for n in (system.votes, system.wins, system.losses, system.both, system.neither)),
        ]
        for system in one.systems
    ]


def _notes(one: PartStandings) -> list[str]:
    bias, agreement = one.bias, one.agreement
    notes = ["Position: no vote for either side yet"]
    if bias.decided:
        verdict = "no sign that sides matter" if bias.low <= 0.5 <= bias.high else "sides mattered"
        notes = [
            f"Position: left won {100 * bias.share:.0f} % of {_count(bias.decided, 'decided vote')} "
            f"({100 * bias.low:.0f} to {100 * bias.high:.0f}): {verdict}"
        ]
    if agreement.compared:
        beyond = "" if math.isnan(agreement.pi) else f", Scott's pi {agreement.pi:.2f}"
        pairs = _count(agreement.compared, "pair")
        notes.append(f"Agreement: {100 * agreement.share:.0f} % of {pairs} of votes by two voters{beyond}")
    else:
        notes.append("Agreement: no two voters have judged the same pair yet")
    if agreement.again:
        share, pairs = 100 * agreement.again_share, _count(agreement.again, "pair")
        notes.append(f"The same voter again: {share:.0f} % of {pairs} of votes agree")
    return notes


def _footnote(samples: int, seed: int) -> str:
    sampled = f"{CONFIDENCE:.0%} interval of {samples} resamples of articles and their ballots, seed {seed}"
    return (
        "preferred: to one of the others drawn by lot, a draw (both, neither) counting half; "
        f"strength: Bradley-Terry, natural logarithm; {sampled if samples else 'no intervals'}"
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + "s" * (number != 1)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return None if isinstance(value, float) and math.isnan(value) else value
