"""What the plain page of a fiche says, line by line: its title and body, and its rules and dates as tables.

The numbers of the sources are left out, as a website has none. Nothing else of the front matter is told:
a table writes what the fiche's typed rates and windows say, one row a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.fiches.fiche import Fiche
from corpus.fiches.scheme import Funding, Window
from corpus.french.dates import french_date

AMOUNTS, DATES = "Montant", "Calendrier"
_TITLES = {AMOUNTS: "Taux et plafonds", DATES: "Dates de dépôt"}
_NONE = "–"
_PER = {
    "commune": "commune",
    "plant": "plant",
    "year": "an",
    "place": "place",
    "square_metre": "m²",
    "hectare": "hectare",
    "kilometre": "km",
}


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page.

    Attributes:
        kind: what it is; a table's head and rows follow one another.
        cells: its text; of a row of a table, a text a cell.
        section: the section of the fiche that it stands for; empty for the title.
        level: of a heading, from 1 for the title; 0 for any other line.
    """

    kind: Literal["heading", "item", "paragraph", "head", "row"]
    cells: tuple[str, ...]
    section: str
    level: int = 0

    @property
    def text(self) -> str:
        """Its text, the cells of a row one after the other."""
        return " ".join(self.cells)


def lines_of(fiche: Fiche, *, with_tables: bool) -> tuple[PageLine, ...]:
    """The lines of the page of a fiche.

    Args:
        fiche: the fiche.
        with_tables: whether its rates and windows stand in tables, each at the end of the section where they
            belong; under a heading of their own where the fiche has no such section.
    """
    tables = dict(_tables(fiche)) if with_tables else {}
    lines = [PageLine("heading", (fiche.scheme.name,), "", 1)]
    for section in fiche.sections:
        lines.append(PageLine("heading", (section.title,), section.title, 2))
        lines += (
            PageLine("item" if block.is_item else "paragraph", (block.text,), section.title)
            for block in section.blocks
        )
        lines += _table(section.title, tables.pop(section.title, []), 3)
    for name, rows in tables.items():
        lines += _table(name, rows, 2)
    return tuple(lines)


def _table(section: str, rows: Sequence[tuple[str, ...]], level: int) -> Iterator[PageLine]:
    if rows:
        yield PageLine("heading", (_TITLES[section],), section, level)
        yield PageLine("head", rows[0], section)
        yield from (PageLine("row", row, section) for row in rows[1:])


def _tables(fiche: Fiche) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The head and the rows of each table, by the section where it belongs."""
    scheme = fiche.scheme
    if scheme.funding:
        rows = [_rule(funding, scheme.label) for funding in scheme.funding]
        yield AMOUNTS, _filled(("Aide", "Taux", "Aide au plus", "Dépense", "Enveloppe", "Période"), rows)
    if scheme.windows:
        rows = [_window(window, scheme.label) for window in scheme.windows]
        yield DATES, _filled(("Dépôt", "Ouverture", "Clôture"), rows)


def _filled(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The table without the columns that say nothing."""
    kept = [place for place in range(len(head)) if any(row[place] for row in rows)]
    return [tuple(row[place] or _NONE for place in kept) for row in (head, *rows)]


def _rule(funding: Funding, label: str) -> tuple[str, ...]:
    per = f" par {_PER[funding.per]}" if funding.per in _PER else ""
    most = _between(funding.amount_min, funding.amount_max, _euros)
    return (
        funding.label or label,
        _between(funding.rate_min, funding.rate_max, _percent),
        f"{most}{per}" if most else "",
        _between(funding.expense_min, funding.expense_max, _euros),
        _euros(funding.envelope) if funding.envelope else "",
        _period(funding.valid_from, funding.valid_until),
    )


def _window(window: Window, label: str) -> tuple[str, ...]:
    opens, closes = (day.isoformat() if day else "" for day in (window.opens, window.closes))
    return (window.label or label, french_date(opens), french_date(closes))


def _period(first: object, last: object) -> str:
    begun, ended = (french_date(str(day)) if day is not None else "" for day in (first, last))
    if begun and ended and begun != ended:
        return f"de {begun} à {ended}"
    return begun if begun == ended or not ended else f"jusqu’à {ended}"


def _between(low: float | None, high: float | None, written: Callable[[float], str]) -> str:
    if low is not None and high is not None and low != high:
        return f"de {written(low)} à {written(high)}"
    if high is not None:
        return f"jusqu’à {written(high)}" if low is None else written(high)
    return f"au moins {written(low)}" if low is not None else ""


def _percent(rate: float) -> str:
    return f"{rate * 100:.4g}".replace(".", ",") + "\u00a0%"


def _euros(amount: float) -> str:
    whole, _, decimals = f"{amount:,.2f}".partition(".")
    cents = f",{decimals}" if decimals.strip("0") else ""
    return whole.replace(",", "\u00a0") + f"{cents}\u00a0€"
