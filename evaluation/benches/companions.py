"""Processes that stand by and are called in turn, so that what is compared shares the same minutes."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

from evaluation.benches.own_process import peak_bytes
from evaluation.errors import ProcessLost


class Companion:
    """An object in a process of its own, whose methods are timed there."""

    def __init__(self, make: Callable[..., object], *arguments: object, cores: int | None = None) -> None:
        """Start the process and make the object there.

        Args:
            make: a class or function of a module, so that the new process can find it.
            arguments: what can be pickled.
            cores: how many cores the process may use, where the system can tell; None for all.

        Raises:
            Exception: what making it raised.
            ProcessLost: the process died.
        """
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_stand_by, args=(there, make, arguments), daemon=True)
        with at_most(cores):  # what the process imports first counts its cores then
            self._process.start()
        there.close()
        self._received()

    def timed(self, method: str, *arguments: object) -> float:
        """Call a method of the object, and return how long it took there, in seconds; same errors."""
        self._here.send((method, arguments))
        return float(self._received()[0])

    @property
    def grown_mb(self) -> float:
        """By how much the process has grown since it began, at most, in megabytes (10^6 bytes)."""
        self._here.send(None)
        return float(self._received()[1])

    def _received(self) -> tuple[float, float]:
        try:
            found = self._here.recv()
        except EOFError as error:
            raise ProcessLost(
                "Un processus de mesure s’est arrêté sans réponse, sans doute faute de mémoire. "
                "Fermez d’autres programmes et recommencez."
            ) from error
        if isinstance(found, BaseException):
            raise found
        seconds, grown = found
        return seconds, grown

    def close(self) -> None:
        """End the process."""
        self._here.close()
        self._process.join(timeout=5)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()


def in_turns(
    companions: Sequence[Companion], calls: Sequence[tuple[str, tuple[object, ...]]]
) -> list[list[float]]:
    """Put each call to every companion before the next one, another first each time.

    Returns:
        For each companion, the seconds of each call.
    """
    spent: list[list[float]] = [[] for _ in companions]
    for number, (method, arguments) in enumerate(calls):
        for turn in range(len(companions)):
            place = (number + turn) % len(companions)
            spent[place].append(companions[place].timed(method, *arguments))
    return spent


@contextmanager
def at_most(cores: int | None) -> Iterator[None]:
    """Keep this process, and those it starts, to so many cores; nothing where the system can't."""
    if cores is None or not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _stand_by(connection: Connection, make: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    begun = peak_bytes()
    try:
        served = make(*arguments)
        connection.send((0.0, 0.0))
        while True:
            call = connection.recv()
            started = time.perf_counter()
            if call is not None:
                method, given = call
                getattr(served, method)(*given)
            connection.send((time.perf_counter() - started, (peak_bytes() - begun) / 1e6))
    except EOFError:  # nobody calls any more
        return
    except Exception as error:  # noqa: BLE001 - raised again where the call was made
        connection.send(error)
