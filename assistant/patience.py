"""How long somebody waits for a reply, and for a turn among those that are worked on at the same time."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from assistant.errors import AssistantError, ClientGone, ReplyTooLong, TooBusy


class Patience:
    """Shared by whoever waits and whoever works; the worker asks it between two steps whether to go on."""

    def __init__(self, seconds: float | None = None) -> None:
        """Start waiting.

        Args:
            seconds: how long, from now on; None for as long as it takes.
        """
        self._until = None if seconds is None else time.monotonic() + seconds
        self._left = False
        self._served = False
        self._told: Callable[[], None] = _nobody

    def when_served(self, told: Callable[[], None]) -> None:
        """Have ``told`` called once, when the work first gets its turn."""
        self._told = told

    def give_up(self) -> None:
        """Say that nobody waits any more."""
        self._left = True

    @property
    def remaining(self) -> float | None:
        """Seconds left, 0 at least; None when there is no limit."""
        return None if self._until is None else max(0.0, self._until - time.monotonic())

    @property
    def expiry(self) -> AssistantError:
        """What to say when time is up: the work hadn't begun, or it was too long."""
        return ReplyTooLong() if self._served else TooBusy()

    def check(self) -> None:
        """Return when somebody still waits.

        Raises:
            ClientGone: nobody does.
            ReplyTooLong: time is up.
            TooBusy: time was up before the work began.
        """
        if self._left:
            raise ClientGone
        if self.remaining == 0:
            raise self.expiry

    @contextmanager
    def turn(self, slots: Slots) -> Iterator[None]:
        """Wait for one of ``slots`` and hold it; someone who left meanwhile takes none.

        Raises:
            ClientGone: nobody waits any more.
            TooBusy: none was free in time.
        """
        if not slots.acquire(timeout=self.remaining):
            raise TooBusy
        try:
            self.check()
            if not self._served:
                self._served = True
                self._told()
            yield
        finally:
            slots.release()


def _nobody() -> None:
    """Told of a turn where nobody wants to know."""


class Slots:
    """A semaphore that serves its waiters in their order.

    The one of :mod:`threading` lets whoever has just released take again before those who wait wake up: one
    in a hurry could keep another waiting for ever.
    """

    def __init__(self, count: int) -> None:
        """Have ``count`` slots, all free."""
        self._free = count
        self._lock = Lock()
        self._waiting: deque[Event] = deque()

    def acquire(self, timeout: float | None = None) -> bool:
        """Take a slot, waiting ``timeout`` seconds at most; tell whether there was one."""
        with self._lock:
            if self._free and not self._waiting:
                self._free -= 1
                return True
            ticket = Event()
            self._waiting.append(ticket)
        if ticket.wait(timeout):
            return True
        with self._lock:
            if ticket.is_set():  # it came between the two
                return True
            self._waiting.remove(ticket)
            return False

    def release(self) -> None:
        """Give a slot back: to who has waited longest, if someone waits."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
