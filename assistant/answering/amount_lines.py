"""Word what a scheme pays: a sum worked out with the rule that it shows, or the rule alone; cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.eligibility.citations import CitationBook
from assistant.eligibility.estimate import Estimate, is_above, is_counted, rate_of
from assistant.eligibility.facts import Facts
from assistant.eligibility.rule_passages import stating
from assistant.eligibility.words import number
from assistant.lines import Line, line
from assistant.messages import french, grants
from assistant.reply import Estimate as Shape
from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding
from corpus.french.figures import canonical, figure_values

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PARTS = re.compile(r"(?<![\u00a0 ])[\u00a0 ]*+[;:][\u00a0 ]*+")
_OF_ITSELF = frozenset({"project"})


@dataclass(frozen=True, slots=True)
class Told:
    """A line on an amount, and what it's about.

    Attributes:
        line: the line.
        cited: the numbers of the citations that state its rule, the fullest first.
        estimates: what it says; empty for a rule alone.
        rules: the rules that it tells.
    """

    line: Line
    cited: tuple[int, ...]
    estimates: tuple[Estimate, ...] = ()
    rules: tuple[Funding, ...] = ()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Its estimates as they leave the program."""
        return tuple(
            Shape(
                scheme_id=item.scheme_id,
                label=item.rule.label,
                cost=item.cost,
                rate=item.rate,
                ceiling=item.ceiling,
                floor=item.floor,
                amount_min=item.amount_min,
                amount_max=item.amount_max,
                citation=self.cited[0] if self.cited else None,
            )
            for item in self.estimates
        )


def told_amounts(found: Sequence[Estimate], fiche: Fiche, facts: Facts, book: CitationBook) -> list[Told]:
    """Word estimates of one scheme, one line for those that come to the same sum by the same rate.

    What only a ceiling bounds is left out where a rate gives something.
    """
    precise = [item for item in found if item.limit != "unknown"] or list(found)
    groups: dict[tuple[float, float, float | None, float, bool], list[Estimate]] = {}
    for item in precise:
        plain = item.limit in {"rate", "floor"}
        same = item.rate if item.limit == "rate" else item.floor
        key = (item.amount_min, item.amount_max, same, item.cost, plain)
        groups.setdefault(key if plain else (*key[:3], id(item), False), []).append(item)
    told = (_told(own, fiche, facts, book) for own in groups.values())
    return [item for item in told if item.cited]


def told_rule(
    rule: Funding, fiche: Fiche, facts: Facts, book: CitationBook, floor: float | None
) -> Told | None:
    """Word a rule without a cost, its ceiling counted where the count is told; None where it says nothing."""
    rates = _rates(rule)
    if not rates and rule.amount_max is None:
        return None
    cited = _cite(fiche, [rule], book, () if floor is None else (floor,))
    most = None if rule.amount_max is None else _euros(rule.amount_max)
    per: str | None = None if rule.per in _OF_ITSELF else rule.per
    if most is not None and is_counted(rule) and (count := facts.counts.get(rule.per)) is not None:
        total = _euros(round((rule.amount_max or 0.0) * count, 2))
        most, per = grants.counted(total, most, rule.per, number(count)), None
    least = None if floor is None else grants.least(_euros(floor), above=is_above(fiche.scheme, floor))
    text = grants.rule_alone(rates, rule.basis, most, per, least)
    return Told(line("amount", _labelled(text, [rule], fiche, cited, book), cited), cited, rules=(rule,))


def _told(own: Sequence[Estimate], fiche: Fiche, facts: Facts, book: CitationBook) -> Told:
    first, rules = own[0], [item.rule for item in own]
    floors = () if first.floor is None else (first.floor,)
    cited = _cite(fiche, rules, book, floors if first.limit == "floor" else ())
    text = _labelled(_sum(first, facts, shows_ceiling=len(own) == 1), rules, fiche, cited, book)
    return Told(line("amount", text, cited), cited, tuple(own), tuple(rules))


