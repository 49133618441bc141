"""The process of one worker: what it serves, how it tells that it answers, when it leaves."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path

import click

from assistant.errors import AssistantError
from assistant.serving.terms import log_to_stderr
from assistant.settings import AssistantSettings
from corpus.errors import CorpusError
from ingest.errors import IngestError


@dataclass(frozen=True, slots=True)
class Place:
    """What a worker is given.

    Attributes:
        number: from 1 on.
        listener: the socket that all workers accept visitors from.
        own: the socket where the other workers hand over what is this one's.
        workers: where the socket of each worker is, by its number.
    """

    number: int
    listener: socket.socket
    own: socket.socket
    workers: Mapping[int, Path]


def work(
    settings: AssistantSettings,
    place: Place,
    prepare: Callable[[AssistantSettings], None] | None,
    ready: connection.Connection,
) -> None:
    """Serve until told to stop; the process ends with code 1, after one French line, when it can't.

    Args:
        settings: of the server.
        place: of this worker.
        prepare: makes the index when there is none; None for a worker that has others beside it, which
            visitors reach meanwhile: its chat page is built before it takes any.
        ready: told once visitors are answered.
    """
    _leave_with_the_parent()
    # Ctrl+C reaches every process of a terminal: the parent decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from assistant.serving.page_home import PageHome
    from assistant.serving.server import build_app, run_server

    try:
        if prepare is not None:
            prepare(settings)
        log_to_stderr(settings)
        app = build_app(settings, page_later=prepare is not None)
    except (AssistantError, IngestError, CorpusError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    home = PageHome(app, place.number, place.workers, settings.root_path)
    run_server(home, settings, [place.listener, place.own], lambda: ready.send(place.number))


def _leave_with_the_parent() -> None:
    """Stop when the parent is gone without a word: nobody would start this worker again, or stop it."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        connection.wait([sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
