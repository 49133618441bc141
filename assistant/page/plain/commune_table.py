"""A commune's schemes as a table for a spreadsheet, a row a scheme: CSV or OpenDocument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.page.plain import words
from assistant.page.plain.commune_sheet import Group
from assistant.page.plain.ods import ods
from assistant.page.plain.spreadsheet import spreadsheet
from corpus.communes.commune import Commune


def commune_csv(commune: Commune, groups: Sequence[Group], on: date, root: str) -> str:
    """Write the table as CSV.

    Args:
        commune: whom it's for.
        groups: its schemes, sorted.
        on: the day that it was computed.
        root: the whole address of the root of the site, with its last slash.
    """
    return spreadsheet(words.CSV_HEAD, _rows(commune, groups, on, root))


def commune_ods(commune: Commune, groups: Sequence[Group], on: date, root: str) -> bytes:
    """Write the same as an OpenDocument spreadsheet."""
    return ods(commune.label, words.CSV_HEAD, _rows(commune, groups, on, root))


def _rows(commune: Commune, groups: Sequence[Group], on: date, root: str) -> list[tuple[str, ...]]:
    return [
        (
            commune.label,
            commune.insee,
            row.name,
            row.funder,
            row.theme,
            group.title,
            row.amount,
            row.asked.text if row.asked else row.why,
            row.availability,
            f"{root}dispositifs/{row.id}?commune={commune.insee}",
            on.isoformat(),
        )
        for group in groups
        for row in group.rows
    ]
