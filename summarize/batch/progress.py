"""How far a run is: one line on a terminal, nothing where there is none; and the line that sums it up."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TextIO

_EVERY = 0.2  # seconds between two lines


@dataclass
class RunTally:
    """What has been counted.

    Attributes:
        done: rows with a line of output, failed: rows in the errors file, both of this start only.
        skipped: rows that an earlier start had done.
        seconds: how long this start took.
        unit: what is counted.
    """

    done: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    unit: str = "documents"

    def __str__(self) -> str:
        rate = (self.done + self.failed) / self.seconds if self.seconds else 0.0
        skipped = f", {self.skipped:,} skipped (done before)" if self.skipped else ""
        counts = f"{self.done:,} done, {self.failed:,} failed{skipped}"
        return f"{counts}; {rate:,.1f} {self.unit}/s in {clock(self.seconds)}"


class ProgressLine:
    """Shows a tally while it grows.

    Args:
        stream: a terminal, or anything else to stay quiet.
    """

    def __init__(self, stream: TextIO, tally: RunTally) -> None:
        self._stream = stream
        self._live = stream.isatty()
        self._tally = tally
        self._start = self._shown = time.monotonic()
        self._share: float | None = None

    def step(self, failed: bool, share: float | None) -> None:
        """Count a row and show the line anew, not more often than one can read.

        Args:
            failed: whether it went to the errors file.
            share: how much of the input has been read, 0 to 1; None where nobody knows.
        """
        self._tally.failed += failed
        self._tally.done += not failed
        now = time.monotonic()
        if self._share is None:
            self._share = share  # what was read before the first row came back, a resumed run's for one
        self._tally.seconds = now - self._start
        if self._live and now - self._shown >= _EVERY:
            self._shown = now
            self._stream.write(f"\r{self._line(share)}\x1b[K")
            self._stream.flush()

    def close(self) -> None:
        """Take the line away."""
        self._tally.seconds = time.monotonic() - self._start
        if self._live:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _line(self, share: float | None) -> str:
        tally = self._tally
        count = tally.done + tally.failed
        line = (
            f"{tally.skipped + count:,} {tally.unit}, {tally.failed:,} failed, {count / tally.seconds:,.1f}/s"
        )
        if share and self._share is not None and share > self._share:
            left = tally.seconds * (1 - share) / (share - self._share)
            line += f", {share:.0%}, {clock(left)} left"
        return line


def clock(seconds: float) -> str:
    """Return a time as people read it.

    Example:
        >>> clock(3725), clock(59.5), clock(2.25)
        ('1:02:05', '1:00', '2.2 s')
    """
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
