"""Dates as pages, rows, feeds and users write them -> moments with a time zone; nothing is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

_FORMATS = ("%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_MILLISECONDS = 10**11  # numbers above count those rather than seconds
_AHEAD = timedelta(days=1)  # clocks go wrong, and time zones are left out


def read_date(value: Any, now: datetime | None = None) -> datetime | None:
    """Return the moment that a value names, or None where it names none that an article can have.

    ISO 8601, dates of e-mail and RSS, seconds or milliseconds since 1970, and a few that people write. One
    without a time zone is taken for UTC. What lies in the future, or before 1990, is a mistake.

    Args:
        value: a text, a number, a date.
        now: the present; None asks the clock.

    Example:
        >>> read_date("Sun, 01 Mar 2026 10:00:00 +0100", datetime(2026, 4, 1, tzinfo=UTC)).isoformat()
        '2026-03-01T09:00:00+00:00'
        >>> read_date("yesterday"), read_date("9999-01-01")
        (None, None)
    """
    try:
        found = _parsed(value)
        found = found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
        moment = found.astimezone(UTC) if found else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    latest = (now or datetime.now(UTC)) + _AHEAD
    return moment if moment and _EARLIEST <= moment <= latest else None


def _parsed(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return datetime.fromtimestamp(value / 1000 if abs(value) > _MILLISECONDS else value, UTC)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > 80:
        return None
    if text.isdecimal() and len(text) in (10, 13):
        return _parsed(int(text))
    if not text.isdecimal():  # "2026" is a year, and "20260301" a number as well
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return _written(text)


def _written(text: str) -> datetime | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None
