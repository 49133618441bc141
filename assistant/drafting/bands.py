"""Bounds of population that a document states, of communes or of their intercommunal bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.reading.french.quantities import Bound, Quantity, read_quantities
from assistant.reading.french.quantities import Unit as Counted
from assistant.reading.stated.bounds import bound_of
from assistant.reading.stated.finding import Confidence, Doubt, Found
from assistant.reading.stated.statement import Unit
from corpus.french.figures import figure_values

Of = Literal["commune", "epci"]


@dataclass(frozen=True)
class Band:
    """Bounds of a population, in inhabitants; at least one is there."""

    of: Of = "commune"
    min_inclusive: int | None = None
    max_exclusive: int | None = None
    max_inclusive: int | None = None

    @property
    def fields(self) -> dict[str, str | int]:
        """Its fields as a fiche writes them."""
        told = {"min_inclusive": self.min_inclusive, "max_exclusive": self.max_exclusive}
        told["max_inclusive"] = self.max_inclusive
        of: dict[str, str | int] = {"of": "epci"} if self.of == "epci" else {}
        return of | {name: value for name, value in told.items() if value is not None}


_COMMUNE = re.compile(r"\b(?:communes?|villes?|villages?|municipalites?|bourgs?)\b")
_EPCI = re.compile(
    r"\b(?:epci|intercommunalites?|communautes? (?:de communes|d'agglomeration|urbaines?)|etablissements publics de cooperation)\b"
)
# "Syndicats de communes": the communes of a body aren't those that are bounded.
_PARTS = re.compile(r"\b(?:syndicats?|groupements?|communautes?) (?:mixtes )?de communes\b")
_OTHERS = re.compile(r"\bsyndicats?\b|\bdepartements?\b")
# Other territories than the region's, and what isn't a bound of who may ask.
_ELSEWHERE = re.compile(
    r"\brepresentants? d[eu]s? |\bcommission\b|\bsieges?\b|\boutre-mer\b|\bmayotte\b|\bsaint-pierre\b|\bpar habitant\b|\bguyane\b"
)


def bands_in(unit: Unit) -> Iterator[Found[Band] | Doubt]:
    """The bounds of population of a unit, lower and upper ones joined where it gives both."""
    folded = unit.folded
    counted = [item for item in read_quantities(folded) if item.unit is Counted.INHABITANT]
    if not counted:
        return
    if _ELSEWHERE.search(folded):
        yield Doubt("une limite de population qui varie selon les territoires", unit.statement)
        return
    if len(counted) > 2:
        yield Doubt("plusieurs limites de population dans une phrase", unit.statement)
        return
    if any(bound_of(folded, item, refusals=False) is Bound.OVER for item in counted):
        why = "« plus de » tant d’habitants : comptez à partir du nombre suivant, écrit aussi dans le texte"
        yield Doubt(why, unit.statement)
        return
    found = [band for item in counted if (band := _band(folded, item)) is not None]
    if not found:
        return
    band = _joined(found)
    if band is None:
        yield Doubt("deux limites de population qui ne vont pas ensemble", unit.statement)
        return
    told = figure_values(unit.statement.text)
    if all(float(value) in told for value in band.fields.values() if isinstance(value, int)):
        confidence: Confidence = "sure" if _COMMUNE.search(folded) or _EPCI.search(folded) else "likely"
        yield Found(band, unit.statement, confidence)
    else:
        yield Doubt("une population écrite d’une façon que la fiche ne relit pas", unit.statement)


def _band(folded: str, item: Quantity) -> Band | None:
    if not float(item.value).is_integer() or item.value < 1:
        return None
    before = folded[: item.start]
    bodies = [match.start() for match in _EPCI.finditer(before)]
    towns = [match.start() for match in _COMMUNE.finditer(_PARTS.sub(_blank, before))]
    if (others := [match.start() for match in _OTHERS.finditer(before)]) and others[-1] > max(
        [-1, *bodies, *towns]
    ):
        return None
    of: Of = "epci" if bodies and (not towns or bodies[-1] > towns[-1]) else "commune"
    low, high = int(item.value), int(item.high)
    if high > low:
        return Band(of, min_inclusive=low, max_inclusive=high)
    match bound_of(folded, item, refusals=False):
        case Bound.UNDER:
            return Band(of, max_exclusive=low)
        case Bound.AT_MOST:
            return Band(of, max_inclusive=low)
        case Bound.AT_LEAST:
            return Band(of, min_inclusive=low)
        case _:
            return None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _joined(found: list[Band]) -> Band | None:
    """One band of the bounds of a sentence; None when two of them are of the same side."""
    if len(found) == 1:
        return found[0]
    low, high = sorted(found, key=lambda band: band.min_inclusive is None)
    top = low.max_exclusive or low.max_inclusive
    if low.of != high.of or low.min_inclusive is None or high.min_inclusive is not None or top is not None:
        return None
    if low.min_inclusive >= (high.max_exclusive or high.max_inclusive or 0):
        return None
    return Band(low.of, low.min_inclusive, high.max_exclusive, high.max_inclusive)
