"""How the CPU time of a function grows with its input: the one kind of timing that a test may look at."""

from __future__ import annotations

import time
from collections.abc import Callable

# Doubling an input may cost this much more: linear work, with room for caches that overflow.
LINEAR = 2.5
_ENOUGH_S = 0.005


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one call, best of five; short calls are repeated until they can be measured."""
    times = 1
    while True:
        best = min(_spent(work, times) for _ in range(5))
        if best >= _ENOUGH_S:
            return best / times
        times *= 4


def growth(work: Callable[[str], object], text: Callable[[int], str], size: int) -> float:
    """How many times longer ``work`` takes on ``text(2 * size)`` than on ``text(size)``."""
    short, long = text(size), text(2 * size)
    return cpu_seconds(lambda: work(long)) / cpu_seconds(lambda: work(short))


def is_linear(work: Callable[[str], object], text: Callable[[int], str], size: int) -> bool:
    """Whether doubling the text costs at most :data:`LINEAR` times; a busy machine gets twelve tries."""
    return any(growth(work, text, size) <= LINEAR for _ in range(12))


def _spent(work: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - start
