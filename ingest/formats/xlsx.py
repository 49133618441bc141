"""XLSX: the values of its sheets as they're shown; formulas and macros aren't run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from ingest.formats.parts import Heading, Page, Part
from ingest.formats.sheet import MOST_COLUMNS, MOST_ROWS, sheet_parts
from ingest.formats.zipped import opened

_NO_NAMES = ("feuil", "sheet", "tabelle")


def read_xlsx(path: Path, raw: bytes) -> Page:
    """Read the sheets that are shown, in order.

    Raises:
        LoadError: the file is damaged, protected, or made to fill a memory.
    """
    with opened(path, raw):
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        about = book.properties
        made = about.created.date().isoformat() if about.created else None
        parts = tuple(part for sheet in book.worksheets for part in _sheet(sheet))
        title = about.title
        book.close()
    return Page(parts, title=title or None, made=made)


def _sheet(sheet: Any) -> Iterator[Part]:
    if sheet.sheet_state != "visible":
        return
    if not sheet.title.lower().startswith(_NO_NAMES):
        yield Heading(sheet.title, 2)
    rows = islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS)
    yield from sheet_parts([_shown(cell) for cell in row] for row in rows)


def _shown(cell: Any) -> str:
    """A value as French readers see it: « 40 % », « 12 000 € », « 30/09/2025 », « oui »."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (datetime, date)):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, (int, float)):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value: float, form: str) -> str:
    if "%" in form:
        return f"{round(value * 100, 4):g}".replace(".", ",") + "\u00a0%"
    text = f"{value:,.2f}" if value != int(value) else f"{int(value):,}"
    text = text.replace(",", "\u00a0" if "#" in form or "€" in form else "").replace(".", ",")
    return f"{text}\u00a0€" if "€" in form else text
