"""Every scheme sorted for one applicant: what is likely, what is to check, what a known fact excludes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from assistant.eligibility.assess import Assessment, assess
from assistant.eligibility.facts import PROJECT, Facts, label_key, laureate_key
from assistant.eligibility.judge import Judged
from assistant.eligibility.kind import Case, CriterionKind
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.kinds.on_lists import OnLists
from corpus.communes.lists import Presence
from corpus.communes.territory import Territory
from corpus.fiches.criteria import BeneficiaryIn, LocatedIn, OneOf, PopulationBetween, Rule
from corpus.fiches.scheme import Scheme
from corpus.french.folding import fold
from corpus.labels import AidType, Beneficiary, Funder, RelationKind, TerritoryList, Topic

# What is asked of the applicant in so many letters goes before what takes more.
_BRIEF = 90
# A scheme of so many themes serves many projects.
_BROAD = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A scheme in an overview.

    Attributes:
        assessment: its verdict, computed.
        told: the criterion that says most: what excludes, what is left to check, else what speaks for it;
            None when it has none to tell.
        words: what is left to check, as it's asked or labelled, else whom the criterion told is for.
        backing: the criterion that says that the applicant is among those it's for; None where none does.
    """

    assessment: Assessment
    told: Judged | None = None
    words: str = ""
    backing: Judged | None = None

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return self.assessment.scheme


@dataclass(frozen=True, slots=True)
class Overview:
    """The schemes for one applicant, each once, the most telling first.

    Attributes:
        likely: eligible, or open to the applicant by a known fact whatever the project of its kind.
        check: a fact is missing.
        excluded: a known fact of the applicant excludes it.
        aside: not to be asked for: closed, without a condition, for others than the applicant, of
            another Département; a policy whose parts are each told.
    """

    likely: tuple[Placed, ...]
    check: tuple[Placed, ...]
    excluded: tuple[Placed, ...]
    aside: tuple[Placed, ...]

    @property
    def listed(self) -> tuple[Placed, ...]:
        """All but those set aside."""
        return (*self.likely, *self.check, *self.excluded)


def overview_of(schemes: Sequence[Scheme], facts: Facts, territory: Territory, on: date) -> Overview:
    """Sort schemes for an applicant.

    A scheme that only waits to know the project is likely where a fact of the applicant, such as its size or
    a list, speaks for it: the verdict itself stays open.

    Args:
        schemes: those to sort.
        facts: what is known; a label claimed that a complete list denies counts for nothing.
        territory: the communes and their lists.
        on: the day.

    Raises:
        WrongDate: ``on`` is out of reach of the corpus.
    """
    facts = replace(by_the_lists(facts, territory), project=frozenset())
    groups: dict[str, list[Placed]] = {"likely": [], "check": [], "excluded": [], "aside": []}
    frames = _frames(schemes)
    for scheme in schemes:
        assessment = assess(scheme, facts, territory, on)
        group, placed = _placed(assessment, Case(scheme, facts, territory, on))
        if scheme.id in frames or _is_elsewhere(assessment):
            group, placed = "aside", Placed(assessment)
        groups[group].append(placed)
    return Overview(
        tuple(sorted(groups["likely"], key=lambda item: _usefulness(item, territory))),
        tuple(sorted(groups["check"], key=lambda item: _usefulness(item, territory))),
        tuple(sorted(groups["excluded"], key=_plainness)),
        tuple(sorted(groups["aside"], key=lambda item: fold(item.scheme.label))),
    )


def _placed(found: Assessment, case: Case) -> tuple[str, Placed]:
    """The group of a scheme, and what is told of it there."""
    scheme, facts = found.scheme, case.facts
    if not scheme.criteria or found.availability.state == "closed" or _is_replaced(scheme):
        return "aside", Placed(found)
    if found.verdict == "not_eligible":
        against = sorted((item for item in found.criteria if item.verdict == "not_met"), key=_rank)
        telling = next((item for item in against if _tells(item, facts, scheme)), None)
        words = kind_of(telling.criterion).label if telling else ""
        speaking = _speaking(found, case.territory)
        return "excluded" if telling else "aside", Placed(found, telling, words, next(iter(speaking), None))
    if facts.beneficiary is not None and facts.beneficiary not in scheme.beneficiaries:
        return "aside", Placed(found)
    unknown = [item for item in found.criteria if item.verdict == "unknown"]
    speaking = _speaking(found, case.territory)
    who = (item for item in found.criteria if isinstance(item.criterion, BeneficiaryIn))
    backing = next(iter((*speaking, *who)), None)
    if found.verdict == "eligible" or (speaking and _only_the_project(unknown)):
        words = kind_of(speaking[0].criterion).label if speaking else ""
        return "likely", Placed(found, backing, words, backing)
    deciding = _deciding(unknown, case)
    words = _briefly(kind_of(deciding.criterion), case) if deciding else ""
    return "check", Placed(found, deciding, words, backing)


def _briefly(kind: CriterionKind[Rule], case: Case) -> str:
    """A criterion as it's asked or labelled; of an alternative, the shortest of its parts that is open."""
    if isinstance(kind, Alternative):
        left = [part for part in kind.parts if part.judge(case).verdict == "unknown"]
        asked = [part for part in left if part.question is not None]
        return min((_briefly(part, case) for part in asked or left or kind.parts), key=len)
    return kind.question.text if kind.question is not None else kind.label


