"""A table as a file for spreadsheets, in which no cell is a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

MEDIA_TYPE = "text/csv; charset=utf-8"
# What a spreadsheet reads as the start of a formula, the wide forms of some programs included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BYTE_ORDER_MARK = "\ufeff"


def spreadsheet(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table: semicolons between cells, as French spreadsheets open it.

    Args:
        head: the names of its columns.
        rows: its cells, as many in each row.
    """
    table = StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return _BYTE_ORDER_MARK + table.getvalue()


def harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it, never computes it: an apostrophe goes before what could be one."""
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell
