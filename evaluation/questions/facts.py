"""Normalised facts (amounts, rates, dates, counts, names) and whether a French text states them."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from corpus.french.dates import MONTHS
from corpus.french.figures import canonical, figure_values
from corpus.french.folding import fold, words

Kind = Literal["amount", "rate", "date", "number", "name"]
_KINDS = ("amount", "rate", "date", "number", "name")
_TEXTS = frozenset({"date", "name"})
_NBSP = "\u00a0"
# A name in capitals of as many letters at most is an acronym, found as a whole word only.
_ACRONYM_LETTERS = 4
_ISO = re.compile(r"(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_SMALL = (
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt"),
)
_NUMBER_WORDS = {word: float(value) for value, word in enumerate(_SMALL)} | {"une": 1.0, "trente": 30.0}
_FOLDED_MONTHS = [fold(month) for month in MONTHS]
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})\b")
_WRITTEN_DATE = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}})(?:er)?\s+)?\b(?P<month>{'|'.join(_FOLDED_MONTHS)})\b(?:\s+(?P<year>(?:19|20)\d{{2}}))?"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


class Fact(BaseModel):
    """One thing that a text states or not; any one of its values is enough.

    Written ``{rate: 30}`` or ``{name: [préfecture, DETR]}``. An amount is in euros, a rate in per
    cent, a date in ISO form as precise as meant (``2026``, ``2026-01``, ``2026-01-28``), a number is
    a bare count, a name is compared without accents and case: an acronym of four letters or fewer as a
    whole word, any other name from the start of a word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    values: tuple[str | float, ...]

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, data: object) -> object:
        if not isinstance(data, dict):
            return data
        if "kind" in data:
            kind, values = data["kind"], data.get("values")
            if not isinstance(values, list | tuple):
                return data
            return data | {"values": [_written(value, kind) for value in values]}
        if len(data) != 1 or next(iter(data)) not in _KINDS:
            raise ValueError(f"un fait s’écrit avec une seule clé parmi {', '.join(_KINDS)}")
        kind, value = next(iter(data.items()))
        values = value if isinstance(value, list) else [value]
        return {"kind": kind, "values": [_written(v, kind) for v in values]}

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        if not self.values:
            raise ValueError("un fait a besoin d’au moins une valeur")
        for value in self.values:
            if self.kind == "date" and not _is_date(str(value)):
                raise ValueError(f"« {value} » n’est pas une date comme 2026-01-28, 2026-01 ou 2026")
            if self.kind == "name" and not words(str(value)):
                raise ValueError("un nom vide ne se cherche pas : il lui faut une lettre ou un chiffre")
            if self.kind not in _TEXTS and (isinstance(value, str) or not math.isfinite(value)):
                raise ValueError(f"« {value} » n’est pas un nombre")
        return self

    def __str__(self) -> str:
        """The fact as a reader of a report wants it: ``30 %``, ``1 500 000 €``."""
        unit = {"amount": f"{_NBSP}€", "rate": f"{_NBSP}%"}.get(self.kind, "")
        return " ou ".join((v if isinstance(v, str) else _in_french(v)) + unit for v in self.values)

    def shares_value(self, other: Fact) -> bool:
        """Whether both are of one kind and a text that states one value would state it for both."""
        return self.kind == other.kind and not self._comparable().isdisjoint(other._comparable())

    def _comparable(self) -> set[str | float]:
        if self.kind == "name":
            return {" ".join(words(str(value))) for value in self.values}
        return {value if isinstance(value, str) else canonical(value) for value in self.values}


def states(text: str, fact: Fact) -> bool:
    """Whether a text states a fact, by any of its values."""
    match fact.kind:
        case "name":
            found = f" {' '.join(words(text))} "
            return any(_names(found, str(value)) for value in fact.values)
        case "date":
            known = dates(text)
            return any(written.startswith(str(value)) for value in fact.values for written in known)
        case "rate":
            return any(canonical(float(value) / 100) in figure_values(text) for value in fact.values)
        case "amount" | "number":
            known_values = figure_values(text) | _spelled_numbers(text)
            return any(canonical(float(value)) in known_values for value in fact.values)


def dates(text: str) -> frozenset[str]:
    """Every date of a text in ISO form, as precise as written.

    A day and month without a year takes the next year written: "du 20 octobre au 28 janvier 2026"
    gives ``2026-10-20`` too, which a reader of the source must mend, so a source writes both years.
    """
    found = {f"{y}-{int(m):02d}-{int(d):02d}" for d, m, y in _NUMERIC_DATE.findall(text)}
    folded = fold(text)
    for match in _WRITTEN_DATE.finditer(folded):
        year = match["year"]
        if year is None:
            following = _YEAR.search(folded, match.end())
            if following is None:
                continue
            year = following.group()
        month = f"{year}-{_FOLDED_MONTHS.index(match['month']) + 1:02d}"
        found.add(f"{month}-{int(match['day']):02d}" if match["day"] else month)
    return frozenset(found | set(_YEAR.findall(text)))


def _names(found: str, name: str) -> bool:
    """Whether folded words, each between spaces, hold a name; an acronym may take a plural s."""
    folded = " ".join(words(name))
    if name.isupper() and sum(letter.isalpha() for letter in name) <= _ACRONYM_LETTERS:
        return f" {folded} " in found or f" {folded}s " in found
    return f" {folded}" in found


def _written(value: object, kind: object) -> object:
    """A value as it's kept: what YAML read as a number stays the text that a date or a name needs."""
    if value is None or isinstance(value, bool | dict | list):
        raise ValueError(
            "une valeur est vide ou n’est ni un texte ni un nombre (« oui » veut des guillemets)"
        )
    return str(value) if kind in _TEXTS else value


def _is_date(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _in_french(value: float) -> str:
    whole, _, decimals = f"{value:,.6f}".partition(".")
    decimals = decimals.rstrip("0")
    return whole.replace(",", _NBSP) + (f",{decimals}" if decimals else "")


def _spelled_numbers(text: str) -> frozenset[float]:
    return frozenset(
        _NUMBER_WORDS[word] for word in re.findall(r"[a-z-]+", fold(text)) if word in _NUMBER_WORDS
    )
