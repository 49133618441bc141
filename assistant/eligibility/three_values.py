"""Kleene's strong three-valued logic: what is missing makes a whole unknown, unless the rest decides it."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.eligibility.facts import Range
from assistant.reply import CriterionVerdict


def all_of(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict:
    """Kleene's conjunction."""
    found = set(verdicts)
    return "not_met" if "not_met" in found else "unknown" if "unknown" in found else "met"


def any_of(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict:
    """Kleene's disjunction."""
    found = set(verdicts)
    return "met" if "met" in found else "unknown" if "unknown" in found else "not_met"


def compare(known: Range | None, allowed: Range) -> CriterionVerdict:
    """Compare what is known of a quantity with what is allowed, both with their bounds included."""
    if known is None:
        return "unknown"
    if known.low >= allowed.low and known.high <= allowed.high:
        return "met"
    return "not_met" if known.high < allowed.low or known.low > allowed.high else "unknown"
