"""Rows of a sheet as parts: titles above tables, then rows with the names of their columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ingest.formats.line_forms import is_unfinished, item_form, told_lines
from ingest.formats.parts import Heading, Item, Paragraph, Part, Row
from ingest.formats.table_rows import head_of, heads_in

MOST_ROWS, MOST_COLUMNS = 50_000, 200


def sheet_parts(rows: Iterable[Sequence[str]]) -> Iterator[Part]:
    """Cut a sheet at its empty rows into tables; a row of one cell is text."""
    table: list[list[str]] = []
    is_first = True
    for row in rows:
        cells = [cell.strip() for cell in row[:MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if is_first and sum(map(bool, cells)) == 1 and is_unfinished(text := "".join(cells)):
            yield Heading(text, 1)
            is_first = False
        elif cells:
            is_first = False
            table.append(cells)
        else:
            yield from _table(table)
            table = []
    yield from _table(table)


def table_parts(
    rows: Sequence[Sequence[str]], *, has_head: bool = False, head: tuple[str, ...] = ()
) -> Iterator[Part]:
    """The rows of a table, with the names of its columns when the first row gives them.

    Otherwise ``head`` names them, of the table that this one goes on, if it has as many.
    """
    width = max((len(row) for row in rows), default=0)
    even = [[*row, *[""] * (width - len(row))] for row in rows]
    if not even or width < 2:
        yield from (part for row in even if row for part in _texts(row[0]))
        return
    heads = heads_in(even, has_head=has_head)
    if heads:
        head = head_of(even[:heads], width)
    elif len(head) != width:
        head = ("",) * width
    yield from (Row(head, tuple(row)) for row in even[heads:] if any(row))


def _table(rows: list[list[str]]) -> Iterator[Part]:
    start = 0
    while start < len(rows) and sum(map(bool, rows[start])) == 1:
        yield from _texts(next(cell for cell in rows[start] if cell))
        start += 1
    yield from table_parts(rows[start:], has_head=_has_head(rows[start:]))


def _texts(cell: str) -> Iterator[Part]:
    """The paragraphs and items of a cell that stands alone."""
    for line in told_lines(cell):
        form = item_form(line)
        if form and form.is_sure:
            yield Item(line[form.start :], 0, form.mark, form.number)
        else:
            yield Paragraph(line)


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """A sheet's first row names its columns when all of them have a name, without a figure, once each."""
    if len(rows) < 2:
        return False
    first, width = rows[0], max(len(row) for row in rows)
    plain = all(cell and not any(char.isdigit() for char in cell) for cell in first)
    return plain and len(first) == width and len(set(first)) == width and width > 2
