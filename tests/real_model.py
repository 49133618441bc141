"""The real model on the loopback: started as a process of its own, stopped by its process id."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from evaluation.benches.model_file import FOLDER, QWEN_CODER

FILE = FOLDER / QWEN_CODER.name
_SCRIPT = Path(__file__).with_name("serve_model.py")


@dataclass(frozen=True)
class Served:
    """A running server of the model."""

    address: str
    process: subprocess.Popen[str]

    def kill(self) -> None:
        """Stop it at once, whatever it's doing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def served(key: str | None = None) -> Iterator[Served]:
    """Serve the model until the block ends; with ``key``, only to those who give it."""
    if not FILE.is_file():
        pytest.fail("the weights aren't there; run: make llm")
    command = [sys.executable, str(_SCRIPT), str(FILE), *([key] if key else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        if not address:
            pytest.fail("the model's server didn't start")
        yield Served(address, process)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
