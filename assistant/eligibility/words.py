"""The French words that several kinds of criteria share: numbers, spaces, names of lists."""

from __future__ import annotations

import re
from functools import lru_cache
from math import inf

from assistant.eligibility.facts import Range
from corpus.communes.commune import DEPARTMENTS, Commune, Epci
from corpus.labels import LIST_LABELS, TerritoryList

TO_CHECK = "À vérifier : vous seul pouvez le dire."
STATED_AS_A_WHOLE = {
    True: "Vous indiquez que cette condition est remplie.",
    False: "Vous indiquez que cette condition n’est pas remplie.",
}
_SPACES = tuple(
    (sign, sign.replace(" ", "\u00a0")) for sign in (" :", " ;", " ?", " »", "« ", " €", " %", " habitants")
)
NOT_ALL_MET = "Vous indiquez qu’au moins une des conditions restantes n’est pas remplie."


def number(value: float) -> str:
    """Write a number with French thousands: ``1 324``."""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return text.replace(",", "\u00a0").replace(".", ",")


@lru_cache(maxsize=1024)
def spaced(text: str) -> str:
    """Put the no-break spaces of our own sentences; what they quote of the corpus has them already."""
    for plain, unbroken in _SPACES:
        text = text.replace(plain, unbroken)
    return text


@lru_cache
def list_name(list_id: TerritoryList) -> str:
    """The name of a list as a sentence takes it, without its period: that would be a figure to source."""
    return re.sub(r",? phase \d+| \([\d\u2013-]+\)", "", LIST_LABELS[list_id])


def location_reason(commune: Commune) -> str:
    """Say where the commune is."""
    return spaced(f"{commune.name} est dans le département {DEPARTMENTS[commune.department]}.")


def body_reason(commune: Commune, body: Epci) -> str:
    """Say which intercommunal body the commune is in."""
    return spaced(f"{commune.name} est dans l’intercommunalité « {body.name} ».")


def range_words(known: Range) -> str:
    """Say a quantity: ``1 324``, ``moins de 2 000``, ``plus de 500``, ``environ 900``, ``1 000 à 2 000``."""
    if known.is_exact:
        return number(known.low)
    if known.low <= 0:
        return f"moins de {number(known.high + 1)}"
    if known.high == inf:
        return f"plus de {number(known.low - 1)}"
    middle = (known.low + known.high) / 2
    if known == Range.about(middle):
        return f"environ {number(middle)}"
    return f"{number(known.low)} à {number(known.high)}"
