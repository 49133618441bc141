"""Ask the engine on behalf of an HTTP client, and wait for it no longer than the client does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import StreamingResponse

from assistant.answering.interface import AnswerEngine
from assistant.api.event_stream import event_frames
from assistant.api.problems import Problem
from assistant.api.waiting_room import WaitingRoom
from assistant.errors import ClientGone, UnknownScheme
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
        engine.eligibility.chosen(body.commune)


Result = TypeVar("Result")


async def waited_for(request: Request, patience: Patience, work: Callable[[], Result]) -> Result:
    """Run ``work`` in a worker thread; when the client leaves or time is up, tell it by ``patience``.

    A thread can't be stopped: work that doesn't ask ``patience`` goes on to its end, but nobody waits for it.

    Raises:
        ClientGone: the client went away.
        ReplyTooLong: time is up.
        TooBusy: too many wait, or time was up before the work began.
    """
    room: WaitingRoom = request.app.state.room
    working = asyncio.ensure_future(room.run(work))
    leaving = asyncio.ensure_future(_departure(request))
    try:
        await asyncio.wait(
            {working, leaving}, timeout=patience.remaining, return_when=asyncio.FIRST_COMPLETED
        )
        if working.done():
            return working.result()
        raise ClientGone if leaving.done() else patience.expiry
    finally:
        leaving.cancel()
        if not working.done():
            patience.give_up()
            working.add_done_callback(_forget)


async def _departure(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _forget(abandoned: asyncio.Future[Any]) -> None:
    """Look at the error of work that nobody waits for, so that it isn't reported as unseen."""
    if not abandoned.cancelled():
        abandoned.exception()
