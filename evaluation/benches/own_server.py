"""The real server, started on an index of its own for a measure, in one process or several, and stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from evaluation.errors import TargetGone

_START_S, _STOP_S = 180.0, 30.0
_VECTORS = "ASSISTANT_VECTOR_CACHE"
_COMMAND = [sys.executable, "-m", "assistant.commands.cli"]
_BARE = [sys.executable, "-m", "evaluation.benches.bare_server"]
_EMPTY = [sys.executable, "-m", "evaluation.benches.empty_page"]
_WORKER_HEADER = "X-Assistant-Worker"


@dataclass(frozen=True, slots=True)
class Started:
    """A server that answers: its address, and the process that was started for it."""

    address: str
    pid: int


def index_fiches(folder: Path) -> None:
    """Index the fiches in a folder, once for the servers that are started there."""
    command = [*_COMMAND, "ingest", "--index", str(folder / "index")]
    environment = {**_environment(), **vectors_kept()}
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603


@contextmanager
def own_server(folder: Path, workers: int = 1) -> Iterator[Started]:
    """Serve the index of a folder on a free port of this machine; the server is stopped at the end.

    Args:
        folder: where the fiches were indexed.
        workers: processes that serve.

    Raises:
        TargetGone: it doesn't start.
    """
    index = ["--index", str(folder / "index"), "--workers", str(workers)]
    with _running([*_COMMAND, "serve", *index], folder, workers) as started:
        yield started


@contextmanager
def bare_server(folder: Path) -> Iterator[Started]:
    """Serve a bare FastAPI route that does nothing, as a measure of what HTTP alone takes here."""
    with _running(_BARE, folder, 1) as started:
        yield started


def started_command(command: str, variables: Mapping[str, str], *options: str) -> subprocess.Popen[bytes]:
    """Start a command with those settings and no other; what it says is left aside."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [*_COMMAND, command, *options],
        env={**_environment(), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def empty_server(folder: Path) -> Iterator[Started]:
    """Serve a Gradio page with nothing in it, as a measure of what Gradio alone takes here."""
    with _running(_EMPTY, folder, 1) as started:
        yield started


def vectors_kept() -> dict[str, str]:
    """Where vectors are kept, if a setting says so: what is made before a measure needn't be made anew."""
    value = os.environ.get(_VECTORS)
    return {} if value is None else {_VECTORS: value}


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return {**kept, "ASSISTANT_REQUESTS_PER_MINUTE": "0"}  # one machine stands for all the users here


@contextmanager
def _running(command: list[str], folder: Path, workers: int) -> Iterator[Started]:
    port = free_port()
    log = (folder / f"serve-{port}.log").open("w")
    server = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--port", str(port)], env=_environment(), stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, workers)
        yield Started(address, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def _wait(address: str, server: subprocess.Popen[bytes], workers: int) -> None:
    """Wait until every worker has answered, its chat page built."""
    limit = time.monotonic() + _START_S
    seen: set[str] = set()
    while time.monotonic() < limit and server.poll() is None:
        try:
            ready = httpx.get(f"{address}/readyz", timeout=5)
            if ready.status_code == httpx.codes.OK and ready.json().get("page") != "loading":
                seen.add(ready.headers.get(_WORKER_HEADER, ""))
        except httpx.TransportError:
            pass
        if len(seen) == workers:
            return
        time.sleep(0.1)
    raise TargetGone("Le serveur n’a pas démarré. Lancez « assistant serve » pour voir pourquoi.")
