"""The criteria of a scheme: a closed union of typed rules, each with the source it comes from."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from corpus.labels import Beneficiary, TerritoryList, Topic


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, int) else value


def _check_order(low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        raise ValueError("la borne basse dépasse la borne haute")


SourceNumbers = Annotated[
    tuple[Annotated[int, Field(ge=1)], ...], BeforeValidator(_as_tuple), Field(min_length=1)
]


class Rule(BaseModel):
    """What every criterion has: its sources and an optional remark for the reader."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    source: SourceNumbers
    note: str | None = None


class PopulationBetween(Rule):
    """The population of the commune (or of the EPCI) lies between bounds, in inhabitants."""

    kind: Literal["population_between"]
    of: Literal["commune", "epci"] = "commune"
    min_inclusive: int | None = Field(default=None, ge=0)
    max_exclusive: int | None = Field(default=None, ge=1)
    max_inclusive: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_upper_bound(self) -> Self:
        if self.max_exclusive is not None and self.max_inclusive is not None:
            raise ValueError("donnez max_exclusive ou max_inclusive, pas les deux")
        if self.min_inclusive is None and self.max_exclusive is None and self.max_inclusive is None:
            raise ValueError("donnez au moins une borne")
        _check_order(self.min_inclusive, self.max_inclusive)
        if self.max_exclusive is not None and (self.min_inclusive or 0) >= self.max_exclusive:
            raise ValueError("la borne basse atteint ou dépasse la borne haute")
        return self


class LocatedIn(Rule):
    """The applicant is in one of these departments, EPCI (SIREN) or communes (code INSEE)."""

    kind: Literal["located_in"]
    region: Literal["hauts-de-france"] | None = None
    departments: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _some_place(self) -> Self:
        if not (self.region or self.departments or self.epci or self.communes):
            raise ValueError("donnez region, departments, epci ou communes")
        return self


class HasLabel(Rule):
    """The commune bears one of these labels or belongs to one of these programmes."""

    kind: Literal["has_label"]
    any_of: tuple[TerritoryList, ...] = Field(min_length=1)


class ListedIn(Rule):
    """The commune stands in a closed list of laureates or selected communes."""

    kind: Literal["listed_in"]
    any_of: tuple[TerritoryList, ...] = Field(min_length=1)


class BeneficiaryIn(Rule):
    """The applicant is of one of these kinds."""

    kind: Literal["beneficiary_in"]
    any_of: tuple[Beneficiary, ...] = Field(min_length=1)


class WindowOpen(Rule):
    """The request falls into one of the scheme's windows."""

    kind: Literal["window_open"]


class ProjectIs(Rule):
    """The project is about one of these topics; ``question`` asks for it in plain French."""

    kind: Literal["project_is"]
    any_of: tuple[Topic, ...] = Field(min_length=1)
    question: str = Field(min_length=10, pattern=r"\?$")


class CostBetween(Rule):
    """The eligible cost of the project lies between bounds, in euros (both inclusive)."""

    kind: Literal["cost_between"]
    min_inclusive: float | None = Field(default=None, ge=0)
    max_inclusive: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _some_bound(self) -> Self:
        if self.min_inclusive is None and self.max_inclusive is None:
            raise ValueError("donnez min_inclusive ou max_inclusive")
        _check_order(self.min_inclusive, self.max_inclusive)
        return self


class ManualCheck(Rule):
    """A rule that only the applicant can settle; met when the answer is ``expected``.

    ``when_met`` says what holds when a no is expected, so that a yes is good in a list of conditions. In a
    message about the topics of the scheme, a clause that holds all the words of one of ``said_by`` says that
    it's so, one that denies those of one of ``denied_by`` that it isn't.
    """

    kind: Literal["manual_check"]
    fact: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    question: str = Field(min_length=10, pattern=r"\?$")
    expected: bool = True
    when_met: str | None = Field(default=None, min_length=10, pattern=r"\.$")
    said_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


Simple = (
    PopulationBetween
    | LocatedIn
    | HasLabel
    | ListedIn
    | BeneficiaryIn
    | WindowOpen
    | ProjectIs
    | CostBetween
    | ManualCheck
)


class OneOf(Rule):
    """At least one of these criteria is met."""

    kind: Literal["one_of"]
    criteria: tuple[Annotated[Simple, Field(discriminator="kind")], ...] = Field(min_length=2)


Criterion = Annotated[Simple | OneOf, Field(discriminator="kind")]
