"""What is kept of the replies of a day: counts, how long they took, and questions only if a setting asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from assistant.reply import ReplyStatus

Outcome = Literal[ReplyStatus, "error"]
"""What became of a question: the status of its reply, or no reply at all."""
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

BOUNDS_MS: tuple[int, ...] = (
    25, 50, 75, 100, 150, 200, 300, 400, 600, 800, 1200, 1600, 2400, 3200, 4800, 6400, 9600,
    15_000, 30_000, 60_000,
)  # fmt: skip
"""A reply is counted under the first of these that it took less than; under :data:`LONGER` past the last."""
LONGER = 1_000_000
MOST_QUESTIONS = 2000
MOST_CHARS = 500
"""Characters kept of a question."""

ReplyKey = tuple[date, Outcome, str]
TookKey = tuple[date, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A question left without an answer, shortened.

    Attributes:
        day: when it was asked.
        outcome: what became of it.
        text: the message, on one line.
    """

    day: date
    outcome: Outcome
    text: str


@dataclass(slots=True)
class Counted:
    """Counts to be added to those kept, or read from them.

    Attributes:
        replies: how many, by day, outcome and act (empty when nothing read it).
        took: how many, by day and by the bound in milliseconds that they took less than.
        questions: those left without an answer, oldest first.
    """

    replies: dict[ReplyKey, int] = field(default_factory=dict)
    took: dict[TookKey, int] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether anything was counted."""
        return bool(self.replies or self.took or self.questions)

    def add(self, other: Counted) -> None:
        """Add other counts; of the questions the latest stay."""
        for reply, count in other.replies.items():
            self.replies[reply] = self.replies.get(reply, 0) + count
        for took, count in other.took.items():
            self.took[took] = self.took.get(took, 0) + count
        self.questions = [*self.questions, *other.questions][-MOST_QUESTIONS:]


def bound_of(milliseconds: float) -> int:
    """The bound under which a reply is counted."""
    return next((bound for bound in BOUNDS_MS if milliseconds < bound), LONGER)
