"""What an aid comes to for the costs told: a sum where the question tells the case, else its rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.amount_lines import Told, told_amounts, told_rule
from assistant.answering.not_covered import not_covered, runs
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate, costs_told, estimates, floor_of, work_out
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.funding_rules import Rules, rules_for
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.lines import Line, line, quoted
from assistant.messages import grants
from assistant.reading.cost import read_cost
from corpus.communes.territory import Territory
from corpus.fiches.criteria import HasLabel, ListedIn, OneOf, PopulationBetween
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding
from corpus.french.folding import fold
from ingest.lexical import analyse

_SEVERAL = 2
ELIGIBLE = "Dépenses éligibles"
_WHOLE = frozenset(analyse("total"))
_ANY = frozenset(analyse("général"))


@dataclass(frozen=True, slots=True)
class Sums:
    """What is said of the amounts of an aid.

    Attributes:
        told: the sums, or the rules alone.
        notes: why there is no sum, or what it depends on.
        is_open: whether nothing tells that a rule is for the person's case.
    """

    told: tuple[Told, ...]
    notes: tuple[Line, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """An aid, who asks and what they say.

    Attributes:
        fiche: of the aid.
        facts: what is known, with the cost.
        territory: the communes.
        on: the day.
        words: the user's messages.
    """

    fiche: Fiche
    facts: Facts
    territory: Territory
    on: date
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """All the words of the person."""
        return " ".join(self.words)

    @property
    def on_costs(self) -> str:
        """Their words on what is spent on."""
        return said_of_costs(self.words)


def said_of_costs(words: Sequence[str]) -> str:
    """The last message, after the last that tells a cost: what is spent on is said there."""
    last = next((text for text in reversed(words) if read_cost(fold(text)) is not None), "")
    return "\n".join(dict.fromkeys((last, *words[-1:])))


def sums(asked: Asked, book: CitationBook) -> Sums:
    """Say what an aid comes to for the costs told; the rules alone where nothing tells that they hold.

    Args:
        asked: the aid, the facts, the words.
        book: issues the numbers of the citations.
    """
    fiche, facts = asked.fiche, asked.facts
    named = facts.cost.named if facts.cost is not None else ()
    known = (fiche.scheme, facts, asked.territory, asked.on, asked.said)
    rules = rules_for(*known, for_several=len(named) >= _SEVERAL)
    excluded = not_covered(fiche, asked.on_costs)
    if excluded is not None:
        number = book.sentence(fiche, excluded.section, excluded.sentence)
        told = Told(line("amount", quoted(excluded.sentence.text, number)), (number,))
        return Sums((told, *rules_alone(asked, rules, book)), (line("note", grants.NO_SUM_FOR_EXCLUDED),))
    if runs(fiche, asked.on_costs):
        return Sums(rules_alone(asked, rules, book), (line("note", grants.NO_SUM_FOR_RUNNING),))
    if rules.is_open and len(named) < _SEVERAL:
        worked = _worked(asked, rules.paying, rules)
        if worked and all(item.limit == "floor" for item in worked):  # too small, whichever case it is
            return Sums(tuple(told_amounts(_under_the_lowest(worked), fiche, facts, book)))
        return Sums(rules_alone(asked, rules, book), (line("note", grants.NO_SUM_CASE_UNTOLD),), True)
    if len(named) >= _SEVERAL:
        return _of_several(asked, rules, named, book)
    found = _under_the_lowest(estimates(*known))
    return Sums(tuple(told_amounts(found, fiche, facts, book)), (*_reserves(asked, found), *overlaps(rules)))


def overlaps(rules: Rules) -> tuple[Line, ...]:
    """That several rules name the person's case, where they do."""
    return (line("note", grants.RULES_OVERLAP),) if rules.overlap else ()


def rules_alone(asked: Asked, rules: Rules, book: CitationBook) -> tuple[Told, ...]:
    """The rules without a sum."""
    fiche = asked.fiche
    told = (
        told_rule(rule, fiche, asked.facts, book, floor_of(fiche.scheme, rule, rules.floors))
        for rule in rules.paying
    )
    return tuple(item for item in told if item is not None)


def _under_the_lowest(found: Sequence[Estimate]) -> Sequence[Estimate]:
    """Estimates; where each cost is under the floor of its rule, those of the lowest floor."""
    if any(item.limit != "floor" for item in found):
        return found
    least = min((item.floor or 0.0 for item in found), default=0.0)
    return [item for item in found if (item.floor or 0.0) == least]


