"""What grew old in a fiche: its state, its last comparison with its sources, the newest of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.fiches.fiche import Fiche
from corpus.french.dates import french_date
from corpus.labels import STATE_LABELS, State
from corpus.watch.days import last_day, months_between
from corpus.watch.finding import Finding, Kind, finding_in
from corpus.watch.references import dates_of


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many months on something is old.

    Attributes:
        months: a state, and a comparison with the sources.
        source_months: the newest source.
    """

    months: int = 12
    source_months: int = 24


def old_in(fiche: Fiche, today: date, limits: Limits) -> Iterator[Finding]:
    """What is old; of a closed scheme, only when it was last compared with its sources."""
    scheme = fiche.scheme
    if months_between(scheme.checked, today) >= limits.months:
        checked = scheme.checked.isoformat()
        what = f"fiche comparée à ses sources le {french_date(checked)}"
        yield finding_in(fiche, ("checked",), Kind.CHECKED_OLD, checked, what)
    if scheme.status.state is State.CLOSED:
        return
    as_of = scheme.status.as_of
    if months_between(last_day(as_of), today) >= limits.months:
        what = f"état « {STATE_LABELS[scheme.status.state]} » ; dernière date connue : {french_date(as_of)}"
        yield finding_in(fiche, ("status", "as_of"), Kind.STATE_OLD, as_of, what)
    yield from _old_sources(fiche, today, limits)


def _old_sources(fiche: Fiche, today: date, limits: Limits) -> Iterator[Finding]:
    dated = list(dates_of(fiche))
    if not dated:
        yield finding_in(fiche, ("sources",), Kind.SOURCES_OLD, None, "aucune source n’est datée")
        return
    place, newest = max(dated, key=lambda found: last_day(found[1]))
    if months_between(last_day(newest), today) >= limits.source_months:
        what = f"source la plus récente : {french_date(newest)}"
        yield finding_in(fiche, place, Kind.SOURCES_OLD, newest, what)
