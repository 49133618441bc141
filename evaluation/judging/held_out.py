"""How often the questions kept for publishing were measured: a committed list, a line a measure.

Each measure tells something of them to whoever reads it: the more there are, the less they are blind.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evaluation.errors import RunFileError

PATH = Path(__file__).parents[1] / "test_measured.json"


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class HeldOutMeasure(_Shape):
    """A measure that asked test questions.

    Attributes:
        on: the day.
        by: the options that asked for it.
        questions: how many of them were asked.
    """

    on: date
    by: str
    questions: int


class HeldOut(_Shape):
    """Every measure of the test questions since they were written, first to last."""

    form: Literal["test-measured/1"] = "test-measured/1"
    measures: tuple[HeldOutMeasure, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which they were measured, each once."""
        return tuple(sorted({measure.on for measure in self.measures}))


def read_held_out(path: Path | None = None) -> HeldOut:
    """Read the list; where there is no file, nothing was measured.

    Raises:
        RunFileError: the file can't be read, or is malformed: its count would be lost.
    """
    path = path or PATH
    try:
        return HeldOut.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return HeldOut()
    except (OSError, ValidationError) as error:
        raise RunFileError(
            f"« {path} » est illisible ou mal formé, et le compte des mesures du jeu test y est. "
            "Rétablissez-le tel qu’il était dans le dépôt."
        ) from error


def count_measure(asked: Iterable[str], held_out: Iterable[str], by: str, path: Path | None = None) -> None:
    """Add a measure to the list if it asked any of the test questions.

    Args:
        asked: ids of the questions that were asked.
        held_out: ids of the test questions.
        by: the options that asked for it.
        path: the list.

    Raises:
        RunFileError: the list is malformed, or can't be written.
    """
    questions = len(set(asked) & set(held_out))
    if not questions:
        return
    path = path or PATH
    before = read_held_out(path)
    measure = HeldOutMeasure(on=date.today(), by=by, questions=questions)
    after = before.model_copy(update={"measures": (*before.measures, measure)})
    try:
        path.write_text(after.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise RunFileError(
            f"« {path} » n’a pas pu être écrit : cette mesure du jeu test n’est pas comptée. "
            f"Ajoutez-y la ligne {measure.model_dump_json()}."
        ) from error
