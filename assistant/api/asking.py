"""Ask the engine on behalf of an HTTP client: the whole reply, or a stream whose first event is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from fastapi import Request
from fastapi.responses import StreamingResponse

from assistant.answering.interface import AnswerEngine
from assistant.api.event_stream import event_frames
from assistant.api.problems import Problem
from assistant.api.waiting import waited_for
from assistant.errors import UnknownScheme
from assistant.events import Event
from assistant.patience import Patience
from assistant.reply import ChatRequest, Reply


async def ask(request: Request, engine: AnswerEngine, body: ChatRequest) -> Reply:
    """Wait for the whole reply.

    Raises:
        AssistantError: the request can't be served, or not in time.
        IngestError: the index can't be used.
    """
    _check(engine, body)
    patience = Patience(request.app.state.reply_seconds)
    return await waited_for(request, patience, partial(engine.reply, body, patience))


async def ask_stream(
    request: Request,
    engine: AnswerEngine,
    body: ChatRequest,
    frame: Callable[[Event], bytes],
    failure: Callable[[Problem], bytes],
) -> StreamingResponse:
    """Wait for the first event, then stream; same errors as ``ask``.

    Args:
        request: of the client.
        engine: answers.
        body: the question.
        frame: writes an event of the reply.
        failure: writes what interrupts the reply.
    """
    _check(engine, body)
    patience = Patience(request.app.state.reply_seconds)
    events: Iterator[Event] = iter(engine.stream(body, patience))
    first = await waited_for(request, patience, partial(next, events))
    return StreamingResponse(
        event_frames(first, events, frame, failure),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


def require_scheme(engine: AnswerEngine, scheme_id: str) -> None:
    """Return when the catalogue holds a scheme.

    Raises:
        UnknownScheme: it doesn't.
    """
    if scheme_id not in engine.catalogue:
        raise UnknownScheme(scheme_id)


def _check(engine: AnswerEngine, body: ChatRequest) -> None:
    if body.scheme is not None:
        require_scheme(engine, body.scheme)
    if body.commune is not None:
        engine.eligibility.commune_of_code(body.commune)
