"""The figures of a French text: amounts, rates, dates and counts, each with the values it may stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPACE = "[ \u00a0\u202f]"
_FIGURE = re.compile(
    rf"(?<![\w,.])(?P<number>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?:{_SPACE}*(?P<unit>%|(?:Md|[Mk]){_SPACE}?€|millions?\b|milliards?\b))?"
)
# What parts the members of a range or of a list: "20 à 30 %", "2, 3 et 4 millions".
_JOINT = re.compile(rf"{_SPACE}*(?:à|et|ou|puis|,|-|–|/){_SPACE}*")
_FACTORS = {"%": 0.01, "k€": 1e3, "M€": 1e6, "Md€": 1e9, "million": 1e6, "milliard": 1e9}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, with its possible values: ``20`` in "20 à 30 %" is 20 or 0.20."""

    text: str
    values: frozenset[float]


def canonical(value: float) -> float:
    """Round a value so that 0.30 typed and 30 % read compare equal."""
    return round(value, 6)


def figures(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order; digits inside a word (CO2, Rev3) are no figure."""
    found: list[Figure] = []
    after: str | None = None
    start_of_next = len(text)
    for match in reversed(list(_FIGURE.finditer(text))):
        own = match["unit"]
        joined = own is None and _JOINT.fullmatch(text[match.end() : start_of_next]) is not None
        unit = own or (after if joined else None)
        number = float(re.sub(r"\s", "", match["number"]).replace(",", "."))
        values = {number * _factor(own)} | ({number * _factor(unit)} if joined else set())
        found.append(Figure(match.group().strip(), frozenset(canonical(value) for value in values)))
        after, start_of_next = unit, match.start()
    return tuple(reversed(found))


def figure_values(text: str) -> frozenset[float]:
    """Every value that the figures of a text may stand for."""
    return frozenset(value for figure in figures(text) for value in figure.values)


def _factor(unit: str | None) -> float:
    return _FACTORS[re.sub(_SPACE, "", unit).rstrip("s")] if unit else 1.0
