"""Plots as shapes to be drawn inline: stacked columns a day, bars a line; no text but HTML's around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.french.dates import french_date

WIDTH, HEIGHT = 900, 180
_GAP = 0.2


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in units of the drawing; ``kind`` tells its colour."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour means, and how many in all."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A column a day, stacked.

    Attributes:
        label: says the whole plot in a sentence.
        boxes: to draw, in a drawing of :data:`WIDTH` by :data:`HEIGHT`.
        keys: the colours, from the foot of a column up.
        most: the highest column.
        first, last: the days at both ends, in French.
    """

    label: str
    boxes: Sequence[Box]
    keys: Sequence[Key]
    most: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of bars: its name, its number, its length out of :data:`WIDTH`."""

    label: str
    count: int
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar a line, the longest first; ``label`` says what they measure."""

    label: str
    bars: Sequence[Bar]


def columns_of(
    counts: Mapping[tuple[date, str], int], kinds: Mapping[str, str], first: date, last: date, label: str
) -> Columns | None:
    """Draw a column a day from ``first`` to ``last``; None when there is nothing to draw.

    Args:
        counts: how many, by day and kind.
        kinds: the label of each kind, from the foot of a column up.
        first: the first day.
        last: the last day.
        label: a sentence with ``first``, ``last``, ``most`` and ``day`` (of the highest column) to fill in.
    """
    span = days_from(first, last)
    sums = {day: sum(counts.get((day, kind), 0) for kind in kinds) for day in span}
    most = max(sums.values(), default=0)
    if not most:
        return None
    step = WIDTH / len(span)
    boxes: list[Box] = []
    for place, day in enumerate(span):
        foot = float(HEIGHT)
        for kind in kinds:
            if count := counts.get((day, kind), 0):
                height = HEIGHT * count / most
                foot -= height
                boxes.append(Box(kind, place * step + step * _GAP / 2, foot, step * (1 - _GAP), height))
    totals = {kind: sum(counts.get((day, kind), 0) for day in span) for kind in kinds}
    busiest = next(day for day in span if sums[day] == most)
    told = {"first": _said(first), "last": _said(last), "most": most, "day": _said(busiest)}
    return Columns(
        label=label.format(**told),
        boxes=boxes,
        keys=[Key(kind, text, totals[kind]) for kind, text in kinds.items()],
        most=most,
        first=_said(first),
        last=_said(last),
    )


def bars_of(counts: Mapping[str, int], label: str) -> Bars | None:
    """Draw a bar a line, the longest first; None when there is nothing to draw."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    most = ordered[0][1] if ordered else 0
    if not most:
        return None
    return Bars(label, [Bar(name, count, WIDTH * count / most) for name, count in ordered])


def days_from(first: date, last: date) -> list[date]:
    """Every day from one to another, both included."""
    return [first + timedelta(days=place) for place in range((last - first).days + 1)]


def _said(day: date) -> str:
    return french_date(day.isoformat())