def by_the_lists(facts: Facts, territory: Territory) -> Facts:
    """The facts without the labels claimed that a complete list denies to the commune."""
    denied = {key for key, _ in denied_claims(facts, territory)}
    kept = {key: value for key, value in facts.claims.items() if key not in denied}
    return replace(facts, claims=MappingProxyType(kept))


def denied_claims(facts: Facts, territory: Territory) -> tuple[tuple[str, TerritoryList], ...]:
    """The labels claimed that a complete list denies to the commune: the key of the claim, and the list."""
    if facts.commune is None:
        return ()
    commune = facts.commune.insee
    return tuple(
        (key, list_id)
        for list_id in TerritoryList
        for key in (label_key(list_id), laureate_key(list_id))
        if facts.claims.get(key) and territory.membership(commune, list_id).presence is Presence.NO
    )


def _frames(schemes: Sequence[Scheme]) -> frozenset[str]:
    """The policies that pay nothing themselves: others, which are among the schemes, are part of them."""
    wholes = {
        link.scheme for scheme in schemes for link in scheme.relations if link.kind is RelationKind.PART_OF
    }
    return frozenset(scheme.id for scheme in schemes if scheme.id in wholes and not _is_priced(scheme))


def _is_elsewhere(found: Assessment) -> bool:
    """Whether it's the aid of a Département in which the applicant isn't: nobody would ask for it."""
    of_a_department = found.scheme.funder is Funder.DEPARTMENT
    return of_a_department and any(
        isinstance(item.criterion, LocatedIn) and item.verdict == "not_met" for item in found.criteria
    )


def _is_priced(scheme: Scheme) -> bool:
    """Whether what it pays is known."""
    return any(line.rate_max or line.amount_max for line in scheme.funding)


def _is_broad(scheme: Scheme) -> bool:
    """Whether it serves many kinds of projects."""
    return Topic.GENERAL in scheme.topics or len(scheme.topics) >= _BROAD


def _is_replaced(scheme: Scheme) -> bool:
    return any(relation.kind.value == "replaced_by" for relation in scheme.relations)


def _tells(item: Judged, facts: Facts, scheme: Scheme) -> bool:
    """Whether a criterion that isn't met is a fact of the applicant, of a scheme meant for its kind."""
    if isinstance(item.criterion, BeneficiaryIn):
        return facts.beneficiary is not Beneficiary.COMMUNE and Beneficiary.COMMUNE in scheme.beneficiaries
    return _is_of_the_commune(item)


def _is_of_the_commune(item: Judged) -> bool:
    """Whether a criterion is judged by a fact of the commune: its size, where it is, a list."""
    if isinstance(item.criterion, OneOf):
        return bool(item.commune_facts)
    return isinstance(item.criterion, PopulationBetween | LocatedIn) or isinstance(
        kind_of(item.criterion), OnLists
    )


def _speaking(found: Assessment, territory: Territory) -> list[Judged]:
    """The criteria that the commune meets and not every commune does: lists first, then the rarest."""
    met = [item for item in found.criteria if item.verdict == "met" and _is_of_the_commune(item)]
    telling = [item for item in met if kind_of(item.criterion).share_excluded(territory)]
    return sorted(
        telling, key=lambda item: (_rank(item)[0], -kind_of(item.criterion).share_excluded(territory))
    )


def _only_the_project(unknown: Sequence[Judged]) -> bool:
    return bool(unknown) and all(set(item.missing) == {PROJECT} for item in unknown)


def _deciding(unknown: Sequence[Judged], case: Case) -> Judged | None:
    """The criterion to check first: a list, else what is briefly asked of the applicant, else the project."""
    own = [item for item in unknown if set(item.missing) != {PROJECT}]
    lists = [item for item in own if isinstance(kind_of(item.criterion), OnLists)]
    own.sort(key=lambda item: kind_of(item.criterion).wants_no)
    brief = [item for item in own if len(_briefly(kind_of(item.criterion), case)) <= _BRIEF]
    return next(iter((*lists, *brief, *own, *unknown)), None)


def _rank(item: Judged) -> tuple[int, int]:
    """Lists before figures and places, those before the rest."""
    return (0 if isinstance(kind_of(item.criterion), OnLists) else 1, kind_of(item.criterion).interest)


def _usefulness(item: Placed, territory: Territory) -> tuple[int, int, int, int, int, float, int, str]:
    """What a list opens comes first, then what pays for many projects, what a fact opens, money."""
    scheme, speaking = item.scheme, _speaking(item.assessment, territory)
    on_a_list = any(isinstance(kind_of(judged.criterion), OnLists) for judged in speaking)
    pays = AidType.GRANT in scheme.aid_types
    priced = pays and _is_priced(scheme)
    return (
        -on_a_list,
        -(pays and _is_broad(scheme) and (priced or bool(speaking))),
        -(pays and (bool(speaking) or Topic.GENERAL in scheme.topics)),
        -bool(speaking),
        -(pays + priced),
        -(kind_of(speaking[0].criterion).share_excluded(territory) if speaking else 0.0),
        -len(scheme.topics),
        fold(scheme.label),
    )


def _plainness(item: Placed) -> tuple[int, int, int, str]:
    """What its size keeps from the commune comes first, what is for elsewhere last; money before advice."""
    told = item.told
    by_size = told is not None and isinstance(told.criterion, PopulationBetween)
    by_place = told is not None and isinstance(told.criterion, LocatedIn)
    return (-by_size, by_place, -(AidType.GRANT in item.scheme.aid_types), fold(item.scheme.label))
