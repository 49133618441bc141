"""Read the dates that a text states, worded or in figures, each as precisely as it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.reading.french.plain_text import plain_text
from corpus.french.dates import MONTHS
from corpus.french.folding import fold

_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_MONTHS |= {"janv": 1, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?:\d{1,2}(?:er)?|premier)"
_YEAR = r"(?:19|20)\d{2}(?!\d)"
_DATE = re.compile(
    rf"(?<!\d)(?P<iso>{_YEAR}-(?:0[1-9]|1[0-2])(?:-\d{{2}})?)(?![\d-])"
    rf"|(?<![\d/.-])(?P<numeric>\d{{1,2}}(?P<mark>[/.-])\d{{1,2}}(?P=mark)(?:{_YEAR}|\d{{2}}(?!\d)))"
    rf"|(?<![\d/])(?P<short>(?:0?[1-9]|1[0-2])/{_YEAR})"
    rf"|(?:(?<![\d.,])(?P<days>(?:{_DAY} ?(?:au|a|et|ou|puis|-|–|,) ?(?:le )?){{0,8}}{_DAY}) )?\b{_MONTH}(?: (?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
# What every date holds: most sentences have none, and are told so fast.
_STARTS = tuple(sorted({name[:3] for name in _MONTHS}))
_IN_FIGURES = re.compile(r"\d[/.-]\d")
_FOUR_DIGITS = re.compile(rf"(?<!\d){_YEAR}")
_CENTURY = 2000


class Day(NamedTuple):
    """A date as precisely as written: ``mars 2024`` has no day, ``le 3 avril`` no year."""

    day: int | None
    month: int
    year: int | None

    def covers(self, other: Day) -> bool:
        """Whether this date says all that another says."""
        return self.month == other.month and all(
            theirs is None or mine == theirs
            for mine, theirs in ((self.day, other.day), (self.year, other.year))
        )


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a text.

    Attributes:
        written: each date, with the words that state it.
        completed: those without a year, with the next year written: "du 3 avril au 30 juin 2023".
        rest: the text without them.
    """

    written: dict[Day, str]
    completed: frozenset[Day]
    rest: str


def read_dates(plain: str) -> Dates:
    """Find the dates of a text.

    Args:
        plain: a text as :func:`assistant.reading.french.plain_text.plain_text` gives it, numbers in digits.
    """
    lower = plain.lower()
    if not any(start in lower for start in _STARTS) and not _IN_FIGURES.search(plain):
        return Dates({}, frozenset(), plain)
    written: dict[Day, str] = {}
    completed: set[Day] = set()
    for match in _DATE.finditer(plain):
        for day in _days(match):
            written.setdefault(day, match.group().strip())
            following = _FOUR_DIGITS.search(plain, match.end()) if day.year is None else None
            if following is not None:
                completed.add(day._replace(year=int(following.group())))
    return Dates(written, frozenset(completed), _DATE.sub(" | ", plain))


@lru_cache(maxsize=8192)
def stated_dates(text: str) -> frozenset[str]:
    """Return the months and years that a text states, as ``2023-07`` or ``2023``; a month hides its year."""
    dates = read_dates(plain_text(text))
    months = {f"{day.year}-{day.month:02d}" for day in dates.written if day.year is not None}
    return frozenset(months | set(_FOUR_DIGITS.findall(dates.rest)))


def states_a_day(text: str) -> bool:
    """Whether a text states a date to the day."""
    return any(day.day is not None for day in read_dates(plain_text(text)).written)


def _days(match: re.Match[str]) -> list[Day]:
    if match["iso"]:
        year, month, *day = map(int, match["iso"].split("-"))
        return [Day(day[0] if day else None, month, year)]
    if match["numeric"]:
        first, month, year = map(int, match["numeric"].split(match["mark"]))
        return [Day(first, month, year if year > 99 else _CENTURY + year)]
    if match["short"]:
        month, year = map(int, match["short"].split("/"))
        return [Day(None, month, year)]
    month = _MONTHS[match["month"].lower()]
    named = int(match["year"]) if match["year"] else None
    if not match["days"]:
        return [Day(None, month, named)]
    numbers = re.findall(r"\d+|premier", match["days"], re.IGNORECASE)
    return [Day(int(number) if number.isdigit() else 1, month, named) for number in numbers]
