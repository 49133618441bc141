"""The parent of several workers: starts them, starts again the one that dies, stops them all.

Each is a new Python process (spawn), not a copy of this one: the libraries that search and encode run threads
of their own, which a fork would lose in the middle of their work. What is large is shared all the same: the
arrays kept on disk are mapped in memory, once for all processes.
"""

from __future__ import annotations

import logging
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path

from assistant.api.counted_together import counted_together, forget_process
from assistant.serving.terms import LEAVE_SECONDS
from assistant.serving.worker import Place, work
from assistant.settings import AssistantSettings

log = logging.getLogger(__name__)
# A worker that can't start is tried again, less and less often.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
# Beyond what a request has to end: for what is left to close.
_TO_CLOSE_S = 10.0
_BACKLOG = 128


@dataclass(slots=True)
class _Worker:
    place: Place
    process: SpawnProcess
    told: connection.Connection | None
    is_ready: bool = False


@dataclass
class Parent:
    """Runs workers on one listener.

    Attributes:
        settings: of the server.
        listener: bound and listening.
        prepare: what the first worker does before anything else; a function of a module.
        began: called once the first worker answers.
        leave_s: seconds that what is being answered has to end; closing takes a little longer.
    """

    settings: AssistantSettings
    listener: socket.socket
    prepare: Callable[[AssistantSettings], None]
    began: Callable[[], None]
    leave_s: float = LEAVE_SECONDS
    _workers: dict[int, _Worker] = field(default_factory=dict)
    _failures: dict[int, int] = field(default_factory=dict)
    _due: dict[int, float] = field(default_factory=dict)

    def run(self) -> int:
        """Serve until a signal says to stop.

        Returns:
            The exit code: not 0 when the first worker couldn't start, which has said why.
        """
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assistant-")))
            stack.enter_context(counted_together(folder))
            places = stack.enter_context(_places(folder, self.listener, self.settings.workers))
            leaving = stack.enter_context(_signals())
            stack.callback(self._stop)
            self._start(places[1], first=True)
            if (code := self._first_answers(leaving)) is not None:
                return code
            self.began()
            self._due = dict.fromkeys((number for number in places if number != 1), 0.0)
            self._watch(places, leaving)
        return 0

    def _first_answers(self, leaving: connection.Connection) -> int | None:
        """Wait for the first worker; give the exit code when there is nothing to serve."""
        first = self._workers[1]
        while not first.is_ready:
            if leaving in self._events(leaving, None):
                return 0
            if 1 not in self._workers:
                return max(first.process.exitcode or 0, 1)
        return None

    def _watch(self, places: dict[int, Place], leaving: connection.Connection) -> None:
        while True:
            for number in [number for number, due in self._due.items() if due <= time.monotonic()]:
                del self._due[number]
                self._start(places[number])
            pause = min(self._due.values()) - time.monotonic() if self._due else None
            if leaving in self._events(leaving, pause):
                return

    def _events(self, leaving: connection.Connection, timeout: float | None) -> list[object]:
        """Wait until something happens; note which workers answer and which are gone."""
        told = [worker.told for worker in self._workers.values() if worker.told is not None]
        ends = [worker.process.sentinel for worker in self._workers.values()]
        wait_s = None if timeout is None else max(0.0, timeout)
        found: list[object] = list(connection.wait([leaving, *told, *ends], wait_s))
        for worker in list(self._workers.values()):
            if worker.told is not None and worker.told in found:
                worker.is_ready = _has_told(worker.told)
                worker.told.close()
                worker.told = None
                if worker.is_ready:
                    self._failures[worker.place.number] = 0
            if worker.process.sentinel in found:
                self._lost(worker)
        return found

    def _lost(self, worker: _Worker) -> None:
        number, process = worker.place.number, worker.process
        process.join()
        del self._workers[number]
        failures = self._failures[number] = self._failures.get(number, 0) + 1
        pause = min(_FIRST_PAUSE_S * 2 ** (failures - 1), _LONGEST_PAUSE_S)
        self._due[number] = time.monotonic() + pause
        log.error(
            "worker %d (process %s) ended with code %s; it starts again in %.1f s",
            number,
            process.pid,
            process.exitcode,
            pause,
        )
        if worker.told is not None:
            worker.told.close()
        if process.pid is not None:
            forget_process(process.pid)

    def _start(self, place: Place, *, first: bool = False) -> None:
        here, there = get_context("spawn").Pipe(duplex=False)
        process = get_context("spawn").Process(
            target=work,
            args=(self.settings, place, self.prepare if first else None, there),
            name=f"assistant-{place.number}",
        )
        process.start()
        there.close()
        self._workers[place.number] = _Worker(place, process, here)
        log.info("worker %d is process %s", place.number, process.pid)

    def _stop(self) -> None:
        """Tell the workers to leave, and end those that don't in time."""
        until = time.monotonic() + self.leave_s + _TO_CLOSE_S
        for worker in self._workers.values():
            worker.process.terminate()
        for worker in self._workers.values():
            worker.process.join(max(0.0, until - time.monotonic()))
            if worker.process.is_alive():
                log.error("worker %d didn't leave in time: it's killed", worker.place.number)
                worker.process.kill()
                worker.process.join()
            if worker.told is not None:
                worker.told.close()


def _has_told(told: connection.Connection) -> bool:
    """Whether a worker said that it answers, rather than ended."""
    try:
        told.recv()
    except (EOFError, OSError):
        return False
    return True


@contextmanager
def _places(folder: Path, listener: socket.socket, count: int) -> Iterator[dict[int, Place]]:
    """Make the place of each worker, by its number.

    The own sockets outlive a worker that dies: what is handed over to it meanwhile waits for the next one.
    """
    paths = {number: folder / str(number) for number in range(1, count + 1)}
    with ExitStack() as stack:
        places = {}
        for number, path in paths.items():
            own = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
            own.bind(str(path))
            own.listen(_BACKLOG)
            places[number] = Place(number, listener, own, paths)
        yield places


@contextmanager
def _signals() -> Iterator[connection.Connection]:
    """Give what can be read once a signal says to stop."""
    leaving, told = get_context("spawn").Pipe(duplex=False)
    handled = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda *_: told.send(None)) for number in handled}
    try:
        yield leaving
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        leaving.close()
        told.close()