def _of_several(asked: Asked, rules: Rules, named: Sequence[str], book: CitationBook) -> Sums:
    """The sums of costs told apart: each by its own rule; together where one is for them all."""
    fiche, facts = asked.fiche, asked.facts
    whole = [rule for rule in rules.paying if _WHOLE & _stems(rule.label or "")]
    apart = [rule for rule in rules.paying if rule not in whole]
    if len({(rule.rate_max, rule.amount_max) for rule in apart}) == 1 and _covers_all(fiche, apart, named):
        found = estimates(fiche.scheme, facts, asked.territory, asked.on, asked.said)
        return Sums(tuple(told_amounts(found, fiche, facts, book)), _reserves(asked, found))
    pairs = list(_pairs(apart, named, facts.cost.terms if facts.cost else ())) if len(apart) > 1 else []
    told: list[Told] = []
    if {place for place, _, _ in pairs} == set(range(len(named))):
        for _, term, rule in pairs:
            one = replace(facts, cost=Range.exactly(term))
            item = work_out(fiche.scheme, _of_a_part(rule, facts), term, facts.counts.get(rule.per))
            told += told_amounts([item], fiche, one, book) if item is not None else []
    totals = _worked(asked, whole, rules)
    told += told_amounts(totals, fiche, facts, book)
    if len(told) > len(totals):
        return Sums(tuple(told))
    alone = rules_alone(asked, replace(rules, paying=tuple(apart)), book)
    return Sums((*told, *alone), (line("note", grants.NO_SUM_OF_SEVERAL),))


def _worked(asked: Asked, chosen: Sequence[Funding], rules: Rules) -> list[Estimate]:
    scheme = asked.fiche.scheme
    found = (
        work_out(scheme, rule, cost, asked.facts.counts.get(rule.per), rules.floors)
        for rule in chosen
        for cost in costs_told(asked.facts)
    )
    return [item for item in found if item is not None]


def _of_a_part(rule: Funding, facts: Facts) -> Funding:
    """A rule for a part of the cost: its smallest cost is one of the whole."""
    whole = max(costs_told(facts), default=0.0)
    reached = rule.expense_min is not None and whole >= rule.expense_min
    return rule.model_copy(update={"expense_min": None}) if reached else rule


def _pairs(
    rules: Sequence[Funding], named: Sequence[str], terms: Sequence[float]
) -> Iterator[tuple[int, float, Funding]]:
    """Each cost with the rules whose labels name it; with the general one where none does."""
    labels = [_stems(rule.label or "") for rule in rules]
    common = set.intersection(*labels) if labels else set()
    for place, (what, term) in enumerate(zip(named, terms, strict=True)):
        shared = [len((label - common) & _stems(what)) for label in labels]
        most = max(shared, default=0)
        for rule, label, count in zip(rules, labels, shared, strict=True):
            if (most and count == most) or (not most and label & _ANY):
                yield place, term, rule


def _covers_all(fiche: Fiche, rules: Sequence[Funding], named: Sequence[str]) -> bool:
    """Whether every cost told is among those that the fiche says are covered; true where it says none."""
    stated = [sentence.text for sentence in fiche.as_document.under(ELIGIBLE)]
    if not stated:
        return True
    known = _stems(" ".join((*stated, *(rule.label or "" for rule in rules))))
    return all(_stems(what) & known for what in named)


def _stems(text: str) -> set[str]:
    return set(analyse(text))


def _reserves(asked: Asked, found: Sequence[Estimate]) -> tuple[Line, ...]:
    """What a sum depends on that the commune's size leaves to a list on which it isn't known to be."""
    case = Case(asked.fiche.scheme, asked.facts, asked.territory, asked.on)
    if not any(item.amount_max for item in found):
        return ()
    too_large = any(
        isinstance(rule, OneOf)
        and kind_of(rule).judge(case).verdict == "unknown"
        and _hangs_on_a_list(rule, case)
        for rule in asked.fiche.scheme.criteria
    )
    return (line("note", grants.sum_hangs_on_a_list(asked.fiche.scheme.label)),) if too_large else ()


def _hangs_on_a_list(rule: OneOf, case: Case) -> bool:
    sizes = [part for part in rule.criteria if isinstance(part, PopulationBetween)]
    lists = [part for part in rule.criteria if isinstance(part, ListedIn | HasLabel)]
    missed = bool(sizes) and all(kind_of(part).judge(case).verdict == "not_met" for part in sizes)
    return missed and bool(lists) and len(sizes) + len(lists) == len(rule.criteria)
