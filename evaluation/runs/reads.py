"""What reads an utterance: the one protocol by which readings are measured, whoever makes them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assistant.reading.acts import Act, Aspect
from evaluation.questions.utterances import StatedFacts, Utterance


@dataclass(frozen=True, slots=True)
class Reading:
    """What an utterance was understood to mean; None and empty where nothing is told.

    Attributes:
        act: what it does.
        aspect: what it asks about a scheme.
        subjects: ids of the schemes that it may be about, each with its probability; the likeliest first.
        facts: what it states, without what was said before.
    """

    act: Act | None = None
    aspect: Aspect | None = None
    subjects: tuple[tuple[str, float], ...] = ()
    facts: StatedFacts = field(default_factory=StatedFacts)


class Reads(Protocol):
    """Something that reads utterances."""

    @property
    def name(self) -> str:
        """Its name in French, as reports show it."""
        ...

    def read(self, text: str, before: Sequence[str]) -> Reading:
        """Read what a person types.

        Args:
            text: the message.
            before: what the same person typed earlier, first to last.
        """
        ...


def read_all(
    utterances: Sequence[Utterance],
    reads: Reads,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> tuple[list[Reading], float]:
    """Read every utterance in turn.

    Args:
        utterances: what was typed; the labels aren't shown to what reads.
        reads: what reads.
        progress: told how many are done, of how many.

    Returns:
        A reading an utterance, in their order, and the seconds that it took.
    """
    started = time.perf_counter()
    readings = []
    for done, utterance in enumerate(utterances, 1):
        readings.append(reads.read(utterance.text, utterance.before))
        progress(done, len(utterances))
    return readings, time.perf_counter() - started
