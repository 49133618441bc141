"""Delete feedback that is too old while the server runs, whether or not new feedback comes."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import date

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant.api.feedback.store import FeedbackStore
from assistant.errors import FeedbackUnavailable

log = logging.getLogger(__name__)
_ONE_DAY_S = 86_400.0


def retention(
    store: FeedbackStore, every_s: float = _ONE_DAY_S, today: Callable[[], date] = date.today
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Make the life of an application: from its start to its end, ``store`` is looked through.

    Args:
        store: where feedback is kept.
        every_s: seconds between two looks; the first is at the start.
        today: the date, passed in so that tests can choose it.
    """

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncGenerator[None]:
        looking = asyncio.create_task(_look(store, every_s, today))
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking

    return life


async def _look(store: FeedbackStore, every_s: float, today: Callable[[], date]) -> None:
    while True:
        try:
            await run_in_threadpool(store.purge, today())
        except FeedbackUnavailable:
            log.exception("old feedback couldn't be deleted")
        await asyncio.sleep(every_s)
