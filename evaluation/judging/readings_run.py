"""A measure of readings as one value: the files, each reader with its figures; written to JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evaluation.judging.readings import Judged


class ReadingsRun(BaseModel):
    """What ``assistant evaluate --utterances FILE --json`` gives.

    Attributes:
        form: name and version of this shape.
        measured_at: when, ISO with the time zone.
        files: how many utterances each file holds, by its name.
        readers: the assistant, then its peers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["readings-run/1"] = "readings-run/1"
    measured_at: str
    files: dict[str, int]
    readers: tuple[Judged, ...] = Field(min_length=1)

    @property
    def ours(self) -> Judged:
        """What the readings of the assistant are worth."""
        return self.readers[0]
