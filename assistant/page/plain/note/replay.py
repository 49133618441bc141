"""The questions of a note asked again, one after the other: what was answered before is never believed."""

from __future__ import annotations

import time
from collections.abc import Sequence

from fastapi import Request

from assistant.answering.interface import AnswerEngine
from assistant.page.again import AskedTurn
from assistant.page.plain.conversation import asked
from assistant.page.plain.fields import Field
from assistant.page.plain.note import words
from assistant.page.plain.place import commune_named
from assistant.page.turns import Turns

_UNFIT, _LATE = 400, 503


class NoNote(Exception):
    """A note can't be made; its text is the French sentence that says why."""

    def __init__(self, sentence: str, status: int = _UNFIT) -> None:
        """Say why, with the status of the response."""
        super().__init__(sentence)
        self.status = status


async def replayed(request: Request, engine: AnswerEngine, turns: Sequence[AskedTurn]) -> Turns:
    """Ask the questions of a conversation again, within the time that one reply may take.

    Raises:
        NoNote: a commune or a scheme isn't one, an answer fails, or it takes too long.
    """
    until = time.monotonic() + request.app.state.reply_seconds
    answered: Turns = ()
    for turn in turns:
        if time.monotonic() > until:
            raise NoNote(words.TOO_SLOW, _LATE)
        commune, said = commune_named(engine.eligibility, Field(turn.commune or ""))
        if said:
            raise NoNote(said)
        if turn.scheme is not None and turn.scheme not in engine.catalogue:
            raise NoNote(words.NO_SCHEME.format(name=turn.scheme))
        new = await asked(request, engine, answered, turn.question, commune, turn.scheme)
        if new.error is not None:
            raise NoNote(new.error, _LATE)
        answered = (*answered, new)
    return answered
