"""Every measure together: prepared, unprepared in each way, blind utterances; written to JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from evaluation.judging.readings_run import ReadingsRun
from evaluation.judging.result import RunResult
from evaluation.judging.unprepared import UnpreparedResult


class Measures(BaseModel):
    """What ``assistant evaluate --all --json`` gives.

    Attributes:
        form: name and version of this shape.
        dev: the whole assistant on the questions that serve the work.
        test: on those kept for publishing; None when they weren't asked.
        unprepared: by kind of unpreparedness, both runs of the dev questions side by side.
        utterances: how the utterances kept for measuring only are read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["measures/1"] = "measures/1"
    dev: RunResult
    test: RunResult | None = None
    unprepared: dict[str, UnpreparedResult]
    utterances: ReadingsRun
