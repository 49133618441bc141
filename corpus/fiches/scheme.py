"""A scheme: the typed front matter of a fiche."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corpus.fiches.criteria import Criterion, SourceNumbers
from corpus.labels import AidType, Beneficiary, Funder, RelationKind, State, Topic
from corpus.source import PartialDate, Source

SchemeId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Rate = Annotated[float, Field(gt=0, le=1)]
Euros = Annotated[float, Field(gt=0)]
Per = Literal["project", "commune", "plant", "year", "place", "square_metre", "hectare", "kilometre"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Status(_Frozen):
    """Whether the scheme can be asked for: its state, the date that is known for, and a remark."""

    state: State
    as_of: PartialDate
    note: str | None = None


class Funding(_Frozen):
    """How much: rates as fractions of ``basis``, amounts in euros, and the period they hold for.

    Attributes:
        label: what this line applies to, in French, when a scheme has several.
        rate_min: lowest rate, as a fraction.
        rate_max: highest rate, as a fraction.
        amount_min: smallest grant, in euros.
        amount_max: largest grant, in euros, for one ``per``.
        per: what ``amount_max`` is counted for.
        expense_min: smallest eligible cost, in euros.
        expense_max: cost above which nothing more is counted, in euros.
        envelope: total budget of the scheme over the period, in euros.
        when: the criteria that this line alone needs met, beside those of the scheme: for companies only, for
            communes of so many inhabitants.
        basis: what the rate applies to.
        valid_from: first date the line is known to hold.
        valid_until: last date the line is known to hold.
        source: numbers of the sources.
    """

    label: str | None = None
    rate_min: Rate | None = None
    rate_max: Rate | None = None
    amount_min: Euros | None = None
    amount_max: Euros | None = None
    per: Per = "project"
    expense_min: Euros | None = None
    expense_max: Euros | None = None
    envelope: Euros | None = None
    basis: Literal["eligible_costs", "total_costs", "remaining_costs"] = "eligible_costs"
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    when: tuple[Criterion, ...] = ()
    source: SourceNumbers

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        amounts = (
            self.rate_min,
            self.rate_max,
            self.amount_min,
            self.amount_max,
            self.expense_min,
            self.expense_max,
            self.envelope,
        )
        if all(amount is None for amount in amounts):
            raise ValueError("donnez au moins un taux ou un montant")
        for low, high in ((self.rate_min, self.rate_max), (self.amount_min, self.amount_max)):
            if low is not None and high is not None and low > high:
                raise ValueError("le minimum dépasse le maximum")
        return self


class Window(_Frozen):
    """A period in which requests are or were taken; either end may be unknown."""

    label: str | None = None
    opens: date | None = None
    closes: date | None = None
    source: SourceNumbers

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.opens is None and self.closes is None:
            raise ValueError("donnez opens ou closes")
        if self.opens and self.closes and self.opens > self.closes:
            raise ValueError("la date d'ouverture suit la date de clôture")
        return self


class Relation(_Frozen):
    """A typed link to another scheme; ``source`` is empty for a remark of our own."""

    kind: RelationKind
    scheme: SchemeId
    note: str | None = None
    source: SourceNumbers | None = None


class Scheme(_Frozen):
    """The front matter of a fiche.

    ``checked`` is the date on which the fiche was last compared with its sources. ``desk`` names who takes
    requests, as a sentence goes on with it, where who pays doesn't tell: "la Banque des Territoires".
    """

    id: SchemeId
    name: str = Field(min_length=3)
    short_name: str | None = None
    aliases: tuple[str, ...] = Field(min_length=1)
    funder: Funder
    desk: str | None = Field(default=None, min_length=3)
    aid_types: tuple[AidType, ...] = Field(min_length=1)
    beneficiaries: tuple[Beneficiary, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=1)
    status: Status
    checked: date
    funding: tuple[Funding, ...] = ()
    windows: tuple[Window, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    relations: tuple[Relation, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)

    @property
    def label(self) -> str:
        """The name to show in a sentence: the short one where there is one."""
        return self.short_name or self.name

    @property
    def is_aid(self) -> bool:
        """Whether it's an aid, not a sheet on how to apply for all of them or on what binds them all."""
        return set(self.aid_types) != {AidType.ADVICE} or Topic.GENERAL not in self.topics

    @property
    def names(self) -> tuple[str, str]:
        """The names that a reply may call it by: the full one and the short one."""
        return (self.name, self.label)

    @field_validator("sources", mode="after")
    @classmethod
    def _numbered_from_one(cls, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        numbers = [source.n for source in sources]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError("numérotez les sources 1, 2, 3… dans l'ordre, sans trou ni doublon")
        return sources

    def source(self, n: int) -> Source:
        """Return source number ``n``.

        Raises:
            KeyError: the fiche has no such source.
        """
        if not 1 <= n <= len(self.sources):
            raise KeyError(f"{self.id}: no source {n}")
        return self.sources[n - 1]
