"""CSV: its separator found, a row a statement with the names of its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from ingest.formats.parts import Page
from ingest.formats.sheet import MOST_ROWS, sheet_parts

_SAMPLE_CHARS = 20_000
_SEPARATORS = ";,\t|"


def read_csv(text: str) -> Page:
    """Read a table written with semicolons, commas, tabs or bars.

    Raises:
        csv.Error: a field is larger than any table's.
    """
    return Page(tuple(sheet_parts(islice(csv_rows(text), MOST_ROWS))))


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of such a table, its separator found.

    Raises:
        csv.Error: a field is larger than any table's.
    """
    try:
        separator = csv.Sniffer().sniff(text[:_SAMPLE_CHARS], _SEPARATORS).delimiter
    except csv.Error:
        separator = ","
    # Quotation marks are doubled wherever a spreadsheet writes some; what a sample shows of it is guessed.
    return csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
