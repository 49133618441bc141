"""Compute whether an applicant may have a scheme: a pure function of scheme, facts, territory and date.

The verdict is Kleene's conjunction of the criteria: one that isn't met decides, one that is unknown
leaves it open. A model may word a verdict, never decide it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from assistant.eligibility import words as say
from assistant.eligibility.availability import Known, availability_on
from assistant.eligibility.facts import (
    BENEFICIARY,
    COST,
    POPULATION,
    PROJECT,
    Facts,
    Range,
    conditions_key,
    label_key,
    laureate_key,
)
from assistant.eligibility.judge import Case, Judged, all_of, judge
from assistant.errors import WrongDate
from assistant.reply import CriterionVerdict, Verdict
from corpus.communes.territory import Territory
from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
)
from corpus.fiches.scheme import Scheme
from corpus.labels import BENEFICIARY_LABELS, Beneficiary

FIRST_DAY, LAST_DAY = date(2015, 1, 1), date(2035, 12, 31)
_VERDICTS: Mapping[CriterionVerdict, Verdict] = MappingProxyType(
    {"met": "eligible", "not_met": "not_eligible", "unknown": "undetermined"}
)
FactValue = bool | int | str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would turn the verdict, with the value it needs and the words to say so."""

    fact: str
    to: FactValue
    text: str


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
        found = next(_remedies(item.criterion, facts, again), None)
        if found is None:
            return ()
        change, facts = found
        changes[change.fact] = change
    after = (
        judge(item.criterion, item.index, Case(case.scheme, facts, case.territory, case.on))
        for item in judged
    )
    return tuple(changes.values()) if all_of(item.verdict for item in after) == "met" else ()


def _remedies(criterion: Criterion, facts: Facts, judged: Judged) -> Iterator[tuple[Change, Facts]]:
    """The facts that would meet a criterion, the likeliest first; none for what nobody can change."""
    match criterion:
        case PopulationBetween() if (
            judged.verdict == "unknown"
            and criterion.of == "commune"
            and facts.population is None
            and facts.commune is None
        ):
            high = criterion.max_inclusive if criterion.max_exclusive is None else criterion.max_exclusive - 1
            inside = high if high is not None else criterion.min_inclusive or 1
            text = f"si la condition « {say.label_of(criterion)} » est remplie"
            yield (
                Change(POPULATION, inside, say.spaced(text)),
                replace(facts, population=Range.exactly(inside)),
            )
        case HasLabel() | ListedIn():
            key_of = label_key if isinstance(criterion, HasLabel) else laureate_key
            for list_id in reversed(criterion.any_of):
                text = f"si votre commune fait partie de la liste « {say.list_name(list_id)} »"
                key = key_of(list_id)
                yield Change(key, True, say.spaced(text)), facts.with_claims({key: True})
        case BeneficiaryIn():
            wanted = (Beneficiary.EPCI, Beneficiary.COMMUNE, *criterion.any_of)
            to = next(item for item in wanted if item in criterion.any_of)
            text = f"si le projet est porté par : {BENEFICIARY_LABELS[to]}"
            yield Change(BENEFICIARY, to.value, say.spaced(text)), replace(facts, beneficiary=to)
        case ProjectIs():
            topic = criterion.any_of[0]
            text = f"si la réponse est oui à : {criterion.question}"
            project = facts.project | {topic}
            yield Change(PROJECT, topic.value, say.spaced(text)), replace(facts, project=project)
        case CostBetween():
            to_cost = criterion.min_inclusive or criterion.max_inclusive or 0.0
            text = f"si la condition « {say.label_of(criterion)} » est remplie"
            yield Change(COST, int(to_cost), say.spaced(text)), replace(facts, cost=Range.exactly(to_cost))
        case ManualCheck():
            answer = "oui" if criterion.expected else "non"
            text = f"si la réponse est {answer} à : {criterion.question}"
            claimed = facts.with_claims({criterion.fact: criterion.expected})
            yield Change(criterion.fact, criterion.expected, say.spaced(text)), claimed
        case OneOf():
            for part in criterion.criteria:
                yield from _remedies(part, facts, judged)
        case _:
            return


def fact_keys(schemes: Iterable[Scheme]) -> frozenset[str]:
    """Every claim key that the criteria of these schemes know."""
    return frozenset(key for scheme in schemes for criterion in scheme.criteria for key in _keys(criterion))


def _keys(criterion: Criterion) -> Iterator[str]:
    match criterion:
        case ManualCheck():
            yield criterion.fact
        case HasLabel():
            yield from (label_key(item) for item in criterion.any_of)
        case ListedIn():
            yield from (laureate_key(item) for item in criterion.any_of)
        case OneOf():
            for part in criterion.criteria:
                yield from _keys(part)
        case _:
            return
