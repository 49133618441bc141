"""A Chroma server of this machine, started for a measure, killed and started again as the measure asks."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from evaluation.benches.own_server import free_port
from evaluation.errors import TargetGone

_START_S = 180.0


class OwnChroma:
    """``chroma run`` in a folder, at an address that stays the same."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is started."""
        self._port = free_port()
        self._command = [
            str(Path(sys.executable).parent / "chroma"),
            *("run", "--path", str(folder / "chroma"), "--host", "127.0.0.1", "--port", str(self._port)),
        ]
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            TargetGone: it doesn't start.
        """
        self._process = subprocess.Popen(  # noqa: S603 - the program of a package that we depend on
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        limit = time.monotonic() + _START_S
        while not self._beats():
            if time.monotonic() > limit or self._process.poll() is not None:
                raise TargetGone("« chroma run » n’a pas démarré.")
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it (SIGKILL); nothing if it isn't there."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _beats(self) -> bool:
        try:
            return httpx.get(f"{self.address}/api/v2/heartbeat").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


@contextmanager
def chroma_server(folder: Path) -> Iterator[OwnChroma]:
    """Run a Chroma server in a folder, killed at the end.

    Raises:
        TargetGone: it doesn't start.
    """
    server = OwnChroma(folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
