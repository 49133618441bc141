"""Judge one criterion of a scheme against what is known: met, not met or unknown, and why, in French.

Kleene's strong three-valued logic: a fact that is missing makes a criterion unknown, never met or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import assert_never

from assistant.eligibility import words as say
from assistant.eligibility.availability import availability_on
from assistant.eligibility.facts import (
    BENEFICIARY,
    COMMUNE,
    COST,
    EPCI_POPULATION,
    POPULATION,
    PROJECT,
    Facts,
    Range,
    criterion_key,
    label_key,
    laureate_key,
)
from assistant.reply import CriterionVerdict
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.fiches.scheme import Scheme
from corpus.labels import TerritoryList


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion, judged.

    Attributes:
        criterion: the rule.
        index: its place in the scheme's list, from 0.
        verdict: met, not met or unknown.
        because: why, in French, with the figures used.
        missing: keys of the facts that would settle it; empty when it is settled.
        commune_facts: what of the commune table was used: ``population``, or a list's name.
    """

    criterion: Criterion
    index: int
    verdict: CriterionVerdict
    because: str
    missing: tuple[str, ...] = ()
    commune_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a criterion is judged with."""

    scheme: Scheme
    facts: Facts
    territory: Territory
    on: date


def judge(criterion: Criterion, index: int, case: Case) -> Judged:
    """Judge a criterion."""
    judged = _judge(criterion, index, case)
    settled = case.facts.claims.get(criterion_key(case.scheme.id, index))
    if judged.verdict != "unknown" or settled is None:
        return judged
    return Judged(criterion, index, "met" if settled else "not_met", say.STATED_AS_A_WHOLE[settled])


def all_of(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict:
    """Kleene's conjunction."""
    found = set(verdicts)
    return "not_met" if "not_met" in found else "unknown" if "unknown" in found else "met"


def any_of(verdicts: Iterable[CriterionVerdict]) -> CriterionVerdict:
    """Kleene's disjunction."""
    found = set(verdicts)
    return "met" if "met" in found else "unknown" if "unknown" in found else "not_met"


def _judge(criterion: Criterion, index: int, case: Case) -> Judged:  # noqa: C901 - one arm a kind
    match criterion:
        case PopulationBetween():
            return _population(criterion, index, case)
        case LocatedIn():
            return _location(criterion, index, case)
        case HasLabel():
            return _lists(criterion, index, case, [(item, label_key(item)) for item in criterion.any_of])
        case ListedIn():
            return _lists(criterion, index, case, [(item, laureate_key(item)) for item in criterion.any_of])
        case BeneficiaryIn():
            known = case.facts.beneficiary
            if known is None:
                return Judged(criterion, index, "unknown", say.BENEFICIARY_UNKNOWN, (BENEFICIARY,))
            verdict: CriterionVerdict = "met" if known in criterion.any_of else "not_met"
            return Judged(criterion, index, verdict, say.beneficiary_reason(known, criterion.any_of))
        case WindowOpen():
            availability = availability_on(case.scheme, case.on)
            verdicts: dict[str, CriterionVerdict] = {"open": "met", "closed": "not_met", "unknown": "unknown"}
            settled = availability.state != "unknown"
            verdict = verdicts[availability.state]
            return Judged(criterion, index, verdict, availability.text, () if settled else ("window",))
        case ProjectIs():
            return _project(criterion, index, case.facts)
        case CostBetween():
            bounds = Range(criterion.min_inclusive or 0.0, criterion.max_inclusive or inf)
            within = compare(case.facts.cost, bounds)
            because = say.cost_reason(case.facts.cost, criterion)
            return Judged(criterion, index, within, because, (COST,) if within == "unknown" else ())
        case ManualCheck():
            claim = case.facts.claims.get(criterion.fact)
            if claim is None:
                return Judged(criterion, index, "unknown", say.TO_CHECK, (criterion.fact,))
            verdict = "met" if claim is criterion.expected else "not_met"
            return Judged(criterion, index, verdict, say.claim_reason(claim))
        case OneOf():
            parts = [judge(part, -1, case) for part in criterion.criteria]
            verdict = any_of(part.verdict for part in parts)
            telling = [part for part in parts if part.verdict == verdict]
            missing = tuple(dict.fromkeys(key for part in parts for key in part.missing))
            used = tuple(dict.fromkeys(key for part in telling for key in part.commune_facts))
            because = (
                telling[0].because
                if verdict == "met"
                else " ; ".join(dict.fromkeys(p.because for p in parts))
            )
            return Judged(criterion, index, verdict, because, missing if verdict == "unknown" else (), used)
        case _:
            assert_never(criterion)


