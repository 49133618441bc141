"""The lines of an answer: what kinds there are, how each is shown, and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.markers import marked, markers, renumbered, unmarked, without_last_markers

# What a line of an answer is:
#   statement   a sentence of a source, word for word, or one that a language model made of it
#   amount      what an aid pays: a sum worked out by a rule that it shows, or the typed rule itself
#   heading     what introduces the lines under it: statements, conditions or a table
#   item        one of a list: a scheme and what is said of it, a scheme to choose
#   table_head  the titles of a table's columns
#   table_row   a row of it, its first cell the title
#   verdict     whether whoever asks may have the aid, or whether anyone can still ask for it
#   reason      a criterion that decides a verdict
#   caution     what may no longer hold: an old rule, a closed call
#   unknown     what the sources don't say
#   advice      whom to ask, what to do next
#   question    what is asked back
#   condition   one of those asked back or left to check
#   note        what is said of the answer, or beside it
LineKind = Literal[
    "statement",
    "amount",
    "heading",
    "item",
    "table_head",
    "table_row",
    "verdict",
    "reason",
    "caution",
    "unknown",
    "advice",
    "question",
    "condition",
    "note",
]
TABLE_KINDS: frozenset[LineKind] = frozenset({"table_head", "table_row"})
LISTED_KINDS: frozenset[LineKind] = frozenset({"item", "reason", "condition"})
_ASKED_KINDS: frozenset[LineKind] = frozenset({"question", "condition", "note"})
LIST_MARK = "- "


def _marked(values: Mapping[str, Any]) -> tuple[int, ...]:
    """The numbers that a line's text refers to, each once, in order."""
    return tuple(dict.fromkeys(markers(values["text"])))


def table_text(kind: LineKind, cells: tuple[str, ...]) -> str:
    """A row of a table in Markdown, a head with the rule under it; a bar in a cell becomes a slash."""
    row = f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
    return f"{row}\n{table_text('table_row', ('---',) * len(cells))}" if kind == "table_head" else row


class Line(BaseModel):
    """One line of an answer: what it is, how it is shown, what it cites.

    Nobody reads a line's text to know what it is.

    Attributes:
        kind: what it is.
        text: as shown, with its markers, on one line of Markdown: what is of a list begins with its mark
            ``- ``, a row of a table is its cells between bars, the head has the rule under it.
        citations: the numbers of its markers.
        cells: the texts of a table's head or row, which may hold bars; empty for any other line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: LineKind = Field(description="Nature de la ligne")
    text: str = Field(description="Texte en Markdown, avec ses renvois [n]")
    citations: tuple[int, ...] = Field(default_factory=_marked, description="Numéros de ses renvois")
    cells: tuple[str, ...] = Field(default=(), description="Cellules d’une ligne de tableau")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.kind in TABLE_KINDS:
            well_formed = bool(self.cells) and self.text == table_text(self.kind, self.cells)
        else:
            well_formed = not self.cells and "\n" not in self.text
        if self.kind in LISTED_KINDS and not self.text.startswith(LIST_MARK):
            well_formed = False
        if not well_formed or self.citations != _marked({"text": self.text}):
            raise ValueError("la ligne n’a pas la forme de sa nature, ou pas les renvois de son texte")
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The texts that stand each for itself: the cells of a row, else the whole without a list's mark."""
        return self.cells or (self.body,)

    @property
    def body(self) -> str:
        """The text without the mark of a list."""
        return self.text.removeprefix(LIST_MARK) if self.kind in LISTED_KINDS else self.text

    @property
    def said(self) -> str:
        """The text without the markers that end it: what two lines that say the same have in common."""
        return without_last_markers(self.text)

    def under(self, numbers: Mapping[int, int]) -> Line:
        """The line with each marker under its new number; one that has none goes."""
        cells = tuple(renumbered(cell, numbers) for cell in self.cells)
        text = table_text(self.kind, cells) if cells else renumbered(self.text, numbers)
        return Line(kind=self.kind, text=text, cells=cells)


def line(kind: LineKind, text: str, cited: Iterable[int] = ()) -> Line:
    """Make a line that is no row of a table.

    Args:
        kind: what it is.
        text: what it says, without the mark of a list; its own markers, if any, are kept.
        cited: the numbers of the citations to refer to at its end.
    """
    whole = " ".join(part for part in (" ".join(text.splitlines()), marked(cited)) if part)
    return Line(kind=kind, text=f"{LIST_MARK}{whole}" if kind in LISTED_KINDS else whole)


def quoted(sentence: str, number: int) -> str:
    """A source's sentence with the marker of its citation."""
    return f"{unmarked(sentence)} {marked((number,))}"


def statement(sentence: str, number: int) -> Line:
    """Make the line of a source's sentence."""
    return line("statement", quoted(sentence, number))


def table_head(titles: Sequence[str]) -> Line:
    """Make the head of a table."""
    return _of_table("table_head", titles)


def table_row(cells: Sequence[str]) -> Line:
    """Make a row of a table, its title first."""
    return _of_table("table_row", cells)


def _of_table(kind: LineKind, cells: Sequence[str]) -> Line:
    told = tuple(" ".join(cell.splitlines()) for cell in cells)
    return Line(kind=kind, text=table_text(kind, told), cells=told)


def before_asked(lines: Sequence[Line], more: Line) -> tuple[Line, ...]:
    """The lines with one more, which what is asked back at the end still follows.

    What is asked back is a question, or a heading and the conditions under it, with the notes after them; a
    list is of a question that is asked over it.
    """
    place = len(lines)
    while place and lines[place - 1].kind in _ASKED_KINDS:
        place -= 1
    listed = place
    while listed and lines[listed - 1].kind == "item":
        listed -= 1
    if listed and lines[listed - 1].kind == "question":
        place = listed - 1
    elif (
        place
        and place < len(lines)
        and lines[place].kind == "condition"
        and lines[place - 1].kind == "heading"
    ):
        place -= 1
    return (*lines[:place], more, *lines[place:])
