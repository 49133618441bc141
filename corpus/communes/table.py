"""A table of the territory: a CSV file read row by row, its mistakes told by line and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from corpus.errors import Problem

INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}")
POSTCODE = re.compile(r"[0-9]{5}")
SIREN = re.compile(r"[0-9]{9}")

_Choice = TypeVar("_Choice", bound=StrEnum)
_Item = TypeVar("_Item")


class RowError(Exception):
    """One cell is wrong; becomes a ``Problem`` once file and line are known."""

    def __init__(self, column: str, problem: str, remedy: str) -> None:
        """Keep what the officer has to read."""
        super().__init__(problem)
        self.column, self.problem, self.remedy = column, problem, remedy


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line of a table, by column."""

    cells: Mapping[str, str]
    line: int

    def text(self, column: str) -> str:
        """Return a cell that must be filled."""
        value = self.cells[column]
        if not value:
            raise RowError(column, "la case est vide", "remplissez-la")
        return value

    def optional(self, column: str) -> str | None:
        """Return a cell, None when it is empty."""
        return self.cells[column] or None

    def code(self, column: str, pattern: re.Pattern[str], example: str) -> str:
        """Return a cell that follows a pattern."""
        value = self.text(column)
        if not pattern.fullmatch(value):
            raise RowError(column, f"« {value} » n’est pas un code valable", f"écrivez {example}")
        return value

    def codes(self, column: str, pattern: re.Pattern[str], example: str) -> tuple[str, ...]:
        """Return the codes of a cell, separated by spaces."""
        values = self.text(column).split()
        for value in values:
            if not pattern.fullmatch(value):
                problem = f"« {value} » n’est pas un code valable"
                raise RowError(column, problem, f"écrivez {example}")
        return tuple(values)

    def count(self, column: str) -> int:
        """Return a whole number, zero or more."""
        value = self.text(column)
        if not (value.isascii() and value.isdigit()):
            remedy = "écrivez un nombre entier, sans espace"
            raise RowError(column, f"« {value} » n’est pas un nombre d’habitants", remedy)
        return int(value)

    def choice(self, column: str, choices: type[_Choice]) -> _Choice:
        """Return one value of a closed vocabulary."""
        value = self.text(column)
        try:
            return choices(value)
        except ValueError:
            remedy = "choisissez parmi " + ", ".join(choices)
            raise RowError(column, f"« {value} » n’est pas une valeur connue", remedy) from None


@dataclass(frozen=True, slots=True)
class Located(Generic[_Item]):
    """A value with the line it was read from."""

    item: _Item
    line: int


def read_table(
    path: Path,
    columns: Sequence[str],
    parse: Callable[[Row], _Item],
    key: Callable[[_Item], str],
    problems: list[Problem],
) -> dict[str, Located[_Item]]:
    """Read a table into values by key; what is wrong is added to ``problems`` and left out."""
    found: dict[str, Located[_Item]] = {}
    for row in _rows(path, columns, problems):
        try:
            item = parse(row)
        except RowError as error:
            problems.append(Problem(path, row.line, error.column, error.problem, error.remedy))
            continue
        if (first := found.get(key(item))) is not None:
            problem = f"« {key(item)} » figure déjà ligne {first.line}"
            problems.append(Problem(path, row.line, columns[0], problem, "gardez une seule ligne"))
            continue
        found[key(item)] = Located(item, row.line)
    return found


def _rows(path: Path, columns: Sequence[str], problems: list[Problem]) -> Iterable[Row]:
    if not path.is_file():
        problems.append(Problem(path, 0, "", "le fichier manque", "remettez-le dans le dossier"))
        return
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        remedy = "enregistrez-le en CSV UTF-8"
        problems.append(Problem(path, 0, "", "le fichier n’est pas en UTF-8", remedy))
        return
    reader = csv.reader(lines)
    header = next(reader, [])
    if tuple(header) != tuple(columns):
        problem = "les colonnes attendues ne sont pas là : " + ", ".join(header)
        problems.append(Problem(path, 1, "", problem, "écrivez " + ",".join(columns)))
        return
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(columns):
            problem = f"{len(cells)} cases au lieu de {len(columns)}"
            remedy = "mettez entre guillemets droits les textes qui contiennent une virgule"
            problems.append(Problem(path, reader.line_num, "", problem, remedy))
            continue
        named = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        yield Row(named, reader.line_num)
