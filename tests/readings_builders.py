"""Small utterances and a reader that says what it's told to, for the measures of readings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.judging.readings import Read
from evaluation.questions.utterances import StatedFacts, Utterance
from evaluation.runs.reads import Reading


def utterance(text: str, act: str = "find_schemes", *schemes: str, **members: Any) -> Utterance:
    """An utterance with its labels."""
    return Utterance.model_validate({"text": text, "act": act, "schemes": schemes, **members})


def perfect(label: Utterance) -> Reading:
    """The reading that the labels call for."""
    return Reading(
        act=label.act,
        aspect=label.aspect,
        subjects=tuple((name, 1 / len(label.schemes)) for name in label.schemes),
        facts=label.facts,
    )


def read_as(label: Utterance, reading: Reading, file: str = "mine") -> Read:
    """An utterance with a reading of it."""
    return Read(file, label, reading)


def facts(**members: Any) -> Reading:
    """A reading of nothing but facts."""
    return Reading(facts=StatedFacts.model_validate(members))


class Parrot:
    """Says of each text what it was told to, and keeps what it was asked."""

    name = "perroquet"

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        """Say ``readings``, by text."""
        self._readings = readings
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(self, text: str, before: Sequence[str]) -> Reading:
        """Say what it was told to."""
        self.asked.append((text, tuple(before)))
        return self._readings[text]
