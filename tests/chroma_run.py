"""A real Chroma server on loopback, started from its own console script, stopped and started again."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from ingest.chroma_server import ChromaServer
from ingest.server_address import ServerAddress

_CHROMA = Path(sys.executable).parent / "chroma"
_START_LIMIT = 120


class ChromaRun:
    """``chroma run`` in a folder; the port stays the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.address = ServerAddress("127.0.0.1", self.port, False, "default_tenant", "default_database")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [_CHROMA, "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        limit = time.monotonic() + _START_LIMIT
        while time.monotonic() < limit and self._process.poll() is None:
            try:
                if httpx.get(f"{self.address}/api/v2/heartbeat").status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        pytest.fail("chroma run didn't start")

    def stop(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def client(self) -> ChromaServer:
        """A client of its own, as another process would have."""
        return ChromaServer(self.address)