def _sum(item: Estimate, facts: Facts, *, shows_ceiling: bool) -> str:
    cost = _euros(item.cost) + (f" {facts.taxes}" if facts.taxes else "")
    match item.limit:
        case "floor":
            if item.cost == item.floor:
                return grants.not_above(cost, _euros(item.floor))
            return grants.under_floor(cost, _euros(item.floor or 0.0))
        case "least":
            given = _euros(round((item.rate or 0.0) * item.retained, 2))
            part = f"{grants.share_of(_rates(item.rule), cost)}, {given}"
            return grants.under_least(part, _euros(item.rule.amount_min or 0.0))
        case "unknown":
            return grants.no_rate(_euros(item.ceiling or 0.0), cost)
        case _:
            shown = list(_shown(item, facts, cost, shows_ceiling=shows_ceiling))
            if item.rate is None and item.count is None:
                shown = [grants.ceiling_alone(cost)]
    least = None if item.amount_min == item.amount_max else _euros(item.amount_min)
    return grants.may_pay(least, _euros(item.amount_max), shown)


def _shown(item: Estimate, facts: Facts, cost: str, *, shows_ceiling: bool) -> Iterable[str]:
    """The parts of the rule that gives a sum, in the order in which they apply."""
    terms = facts.cost.terms if facts.cost else ()
    if rates := _rates(item.rule):
        base = cost if item.retained == item.cost else grants.retained_of(_euros(item.retained), cost)
        yield grants.share_of(rates, base)
    if len(terms) > 1:
        yield grants.added_up([_euros(term) for term in terms])
    if item.rule.amount_max is not None and (shows_ceiling or item.limit == "ceiling"):
        count = None if item.count is None else number(item.count)
        per = item.rule.per if is_counted(item.rule) or item.rule.per == "year" else None
        yield grants.at_most(_euros(item.rule.amount_max), per, count)


def _rates(rule: Funding) -> list[str]:
    """The rates of a rule in per cent, the lowest first; one where both are the same."""
    if rate_of(rule) is None and rule.basis != "remaining_costs":
        return []
    rates = dict.fromkeys(rate for rate in (rule.rate_min, rule.rate_max) if rate is not None)
    return [number(canonical(rate * 100)) for rate in rates]


def _euros(amount: float) -> str:
    return grants.euros(number(amount))


def _cite(
    fiche: Fiche, rules: Sequence[Funding], book: CitationBook, others: tuple[float, ...]
) -> tuple[int, ...]:
    stated = dict.fromkeys(item for rule in rules for item in stating(fiche, rule, others))
    return tuple(dict.fromkeys(book.sentence(fiche, item.section, item.sentence) for item in stated))


def _labelled(
    text: str, rules: Sequence[Funding], fiche: Fiche, cited: Sequence[int], book: CitationBook
) -> str:
    """A sum with what its rules apply to and their year, as far as what is cited states them."""
    held = [item for item in book.citations if item.n in cited]
    days = [str(day) for item in held for s in item.sources for day in (s.published, s.updated) if day]
    known = frozenset[float]().union(*(figure_values(item.quote) for item in held))
    known |= {float(year) for day in days for year in _YEAR.findall(day)}
    labels = [part for part in (_label(rule, text, known) for rule in rules) if part]
    told = _joined(dict.fromkeys(labels))
    year = str(rules[0].valid_from or rules[0].valid_until or "")[:4]
    if year and float(year) in known and not _YEAR.search(told):
        told = ", ".join(part for part in (told, grants.rule_of_year(year)) if part)
    return f"{text}, {told}." if told else f"{text}."


def _joined(labels: Iterable[str]) -> str:
    """Labels one after another."""
    return " ; ".join(labels).replace(" ;", f"{french.NBSP};")


def _label(rule: Funding, text: str, known: frozenset[float]) -> str:
    """The parts of a label that say more than the sum does, and nothing that isn't cited."""
    said = figure_values(text)
    label = rule.label or ""
    if rule.per in grants.PER_NAMES:  # "résidence longue, par an": the ceiling has said so
        label = label.removesuffix(f", par {grants.PER_NAMES[rule.per][0]}")
    parts = [part for part in _PARTS.split(label) if part]
    kept = [
        part
        for part in parts
        if (values := figure_values(part)) <= known and not (values and values <= said and len(parts) > 1)
    ]
    return f"{french.NBSP}: ".join(kept)
