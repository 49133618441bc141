"""The web server of one process: what answers is built, then serves the sockets that it's given."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable, Sequence

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from assistant.answering.build import build_engine
from assistant.page.app import create_app
from assistant.serving.slow_head import HeadInTime
from assistant.serving.terms import LEAVE_SECONDS
from assistant.settings import AssistantSettings


def build_app(settings: AssistantSettings, *, page_later: bool) -> FastAPI:
    """Build what answers, its index open.

    Args:
        settings: of the server.
        page_later: the chat page is built once the API answers, rather than now.

    Raises:
        AssistantError: a setting can't be served.
        IngestError: there is no usable index.
        CorpusError: a fiche is wrong.
    """
    engine = build_engine(settings)
    engine.ready()
    return create_app(engine, settings, page_later=page_later)


def run_server(
    app: ASGIApp, settings: AssistantSettings, sockets: Sequence[socket.socket], began: Callable[[], None]
) -> None:
    """Serve until a signal says to stop; what is being answered then has ``LEAVE_SECONDS`` to end.

    Args:
        app: what answers.
        settings: of the server.
        sockets: bound and listening.
        began: called once requests are answered.
    """
    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=False,
        http=HeadInTime,
        # What a proxy says is believed only if there is one; of one that is named, NamedProxy reads it.
        proxy_headers=bool(settings.client_header) and not settings.proxies,
        timeout_graceful_shutdown=LEAVE_SECONDS,  # an open page listens for as long as it's open
    )
    # Once it has stopped, uvicorn sends itself the signal again: left to its default, that ends the process
    # before what it holds (the copy of the index that it reads) is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _Server(config, began).run(sockets=list(sockets))


class _Server(uvicorn.Server):
    """Tells when it began to answer."""

    def __init__(self, config: uvicorn.Config, began: Callable[[], None]) -> None:
        super().__init__(config)
        self._began = began

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._began()
