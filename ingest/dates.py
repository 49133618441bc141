"""Find when a page was published and updated, from what the page itself states."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.french.dates import MONTHS

_DATE = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s++)?"
    r"(?:(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    rf"|(?P<nd>\d{{1,2}})(?:er)?\s++(?P<nm>{'|'.join(MONTHS)}|fevrier|aout|decembre)\s++(?P<ny>\d{{4}}))"
)
_PUBLISHED = re.compile(
    r"(?:publi(?:ée?s?|cation)|mis\w{0,20} en ligne|paru\w{0,20}|date de publication)\s*+(?:le\s*+|:\s*+)?"
    + _DATE,
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:mis\w{0,20} à jour|actualis\w{1,20}|modifi\w{1,20}|dernière (?:mise à jour|modification))"
    r"\s*+(?:le\s*+|:\s*+)?" + _DATE,
    re.IGNORECASE,
)
_ANY = re.compile(r"(?<!\d)" + _DATE + r"(?!\d)", re.IGNORECASE)
# A statement once read isn't read in another way: several follow one another on a line.
_ONLY_DATES = re.compile(
    r"^\W*+(?>(?:article|page|fiche|actualité|communiqué)?+\W*+"
    r"(?:publi\w{1,20}|mis\w{0,20}|paru\w{0,20}|date de publication|mise|actualis\w{1,20}"
    r"|modifi\w{1,20}|dernière)[^.\d]{0,40}" + re.sub(r"\?P<\w+>", "?:", _DATE) + r"\W*+)++$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageDates:
    """ISO dates stated by a page; None where it states none."""

    published: str | None = None
    updated: str | None = None


NO_DATES = PageDates()


def find_dates(text: str) -> PageDates:
    """Read « publié le » and « mis à jour le » in a text; the first of each counts.

    An impossible date (31/02) is passed over.
    """
    return PageDates(published=_first(_PUBLISHED, text), updated=_first(_UPDATED, text))


def strip_date_lines(text: str) -> str:
    """Drop the lines that hold nothing but a date of publication or update."""
    return "\n".join(line for line in text.split("\n") if not is_date_line(line))


def is_date_line(line: str) -> bool:
    """Whether a line holds nothing but dates of publication or update."""
    return _ONLY_DATES.match(line) is not None


def date_in(text: str) -> str | None:
    """The ISO date that a text gives, however it's written; None when it gives none."""
    return _first(_ANY, text)


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    for match in pattern.finditer(text):
        iso = _iso(match)
        if iso:
            return iso
    return None


def _iso(match: re.Match[str]) -> str | None:
    if match["nm"]:
        name = match["nm"].lower().replace("fevrier", "février")
        name = name.replace("aout", "août").replace("decembre", "décembre")
        parts = (match["ny"], MONTHS.index(name) + 1, match["nd"])
    elif match["iy"]:
        parts = (match["iy"], int(match["im"]), match["id"])
    else:
        parts = (match["y"], int(match["m"]), match["d"])
    try:
        return date(int(parts[0]), parts[1], int(parts[2])).isoformat()
    except ValueError:
        return None
