"""What a text states that can be held against its sources: figures, dates, places, names of schemes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.reading.french.dates import Day, read_dates
from assistant.reading.french.figures import MONEY, RATE, Figure, Reading, read_figures
from assistant.reading.french.numbers import in_digits
from assistant.reading.french.plain_text import plain_text
from assistant.reading.french.quantities import Unit, read_quantities
from assistant.reading.names import SchemeNames
from corpus.fiches.scheme import Scheme
from corpus.french.figures import canonical
from corpus.french.folding import fold, words
from corpus.places.named import PlaceNames

_KEPT = 8192
_METRES = 1000
_ROMAN = re.compile(
    r"\b(?:(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?:e|er|eme)?\b(?!')|[IVX](?:e|er|eme)?\b(?!['.]))"
)
# Shares, ordinals and round numbers in letters; "tiers-lieu" is no share.
_WORDED = re.compile(
    r"\b(?:moities?|demie?s?|quarts?|doubles?|triples?|quadruples?|(?:un|2|le|du|au) tiers(?![ -]lieu)"
    r"|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?"
    r"|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|cent)iemes?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«([^«»]+)»")


@dataclass(frozen=True, slots=True)
class Claims:
    """What one text states, its schemes aside.

    Attributes:
        figures: its figures, each with what it may mean.
        days: its dates, each with the words that state it.
        completed: its dates without a year, with the year that follows them.
        words: words that hold a figure: "rev3", "XIXe", "moitié".
        places: keys of the places it names.
    """

    figures: tuple[Figure, ...]
    days: dict[Day, str]
    completed: frozenset[Day]
    words: frozenset[str]
    places: frozenset[str]


def _typed(text: str) -> Iterator[Figure]:
    """The quantities of a text that people type, in the writings that only the reader of messages knows."""
    folded = fold(text)
    for item in read_quantities(folded):
        values = {canonical(item.value), canonical(item.high)}
        if item.unit is Unit.METRE:  # "800 m" are the 0,8 km that a ceiling is counted by
            values.add(canonical(item.value / _METRES))
        yield Figure(folded[item.start : item.end], frozenset[Reading]((value, None) for value in values))


class ClaimReader:
    """Reads the claims of texts; sentences met before, those of the fiches, are read once."""

    def __init__(self, schemes: Iterable[Scheme], names: SchemeNames, places: PlaceNames) -> None:
        """Read with these names.

        Args:
            schemes: the schemes, whose titles between guillemets are names too.
            names: finds the schemes that a text names.
            places: finds the places that a text names.
        """
        self._names = names
        self._places = places
        self._titles = {_key(name): s.id for s in schemes for name in (*s.aliases, *s.names)}
        self.read = lru_cache(maxsize=_KEPT)(self.read_once)
        self.schemes = lru_cache(maxsize=_KEPT)(self._schemes)
        self.schemes_said = lru_cache(maxsize=_KEPT)(self._schemes_said)

    def read_once(self, text: str, *, any_case: bool = False) -> Claims:
        """Read a text and keep nothing of it.

        Args:
            text: the text.
            any_case: whether it's as people type: places without their capital, "un millier", "2500h".
        """
        plain = plain_text(text)
        dates = read_dates(in_digits(plain))
        figures = read_figures(dates.rest)
        other = {word.lower() for word in (*_ROMAN.findall(plain), *_WORDED.findall(dates.rest)) if word}
        return Claims(
            figures=(*figures.figures, *(_typed(text) if any_case else ())),
            days=dates.written,
            completed=dates.completed,
            words=figures.words | other,
            places=self._places.read(text, any_case=any_case),
        )

    def _schemes(self, text: str) -> frozenset[str]:
        """The schemes that a text surely names: by a full name, an acronym, or as a title."""
        return self._names.firm(text) | self._titled(text)

    def _schemes_said(self, text: str) -> frozenset[str]:
        """The schemes that a text names, be it by ordinary words."""
        return frozenset(self._names.find(text)) | self._titled(text)

    def _titled(self, text: str) -> frozenset[str]:
        """The schemes named between guillemets, or by the whole text: an item of a list, a cell."""
        titles = (*_QUOTED.findall(text), text)
        return frozenset(self._titles[key] for title in titles if (key := _key(title)) in self._titles)


class Support:
    """What lines may state: the claims of passages, or of the user's words."""

    def __init__(self, claims: Iterable[Claims], *, any_unit: bool = False) -> None:
        """Gather claims.

        Args:
            claims: of the texts that support.
            any_unit: whether a figure may take another unit: "dix mille" of the user, "10 000 €" of ours.
        """
        held = list(claims)
        self._any_unit = any_unit
        self._readings = {reading for item in held for figure in item.figures for reading in figure.readings}
        self._days = {day for item in held for day in (*item.days, *item.completed)}
        years = {float(day.year) for day in self._days if day.year is not None}
        counts = {value for value, unit in self._readings if any_unit or unit not in {RATE, MONEY}}
        self._counts = counts | years
        self._words = {word for item in held for word in item.words}
        self._places = {place for item in held for place in item.places}

    def lacks(self, claims: Claims) -> set[str]:
        """Return what the claims state that isn't here, as the text writes it; places by their key."""
        figures = {figure.text for figure in claims.figures if not any(map(self._holds, figure.readings))}
        days = {
            text for day, text in claims.days.items() if not any(known.covers(day) for known in self._days)
        }
        return figures | days | (claims.words - self._words) | (claims.places - self._places)

    def _holds(self, reading: Reading) -> bool:
        value, unit = reading
        if unit is None or self._any_unit:
            return value in self._counts
        return reading in self._readings


def _key(title: str) -> str:
    return " ".join(words(title))
