"""Read the quantities of a French text: each a value with its unit and its bound, as a span.

The one reader of what people write of figures: a population, a cost, a surface, a distance, the bound of a
condition. A figure that isn't well formed is no quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import inf

from assistant.eligibility.facts import Range
from assistant.reading.french.numerals import Numeral, read_numerals


class Unit(StrEnum):
    """What a quantity counts."""

    DENSITY = "density"
    INHABITANT = "inhabitant"
    PERSON = "person"
    EURO = "euro"
    PERCENT = "percent"
    EMPLOYEE = "employee"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    M2 = "m2"
    HECTARE = "hectare"
    KILOMETRE = "kilometre"
    METRE = "metre"
    SCREEN = "screen"
    TOWN = "town"
    PLANT = "plant"


class Bound(StrEnum):
    """What a text says of a value: that it's this one, about this one, or on which side."""

    EXACTLY = "exactly"
    ABOUT = "about"
    UNDER = "under"
    AT_MOST = "at_most"
    OVER = "over"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as it stands in a text.

    Attributes:
        value: the value, in the unit itself: 1.5 M€ is 1,500,000; the lower one of "entre 10 et 20".
        unit: what is counted; None when the text doesn't say, or says what we don't know.
        bound: which side of the value is meant.
        start: where it begins in the folded text, its bound included.
        end: where it ends, its unit included.
        high: the higher value of "entre 10 et 20", "10 à 20"; else the value.
        scale: 1000 in "80 k", a million in "2 millions", 1 when none is written.
    """

    value: float
    unit: Unit | None
    bound: Bound
    start: int
    end: int
    high: float
    scale: float = 1.0

    def within(self, step: float) -> Range:
        """The values meant, both ends included.

        Args:
            step: the least difference that counts: 1 for inhabitants; "moins de 2 000" is up to 1 999.
        """
        if self.high != self.value:
            return Range(self.value, self.high)  # both ends were told: they add up to nothing
        match self.bound:
            case Bound.EXACTLY:
                return Range.exactly(self.value)
            case Bound.ABOUT:
                return Range.about(self.value)
            case Bound.UNDER:
                return Range(0, max(0.0, self.value - step), (self.value,))
            case Bound.AT_MOST:
                return Range(0, self.value, (self.value,))
            case Bound.OVER:
                return Range(self.value + step, inf, (self.value,))
            case Bound.AT_LEAST:
                return Range(self.value, inf, (self.value,))


# Each with the spellings of a message, in order: "habitants" before the "h" of hours.
_UNITS: tuple[tuple[Unit, str], ...] = (
    (Unit.DENSITY, r"hab(?:itants?|s|\.)? ?(?:/|par |au ) ?(?:km|kilometre|hectare|ha\b)"),
    (
        Unit.INHABITANT,
        r"h?ab+it[ae]n[tds]*e?s?\b|hab(?:itan|its?|s|ts?|es?)?\b\.?|hbt?s?\b|ames?\b|administree?s?\b",
    ),
    (Unit.EMPLOYEE, r"salariee?s?\b|employee?s?\b|personnes? (?:salariee?s?|employee?s?)\b"),
    (Unit.PERSON, r"personnes?\b|pers\b\.?"),
    (Unit.EURO, r"€|euros?\b|eur\b|e\b(?! )|balles\b"),
    (Unit.PERCENT, r"%|pour[- ]?cents?\b|pct\b|p\. ?100\b"),
    (Unit.M2, r"m2\b|metres? carres?\b"),
    (Unit.HECTARE, r"ha\b|hectares?\b"),
    (Unit.KILOMETRE, r"km\b|kilometres?\b"),
    (Unit.MINUTE, r"min(?:utes?|s)?\b|mn\b"),
    (Unit.HOUR, r"h\b|heures?\b"),
    (Unit.MONTH, r"mois\b"),
    (Unit.DAY, r"jours?\b"),
    (Unit.YEAR, r"ans?\b|annees?\b"),
    (Unit.METRE, r"metres?\b|m\b"),
    (Unit.SCREEN, r"ecrans?\b|salles?\b"),
    (Unit.TOWN, r"communes?\b|villages?\b"),
    (Unit.PLANT, r"(?:jeunes? |petits? )?(?:plants?|arbres?|arbustes?|arbrisseaux|fruitiers?)\b"),
)
_UNIT = re.compile(
    r"(?: ?(?:et (?P<more>quelques?|des poussieres)|a peu pres|environ))?[ \n]?(?:d'|de |d )?(?:"
    + "|".join(rf"(?P<{unit.value}>{written})" for unit, written in _UNITS)
    + ")"
)
_ROUGHLY_AFTER = re.compile(r" et (?:quelques|des poussieres)\b")
# From so many on, "2500h" are inhabitants: nobody counts so many hours.
_TOO_MANY_HOURS = 100
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"(?:{words})$"))
    for bound, words in (
        (
            Bound.AT_MOST,
            r"\bpas plus (?:d[e'] ?)?|\b(?:au plus|(?:au )?max(?:imum|i)?) (?:d[e'] ?)?|\bjusqu'?a |(?:≤|<=) ?"
            r"|\bdepass\w{0,20} pas (?:les )?|\bsans depasser (?:les )?",
        ),
        (
            Bound.AT_LEAST,
            r"\b(?:au moins|(?:au )?mini(?:mum)?) (?:d[e'] ?)?|\ba partir d[e'] ?|(?:≥|>=) ?|\bpas moins d[e'] ?",
        ),
        (
            Bound.UNDER,
            r"\bmoins d[e'] ?|\binferieure?s? (?:a |aux )|\ben[- ]dessous d(?:e |es |')|\bsous (?:les |le seuil d(?:e |es ))"
            r"|\bpas (?:tout a fait|encore) (?:les )?|\b(?:a|ai|avons|ont) (?:meme )?pas (?:les )?|< ?|\batteign\w+ pas (?:les )?|\batteint pas (?:les )?",
        ),
        (
            Bound.OVER,
            r"\bplus d[e'] ?|\bsuperieure?s? (?:a |aux )|\bau[- ]dessus d(?:e |es |')|\bau[- ]dela d(?:e |es |')"
            r"|\bdepass\w{0,20}(?: largement)? (?:les )?|> ?",
        ),
        (
            Bound.ABOUT,
            r"\b(?:environ|env\.?|presque|a peu pres|approximativement|grosso modo|a peine) (?:les |d[e'] ?)?"
            r"|\bautour d(?:e |es |')|\bdans les |\bpres d[e'] ?|\bquelques? |\bpas loin d(?:e |es |')"
            r"|\baux (?:alentours|environs) d(?:e |es |')|[~≈] ?",
        ),
    )
)
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    (Bound.AT_MOST, re.compile(r" (?:au plus|(?:au )?max(?:imum|i)?|ou moins|et moins)\b")),
    (Bound.AT_LEAST, re.compile(r" (?:au moins|(?:au )?mini(?:mum)?|ou plus|et plus)\b")),
    (Bound.ABOUT, re.compile(r" (?:environ|a peu pres|approximativement)\b")),
)
# How far before a number its bound may begin, in characters.
_WINDOW = 32
_TO = re.compile(r" (?:a|ou|-|–) |[-–]")
_AND = re.compile(r" et (?:les )?")
_BETWEEN = re.compile(r"\b(?:comprise?s? )?entre (?:les )?$")
_FROM = re.compile(r"\b(?:d[e']|des) ?$")
# "2 à 3 millions" is short for "2 millions à 3 millions"; "80 000 à 2 millions" isn't.
_SHORT = 1000
_YEARS = range(1900, 2101)


@lru_cache(maxsize=1024)
def read_quantities(folded: str) -> tuple[Quantity, ...]:
    """Return the quantities of a folded text, in order.

    Args:
        folded: a text as :func:`corpus.french.folding.fold` gives it; positions are those of this text.
    """
    return tuple(_joined(folded, list(_single(folded, read_numerals(folded)))))


def counts_unread(folded: str, unit: Unit) -> tuple[tuple[int, int], ...]:
    """Return from where to where a figure that isn't well formed counts a unit: "2 5 00 habitants"."""
    found = ((item.start, _unit(folded, item)) for item in read_numerals(folded) if item.value is None)
    return tuple((start, end) for start, (counted, end) in found if counted is unit)


