"""Days of dates that are known only in part, and how long ago they were."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def last_day(text: str) -> date:
    """Return the last day that ``2023``, ``2023-07`` or ``2023-07-07`` may mean."""
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def months_between(start: date, end: date) -> int:
    """Count the whole months from one day to another; negative when ``end`` comes first."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
