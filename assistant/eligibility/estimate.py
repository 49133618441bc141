"""Work out what a scheme pays for a cost: pure functions of its typed rules and of what is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import Rules, rules_for
from corpus.communes.territory import Territory
from corpus.fiches.criteria import CostBetween
from corpus.fiches.scheme import Funding, Scheme
from corpus.french.folding import fold

# What decides the sum: the rate, the ceiling, a cost under the floor, a sum under the smallest grant, or
# nothing published that could (a ceiling without a rate).
Limit = Literal["rate", "ceiling", "floor", "least", "unknown"]
# What a ceiling is for as it stands; any other ``per`` multiplies it by a count that must be told.
_WHOLE = frozenset({"project", "commune", "year"})
_CENTS = 2
_ABOVE = re.compile(r"\bsuperieure?s? a\b|\bplus de\b|\bdepass\w+")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one rule of a scheme pays for one cost.

    Attributes:
        scheme_id: the scheme.
        rule: the funding line that it's worked out by.
        cost: the cost it's worked out for, in euros, as told.
        retained: the part of the cost that the rate applies to.
        count: how many of what the ceiling is counted for; None where it isn't told or isn't counted.
        floor: the smallest cost that is helped, in euros; None when there is none.
        ceiling: the largest grant, in euros, times ``count`` where it's counted; None when it isn't known.
        amount_min: the smallest sum that the lowest rate gives; that of ``amount_max`` with a single rate.
        amount_max: the most that may be paid, in euros; 0 under the floor.
        limit: what decides the sum.
    """

    scheme_id: str
    rule: Funding
    cost: float
    retained: float
    count: float | None
    floor: float | None
    ceiling: float | None
    amount_min: float
    amount_max: float
    limit: Limit

    @property
    def rate(self) -> float | None:
        """The highest rate, as a fraction; None when the rule has none that a cost can be multiplied by."""
        return rate_of(self.rule)


def estimates(
    scheme: Scheme, facts: Facts, territory: Territory, on: date, said: str = ""
) -> tuple[Estimate, ...]:
    """Work out what a scheme may pay, one estimate a rule that may apply and a cost that is told.

    Several rules stay where nothing decides between them (a kind of project, a kind of applicant): each is
    for the reader to choose. Those that pay nothing go when another pays. Whether the applicant may have the
    scheme at all isn't looked at: :func:`assistant.eligibility.assess.assess` says it.

    Args:
        scheme: the scheme.
        facts: what is known: the cost, counts, who asks.
        territory: the communes.
        on: the day.
        said: the person's words, which may tell the kind of project and the year.
    """
    rules = rules_for(scheme, facts, territory, on, said)
    if rules.is_open:
        return ()
    found = _estimates(scheme, facts, rules)
    if found and not any(item.amount_max for item in found):
        # What the words chose pays nothing: no kind was meant, or none pays.
        every = rules_for(scheme, facts, territory, on)
        found = _estimates(scheme, facts, Rules(every.paying, rules.floors))
    paying = {estimate.cost for estimate in found if estimate.amount_max}
    return tuple(item for item in found if item.amount_max or item.cost not in paying)


def _estimates(scheme: Scheme, facts: Facts, rules: Rules) -> list[Estimate]:
    return [
        estimate
        for rule in rules.paying
        for cost in costs_told(facts)
        if (estimate := work_out(scheme, rule, cost, facts.counts.get(rule.per), rules.floors)) is not None
    ]


def work_out(
    scheme: Scheme, rule: Funding, cost: float, count: float | None = None, floors: Sequence[Funding] = ()
) -> Estimate | None:
    """Work out what one rule pays for one cost; None when the rule can't tell.

    Args:
        scheme: the scheme.
        rule: its rule.
        cost: in euros, above 0.
        count: how many plants, kilometres… where the ceiling is for each.
        floors: other rules of the scheme, which only say from which cost it helps.
    """
    rate, ceiling = rate_of(rule), _ceiling(rule, count)
    if cost <= 0 or (rate is None and ceiling is None):
        return None
    floor = floor_of(scheme, rule, floors)
    retained = min(cost, rule.expense_max or cost)
    low = rate if rule.rate_min is None else min(rule.rate_min, rate or 1.0)
    least, most, limit = _between(low, rate, retained, ceiling)
    if floor is not None and (cost < floor or (cost == floor and is_above(scheme, floor))):
        least, most, limit = 0.0, 0.0, "floor"
    elif rate is not None and rule.amount_min is not None and most < rule.amount_min:
        least, most, limit = 0.0, 0.0, "least"
    counted = None if rule.per in _WHOLE or rule.amount_max is None else count
    return Estimate(
        scheme.id,
        rule,
        cost,
        retained,
        counted,
        floor,
        ceiling,
        round(least, _CENTS),
        round(most, _CENTS),
        limit,
    )


def rate_of(rule: Funding) -> float | None:
    """The highest rate of a rule; None when it has none, or one on what other aids leave: it's unknown."""
    if rule.basis == "remaining_costs":
        return None
    return rule.rate_max if rule.rate_max is not None else rule.rate_min


def is_counted(rule: Funding) -> bool:
    """Whether the ceiling of a rule is for each of something, of which the number must be told."""
    return rule.amount_max is not None and rule.per not in _WHOLE


def costs_told(facts: Facts) -> tuple[float, ...]:
    """The costs to work out a sum for: the one told, or both ends of what it's between."""
    known = facts.cost
    if known is None:
        return ()
    if known.terms:
        return (sum(known.terms),)
    ends = (known.low,) if known.is_exact else (known.low, known.high)
    return tuple(end for end in ends if 0 < end < float("inf"))


def _between(
    low: float | None, high: float | None, retained: float, ceiling: float | None
) -> tuple[float, float, Limit]:
    """The least and the most that a rule pays on what is retained of a cost, and what decides the most."""
    if low is None or high is None:
        whole = min(ceiling or 0.0, retained)
        return whole, whole, "ceiling" if ceiling is not None and ceiling <= retained else "unknown"
    top = retained if ceiling is None else ceiling
    return min(low * retained, top), min(high * retained, top), "ceiling" if high * retained > top else "rate"


def _ceiling(rule: Funding, count: float | None) -> float | None:
    if rule.amount_max is None or not is_counted(rule):
        return rule.amount_max
    return None if count is None else rule.amount_max * count


def floor_of(scheme: Scheme, rule: Funding, floors: Sequence[Funding] = ()) -> float | None:
    """The smallest cost that is helped: the rule's own, else the lowest that the scheme says elsewhere."""
    if rule.expense_min is not None:
        return rule.expense_min
    stated = [*_least_costs(scheme), *(line.expense_min for line in floors if line.expense_min is not None)]
    return min(stated, default=None)


def is_above(scheme: Scheme, floor: float) -> bool:
    """Whether a cost must be above a floor, rather than reach it: "dépense supérieure à 30 000 €"."""
    lines = [line for line in scheme.funding if line.expense_min == floor]
    return bool(lines) and all(_ABOVE.search(fold(line.label or "")) for line in lines)


def _least_costs(scheme: Scheme) -> Iterator[float]:
    for criterion in scheme.criteria:
        if isinstance(criterion, CostBetween) and criterion.min_inclusive:
            yield criterion.min_inclusive
