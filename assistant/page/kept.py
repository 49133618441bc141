"""The conversation as the browser keeps it: written for it, and read back with nothing taken on trust."""

from __future__ import annotations

from html import escape
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from assistant.events import DoneEvent
from assistant.page.turns import PageTurn, Turns
from assistant.reply import MAX_QUESTION_CHARS, Reply

MAX_TURNS = 24
MAX_CHARS = 800_000
# What a request holds beside the conversation: the question, six bytes a character at most, and Gradio's own.
_BESIDE_BYTES = 6 * MAX_QUESTION_CHARS + 4_000
_INSEE_CODE = r"^\d[\dAB]\d{3}$"


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _code_or_none(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """What is no INSEE code is no commune: the turns beside it stand."""
    try:
        return read(value)
    except ValidationError:
        return None


class KeptTurn(_Shape):
    """A question and its whole reply; ``commune`` is the label of the one chosen, ``scheme`` an id."""

    question: str = Field(min_length=1, max_length=MAX_QUESTION_CHARS)
    commune: str | None = Field(default=None, max_length=200)
    scheme: str | None = Field(default=None, max_length=200)
    reply: Reply

    def turn(self) -> PageTurn:
        """The turn as the page shows it."""
        turn = PageTurn(self.question, commune=self.commune, scheme=self.scheme)
        return turn.after(DoneEvent(self.reply))


class Kept(_Shape):
    """What a browser sends back: its turns, oldest first, and the INSEE code of the commune chosen.

    Anything else in the place of the code is None.
    """

    turns: tuple[KeptTurn, ...] = Field(default=(), max_length=MAX_TURNS)
    commune: Annotated[Annotated[str, Field(pattern=_INSEE_CODE)] | None, WrapValidator(_code_or_none)] = None

    def shown(self) -> Turns:
        """The turns as the page shows them."""
        return tuple(turn.turn() for turn in self.turns)


NOTHING_KEPT = Kept()


def room_in(max_body_bytes: int) -> int:
    """How many bytes of a request of ``max_body_bytes`` a conversation may take; 0 when there is no room."""
    return min(max(0, max_body_bytes - _BESIDE_BYTES), MAX_CHARS)


def read_kept(text: str) -> Kept:
    """Read what a browser kept; turns that this version didn't write itself are an empty conversation."""
    if not text or len(text) > MAX_CHARS:
        return NOTHING_KEPT
    try:
        return Kept.model_validate_json(text)
    except ValidationError:
        return NOTHING_KEPT


def kept_html(number: str, before: Turns, turn: PageTurn) -> str:
    """A finished turn for the browser to keep, under the number it gave to its question.

    It says how many turns came before: a browser that sent more forgets them, since they were refused. A turn
    without a reply says only that it's over: its question goes back to the field.
    """
    over = f'data-number="{escape(number)}" data-before="{len(before)}"'
    if turn.reply is None:
        return f"<div {over}></div>"
    kept = KeptTurn(question=turn.question, commune=turn.commune, scheme=turn.scheme, reply=turn.reply)
    told = kept.model_dump_json(exclude={"reply": {"answer"}})  # its lines say it
    return f'<div {over} data-turn="{escape(told)}"></div>'


def restored_html(turns: Turns) -> str:
    """How many turns of those that the browser kept are shown again: it forgets what was refused."""
    return f'<div data-restored="{len(turns)}"></div>'
