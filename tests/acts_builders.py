"""Readings of messages, made by hand: sure of an act or of an aspect; a reader that always says the same."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.reading.acts import ACTS, ASPECTS, Act, Aspect, ReadAct


def reading(
    act: Act = "ask_scheme",
    sure: float = 1.0,
    *,
    parts: tuple[ReadAct, ...] = (),
    clauses: tuple[ReadAct, ...] = (),
    **aspects: float,
) -> ReadAct:
    """A reading so sure of one act, the others alike, with the aspects given; all alike where none is."""
    acts = dict.fromkeys(ACTS, (1 - sure) / (len(ACTS) - 1)) | {act: sure}
    shares: dict[Aspect, float] = {
        aspect: aspects.get(aspect, 0.0) if aspects else 1 / len(ASPECTS) for aspect in ASPECTS
    }
    return ReadAct(acts, shares, parts, clauses)


@dataclass(frozen=True, slots=True)
class ReadsAlways:
    """Reads every message so."""

    told: ReadAct

    def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
        """The same reading, whatever is said."""
        del text, goes_on
        return self.told
