"""The questions of a conversation as a form carries them to be answered again: it holds no answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.api.guards.whole_text import mended
from assistant.page.kept import MAX_TURNS
from assistant.page.turns import Turns
from assistant.reply import MAX_QUESTION_CHARS, MAX_USER_CHARS

# A browser keeps so many turns, and shows one more: the last.
MOST_TURNS = MAX_TURNS + 1
# A question of so many characters, each of them six in JSON, with what stands around it.
_MOST_CHARS = MOST_TURNS * (6 * MAX_QUESTION_CHARS + 1000)
_Name = Field(default=None, max_length=200)


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AskedTurn(_Shape):
    """A question, the commune chosen beside it (a name or a code) and the scheme that it was asked on."""

    question: str = Field(max_length=MAX_QUESTION_CHARS, pattern=r"\S")
    commune: str | None = _Name
    scheme: str | None = _Name


class _Asked(_Shape):
    turns: tuple[AskedTurn, ...] = Field(min_length=1, max_length=MOST_TURNS)


def again_json(turns: Turns) -> str:
    """Write the questions that were answered, for the hidden field of a form; empty when there is none."""
    asked = [
        AskedTurn(question=turn.question, commune=turn.commune, scheme=turn.scheme)
        for turn in turns
        if turn.reply is not None
    ]
    return _Asked(turns=tuple(asked[-MOST_TURNS:])).model_dump_json(exclude_none=True) if asked else ""


def read_again(text: str) -> tuple[AskedTurn, ...]:
    """Read the questions of a form; none of a text that isn't of this form."""
    if not text or len(text) > _MOST_CHARS:
        return ()
    try:
        turns = _Asked.model_validate_json(text).turns
    except ValidationError:
        return ()
    return tuple(turn.model_copy(update={"question": _clean(turn.question)}) for turn in turns)


def _clean(text: str) -> str:
    return mended(text).replace("\x00", "").strip()


def fitting(turns: Sequence[AskedTurn]) -> tuple[AskedTurn, ...]:
    """The last turns, as many as can be asked again in the time of one long conversation.

    Each question is read again with those before it: all that is read so counts.
    """
    kept = list(turns)
    while len(kept) > 1 and sum(accumulate(len(turn.question) for turn in kept)) > MAX_USER_CHARS:
        del kept[0]
    return tuple(kept)