def compare(known: Range | None, allowed: Range) -> CriterionVerdict:
    """Compare what is known of a quantity with what is allowed, both with their bounds included."""
    if known is None:
        return "unknown"
    if known.low >= allowed.low and known.high <= allowed.high:
        return "met"
    return "not_met" if known.high < allowed.low or known.low > allowed.high else "unknown"


def population_of(
    criterion: PopulationBetween, facts: Facts, territory: Territory
) -> tuple[Range | None, bool]:
    """The population that counts, and whether it comes from the table: what the person states goes first."""
    stated = facts.population if criterion.of == "commune" else facts.epci_population
    if stated is not None or facts.commune is None:
        return stated, False
    if criterion.of == "commune":
        return Range.exactly(facts.commune.population), True
    return Range.exactly(territory.epci_of(facts.commune).population), True


def _population(criterion: PopulationBetween, index: int, case: Case) -> Judged:
    known, from_table = population_of(criterion, case.facts, case.territory)
    high = criterion.max_inclusive if criterion.max_exclusive is None else criterion.max_exclusive - 1
    allowed = Range(criterion.min_inclusive or 0, inf if high is None else high)
    verdict = compare(known, allowed)
    because = say.population_reason(criterion, known, case.facts, from_table=from_table)
    key = POPULATION if criterion.of == "commune" else EPCI_POPULATION
    used = (key,) if from_table and verdict != "unknown" else ()
    return Judged(criterion, index, verdict, because, (key,) if verdict == "unknown" else (), used)


def _location(criterion: LocatedIn, index: int, case: Case) -> Judged:
    commune = case.facts.commune
    if commune is None:
        return _department(criterion, index, case.facts.department)
    inside = (
        criterion.region is not None
        or commune.department in criterion.departments
        or commune.epci_siren in criterion.epci
        or commune.insee in criterion.communes
    )
    return Judged(
        criterion, index, "met" if inside else "not_met", say.location_reason(commune), (), ("location",)
    )


def _department(criterion: LocatedIn, index: int, department: str | None) -> Judged:
    """Judge a place by the department alone: it decides unless communes or bodies are listed."""
    decides = department is not None and not (criterion.epci or criterion.communes)
    if department is None or not decides:
        return Judged(criterion, index, "unknown", say.COMMUNE_UNKNOWN, (COMMUNE,))
    inside = criterion.region is not None or department in criterion.departments
    return Judged(criterion, index, "met" if inside else "not_met", say.department_reason(department))


def _lists(
    criterion: HasLabel | ListedIn, index: int, case: Case, lists: Sequence[tuple[TerritoryList, str]]
) -> Judged:
    """On one of the lists at least; what the person claims against a list makes it unknown."""
    verdicts: list[CriterionVerdict] = []
    reasons: list[str] = []
    missing: list[str] = []
    used: list[str] = []
    for list_id, key in lists:
        presence = _presence(list_id, case)
        claim = case.facts.claims.get(key)
        verdict = _listed(presence, claim)
        verdicts.append(verdict)
        reasons.append(say.list_reason(list_id, presence, claim, case.facts.commune))
        if verdict == "unknown":
            missing.append(key)
        elif claim is None:
            used.append(list_id.value)
    verdict = any_of(verdicts)
    telling = [r for r, v in zip(reasons, verdicts, strict=True) if v == verdict]
    return Judged(
        criterion,
        index,
        verdict,
        telling[0] if verdict == "met" else " ; ".join(dict.fromkeys(telling)),
        tuple(missing) if verdict == "unknown" else (),
        tuple(used) if verdict != "unknown" else (),
    )


def _presence(list_id: TerritoryList, case: Case) -> Presence:
    if case.facts.commune is None:
        return Presence.UNKNOWN
    return case.territory.membership(case.facts.commune.insee, list_id).presence


def _listed(presence: Presence, claim: bool | None) -> CriterionVerdict:
    """What the list says, unless the person says the contrary: then it's to be checked."""
    told: CriterionVerdict | None = {Presence.YES: "met", Presence.NO: "not_met"}.get(presence)  # type: ignore[assignment]
    claimed: CriterionVerdict | None = None if claim is None else "met" if claim else "not_met"
    if told is not None and claimed is not None and told != claimed:
        return "unknown"
    return told or claimed or "unknown"


def _project(criterion: ProjectIs, index: int, facts: Facts) -> Judged:
    asked = frozenset(criterion.any_of)
    if facts.project & asked:
        return Judged(criterion, index, "met", say.project_reason(facts.project & asked))
    if asked <= facts.not_project:
        return Judged(criterion, index, "not_met", say.PROJECT_DENIED)
    return Judged(criterion, index, "unknown", say.TO_CHECK, (PROJECT,))
