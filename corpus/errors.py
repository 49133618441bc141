"""Errors of the corpus, worded in French for the officer who edits it: where, what, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a file of the corpus.

    Attributes:
        file: the file that holds the mistake.
        line: line number in that file, from 1; 0 when the whole file is meant.
        field: dotted name of the field (``funding.0.rate_max``), or the section, or "".
        problem: what is wrong, in French, without final stop.
        remedy: what to write instead, in French, without final stop.
    """

    file: Path
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The one-line form shown to the officer."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        field = f" (champ « {self.field} »)" if self.field else ""
        return f"{place}{field} : {self.problem}. À faire : {self.remedy}."


class CorpusError(Exception):
    """The corpus can't be read; ``problems`` lists every mistake found, never only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; the text of the error is one line for each."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
