"""Waiting for a blocking piece of work on behalf of an HTTP client, no longer than the client does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from assistant.errors import ClientGone
from assistant.patience import Patience

Result = TypeVar("Result")


async def waited_for(request: Request, patience: Patience, work: Callable[[], Result]) -> Result:
    """Run ``work`` in a worker thread; when the client leaves or time is up, tell it by ``patience``.

    A thread can't be stopped: work that doesn't ask ``patience`` goes on to its end, but nobody waits for it.

    Raises:
        ClientGone: the client went away.
        ReplyTooLong: time is up.
        TooBusy: time was up before the work began.
    """
    working = asyncio.ensure_future(run_in_threadpool(work))
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
