"""Compute whether an applicant may have a scheme: a pure function of scheme, facts, territory and date.

The verdict is Kleene's conjunction of the criteria: one that isn't met decides, one that is unknown
leaves it open. A model may word a verdict, never decide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assistant.eligibility.availability import Known, availability_on
from assistant.eligibility.facts import Facts, conditions_key
from assistant.eligibility.judge import Judged, judge
from assistant.eligibility.kind import Case, Change
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.three_values import all_of
from assistant.errors import WrongDate
from assistant.reply import CriterionVerdict, Verdict
from corpus.communes.territory import Territory
from corpus.fiches.scheme import Scheme

FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2035, 12, 31)
_VERDICTS: Mapping[CriterionVerdict, Verdict] = MappingProxyType(
    {"met": "eligible", "not_met": "not_eligible", "unknown": "undetermined"}
)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A scheme assessed for an applicant on a day.

    Attributes:
        scheme: the scheme.
        verdict: eligible, not eligible or undetermined.
        criteria: each criterion, judged, in the order of the fiche.
        missing: keys of the facts that could still change the verdict; empty once it's decided.
        availability: whether requests are taken.
        would_change: the smallest set of facts that, together, would make the verdict "eligible";
            empty when the verdict is that already or when no such set exists.
    """

    scheme: Scheme
    verdict: Verdict
    criteria: tuple[Judged, ...]
    missing: tuple[str, ...]
    availability: Known
    would_change: tuple[Change, ...]


def assess(scheme: Scheme, facts: Facts, territory: Territory, on: date) -> Assessment:
    """Assess a scheme for an applicant.

    A scheme without a typed criterion is always undetermined: nothing published can be computed.

    Raises:
        WrongDate: ``on`` is out of reach of the corpus.
    """
    if not FIRST_DAY <= on <= LAST_DAY:
        raise WrongDate(on.isoformat(), FIRST_DAY.isoformat(), LAST_DAY.isoformat())
    case = Case(scheme, facts, territory, on)
    judged = tuple(judge(criterion, i, case) for i, criterion in enumerate(scheme.criteria))
    verdict = _verdict(scheme, judged, facts)
    open_facts = dict.fromkeys(key for item in judged for key in item.missing)
    return Assessment(
        scheme=scheme,
        verdict=verdict,
        criteria=judged,
        missing=tuple(open_facts) if verdict == "undetermined" else (),
        availability=availability_on(scheme, on),
        would_change=() if verdict == "eligible" else _changes(judged, case),
    )


def _verdict(scheme: Scheme, judged: tuple[Judged, ...], facts: Facts) -> Verdict:
    if not judged:
        return "undetermined"
    verdict = _VERDICTS[all_of(item.verdict for item in judged)]
    if verdict == "undetermined" and facts.claims.get(conditions_key(scheme.id)) is False:
        return "not_eligible"
    return verdict


def _changes(judged: tuple[Judged, ...], case: Case) -> tuple[Change, ...]:
    """What would make the verdict "eligible": kept only if assessing with it says so."""
    if not judged:
        return ()
    changes: dict[str, Change] = {}
    facts = case.facts
    if facts.claims.get(conditions_key(case.scheme.id)) is False:
        facts = facts.with_claims({conditions_key(case.scheme.id): True})
    for item in judged:
        again = judge(item.criterion, item.index, Case(case.scheme, facts, case.territory, case.on))
        if again.verdict == "met":
            continue
        found = next(kind_of(item.criterion).remedies(facts, again.verdict), None)
        if found is None:
            return ()
        change, facts = found
        changes[change.fact] = change
    after = (
        judge(item.criterion, item.index, Case(case.scheme, facts, case.territory, case.on))
        for item in judged
    )
    return tuple(changes.values()) if all_of(item.verdict for item in after) == "met" else ()


def fact_keys(schemes: Iterable[Scheme]) -> frozenset[str]:
    """Every claim key that the criteria of these schemes know."""
    return frozenset(
        key
        for scheme in schemes
        for criterion in scheme.criteria
        for key in kind_of(criterion).fact_questions
    )
