"""Read the figures that a text states: rates, amounts, measures and counts, whatever way they're written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.french.figures import canonical

RATE, MONEY = "%", "€"
# A value with what is counted; None when the text names nothing that we know.
Reading = tuple[float, str | None]
_Measure = tuple[float, str | None]

_FACTORS = {"k": 1e3, "mille": 1e3, "millier": 1e3, "M": 1e6, "million": 1e6, "Md": 1e9, "milliard": 1e9}
_UNITS = {
    **{unit: unit for unit in ("%", "‰", "€", "km", "m", "m2", "m3", "ha", "kWc", "kW", "kWh", "MW", "MWh")},
    **{unit: unit for unit in ("habitant", "commune", "salarie", "mois", "an", "jour", "semaine")},
    "EUR": MONEY,
    "euro": MONEY,
    "hab": "habitant",
    "annee": "an",
    "metre": "m",
    "hectare": "ha",
    "h": "heure",
    "heure": "heure",
    "min": "minute",
    "mn": "minute",
    "minute": "minute",
}
# The first: a number spaced out, "3 0 %".
_NUMBER = r"\d(?: \d){1,14}(?! ?\d)|\d{1,3}(?:[ .'_\u066c]\d{3}){1,6}(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"k|K|mille|milliers?|M|[Mm]illions?|Mds?|[Mm]illiards?"
_UNIT = (
    r"EUR|[Ee]uros?|hab\.?|[Hh]abitants?|communes?|salariee?s?|mois|ans?|annees?|jours?|semaines?"
    r"|heures?|h|minutes?|min|mn|km|metres?|m2|m3|m|hectares?|ha|kWc|kWh|kW|MWh|MW"
)
_TOKEN = re.compile(
    rf"(?<!\w)(?P<fraction>\d+⁄\d+)(?!\w)"
    rf"|(?<!\w)(?P<number>{_NUMBER})"
    rf"(?: ?(?P<scale>{_SCALE})(?!\w))?(?: ?(?P<sign>[%‰€])| ?(?:d'|de )?(?P<unit>{_UNIT})(?!\w)|(?!\w))"
    r"|(?P<word>(?:(?<!\w)[^\W\d]++)?+\d\w*)"
)
# What parts the members of a range or of a list: "20 à 30 %", "2, 3 et 4 millions".
_RANGE = re.compile(r" ?(?:a|et|ou|puis|-|–|/) ?")
_LIST = re.compile(r" ?, ?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written, with what it may mean: 20 in "20 à 30 %" is a rate, as 30 is."""

    text: str
    readings: frozenset[Reading]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a text, and its words that hold digits ("rev3", "2e", "14h30")."""

    figures: tuple[Figure, ...]
    words: frozenset[str]


def read_figures(plain: str) -> Figures:
    """Find the figures of a text; every digit of it belongs to one of them or to a word.

    Args:
        plain: a text as :func:`assistant.reading.french.plain_text.plain_text` gives it, numbers in digits, dates out.
    """
    found: list[Figure] = []
    words: set[str] = set()
    chain: _Measure | None = None
    start_of_next = len(plain)
    for match in reversed(list(_TOKEN.finditer(plain))):
        own = _measure(match)
        between = plain[match.end() : start_of_next] if chain and not own else ""
        joint = next((kind for kind in (_RANGE, _LIST) if between and kind.fullmatch(between)), None)
        if match["number"]:
            found.append(Figure(match.group().strip(), _readings(match["number"], own, chain, joint)))
        else:
            words.add(match.group().lower())
        chain = own or (chain if joint else None)
        start_of_next = match.start()
    return Figures(tuple(reversed(found)), frozenset(words))


def _measure(match: re.Match[str]) -> _Measure | None:
    scale, unit = match["scale"] or "", match["sign"] or match["unit"] or ""
    if not scale and not unit:
        return None
    factor = _FACTORS.get(scale) or _FACTORS.get(scale.lower().rstrip("s")) or 1.0
    return factor, _UNITS.get(unit) or _UNITS.get(_singular(unit))


def _readings(
    number: str, own: _Measure | None, chain: _Measure | None, joint: re.Pattern[str] | None
) -> frozenset[Reading]:
    value = float(re.sub(r"[ '_\u066c]|\.(?=\d{3}(?!\d))", "", number).replace(",", "."))
    factor, unit = own or (1.0, None)
    readings: set[Reading] = {(canonical(value * factor), unit)}
    if chain and joint:
        scaled: set[Reading] = {(canonical(value * chain[0]), chain[1]), (value, chain[1])}
        readings = scaled if joint is _RANGE else scaled | readings
    return frozenset(readings)


def _singular(unit: str) -> str:
    lower = unit.lower().rstrip(".")
    return {"salariee": "salarie", "salariees": "salarie"}.get(lower, lower.removesuffix("s"))
