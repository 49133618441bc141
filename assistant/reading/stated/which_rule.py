"""Which of the rules of aid that a page states is for whoever asks: none when in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eligibility.facts import Range
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.french.quantities import read_quantities
from assistant.reading.stated.aid_limits import AidLimit
from assistant.reading.stated.aid_rules import AidRate, AidRules, aid_rules
from assistant.reading.stated.asked_thing import leaves_out, speaks_of, stems, without_name
from assistant.reading.stated.bounds import admits
from assistant.reading.stated.statement import Statement, Unit

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# What makes a rate hold in a case alone.
_ON_CONDITION = re.compile(
    r"\blorsqu\w+|\bsi\b|\bs'ils?\b|\bquand\b|\bsous reserve\b|\ba condition\b|\bsauf\b|\bselon\b|\ben fonction\b|\bvari\w+|\bdepend\w*|\bmodul\w+|\bpremiere?s? annees?\b|\b\d(?:e|eme|re) annee\b"
)
# "40 % des frais d'étude": of which costs a rate is.
_OF_COSTS = re.compile(
    r"% (?:\w+ ){0,2}?(?:du|de la|des|de l'|d') ?(?P<costs>[^,;.:()]+?)(?= pour | dans | plafon| avec | sans |[,;.:()]|$)"
)
_ANY_COSTS = stems(
    "hors taxes ht ttc éligible retenu subventionnable total réel global prévisionnel investissement devis facture achat pose "
    "acquisition fourniture engagé justifié base assiette admissible susmentionné frais recevable concerné prévu présenté nécessaire"
)
_VARIES = re.compile(
    r"\b(?:taux|aide|subvention|montant)s?\b[^.;]{0,40}\b(?:depend\w*|vari\w+|modul\w+|selon|en fonction)\b"
)
_FOR = re.compile(
    r"\bpour (?:une?|les?|la|l'|des|toute?s?|tous les|toutes les) ?(?P<whom>[^,;.:()]+?)(?= et |[,;.:()]|$)"
)
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks an amount of a page.

    Attributes:
        said: their words on what they want paid.
        who: the words for what kind of applicant they are; empty when it isn't known.
        population: inhabitants of their commune; None when they aren't known.
        year: the current year.
    """

    said: str
    who: str = ""
    population: Range | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """A rule that a page states, for whoever asks.

    Attributes:
        rate: its rate, always read.
        limits: the limits that bear on it.
        changes: what may raise or lower the rate in a case that isn't told.
        others: the other rates that the page states.
    """

    rate: AidRate
    limits: tuple[AidLimit, ...]
    changes: tuple[Unit, ...]
    others: tuple[AidRate, ...] = ()


def rule_asked(statements: Sequence[Statement], titles: str, asker: Asker) -> Settled | None:
    """The rule that is for whoever asks; None where the page states none, or when in doubt.

    Args:
        statements: all those of one page, in its order.
        titles: its title and its publisher.
        asker: who asks, and what.
    """
    rules = aid_rules(statements)
    said, own = stems(f"{asker.said} {asker.who}"), stems(titles)
    rate = _rate(rules, said, own, asker) or _rate(rules, without_name(asker.said, titles), own, asker)
    if rate is None or not speaks_of(statements, titles, f"{asker.said} pour un {asker.who}"):
        return None
    limits = _bearing_on(rate, rules)
    covered = own | _names(rate) | stems(rate.unit.statement.heading)
    covered |= frozenset[str]().union(*(stems(limit.per) for limit in limits))
    further = said - covered
    changes = [unit for unit in rules.changes if _fits(unit, asker.population) is not False]
    beside = [*changes, *(unit for unit in rules.others if "%" in unit.text)]
    if (
        any(further & stems(unit.text) for unit in beside)
        or any(_counts(unit) and _fits(unit, asker.population) for unit in changes)
        or any(_fits(unit, asker.population) is False for unit in rules.others)
        or leaves_out(statements, said, covered, stems(rate.label))
    ):
        return None
    others = tuple(other for other in rules.rates if other.share != rate.share)
    if not others and any(_VARIES.search(item.folded) for item in statements):
        return None
    return Settled(rate, limits, tuple(changes), others)


def _rate(rules: AidRules, said: frozenset[str], titles: frozenset[str], asker: Asker) -> AidRate | None:
    """The rate for whoever asks: the only one, else the one that their words or their population tell."""
    rates = [
        rate
        for rate in rules.rates
        if not _is_past(rate.unit, asker.year) and _fits(rate.unit, asker.population) is not False
    ]
    found = _told(rates, said, titles)
    if found is None or found.share is None or not _fits(found.unit, asker.population):
        return None
    if not found.label:
        whom = [stems(match["whom"]) - titles for match in _FOR.finditer(found.unit.folded)]
        costs = [stems(match["costs"]) - _ANY_COSTS for match in _OF_COSTS.finditer(found.unit.folded)]
        if (
            _ON_CONDITION.search(found.unit.folded)
            or any(words and not words & said for words in whom)
            or any(words and not words & (said | titles) for words in costs)
        ):
            return None
    return found


def _told(rates: Sequence[AidRate], said: frozenset[str], titles: frozenset[str]) -> AidRate | None:
    """The rate that words tell from all others; in a table, else the only one for a size of commune."""
    if not rates:
        return None
    if len({(rate.share, rate.label) for rate in rates}) == 1:
        return rates[0]
    names = [_names(rate) | stems(rate.unit.statement.heading) for rate in rates]
    common = frozenset.intersection(*names)
    if sum(bool((own - common) & titles) for own in names) < _ENOUGH:
        common |= titles  # what the whole page is about tells no rate apart
    shared = [(own - common) & said for own in names]
    for place, words in enumerate(shared):
        others = [other for at, other in enumerate(shared) if at != place]
        if words and all(other < words for other in others):
            return rates[place]
    sized = [place for place, rate in enumerate(rates) if _counts(rate.unit)]
    is_of_size = len(sized) == 1 and all(rate.label for rate in rates) and not any(shared)
    return rates[sized[0]] if is_of_size else None


def _names(rate: AidRate) -> frozenset[str]:
    return stems(rate.label or rate.unit.text)


def _bearing_on(rate: AidRate, rules: AidRules) -> tuple[AidLimit, ...]:
    """The limits that stand with a rate, and those that stand with none, unless among other rates alone."""
    rated = {id(other.unit) for other in rules.rates}
    sections = {other.unit.statement.headings for other in rules.rates}
    own = rate.unit.statement.headings
    found = []
    for limit in rules.limits:
        section = limit.unit.statement.headings
        if limit.unit is rate.unit or (
            id(limit.unit) not in rated and (section == own or section not in sections)
        ):
            is_near = limit.unit is rate.unit or section == own
            if is_near or limit.kind != "unread":
                found.append(limit)
    return tuple(found)


def _is_past(unit: Unit, year: int) -> bool:
    years = [int(found) for found in _YEAR.findall(f"{unit.statement.heading} {unit.text}")]
    return bool(years) and max(years) < year


def _counts(unit: Unit) -> bool:
    return any(item.unit is Counted.INHABITANT for item in read_quantities(unit.folded))


def _fits(unit: Unit, population: Range | None) -> bool | None:
    """Whether a population is within the bounds that a unit states; None where that isn't known."""
    return admits(unit.folded, population)
