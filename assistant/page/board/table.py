"""What a part of the board is made of: sentences, plots, tables; the same table is shown and downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.page.board.plot import Bars, Columns


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: of its file, unique on the board.
        caption: what it's called.
        head: the names of its columns.
        rows: its cells, as many in each row as in the head.
        empty: what to say when it has no row.
        folded: what opens it, where it's long; empty to show it at once.
        numbers: the columns that hold numbers, by place.
    """

    name: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    empty: str = ""
    folded: str = ""
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the board.

    Attributes:
        name: of its anchor.
        title: its heading.
        said: sentences under the heading.
        plot: columns a day, if there is anything to draw.
        bars: a bar a line, if there is anything to draw.
        tables: the figures, those of the plots included.
    """

    name: str
    title: str
    said: Sequence[str] = ()
    plot: Columns | None = None
    bars: Bars | None = None
    tables: Sequence[Table] = ()
