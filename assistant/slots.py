"""So many at a time, first come first served."""

from __future__ import annotations

from collections import deque
from threading import Event, Lock


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
