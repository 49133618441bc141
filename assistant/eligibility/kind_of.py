"""Which class knows a criterion: one arm a kind, and a criterion without one is a type error."""

from __future__ import annotations

from typing import assert_never

from assistant.eligibility.kind import CriterionKind
from assistant.eligibility.kinds.alternative import Alternative
from assistant.eligibility.kinds.applicant import ApplicantIs
from assistant.eligibility.kinds.by_hand import ByHand
from assistant.eligibility.kinds.cost import Cost
from assistant.eligibility.kinds.label import Label
from assistant.eligibility.kinds.laureate import Laureate
from assistant.eligibility.kinds.location import Location
from assistant.eligibility.kinds.population import Population
from assistant.eligibility.kinds.project import ProjectAbout
from assistant.eligibility.kinds.window import OpenWindow
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
    Rule,
    WindowOpen,
)


def kind_of(criterion: Criterion) -> CriterionKind[Rule]:  # noqa: C901 - one arm a kind
    """Return a criterion with all that is done with its kind."""
    match criterion:
        case ManualCheck():  # the commonest first: an assessment comes here some ten times a scheme
            return ByHand(criterion)
        case PopulationBetween():
            return Population(criterion)
        case LocatedIn():
            return Location(criterion)
        case HasLabel():
            return Label(criterion)
        case ListedIn():
            return Laureate(criterion)
        case BeneficiaryIn():
            return ApplicantIs(criterion)
        case WindowOpen():
            return OpenWindow(criterion)
        case ProjectIs():
            return ProjectAbout(criterion)
        case CostBetween():
            return Cost(criterion)
        case OneOf():
            return Alternative(criterion, tuple(kind_of(part) for part in criterion.criteria))
        case _:
            assert_never(criterion)
