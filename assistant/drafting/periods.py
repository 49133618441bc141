"""Periods in which requests are taken, from the sentences that speak of requests; other dates are doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import Unit, plain
from corpus.french.dates import MONTHS
from corpus.french.figures import figure_values


@dataclass(frozen=True)
class Period:
    """A period; one end at least is known."""

    opens: date | None = None
    closes: date | None = None


_MONTH = "|".join(plain(month) for month in MONTHS)
_DAY = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    rf"(?:(?P<{{0}}d>\d{{{{1,2}}}})(?:er)? (?P<{{0}}m>{_MONTH})(?: (?P<{{0}}y>20\d\d))?"
    r"|(?P<{0}nd>\d{{1,2}})[/.](?P<{0}nm>\d{{1,2}})(?:[/.](?P<{0}ny>20\d\d))?)\b"
)
_RANGE = re.compile(
    r"\b(?:du|entre le|a partir du|a compter du|des le) "
    + _DAY.format("a")
    + r"(?: (?:inclus|minuit))?,? (?:au|et le|jusqu'au) "
    + _DAY.format("b")
)
_CLOSES = re.compile(
    r"\b(?:jusqu'au|avant le|au plus tard le|date limite[^.;\d]{0,40}|cloture[^.;\d]{0,25}|clos\w{0,2} le|echeance[^.;\d]{0,20}) ?(?:au |le |: )?"
    + _DAY.format("b")
)
_OPENS = re.compile(
    r"\b(?:a partir du|a compter du|des le|ouv\w{2,6}[^.;\d]{0,25}) ?(?:le |: )?" + _DAY.format("a")
)
_OF_REQUESTS = re.compile(
    r"\bdepo\w{1,6}|\bdossiers?\b|\bdemandes?\b|\bcandidat\w{1,6}|\bappels?\b|\bcampagnes?\b|\binscri\w{2,7}|\bguichet\b|\breception\b"
)
_OF_WORKS = re.compile(
    r"\btravaux\b|\bacheve\w{0,5}|\brealis\w{1,7}|\bfactures?\b|\bsold\w{1,3}\b|\bconvention\b|\brenouvel\w{1,7}|\bcommenc\w{1,5} avant\b|\brepouss\w{1,3}|\breport\w{1,3}\b"
)
_CALENDAR = re.compile(
    r"\bcalendrier\b|\bdates?\b|\bdepots?\b|\bdemandes?\b|\bcandidat\w{1,6}|\bquand\b|\bdelais?\b|\bperiodes?\b"
)


def periods_in(unit: Unit) -> Iterator[Found[Period] | Doubt]:
    """The periods of requests that a unit states."""
    folded = (
        f"{unit.lead} : {unit.folded}" if unit.lead and not unit.folded.startswith(unit.lead) else unit.folded
    )
    period = _period(folded)
    if period is None:
        return
    heading = plain(unit.statement.heading)
    under = _CALENDAR.search(heading) is not None and period.opens is not None and period.closes is not None
    if not (_OF_REQUESTS.search(folded) or _OF_REQUESTS.search(heading) or under) or _OF_WORKS.search(folded):
        yield Doubt("une date dont le document ne dit pas qu’elle limite le dépôt", unit.statement)
    elif period.opens and period.closes and period.opens > period.closes:
        yield Doubt("deux dates qui ne se suivent pas", unit.statement)
    elif all(_stands(day, unit) for day in (period.opens, period.closes) if day is not None):
        yield Found(period, unit.statement)
    else:
        yield Doubt("une date écrite d’une façon que la fiche ne relit pas", unit.statement)


def _period(folded: str) -> Period | None:
    if match := _RANGE.search(folded):
        closes = _day(match, "b", None)
        opens = _day(match, "a", closes.year if closes else None)
        return Period(opens, closes) if opens and closes else None
    closing, opening = _CLOSES.search(folded), _OPENS.search(folded)
    closes = _day(closing, "b", None) if closing else None
    opens = _day(opening, "a", closes.year if closes else None) if opening else None
    return Period(opens, closes) if opens or closes else None


def _day(match: re.Match[str], which: str, year: int | None) -> date | None:
    """The day of a match; the year of the other end where it tells none."""
    day = match[f"{which}d"] or match[f"{which}nd"]
    month = match[f"{which}m"]
    number = _MONTH.split("|").index(month) + 1 if month else int(match[f"{which}nm"])
    told = match[f"{which}y"] or match[f"{which}ny"]
    if not told and year is None:
        return None
    try:
        return date(int(told or year or 0), number, int(day))
    except ValueError:
        return None


def _stands(day: date, unit: Unit) -> bool:
    told = figure_values(unit.statement.text)
    return float(day.day) in told and float(day.year) in told
