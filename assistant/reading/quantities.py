"""Settle a condition on a quantity by the quantity that a message states: "à 5 minutes" against "plus de 10 minutes"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from assistant.eligibility.facts import Range
from assistant.eligibility.three_values import compare
from corpus.french.folding import fold

_NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "douze": 12, "quinze": 15, "vingt": 20, "trente": 30, "quarante": 40, "soixante": 60,
}  # fmt: skip
_FACTORS = {"k": 1e3, "mille": 1e3, "m": 1e6, "million": 1e6, "millions": 1e6}
_VALUE = (
    r"(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?|"
    + "|".join(_NUMBERS)
    + r")\s*(k|mille|millions?|m(?=\s*€))?\s*(?:d'|de )?\s*"
)
# Units that conditions speak in, each with the spellings of a message; what is counted is part of the unit.
_UNITS = {
    "minute": r"min(?:utes?|s)?\b",
    "employee": r"salaries?\b|employe\w*|personnes? (?:salariee?s?|employee?s?)",
    "m2": r"m2\b|m²|metres? carres?",
    "hectare": r"ha\b|hectares?",
    "month": r"mois\b",
    "day": r"jours?\b",
    "year": r"ans?\b|annees?",
    "percent": r"%|pour[- ]?cents?",
    "euro": r"€|euros?\b|eur\b",
    "screen": r"ecrans?\b|salles?\b",
    "town": r"communes?\b|villages?\b",
}
# What a percentage or a sum is a share of must be said in both: the words that tell it apart.
_ABOUT = {
    "percent": (
        r"charge|reste|autofinanc\w*|garde\w*",
        r"consomm\w*|energ\w*|econom\w*",
        r"aides? publiques?|cumul\w*",
    ),
    "euro": (r"chiffre d'affaires|\bca\b",),
    "month": (r"realis\w*|travaux|chantier|dur\w*|termin\w*",),
    "year": (r"exercice|existe\w*|cree\w*",),
    "town": (r"ensemble|group\w*|a plusieurs|avec d'autres",),
}
_BOUND = re.compile(
    rf"(?P<more>plus d[e'] ?|au moins |superieure? a |minimum (?:de )?)?(?P<less>moins d[e'] ?|inferieure? a |au plus |maximum (?:de )?)?{_VALUE}"
)
_ANY_QUANTITY = re.compile("|".join(_UNITS.values()))
_BETWEEN = rf"(?:entre {_VALUE}[^\d]{{0,20}}?et {_VALUE}|de {_VALUE}a {_VALUE})"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text, in its unit."""

    unit: str
    value: Range


def settles(question: str, message: str) -> bool | None:
    """Say whether a quantity stated in a message answers a question with a bound; None when it doesn't.

    Args:
        question: "Faut-il plus de 10 minutes de trajet…", "L’entreprise compte-t-elle moins de 10 salariés ?".
        message: what the person wrote.
    """
    asked, said = _folded(question), _folded(message)
    for bound in _quantities(asked):
        if bound.value.low == bound.value.high:
            continue
        if not _same_subject(bound.unit, asked, said):
            continue
        stated = [item.value for item in _quantities(said) if item.unit == bound.unit]
        verdicts = {compare(value, bound.value) for value in stated}
        if len(verdicts) == 1 and (verdict := verdicts.pop()) != "unknown":
            return verdict == "met"
    return None


def _same_subject(unit: str, asked: str, said: str) -> bool:
    """Whether both texts speak of the same quantity: a share of the cost isn't a share of the energy."""
    subjects = [pattern for pattern in _ABOUT.get(unit, ()) if re.search(pattern, asked)]
    if unit in _ABOUT and not subjects:
        return False
    return all(re.search(pattern, said) for pattern in subjects)


@lru_cache(maxsize=1024)
def _quantities(folded: str) -> tuple[Quantity, ...]:
    return tuple(_stated(folded)) if _ANY_QUANTITY.search(folded) else ()


def _stated(folded: str) -> Iterator[Quantity]:
    for unit, pattern in _UNITS.items():
        for match in re.finditer(rf"{_BETWEEN}(?:{pattern})", folded):
            low, low_factor, high, high_factor = match.groups()[:4] if match[1] else match.groups()[4:]
            yield Quantity(unit, Range(_number(low, low_factor), _number(high, high_factor)))
        for match in re.finditer(
            rf"{_BOUND.pattern}(?:{pattern})(?P<after> au (?:plus|moins)| maximum| minimum)?", folded
        ):
            yield Quantity(unit, _range(match))


def _range(match: re.Match[str]) -> Range:
    value = _number(match.group(3), match.group(4))
    after = (match["after"] or "").strip()
    more, less = match["more"] or "", match["less"] or ""
    if "au moins" in more or "minimum" in more or after in {"au moins", "minimum"}:
        return Range(value, inf)
    if more:
        return Range(value + 1e-9, inf)
    if "au plus" in less or "maximum" in less or after in {"au plus", "maximum"}:
        return Range(0, value)
    if less:
        return Range(0, value - 1e-9)
    return Range.exactly(value)


def _number(digits: str, factor: str | None) -> float:
    value = (
        float(_NUMBERS[digits])
        if digits in _NUMBERS
        else float(re.sub(r"[ \u00a0\u202f]", "", digits).replace(",", "."))
    )
    return value * _FACTORS.get(factor or "", 1.0)


def _folded(text: str) -> str:
    return fold(text).replace("m²", "m2")
