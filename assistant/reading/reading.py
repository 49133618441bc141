"""A reading: what the last message of a conversation asks and states, as something else than us reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from assistant.eligibility.facts import Facts, Range
from assistant.reading.acts import ACTS, ASPECTS, Act, Aspect, ReadAct
from assistant.reply import Message
from corpus.labels import Beneficiary

_Name = TypeVar("_Name", bound=str)

# How much a reading multiplies the odds of the act and of the aspect that it says: right nine times in ten,
# it's wrong in one of a dozen other ways.
_TRUST = 100.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scheme or a page that a message may be about, by its id and its name."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a message.

    Attributes:
        act: what it does.
        aspect: what it asks of a scheme; None where it asks nothing of one.
        subjects: ids of what it's about, all of them candidates; empty where none is.
    """

    act: Act
    aspect: Aspect | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What the user's own words state; None is unknown."""

    beneficiary: Beneficiary | None = None
    population: Range | None = None
    cost: Range | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading.

    Attributes:
        asked: one for each question of the message, in order; one at least.
        stated: what the user states, each in words that stand in what they said.
        by: the name of what read.
    """

    asked: tuple[Asked, ...]
    stated: Stated
    by: str

    @property
    def subjects(self) -> tuple[str, ...]:
        """What its questions are about, in their order, each once."""
        return tuple(dict.fromkeys(name for asked in self.asked for name in asked.subjects))

    def over(self, trained: ReadAct) -> ReadAct:
        """The trained reading of the same message, led by this one."""
        read = tuple(_led(trained, asked) for asked in self.asked)
        return replace(read[0], parts=read if len(read) > 1 else (), clauses=())

    def completing(self, facts: Facts) -> Facts:
        """Facts with what is stated where they tell nothing: what was read by rule stands."""
        stated = self.stated
        knows_size = facts.population is not None or facts.commune is not None
        return replace(
            facts,
            beneficiary=facts.beneficiary or stated.beneficiary,
            population=facts.population if knows_size else stated.population,
            cost=facts.cost or stated.cost,
        )


class Reader(Protocol):
    """Something that reads conversations."""

    @property
    def name(self) -> str:
        """What a reply says of who read."""
        ...

    def read(
        self, messages: Sequence[Message], candidates: Sequence[Candidate], within_s: float | None
    ) -> Reading | None:
        """Read the last message, in the light of those before.

        Args:
            messages: the conversation as it was written, the last message last.
            candidates: what it may be about.
            within_s: most seconds that it may take; None for as long as it's usually given.

        Returns:
            The reading; None where it can't be made: what was read without it stands.
        """
        ...


def _led(trained: ReadAct, asked: Asked) -> ReadAct:
    aspects = trained.aspects if asked.aspect is None else _likelier(trained.aspects, ASPECTS, asked.aspect)
    return ReadAct(_likelier(trained.acts, ACTS, asked.act), aspects)


def _likelier(trained: Mapping[_Name, float], names: Sequence[_Name], said: _Name) -> dict[_Name, float]:
    """Probabilities, with the odds of one multiplied: what the trained reader is sure of stays."""
    told = {name: trained[name] * (_TRUST if name == said else 1.0) for name in names}
    whole = sum(told.values())
    return {name: part / whole for name, part in told.items()}
