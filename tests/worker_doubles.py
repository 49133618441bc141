"""Workers that serve nothing, and die or stay as their settings tell; and real ones, on the fake engine."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

from fakes import FakeEngine

from assistant.serving import worker
from assistant.serving.worker import Place
from assistant.settings import AssistantSettings


def prepare(_settings: AssistantSettings) -> None:
    """Do nothing; a function of a module, which another process finds."""


def work(
    settings: AssistantSettings,
    place: Place,
    prepared: Callable[[AssistantSettings], None] | None,
    ready: Connection,
) -> None:
    """Stand for a worker; ``collection`` says how it behaves, ``index_dir`` where its starts are noted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with (settings.index_dir / f"starts-{place.number}").open("a") as noted:
        noted.write(f"{os.getpid()} {prepared is not None}\n")
    starts = len((settings.index_dir / f"starts-{place.number}").read_text().splitlines())
    if settings.collection == "refuses":
        sys.exit(1)
    if settings.collection == "second-refuses-once" and place.number == 2 and starts == 1:
        sys.exit(1)
    if settings.collection == "stays":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.send(place.number)
    time.sleep(600)


def work_on_fakes(
    settings: AssistantSettings,
    place: Place,
    prepared: Callable[[AssistantSettings], None] | None,
    ready: Connection,
) -> None:
    """Be a real worker, but for what answers."""
    from assistant.serving import server

    server.build_engine = lambda _settings: FakeEngine()  # type: ignore[assignment, return-value]
    worker.work(settings, place, prepared and prepare, ready)
