"""A commune's schemes as a table for a spreadsheet, in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from assistant.page.plain import words
from assistant.page.plain.commune_sheet import Group
from corpus.communes.commune import Commune

MEDIA_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet reads as the start of a formula, the wide forms of some programs included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"


def commune_csv(commune: Commune, groups: Sequence[Group], on: date, root: str) -> str:
    """Write the table: a row a scheme, semicolons between cells, as French spreadsheets open it.

    Args:
        commune: whom it's for.
        groups: its schemes, sorted.
        on: the day that it was computed.
        root: the whole address of the root of the site, with its last slash.
    """
    table = StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(words.CSV_HEAD)
    for group in groups:
        for row in group.rows:
            cells = (
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
            writer.writerow([harmless(cell) for cell in cells])
    return _BYTE_ORDER_MARK + table.getvalue()


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it, never computes it: an apostrophe goes before what could be one."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
