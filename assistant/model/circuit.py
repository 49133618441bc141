"""A circuit breaker: after repeated failures a part is left alone for a while, then tried once."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

# However long a part asks to be left alone.
_LONGEST_S = 3600.0


class Circuit:
    """Says whether to call a part that may be failing; safe between threads."""

    def __init__(
        self, most_failures: int = 3, rest_s: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open after ``most_failures`` in a row, for ``rest_s`` seconds.

        Args:
            most_failures: failures in a row that open the circuit.
            rest_s: seconds before one call is tried again.
            clock: seconds that only grow; passed in so that tests need not wait.
        """
        self._most, self._rest, self._clock = most_failures, rest_s, clock
        self._lock = Lock()
        self._failures = 0
        self._retry_at: float | None = None

    def allows(self) -> bool:
        """Whether to call now; while half open, true for one caller only."""
        with self._lock:
            if self._failures < self._most:
                return True
            now = self._clock()
            if self._retry_at is not None and now < self._retry_at:
                return False
            self._retry_at = now + self._rest
            return True

    def succeeded(self) -> None:
        """Close the circuit."""
        with self._lock:
            self._failures, self._retry_at = 0, None

    def failed(self, retry_s: float | None = None) -> None:
        """Count a failure; ``retry_s`` opens the circuit at once, for so many seconds."""
        with self._lock:
            self._failures = max(self._failures + 1, 0 if retry_s is None else self._most)
            if self._failures >= self._most:
                rest = self._rest if retry_s is None else min(retry_s, _LONGEST_S)
                self._retry_at = self._clock() + rest
