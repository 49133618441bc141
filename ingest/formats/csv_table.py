"""CSV: its separator found, a row a statement with the names of its columns."""

from __future__ import annotations

import csv
import io
from itertools import islice

from ingest.formats.parts import Page
from ingest.formats.sheet import MOST_ROWS, sheet_parts

_SAMPLE_CHARS = 20_000


def read_csv(text: str) -> Page:
    """Read a table written with semicolons, commas, tabs or bars.

    Raises:
        csv.Error: a field is larger than any table's.
    """
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:_SAMPLE_CHARS], ";,\t|")
    except csv.Error:
        dialect = csv.excel
    return Page(tuple(sheet_parts(islice(csv.reader(io.StringIO(text), dialect), MOST_ROWS))))
