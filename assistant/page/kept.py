"""The conversation as the hidden field of a form keeps it: read back with nothing taken on trust."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.page.turns import PageTurn, Turns
from assistant.reply import MAX_QUESTION_CHARS, Reply

MAX_TURNS = 24
MAX_CHARS = 800_000


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeptTurn(_Shape):
    """A question and its whole reply; ``commune`` is the label of the one chosen, ``scheme`` an id."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS)
    commune: str | None = Field(default=None, max_length=200)
    scheme: str | None = Field(default=None, max_length=200)
    reply: Reply

    def turn(self) -> PageTurn:
        """The turn as the page shows it."""
        turn = PageTurn(self.question, commune=self.commune, scheme=self.scheme)
        return turn.answered(self.reply)


class Kept(_Shape):
    """What a browser sends back: its turns, oldest first."""

    turns: tuple[KeptTurn, ...] = Field(default=(), max_length=MAX_TURNS)

    def shown(self) -> Turns:
        """The turns as the page shows them."""
        return tuple(turn.turn() for turn in self.turns)


NOTHING_KEPT = Kept()


def read_kept(text: str) -> Kept:
    """Read what a browser kept; turns that this version didn't write itself are an empty conversation."""
    if not text or len(text) > MAX_CHARS:
        return NOTHING_KEPT
    try:
        return Kept.model_validate_json(text)
    except ValidationError:
        return NOTHING_KEPT
