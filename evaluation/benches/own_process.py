"""Run a function in a process of its own, so that its memory is its own, and tell how much it took."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from evaluation.errors import ProcessLost

T = TypeVar("T")
Progress = Callable[[int, int], None]
_STATUS = Path("/proc/self/status")
_BYTES = 1024 if sys.platform.startswith("linux") else 1


def silent(_done: int, _total: int) -> None:
    """Show no progress."""


def run_alone(function: Callable[..., T], *arguments: object, progress: Progress = silent) -> tuple[T, float]:
    """Call ``function(*arguments, progress)`` in a new process.

    Args:
        function: a function of a module, so that the new process can find it.
        arguments: what can be pickled.
        progress: called here with what the function tells there.

    Returns:
        What the function returned, and by how many megabytes (10^6 bytes) its process grew at most.

    Raises:
        Exception: what the function raised.
        ProcessLost: the process died without a word (killed, out of memory).
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(there, function, arguments))
    process.start()
    there.close()
    try:
        kind, value = here.recv()
        while kind == "progress":
            progress(*value)
            kind, value = here.recv()
    except EOFError as error:
        raise ProcessLost(
            "Le processus de mesure s’est arrêté sans réponse, sans doute faute de mémoire. "
            "Recommencez sur un jeu ou une taille moindre."
        ) from error
    except BaseException:
        process.terminate()
        raise
    finally:
        here.close()
        process.join()
    if kind == "failed":
        raise value
    result: tuple[T, float] = value
    return result


def peak_bytes() -> int:
    """Return the most memory that this process has held, in bytes."""
    if _STATUS.exists():  # what getrusage says there counts the process that started this one
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES


def _serve(connection: Connection, function: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    before = peak_bytes()
    try:
        result = function(*arguments, lambda done, total: connection.send(("progress", (done, total))))
        connection.send(("done", (result, (peak_bytes() - before) / 1e6)))
    except Exception as error:  # noqa: BLE001 - raised again where the function was asked for
        connection.send(("failed", error))
