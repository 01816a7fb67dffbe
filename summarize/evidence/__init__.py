"""Evidence: where a line comes from, and what in it the source does not support. No rewriting of lines."""

from __future__ import annotations

from summarize.evidence.align import align
from summarize.evidence.check import Answer, LineVerdict, Verdict, attach, check, check_lines
from summarize.evidence.tally import Tally, tally

__all__ = ["Answer", "LineVerdict", "Tally", "Verdict", "align", "attach", "check", "check_lines", "tally"]
