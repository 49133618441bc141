"""How many questions are in at once, at work or waiting; each in a thread that no other route may need."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync

from assistant.errors import TooBusy

_Result = TypeVar("_Result")


class WaitingRoom:
    """Lets in so many questions and no more: who comes when it's full is told at once to come back."""

    def __init__(self, most: int, refused: Callable[[], None] = lambda: None) -> None:
        """Have room for ``most`` questions; ``refused`` is called for each that finds none."""
        self._most = most
        self._refused = refused
        self._inside: set[object] = set()
        self._lock = Lock()

    async def run(self, work: Callable[[], _Result]) -> _Result:
        """Do work in a thread, where there is room; one that nobody waits for leaves it at its own end.

        Raises:
            TooBusy: there is none.
        """
        ticket, begun = object(), False
        with self._lock:
            has_room = len(self._inside) < self._most
            if has_room:
                self._inside.add(ticket)
        if not has_room:
            self._refused()
            raise TooBusy

        def counted() -> _Result:
            nonlocal begun
            begun = True
            try:
                return work()
            finally:
                self._leave(ticket)

        try:
            return await run_apart(counted)
        except BaseException:
            if not begun:
                self._leave(ticket)
            raise

    def _leave(self, ticket: object) -> None:
        with self._lock:
            self._inside.discard(ticket)


async def run_apart(work: Callable[[], _Result]) -> _Result:
    """Do work in a thread besides those that the other routes share."""
    return await run_sync(work, limiter=CapacityLimiter(1))
