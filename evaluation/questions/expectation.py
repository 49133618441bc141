"""What a right reply holds, as a case writes it, and what contradicts itself in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from assistant.reading.acts import Act, Aspect
from assistant.reply import ReplyStatus, Verdict
from evaluation.questions.documents import bare_name, plain_documents
from evaluation.questions.facts import Fact

# A euro more is a rounding, two are a contradiction.
_ROUNDING = 1.0

Euros = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Cost = Annotated[float, Field(gt=0, allow_inf_nan=False)]


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _bare(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(bare_name(name) for name in names)


def _keys(asks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(ask.removeprefix("fact:") for ask in asks)


Named = Annotated[tuple[str, ...], AfterValidator(_bare)]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(_Shape):
    """What a scheme may pay for a given cost.

    Attributes:
        cost: the cost that is given, in euros.
        rate: the source's rate, in per cent; None when it gives none.
        amount_max: the most that may be paid, in euros; 0 when the cost is under the floor.
    """

    cost: Cost
    rate: Annotated[float, Field(gt=0, le=100)] | None = None
    amount_max: Euros


class Plan(_Shape):
    """A financing plan.

    Attributes:
        cost: in euros.
        public_max: the most that public aids may add up to, in euros.
        own_min: the least that whoever carries the project pays, in euros.
        schemes: the schemes that it combines.
    """

    cost: Cost
    public_max: Euros
    own_min: Euros
    schemes: tuple[str, ...] = ()


class Expectation(_Shape):
    """What a right reply holds.

    Attributes:
        act: what the last turn does.
        aspect: what it asks of a scheme.
        status: the right statuses, any one of them.
        schemes: schemes that the reply must be about.
        documents: plain documents that it must be about, by name; those of ``gold`` are meant anyway.
        facts: what the answer must state.
        gold_first: what its first line must state, any one of them; one of ``facts`` when empty.
        gold: passages (``scheme/section``, ``document/heading`` or ``document/*``) that the reply must cite.
        also: passages that it may cite.
        estimate: what each scheme may pay for the cost that is given.
        plan: the financing plan that is asked for.
        verdicts: the right verdict by scheme.
        asks: with a clarification, the facts that are right to ask for, any one of them; the key of a
            criterion may be written ``fact:key``.
        forbidden: what the answer must not state.
        next: whether a next step with an address is due.
    """

    act: Act | None = None
    aspect: Aspect | None = None
    status: Annotated[tuple[ReplyStatus, ...], BeforeValidator(_as_tuple), Field(min_length=1)]
    schemes: tuple[str, ...] = ()
    documents: Named = ()
    facts: tuple[Fact, ...] = ()
    gold_first: tuple[Fact, ...] = ()
    gold: Named = ()
    also: Named = ()
    estimate: dict[str, Estimate] = Field(default_factory=dict)
    plan: Plan | None = None
    verdicts: dict[str, Verdict] = Field(default_factory=dict)
    asks: Annotated[tuple[str, ...], AfterValidator(_keys)] = ()
    forbidden: tuple[Fact, ...] = ()
    next: bool = False

    @property
    def first(self) -> tuple[Fact, ...]:
        """What the first line of the answer must state, any one of them."""
        return self.gold_first or self.facts

    @property
    def named_schemes(self) -> tuple[str, ...]:
        """Every scheme that it names, each once."""
        planned = self.plan.schemes if self.plan else ()
        return tuple(dict.fromkeys((*self.schemes, *self.verdicts, *self.estimate, *planned)))

    @property
    def asked_documents(self) -> tuple[str, ...]:
        """Every plain document that it's about, each once."""
        cited = (name for name in (key.partition("/")[0] for key in self.gold) if name in plain_documents())
        return tuple(dict.fromkeys((*self.documents, *cited)))

    @property
    def subjects(self) -> tuple[str, ...]:
        """The schemes and documents that the reply must be about."""
        return (*self.schemes, *self.asked_documents)

    @property
    def states_something(self) -> bool:
        """Whether it holds what an answer must say: a fact, an amount, a plan or a verdict."""
        return bool(self.facts or self.estimate or self.plan or self.verdicts)


def contradictions(expected: Expectation) -> Iterator[str]:
    """Say in French what contradicts itself in an expectation, and what to do."""
    for other in expected.forbidden:
        if any(fact.shares_value(other) for fact in (*expected.facts, *expected.gold_first)):
            yield f"un même fait est attendu et interdit : {other}."
    if expected.asks and "clarification" not in expected.status:
        yield "« asks » n’a de sens qu’avec le statut clarification."
    yield from _estimates(expected.estimate)
    yield from _plan(expected.plan)


def _estimates(estimates: Mapping[str, Estimate]) -> Iterator[str]:
    for scheme, estimate in estimates.items():
        most = estimate.cost * (100.0 if estimate.rate is None else estimate.rate) / 100
        if estimate.amount_max > most + _ROUNDING:
            part = "le coût" if estimate.rate is None else f"{estimate.rate:g} % du coût"
            yield (
                f"« estimate » de « {scheme} » se contredit : {estimate.amount_max:g} € dépasse {part}, "
                f"{most:g} €. Corrigez le coût, le taux ou amount_max."
            )


def _plan(plan: Plan | None) -> Iterator[str]:
    if plan and plan.public_max + plan.own_min > plan.cost + _ROUNDING:
        yield (
            f"« plan » se contredit : {plan.public_max:g} € d’aides et {plan.own_min:g} € de part propre "
            f"dépassent le coût, {plan.cost:g} €. Corrigez l’un des trois."
        )
