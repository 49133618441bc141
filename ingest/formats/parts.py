"""What every format gives: a document as parts in reading order, with what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.dates import NO_DATES, PageDates


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. One without text ends those of its level and below: what follows stands above them."""

    text: str
    level: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text: whole sentences, or a lead-in that ends with a colon."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list.

    Attributes:
        text: its text; a dash or a bullet is left out, a number or a letter is kept.
        depth: how deep its list stands in others; 0 for a list in none.
        mark: the kind of its mark (``-``, ``1°``, ``a)``); items of one list share it.
        number: its number: (2,) for « 2° » and « b) », (2, 1) for « 2° bis » and « 2.1 »; none for a bullet.
        page: the page it's on, from 1, in formats that have pages.
    """

    text: str
    depth: int = 0
    mark: str = "-"
    number: tuple[int, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with the names of its columns (as many as cells, or none)."""

    head: tuple[str, ...]
    cells: tuple[str, ...]
    page: int | None = None


Part = Heading | Paragraph | Item | Row


@dataclass(frozen=True, slots=True)
class Page:
    """A file read, not yet normalised, with what it says of itself.

    Attributes:
        parts: what it says, in order.
        title: its title, if the file states one.
        url: the address that it states of itself.
        publisher: who publishes it.
        dates: when it was published and updated.
        made: ISO date at which the file was made; it serves where nothing says when it was published.
        is_recognised: whether some of its text was recognised on pictures, and so may be misread.
        unread: of each part that isn't read, a French line that says which and what to do.
    """

    parts: tuple[Part, ...]
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    dates: PageDates = field(default=NO_DATES)
    made: str | None = None
    is_recognised: bool = False
    unread: tuple[str, ...] = ()
