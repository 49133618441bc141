"""Set what several schemes pay side by side: the sums for the cost told, and which goes highest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answering.amount_lines import Told, told_rule
from assistant.answering.told_sums import Asked, Sums, overlaps, rules_alone, sums
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate, costs_told, estimates, floor_of, is_counted, rate_of
from assistant.eligibility.facts import Range
from assistant.eligibility.funding_rules import Rules, rules_for
from assistant.eligibility.words import number
from assistant.lines import Line, line
from assistant.markers import marked
from assistant.messages import comparisons, french, grants
from assistant.reading.french.figures import MONEY, read_figures
from assistant.reading.french.plain_text import plain_text
from corpus.fiches.scheme import Funding
from corpus.french.figures import canonical

# How many rules a cell may hold.
MOST_RULES = 3
# What a ceiling is compared by: one for the whole of a project.
_OF_A_PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Paid:
    """What one of the schemes pays.

    Attributes:
        label: its usual name.
        asked: the scheme, who asks, their words.
        told: what is said of it: the sums, else its rules.
        notes: what goes with it.
        rules: those that may apply.
        found: what they come to, by the typed rules; empty where nothing tells that one is for the case.
        is_withheld: whether nothing is told for the cost because a sentence may forbid it.
    """

    label: str
    asked: Asked
    told: tuple[Told, ...]
    notes: tuple[Line, ...]
    rules: Rules
    found: tuple[Estimate, ...] = ()
    is_withheld: bool = False

    @property
    def surely(self) -> float:
        """What it goes up to in euros whichever of its rules holds, as far as that is known."""
        return min((0.0 if _may_be_less(item) else item.amount_max for item in self.found), default=0.0)

    @property
    def at_most(self) -> float | None:
        """What it can't pass, in euros, its rules added up; None where that isn't known."""
        if not self.found:
            return None
        return min(max(costs_told(self.asked.facts)), sum({item.amount_max for item in self.found}))

    @property
    def rate(self) -> float | None:
        """Its highest rate, where its rules have but one."""
        return _only(self.rules.paying, rate_of)

    @property
    def ceiling(self) -> float | None:
        """Its largest grant for a project in euros, where its rules have but one."""
        return _only(self.rules.paying, _ceiling)

    def text(self) -> str:
        """What is said of it, for a cell; empty where nothing is."""
        return " ".join(item.line.text for item in self.told[:MOST_RULES])


def paid(label: str, asked: Asked, book: CitationBook, *, against: bool = False) -> Paid:
    """Say what a scheme comes to for the cost told; its rules where none is told or the case isn't.

    Args:
        label: its usual name.
        asked: the scheme, the facts, the words.
        book: issues the numbers of the citations.
        against: whether a sentence that may forbid is said beside it: for a cost, nothing is then told.
    """
    facts, scheme = asked.facts, asked.fiche.scheme
    rules = rules_for(scheme, facts, asked.territory, asked.on, asked.said)
    if facts.cost is not None and against:
        return Paid(label, asked, (), (), rules, is_withheld=True)
    if facts.cost is None or facts.granted is not None or not _is_one(facts.cost, asked):
        alone = sorted(rules_alone(asked, rules, book), key=_most, reverse=True)
        return Paid(label, asked, tuple(alone), overlaps(rules), rules)
    worked = sums(asked, book)
    is_worked = any(item.estimates for item in worked.told) and len(costs_told(facts)) == 1
    found = estimates(scheme, facts, asked.territory, asked.on, asked.said) if is_worked else ()
    told = [*worked.told, *(_ceilings(asked, rules, worked, book) if is_worked else ())]
    told.sort(key=lambda item: (bool(item.rules), -_most(item)))  # what isn't covered goes before any rule
    return Paid(label, asked, tuple(told), worked.notes, rules, found)


def _is_one(cost: Range, asked: Asked) -> bool:
    """Whether the cost is the only one told, or added up: of several, each may be of another scheme."""
    text = plain_text(asked.on_costs)
    told = {value for item in read_figures(text).figures for value, unit in item.readings if unit == MONEY}
    return len(told) <= (len(cost.terms) + 1 if len(cost.terms) > 1 else 1)


def _ceilings(asked: Asked, rules: Rules, worked: Sums, book: CitationBook) -> list[Told]:
    """The rules that sums leave out for want of a rate, where they bound them from above."""
    cost = max(costs_told(asked.facts))
    shown = [rule for item in worked.told for rule in item.rules]
    most = max((item.amount_max for told in worked.told for item in told.estimates), default=0.0)
    left = [
        rule
        for rule in rules.paying
        if rule not in shown
        and rate_of(rule) is None
        and (rule.amount_max or 0.0) > most
        and (floor_of(asked.fiche.scheme, rule, rules.floors) or 0.0) <= cost
    ]
    told = (
        told_rule(rule, asked.fiche, asked.facts, book, floor_of(asked.fiche.scheme, rule, rules.floors))
        for rule in left
    )
    return [item for item in told if item is not None]


def highest(sides: Sequence[Paid], *, is_asked: bool) -> list[Line]:
    """The lines that say which scheme goes highest, for the cost told, else by its rate and ceiling.

    Args:
        sides: what each pays, two at least.
        is_asked: whether which pays most is asked: it's then said where nothing decides, too.
    """
    if withheld := [item.label for item in sides if item.is_withheld]:
        return [line("unknown", comparisons.may_not_be_covered(withheld))]
    if any(item.found for item in sides):
        return _for_the_cost(sides)
    lines = [
        *_by(sides, lambda item: item.rate, comparisons.highest_rate, _per_cent),
        *_by(sides, lambda item: item.ceiling, comparisons.highest_ceiling, _euros),
    ]
    if not lines and is_asked:
        unknown = [item.label for item in sides if not item.told]
        return [line("unknown", comparisons.which_pays_most_unknown(unknown))]
    return lines


def _for_the_cost(sides: Sequence[Paid]) -> list[Line]:
    """Which goes highest for the cost told, or that nothing decides."""
    bounds = [item.at_most for item in sides]
    best = max(range(len(sides)), key=lambda place: sides[place].surely)
    others = [bound for place, bound in enumerate(bounds) if place != best]
    top = sides[best]
    if all(bound is not None and bound < top.surely for bound in others):
        opening = line("statement", comparisons.goes_highest(top.label))
    elif all(bound is not None for bound in bounds) and {item.surely for item in sides} == set(bounds):
        opening = line("statement", comparisons.GO_AS_HIGH)
    else:
        unknown = [item.label for item in sides if not item.told]
        opening = line("unknown", comparisons.which_pays_most_unknown(unknown))
    return [opening]


def _by(
    sides: Sequence[Paid],
    measure: Callable[[Paid], float | None],
    say: Callable[[str, str, Sequence[tuple[str, str]]], str],
    shown: Callable[[float], str],
) -> list[Line]:
    """Which scheme has the most of something that each states once; none where one doesn't, or two tie."""
    values = [measure(item) for item in sides]
    known = [value for value in values if value is not None]
    if len(known) < len(sides) or known.count(max(known)) > 1:
        return []
    best = known.index(max(known))
    told = [
        f"{shown(value)} {marked(_cited(item))}".rstrip() for item, value in zip(sides, known, strict=True)
    ]
    others = [(item.label, told[place]) for place, item in enumerate(sides) if place != best]
    return [line("amount", say(sides[best].label, told[best], others))]


def _most(item: Told) -> float:
    """The most that a line tells, in euros: a sum, else a ceiling."""
    return max(
        (*(e.amount_max for e in item.estimates), *(r.amount_max or 0.0 for r in item.rules)), default=0.0
    )


def _cited(item: Paid) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number for told in item.told for number in told.cited))


def _only(rules: Sequence[Funding], measure: Callable[[Funding], float | None]) -> float | None:
    """What all the rules that have some have alike; None where they differ or none has any."""
    values = {value for rule in rules if (value := measure(rule)) is not None}
    return values.pop() if len(values) == 1 else None


def _ceiling(rule: Funding) -> float | None:
    return rule.amount_max if rule.per == _OF_A_PROJECT else None


def _may_be_less(item: Estimate) -> bool:
    """Whether a sum hangs on a count that isn't told, or on a rate that isn't known."""
    return item.limit == "unknown" or (is_counted(item.rule) and item.count is None)


def _per_cent(rate: float) -> str:
    return f"{number(canonical(rate * 100))}{french.NBSP}%"


def _euros(amount: float) -> str:
    return grants.euros(number(amount))
