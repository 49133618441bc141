"""Debian's Chromium for the browser tests, and servers of our own on free ports."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_up(
    url: str, server: subprocess.Popen[bytes], seconds: float = 120, path: str = "/healthz"
) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the server stopped with code {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}{path}", timeout=30) as answer:
                if answer.headers.get("Retry-After") is None:  # else it's the page that says "wait"
                    return
        except (urllib.error.URLError, TimeoutError):
            pass
        time.sleep(0.2)
    pytest.fail("the server didn't come up")
