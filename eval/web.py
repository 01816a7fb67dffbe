"""What the web app asks of the evaluation: scores, leaderboards, blind votes, and functions for programs."""

from __future__ import annotations

from .board import board
from .endpoints import PUBLIC
from .side_by_side import reference_of, rows_of, scored
from .votes.asking import next_pair
from .votes.report import html as show_votes

__all__ = ["PUBLIC", "board", "next_pair", "reference_of", "rows_of", "scored", "show_votes"]
