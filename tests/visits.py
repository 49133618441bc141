"""The server that a browser visits: the real application, on a scripted engine or on its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromium import free_port, wait_until_up

ROOT = Path(__file__).parents[1]
FAKE_SERVER = str(ROOT / "tests" / "end_to_end" / "fake_server.py")
PATIENCE = 60_000  # milliseconds: what is awaited comes, however slow the machine


@contextmanager
def serving(*command: str) -> Iterator[str]:
    """A server of our own, on a free port, stopped by its process id."""
    port = free_port()
    server = subprocess.Popen([sys.executable, *(word.format(port=port) for word in command)], cwd=ROOT)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_up(url, server, seconds=300, path="/")  # the page itself, which comes after the API
        yield url
    finally:
        server.terminate()
        server.wait(timeout=120)
