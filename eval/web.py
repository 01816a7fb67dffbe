"""What the web app asks of the evaluation: scores beside briefs, leaderboards, and functions for programs."""

from __future__ import annotations

from .endpoints import PUBLIC
from .side_by_side import board, rows_of, scored, show_board

__all__ = ["PUBLIC", "board", "rows_of", "scored", "show_board"]