def _single(folded: str, numerals: tuple[Numeral, ...]) -> Iterator[Quantity]:
    """Each number with its unit and its bound; the "cent" of "pour cent" is its unit, no number."""
    done = 0
    for numeral in numerals:
        if numeral.start < done:
            continue
        unit, end = _unit(folded, numeral)
        done = end
        is_part_of_a_word = unit is None and folded[numeral.end : numeral.end + 1].isalnum()
        if numeral.value is None or is_part_of_a_word or (unit is None and numeral.bare):
            continue
        start, bound = _bound_before(folded, numeral.start)
        if bound is Bound.EXACTLY:
            end, bound = _bound_after(folded, end)
        if bound is Bound.EXACTLY and (numeral.rough or _ROUGHLY_AFTER.match(folded, numeral.end)):
            bound = Bound.ABOUT
        value = numeral.value
        yield Quantity(value, unit, bound, start, end, value, numeral.scale)


def _unit(folded: str, numeral: Numeral) -> tuple[Unit | None, int]:
    match = _UNIT.match(folded, numeral.end)
    if match is None:
        return None, numeral.end
    unit = next(unit for unit, _ in _UNITS if match[unit.value] is not None)
    if unit is Unit.HOUR and match[unit.value] == "h" and (numeral.value or 0) >= _TOO_MANY_HOURS:
        unit = Unit.INHABITANT
    return unit, match.end()


