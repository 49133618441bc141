"""The parent of the workers: who is started, started again, told to leave, and with which exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import worker_doubles

from assistant.commands.serve import listen
from assistant.serving import parent
from assistant.settings import AssistantSettings

LIMIT = 120


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "work", worker_doubles.work)
    monkeypatch.setattr(parent, "_FIRST_PAUSE_S", 0.01)
    monkeypatch.setattr(parent, "_TO_CLOSE_S", 0.5)


class Run:
    """A parent that runs here until a test has seen what it waits for."""

    def __init__(self, folder: Path, behaviour: str = "obeys", workers: int = 2) -> None:
        self.folder = folder
        self.began: list[bool] = []
        self.listener = listen("127.0.0.1", 0)
        settings = AssistantSettings.model_construct(
            index_dir=folder, collection=behaviour, workers=workers, log_level="info"
        )
        self.parent = parent.Parent(
            settings, self.listener, worker_doubles.prepare, lambda: self.began.append(True), 0.2
        )

    def starts(self, number: int) -> list[int]:
        """The processes that stood for a worker, oldest first."""
        noted = self.folder / f"starts-{number}"
        return [int(line.split()[0]) for line in noted.read_text().splitlines()] if noted.exists() else []

    def until(self, seen: Callable[[], bool], then: Callable[[], None] = lambda: None) -> int:
        """Run, and stop with SIGTERM once ``seen``; give the exit code."""

        def watch() -> None:
            limit = time.monotonic() + LIMIT
            while not seen() and time.monotonic() < limit:
                time.sleep(0.02)
            then()
            os.kill(os.getpid(), signal.SIGTERM)

        watching = threading.Thread(target=watch)
        watching.start()
        try:
            return self.parent.run()
        finally:
            watching.join()


@pytest.fixture
def run(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Run]:
    made = Run(tmp_path, getattr(request, "param", "obeys"))
    yield made
    made.listener.close()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_parent_loads_nothing_of_what_its_workers_do() -> None:
    code = "import sys, assistant.serving.parent, assistant.commands.serve; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    loaded = set(done.stdout.split())
    assert "pydantic" in loaded
    assert (
        loaded & {"fastapi", "uvicorn", "chromadb", "onnxruntime", "numpy", "gradio", "prometheus_client"}
        == set()
    )


@pytest.mark.slow
def test_one_that_is_killed_is_replaced_and_all_leave_together(run: Run) -> None:
    killed: list[int] = []

    def seen() -> bool:
        if run.began and run.starts(2) and not killed:
            killed.append(run.starts(2)[0])
            os.kill(killed[0], signal.SIGKILL)
        return len(run.starts(2)) == 2

    assert run.until(seen) == 0
    assert len(run.starts(1)) == 1
    assert len(set(run.starts(2))) == 2
    assert all(gone(pid) for number in (1, 2) for pid in run.starts(number))
    prepared = [(run.folder / f"starts-{number}").read_text().split()[1] for number in (1, 2)]
    assert prepared == ["True", "False"], "the index is made by the first worker alone"


@pytest.mark.parametrize("run", ["refuses"], indirect=True)
def test_a_first_worker_that_cannot_start_ends_it(run: Run) -> None:
    assert run.parent.run() == 1
    assert run.began == []
    assert (len(run.starts(1)), run.starts(2)) == (1, [])


@pytest.mark.slow
@pytest.mark.parametrize("run", ["second-refuses-once"], indirect=True)
def test_another_that_cannot_start_is_tried_again_while_the_first_serves(run: Run) -> None:
    assert run.until(lambda: len(run.starts(2)) == 2) == 0
    assert run.began == [True]
    assert len(run.starts(1)) == 1


@pytest.mark.parametrize("run", ["stays"], indirect=True)
def test_one_that_does_not_leave_in_time_is_killed(run: Run) -> None:
    assert run.until(lambda: bool(run.began)) == 0
    assert all(gone(pid) for pid in run.starts(1))
