"""The real ``assistant serve`` on the fiches, started for a test file and stopped by its process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

CONSOLE = Path(sys.executable).parent / "assistant"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_START_LIMIT = 900
_LINE_LIMIT = 120


_KEPT = "ASSISTANT_VECTOR_CACHE"  # the vectors that all tests share


def settings() -> dict[str, str]:
    """The environment without any setting of whoever runs the tests, the place of kept vectors excepted."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name == _KEPT or not name.startswith("ASSISTANT_")
    }
    return {**kept, "PYTHONUTF8": "1"}


@dataclass
class Server:
    """A running ``assistant serve`` and what it says on stderr."""

    process: subprocess.Popen[str]
    folder: Path
    lines: list[str] = field(default_factory=list)
    address: str = ""

    def read(self) -> None:
        """Keep what the server says until it stops; note the address where it answers."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line)
            found = _ADDRESS.search(line)
            if found and "Page de discussion" in line:
                self.address = found.group()

    def wait(self) -> None:
        """Wait until the server answers, its chat page included."""
        limit = time.monotonic() + _START_LIMIT
        while time.monotonic() < limit and self.process.poll() is None:
            if self.address and self.is_whole():
                return
            time.sleep(0.1)
        pytest.fail("the server didn't start:\n" + "".join(self.lines))

    def line_with(self, text: str) -> str:
        """The first line that holds a text; what the server writes is read a little later."""
        limit = time.monotonic() + _LINE_LIMIT
        while time.monotonic() < limit:
            if found := [line for line in self.lines if text in line]:
                return found[0]
            time.sleep(0.05)
        pytest.fail(f"no line holds {text}")

    def is_whole(self) -> bool:
        """Whether it answers over HTTP and serves its page."""
        try:
            ready = httpx.get(f"{self.address}/readyz", timeout=60)
            return ready.status_code == 200 and ready.json()["page"] == "ready"
        except httpx.TransportError:
            return False


@contextmanager
def serving(
    folder: Path, *options: str, command: Sequence[str | Path] = (CONSOLE,), **chosen: str
) -> Iterator[Server]:
    """Start the server in a folder, mostly without an index, wait until it answers, stop it at the end.

    Args:
        folder: where it runs.
        options: of the command.
        command: what starts it.
        chosen: settings, as environment variables.
    """
    process = subprocess.Popen(
        [*command, "serve", "--port", "0", "--index", "index", *options],
        cwd=folder,
        env={**settings(), **chosen},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    started = Server(process, folder)
    reading = threading.Thread(target=started.read)
    reading.start()
    try:
        started.wait()
        yield started
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reading.join()
        assert process.stderr is not None
        process.stderr.close()
    assert "Traceback" not in "".join(started.lines)
