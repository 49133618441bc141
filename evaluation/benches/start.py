"""What a start costs: processor seconds and memory of each command, beside the packages that it needs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import MappingProxyType

import httpx
from pydantic import BaseModel, ConfigDict

from evaluation.benches.own_server import vectors_kept
from evaluation.errors import TargetGone

_READY_S = 300.0
_MB = 1e6
_RSS_UNIT = 1024 if sys.platform.startswith("linux") else 1
_HELLO = (
    b'{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",'
    b'"capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}\n'
)
REFERENCE = "import fastapi, chromadb"
PAGE_REFERENCE = "import gradio, chromadb, fastapi, onnxruntime"


class Start(BaseModel):
    """What a command cost, the median of several starts.

    Attributes:
        name: the command.
        cpu_s: processor seconds, of the user and of the system, to its end or until it's ready.
        wall_s: seconds that somebody waits.
        peak_mb: most memory held, in megabytes (10^6 bytes).
        relative: its processor seconds over those of the first line.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    cpu_s: float
    wall_s: float
    peak_mb: float
    relative: float = 1.0


@dataclass(frozen=True, slots=True)
class _Measured:
    name: str
    arguments: Sequence[str]
    """What Python is called with."""
    ready: Callable[[subprocess.Popen[bytes]], bool] | None = None
    """Waits until it's ready, and tells whether it is; None to wait for its end."""


def bench_start(
    folder: Path,
    question: str,
    rounds: int,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    uncounted: int = 1,
) -> list[Start]:
    """Start each command several times in turn, over an index made in a folder beforehand.

    The memory of a command is at least that of this process, which is small.

    Args:
        folder: where the fiches are indexed; everything written stays there.
        question: what is asked and searched.
        rounds: how often each is started and counted.
        progress: called with the starts done and their total.
        uncounted: how often each is started before, which fills the caches of the system.

    Raises:
        TargetGone: a command fails, or doesn't get ready.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _started(_Measured("ingest", _command("ingest", folder)), folder, vectors_kept())
    measured = (
        _Measured(REFERENCE, ("-c", REFERENCE)),
        _Measured(PAGE_REFERENCE, ("-c", PAGE_REFERENCE)),
        _Measured("ask", _command("ask", folder, question)),
        _Measured("search", _command("search", folder, question)),
        _Measured("eligibility", ("-m", "assistant.commands.cli", "eligibility", "--commune", "Nieppe")),
        _Measured("ingest (rien de neuf)", _command("ingest", folder)),
        _Measured("mcp (prêt)", _command("mcp", folder), _greeted),
        _Measured("serve (prêt)", _command("serve", folder, "--port", str(port)), _serving(port)),
    )
    starts: dict[str, list[Start]] = {each.name: [] for each in measured}
    first, total = uncounted * len(measured), (uncounted + rounds) * len(measured)
    for done in range(total):
        each = measured[done % len(measured)]
        start = _started(each, folder)
        if done >= first:
            starts[each.name].append(start)
        progress(done + 1, total)
    return _relative([_median(found) for found in starts.values()])


def _command(name: str, folder: Path, *arguments: str) -> tuple[str, ...]:
    return ("-m", "assistant.commands.cli", name, *arguments, "--index", str(folder / "index"))


def _started(measured: _Measured, folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> Start:
    """Run a command to its end, or until it's ready, with some settings more, and tell what it took."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    began = time.monotonic()
    with (folder / "start.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *measured.arguments],
            env={**kept, **more, "ASSISTANT_INDEX_DIR": str(folder / "index")},
            stdin=subprocess.PIPE if measured.ready else subprocess.DEVNULL,
            stdout=subprocess.PIPE if measured.ready else log,
            stderr=log,
        )
        is_ready = measured.ready is None or measured.ready(process)
        waited = time.monotonic() - began
        if measured.ready is not None:
            os.kill(
                process.pid, signal.SIGKILL
            )  # Popen.kill() would reap one that has ended, and lose its use
        _, status, used = os.wait4(process.pid, 0)
        waited = waited if measured.ready else time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what it didn't read
                    pipe.close()
    if not is_ready or (measured.ready is None and process.returncode):
        said = (folder / "start.log").read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else "sans un mot"
        raise TargetGone(
            f"« {measured.name} » ne démarre pas ({last}). Lancez cette commande pour voir pourquoi."
        )
    return Start(
        name=measured.name,
        cpu_s=used.ru_utime + used.ru_stime,
        wall_s=waited,
        peak_mb=used.ru_maxrss * _RSS_UNIT / _MB,
    )


def _greeted(process: subprocess.Popen[bytes]) -> bool:
    """Greet a server of tools, and wait for its answer."""
    if process.stdin is None or process.stdout is None:
        return False
    try:
        process.stdin.write(_HELLO)
        process.stdin.flush()
    except BrokenPipeError:
        return False
    return b'"result"' in process.stdout.readline()


def _serving(port: int) -> Callable[[subprocess.Popen[bytes]], bool]:
    """Wait until a server of this machine says that it can answer."""

    def ready(process: subprocess.Popen[bytes]) -> bool:
        limit = time.monotonic() + _READY_S
        while time.monotonic() < limit and not _has_ended(process.pid):
            try:
                if httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == httpx.codes.OK:
                    return True
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        return False

    return ready


def _has_ended(pid: int) -> bool:
    """Whether a process has ended; it's left to be waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _median(starts: Sequence[Start]) -> Start:
    return Start(
        name=starts[0].name,
        cpu_s=median(start.cpu_s for start in starts),
        wall_s=median(start.wall_s for start in starts),
        peak_mb=median(start.peak_mb for start in starts),
    )


def _relative(starts: Sequence[Start]) -> list[Start]:
    first = max(starts[0].cpu_s, 1e-3)
    return [start.model_copy(update={"relative": start.cpu_s / first}) for start in starts]
