"""Tables of an HTML page: rows with the names of their columns; a cell that spans is repeated."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from ingest.clean import fold_spaces
from ingest.formats.parts import Row
from ingest.formats.table_rows import head_of, heads_in

_MOST_COLUMNS = 60
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells by row, and how many of the first rows name the columns."""

    rows: list[list[str]]
    heads: int


def is_layout(table: html.HtmlElement) -> bool:
    """Whether a table only lays out the page: it holds another, or has no row of two cells."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return True
    return not any(len(row.findall("td")) + len(row.findall("th")) > 1 for row in table.iter("tr"))


def table_rows(table: html.HtmlElement) -> list[Row]:
    """The rows of a table, each with the names of its columns where the table has some."""
    grid = _grid(table)
    if not grid.rows:
        return []
    width = max(len(row) for row in grid.rows)
    rows = [row + [""] * (width - len(row)) for row in grid.rows]
    heads = grid.heads or heads_in(rows)
    head = head_of(rows[:heads], width)
    return [Row(head, tuple(row)) for row in rows[heads:] if any(row)]


def _grid(table: html.HtmlElement) -> _Grid:
    rows: list[list[str]] = []
    # Cells that go on from rows above: column -> (text, rows left).
    spanning: dict[int, tuple[str, int]] = {}
    heads, in_heads = 0, True
    for line in list(table.iter("tr"))[:_MOST_ROWS]:
        cells = [cell for cell in line if cell.tag in {"td", "th"}]
        row: list[str] = []
        for cell in cells:
            _fill(row, spanning)
            text = fold_spaces(" ".join(cell.itertext()))
            down = _span(cell.get("rowspan"))
            for _ in range(_span(cell.get("colspan"))):
                if down > 1:
                    spanning[len(row)] = (text, down - 1)
                row.append(text)
        _fill(row, spanning)
        in_thead = line.getparent().tag == "thead"
        in_heads = in_heads and bool(cells) and (in_thead or all(cell.tag == "th" for cell in cells))
        heads += in_heads
        rows.append(row)
    return _Grid(rows, heads if heads < len(rows) else 0)


def _fill(row: list[str], spanning: dict[int, tuple[str, int]]) -> None:
    while len(row) in spanning and len(row) < _MOST_COLUMNS:
        text, left = spanning.pop(len(row))
        if left > 1:
            spanning[len(row)] = (text, left - 1)
        row.append(text)


def _span(value: str | None) -> int:
    return min(int(value), _MOST_COLUMNS) if value and value.isdigit() and int(value) else 1
