"""Everything to look at again in the fiches on a given day, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from corpus.fiches.fiche import Fiche
from corpus.watch.ages import Limits, old_in
from corpus.watch.contradictions import contradicted_in
from corpus.watch.days import last_day
from corpus.watch.finding import Finding
from corpus.watch.periods import past_in


def look_over(fiches: Iterable[Fiche], today: date, limits: Limits) -> list[Finding]:
    """What the fiches alone show; no address is visited."""
    return [
        finding
        for fiche in fiches
        for finding in (
            *old_in(fiche, today, limits),
            *past_in(fiche, today),
            *contradicted_in(fiche, today),
        )
    ]


def oldest_first(findings: Iterable[Finding]) -> list[Finding]:
    """Order them by date, then by scheme; those without a date come last."""
    return sorted(
        findings,
        key=lambda finding: (last_day(finding.on) if finding.on else date.max, finding.scheme, finding.kind),
    )
