"""On which side of a figure a rule stands: "plafonnée à", "ne peut être inférieur à", "n’est pas retenu sous"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.eligibility.facts import Range
from assistant.reading.french.quantities import Bound, Quantity, Unit, read_quantities

_BEFORE_CHARS, _AFTER_CHARS = 60, 70
_CLAUSE = re.compile(r";| mais | et que ")
_NO = r"(?:\bne\b|\bn'|\bni\b|\bsans\b)"
_NOT_LESS = re.compile(rf"{_NO}[^.;]{{0,40}}(?:\binferieure?s?\b|\bmoins d|en[- ]dessous)[^.;]{{0,12}}$")
_NOT_MORE = re.compile(
    rf"{_NO}[^.;]{{0,40}}(?:\bsuperieure?s?\b|\bexced\w{{0,8}}|\bdepass\w{{0,8}}|\bplus d|au[- ]dela)[^.;]{{0,12}}$"
)
_AT_MOST = re.compile(
    r"(?:\bplafon\w{0,8}|\blimite?\w{0,4}|\bmaxim\w{1,4}|\bau plus|\bjusqu'a|\bjusqu'au)[^.;,]{0,30}$"
)
_AT_LEAST = re.compile(
    r"(?:\bplanchers?|\bseuils?|\bminim\w{1,4}|\bau moins|\ba partir d|\batteindre|\bdes)\b[^.;,]{0,30}$"
)
_OVER = re.compile(
    r"(?:\bexced\w{0,8}|\bsuperieure?s?|\bplus de|\bdepass\w{0,8}|\bau[- ]dela d)[^.;,]{0,12}$"
)
_AFTER_MOST = re.compile(r"^[^.;,]{0,14}\b(?:maxim\w{1,4}|au plus|au maximum)\b")
_AFTER_LEAST = re.compile(r"^[^.;,]{0,14}\b(?:minim\w{1,4}|au moins|et plus|ou plus)\b")
_REFUSES = re.compile(
    rf"{_NO} ?(?:est|sont|seront|sera|peuvent|peut|fait|font|ouvre\w*|donne\w*)? ?(?:pas|plus|aucun\w*|droit)\b"
    r"|\bexclue?s?\b|\bineligibles?\b|\birrecevables?\b|\brejete\w*|\bn'ouvre\w*|\bnon (?:eligible|retenu|prise?s? en compte|admis)"
)
_OTHER_SIDE = {
    Bound.UNDER: Bound.AT_LEAST,
    Bound.AT_MOST: Bound.OVER,
    Bound.OVER: Bound.AT_MOST,
    Bound.AT_LEAST: Bound.UNDER,
}


def bound_of(folded: str, item: Quantity, *, refusals: bool = True) -> Bound:
    """The side that a rule allows.

    "Les projets de moins de 1 000 € ne sont pas instruits" allows 1,000 € and more.

    Args:
        folded: the text that the quantity stands in.
        item: the quantity.
        refusals: whether a refusal said after the figure turns its side over.
    """
    # What a quantity begins with may be its bound: it's read again with what stands before.
    start = next((at for at in range(item.start, item.end) if folded[at].isdigit()), item.start)
    before = _CLAUSE.split(folded[max(0, start - _BEFORE_CHARS) : start])[-1]
    after = folded[item.end : item.end + _AFTER_CHARS]
    if _NOT_LESS.search(before):
        return Bound.AT_LEAST
    if _NOT_MORE.search(before):
        return Bound.AT_MOST
    bound = item.bound
    if bound in {Bound.EXACTLY, Bound.ABOUT}:
        bound = _said(before, after)
    if refusals and bound in _OTHER_SIDE and _REFUSES.search(after):
        return _OTHER_SIDE[bound]
    return bound


def admits(folded: str, population: Range | None) -> bool | None:
    """Whether a population is within the bounds of inhabitants that a text states.

    Args:
        folded: the text.
        population: inhabitants; None where they aren't known.

    Returns:
        None where that isn't known; True where the text states no such bound.
    """
    verdicts: list[bool | None] = []
    for item in read_quantities(folded):
        if item.unit is not Unit.INHABITANT:
            continue
        bounds = replace(item, bound=bound_of(folded, item, refusals=False)).within(1)
        if population is None:
            verdicts.append(None)
        elif population.high < bounds.low or population.low > bounds.high:
            verdicts.append(False)
        else:
            verdicts.append(True if bounds.low <= population.low and population.high <= bounds.high else None)
    return False if False in verdicts else None if None in verdicts else True


def _said(before: str, after: str) -> Bound:
    for bound, pattern, text in (
        (Bound.AT_MOST, _AFTER_MOST, after),
        (Bound.AT_LEAST, _AFTER_LEAST, after),
        (Bound.AT_MOST, _AT_MOST, before),
        (Bound.AT_LEAST, _AT_LEAST, before),
        (Bound.OVER, _OVER, before),
    ):
        if pattern.search(text):
            return bound
    return Bound.EXACTLY
