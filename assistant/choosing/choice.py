"""A choice: which statements answer a question, best first, or why none does; and what may make one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from assistant.choosing.evidence import Evidence
from assistant.reply import Message

ChoiceStatus = Literal["answered", "not_said", "outside"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which statements answer.

    Attributes:
        status: whether they do; else whether the sources don't say it, or it's none of our subject.
        statements: those that answer, best first; of what isn't said, those that say that it isn't known.
        by: the name of what chose.
    """

    status: ChoiceStatus
    statements: tuple[Evidence, ...]
    by: str


class Chooser(Protocol):
    """Something that chooses among statements."""

    @property
    def name(self) -> str:
        """What a reply says of who chose."""
        ...

    def choose(
        self, messages: Sequence[Message], offered: Sequence[Evidence], within_s: float | None
    ) -> Choice | None:
        """Choose those that answer the last message.

        Args:
            messages: the conversation, the last message last.
            offered: the statements to choose from, one at least, those of one document together.
            within_s: most seconds that it may take; None for as long as it's usually given.

        Returns:
            The choice; None where what is told is none: what was chosen without it stands.

        Raises:
            ModelError: what chooses can't be used, or is too slow: the same.
        """
        ...
