"""A row of a table as a statement: what it's about, then each value with the name of its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.formats.parts import Row

# What a cell without a value holds.
_EMPTY = frozenset({"", "-", "–", "—", "/", "n/a", "nc", "so", "sans objet", "néant"})
_FIGURE = re.compile(r"\d|^(?:oui|non|x)$", re.IGNORECASE)
# Longer cells are told as text, whatever figures they hold.
_MOST_FIGURE_CHARS = 40
_LABEL = re.compile(r"[^\W\d_]{3}")
_END = " .;:,\u00a0"


def row_text(row: Row) -> str:
    """Write a row: « Travaux de protection, PPRN approuvé : 40 % ».

    A first cell in words, before cells that are figures, names the row, without the name of its column. Empty
    cells are left out; a cell that repeats the one before it is said once.
    """
    if not any(row.head):
        return _bare(row.cells)
    named = list(zip(row.head, (cell.strip() for cell in row.cells), strict=True))
    label, rest = named[0][1], [pair for pair in named[1:] if pair[1].lower() not in _EMPTY]
    if not rest:
        return label
    if _LABEL.search(label) and not _FIGURE.match(label) and all(map(_is_figure, rest)):
        return f"{label.rstrip(_END)}, {_values(rest)}"
    pairs = [pair for pair in named[:1] if pair[1].lower() not in _EMPTY]
    return _values([*pairs, *rest])


def first_is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table that doesn't say so names its columns: words alone, over other cells.

    A table of two columns without a figure in the second may be names and values: its first row is no head.
    """
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    first, below = rows[0], rows[1:]
    if any(
        not cell.strip() or _FIGURE.search(cell) or cell.rstrip().endswith((".", ";", ":"))
        for cell in first[1:]
    ):
        return False
    if len(first) > 2:
        return True
    return any(_FIGURE.search(cell) for row in below for cell in row[1:])


def heads_in(rows: Sequence[Sequence[str]], *, has_head: bool = False) -> int:
    """How many of the first rows of a table name its columns: two when cells of the first stand over several.

    Args:
        rows: its rows, all as long, a cell over several repeated in each.
        has_head: whether the table says that its first row names them.
    """
    if not ((has_head and len(rows) > 1) or first_is_head(rows)):
        return 0
    first = rows[0]
    over = {cell for cell, following in pairwise(first) if cell and cell == following}
    if not over or len(rows) < 3:
        return 1
    below = [cell for cell, above in zip(rows[1], first, strict=True) if above in over]
    beside = all(cell in {"", above} for cell, above in zip(rows[1], first, strict=True) if above not in over)
    names = all(cell and cell not in over and not _FIGURE.search(cell) for cell in below)
    return 2 if beside and names else 1


def head_of(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """Names of columns, those of several rows of heads joined; empty ones without any."""
    if not rows:
        return ("",) * width
    return tuple(", ".join(dict.fromkeys(row[place] for row in rows if row[place])) for place in range(width))


def _is_figure(pair: tuple[str, str]) -> bool:
    return len(pair[1]) <= _MOST_FIGURE_CHARS and _FIGURE.search(pair[1]) is not None


def _values(pairs: Sequence[tuple[str, str]]) -> str:
    told: list[str] = []
    for name, value in pairs:
        kept = value.rstrip(" ;,\u00a0")
        said = f"{name.rstrip(_END)} : {kept}" if name.strip() else kept
        if said not in told:
            told.append(said)
    return " ; ".join(told)


def _bare(cells: Sequence[str]) -> str:
    """A row without names of columns: two cells are a name and its value."""
    kept = list(dict.fromkeys(cell.strip() for cell in cells if cell.strip().lower() not in _EMPTY))
    if len(kept) == 2 and _LABEL.search(kept[0]):
        return f"{kept[0].rstrip(_END)} : {kept[1]}"
    return " ; ".join(kept)
