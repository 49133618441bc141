"""What a message does and what it asks of a scheme: the two lists of names, and a reading as probabilities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Act = Literal[
    "ask_scheme",
    "find_schemes",
    "commune_overview",
    "commune_record",
    "check_eligibility",
    "compare",
    "combine",
    "give_fact",
    "contact",
    "about_assistant",
    "social",
    "out_of_scope",
]
Aspect = Literal[
    "what",
    "who",
    "amount",
    "covered",
    "excluded",
    "when",
    "how",
    "contact",
    "examples",
    "cumul",
    "delay",
    "history",
    "other",
]
ACTS: tuple[Act, ...] = get_args(Act)
NOT_OURS: frozenset[Act] = frozenset({"about_assistant", "social", "out_of_scope"})
"""The acts that no source answers."""
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)


@dataclass(frozen=True, slots=True)
class ReadAct:
    """What a message does, and what it asks if it asks something of a scheme.

    Attributes:
        acts: the probability of each act; they sum to 1.
        aspects: the probability of each aspect, given that something is asked of a scheme; they sum to 1.
        parts: the same for each of its questions, where it holds several.
        clauses: the same for each of its clauses, where it holds several; read alone, they are less sure.
    """

    acts: Mapping[Act, float]
    aspects: Mapping[Aspect, float]
    parts: tuple[ReadAct, ...] = ()
    clauses: tuple[ReadAct, ...] = ()

    @property
    def act(self) -> Act:
        """The likeliest act; the first of the list where two are as likely."""
        return max(ACTS, key=lambda act: self.acts[act])

    @property
    def aspect(self) -> Aspect:
        """The likeliest aspect, whatever the act."""
        return max(ASPECTS, key=lambda aspect: self.aspects[aspect])

    @property
    def outside(self) -> float:
        """The probability that no source answers it, whatever the sources: it's none of our subject."""
        return sum(self.acts[act] for act in ACTS if act in NOT_OURS)

    def aspects_from(self, least: float) -> tuple[Aspect, ...]:
        """The aspects that the message or one of its questions asks, the likeliest first.

        Args:
            least: the least probability, there, of an aspect that isn't the likeliest.
        """
        readings = (self, *self.parts)
        best = {reading.aspect for reading in readings}
        top = {aspect: max(reading.aspects[aspect] for reading in readings) for aspect in ASPECTS}
        asked = (aspect for aspect in ASPECTS if aspect in best or top[aspect] >= least)
        return tuple(sorted(asked, key=lambda aspect: -top[aspect]))


class ReadsActs(Protocol):
    """Something that reads what a message does."""

    def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
        """Read a message; ``goes_on`` where the same person said something before."""
        ...
