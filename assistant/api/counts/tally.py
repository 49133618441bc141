"""Count replies in memory, and write the counts every few seconds: no reply ever waits for the disk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date
from threading import Lock

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant.api.counts.shape import MOST_CHARS, Counted, Outcome, Question, bound_of
from assistant.api.counts.store import CountStore, CountsUnavailable
from assistant.reply import ChatRequest, Reply

log = logging.getLogger(__name__)
_EVERY_S = 5.0
_TOTAL = "total"
_LEFT_WITHOUT: frozenset[Outcome] = frozenset({"unanswerable", "out_of_scope"})
# Looked through once in so many writes, for what grew too old while nobody asked anything.
_LOOKS = 720


class Tally:
    """The counts of one process, on their way to the file that all share."""

    def __init__(
        self, store: CountStore, *, with_texts: bool = False, today: Callable[[], date] = date.today
    ) -> None:
        """Count for a store.

        Args:
            store: where counts are kept.
            with_texts: whether the questions left without an answer are kept too.
            today: the date, passed in so that tests can choose it.
        """
        self.store = store
        self.with_texts = with_texts
        self._today = today
        self._waiting = Counted()
        self._lock = Lock()
        self._writing = Lock()
        self._fails = False

    def replied(self, request: ChatRequest, reply: Reply, act: str) -> None:
        """Count a reply to a message that does ``act``."""
        day = self._today()
        counted = Counted({(day, reply.status, act): 1})
        if (total := reply.timings_ms.get(_TOTAL)) is not None:
            counted.took[day, bound_of(total)] = 1
        if self.with_texts and reply.status in _LEFT_WITHOUT:
            text = " ".join(request.messages[-1].content.split())[:MOST_CHARS]
            counted.questions.append(Question(day, reply.status, text))
        self._add(counted)

    def failed(self, act: str = "") -> None:
        """Count a question that the assistant failed to reply to."""
        self._add(Counted({(self._today(), "error", act): 1}))

    def flush(self) -> bool:
        """Write what waits; what can't be written waits on. Return whether all is written."""
        with self._writing:
            with self._lock:
                counted, self._waiting = self._waiting, Counted()
            if not counted:
                return True
            try:
                self.store.add(counted, self._today())
            except CountsUnavailable as error:
                with self._lock:
                    counted.add(self._waiting)
                    self._waiting = counted
                if not self._fails:
                    log.warning(
                        "daily counts wait in memory, %s can't be written: %s", self.store.path, error
                    )
                self._fails = True
                return False
            self._fails = False
            return True

    def since(self, first: date) -> Counted:
        """What was counted from a day on, by all processes.

        Raises:
            CountsUnavailable: the file can't be read.
        """
        if not self.flush():
            self.flush()  # a damaged file has just been set aside: the next write makes another
        return self.store.since(first, self._today())

    @asynccontextmanager
    async def life(self, _app: FastAPI) -> AsyncGenerator[None]:
        """Write from the start of an application to its end."""
        writing = asyncio.create_task(self._write())
        try:
            yield
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            await run_in_threadpool(self.flush)

    async def _write(self) -> None:
        while True:
            await run_in_threadpool(self._look_through)
            for _ in range(_LOOKS):
                await asyncio.sleep(_EVERY_S)
                await run_in_threadpool(self.flush)

    def _look_through(self) -> None:
        try:
            self.store.purge(self._today(), texts=self.with_texts)
        except CountsUnavailable as error:
            log.warning("old counts couldn't be deleted: %s", error)

    def _add(self, counted: Counted) -> None:
        with self._lock:
            self._waiting.add(counted)
