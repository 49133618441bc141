"""Periods of a scheme that are over: windows in which requests were taken, funding rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from corpus.fiches.fiche import Fiche
from corpus.fiches.front_matter import Place
from corpus.french.dates import french_date
from corpus.labels import State
from corpus.watch.days import last_day
from corpus.watch.finding import Finding, Kind, finding_in

# The place of a period, what it applies to, and its end (as written, then as a day); None when it has none.
_Period = tuple[Place, str, str | None, date | None]


def past_in(fiche: Fiche, today: date) -> Iterator[Finding]:
    """What ended, of a scheme that isn't closed.

    A fiche keeps old rules as old: what ended before it was last checked is told only when nothing of the
    kind holds any more, and then the last alone.
    """
    scheme = fiche.scheme
    if scheme.status.state is State.CLOSED:
        return
    windows: list[_Period] = [
        (
            ("windows", index, "closes"),
            window.label or "",
            window.closes.isoformat() if window.closes else None,
            window.closes,
        )
        for index, window in enumerate(scheme.windows)
    ]
    for place, label, end, last in _ended(windows, scheme.checked, today):
        what = f"période de dépôt{_named(label)} fermée depuis le {french_date(end)}"
        what += " ; aucune autre n’est écrite" if last else ""
        yield finding_in(fiche, place, Kind.WINDOW_PAST, end, what)
    rules: list[_Period] = [
        (
            ("funding", index, "valid_until"),
            rule.label or "",
            rule.valid_until,
            last_day(rule.valid_until) if rule.valid_until else None,
        )
        for index, rule in enumerate(scheme.funding)
    ]
    for place, label, end, last in _ended(rules, scheme.checked, today):
        what = f"règle de financement{_named(label)} échue (valable jusqu’à {french_date(end)})"
        what += " ; aucune autre n’est écrite" if last else ""
        yield finding_in(fiche, place, Kind.FUNDING_PAST, end, what)


def _named(label: str) -> str:
    return f" « {label} »" if label else ""


def _ended(periods: Sequence[_Period], checked: date, today: date) -> Iterator[tuple[Place, str, str, bool]]:
    """The last when none holds any more, else those that ended since the fiche was checked."""
    over = [
        (place, label, text, day)
        for place, label, text, day in periods
        if text is not None and day is not None and day < today
    ]
    if over and len(over) == len(periods):
        place, label, text, _ = max(over, key=lambda period: period[3])
        yield place, label, text, True
        return
    for place, label, text, day in over:
        if day >= checked:
            yield place, label, text, False