def _bound_before(folded: str, start: int) -> tuple[int, Bound]:
    first = max(0, start - _WINDOW)
    window = folded[first:start]
    for bound, pattern in _BEFORE:
        if match := pattern.search(window):
            return first + match.start(), bound
    return start, Bound.EXACTLY


def _bound_after(folded: str, end: int) -> tuple[int, Bound]:
    for bound, pattern in _AFTER:
        if match := pattern.match(folded, end):
            return match.end(), bound
    return end, Bound.EXACTLY


def _joined(folded: str, single: Sequence[Quantity]) -> Iterator[Quantity]:
    """Put two values that bound one quantity together: "entre 10 et 20", "8 à 10", "2 ou 3 millions"."""
    held: Quantity | None = None
    for item in single:
        both = _between(folded, held, item) if held is not None else None
        if both is not None:
            held = both
            continue
        if held is not None:
            yield held
        held = item
    if held is not None:
        yield held


def _between(folded: str, low: Quantity, high: Quantity) -> Quantity | None:
    """The quantity between two values, when the words and the units say that they bound one."""
    if (
        low.unit not in {None, high.unit}
        or {low.bound, high.bound} != {Bound.EXACTLY}
        or low.high != low.value
    ):
        return None
    gap = folded[low.end : high.start]
    before = folded[max(0, low.start - _WINDOW) : low.start]
    between = _BETWEEN.search(before)
    if not (between and _AND.fullmatch(gap)) and not (_TO.fullmatch(gap) and _may_begin(low, before)):
        return None
    is_short = low.unit is None and low.scale == 1 and low.value < _SHORT
    value = low.value * (high.scale if is_short else 1)
    if value >= high.high:
        return None
    start = low.start - len(before) + between.start() if between else low.start
    return replace(high, value=value, start=start)


def _may_begin(low: Quantity, before: str) -> bool:
    """Whether a number may be the lower of two: a year isn't, in "en 2020 a 2500 habitants"."""
    return low.unit is not None or low.value not in _YEARS or _FROM.search(before) is not None
