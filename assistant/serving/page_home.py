"""A chat page stays with the worker that made it: whichever worker its requests reach hands them over.

Gradio keeps the queue and the state of an open page in the memory of one process, and a browser's
connections reach any. So the page is told to ask for everything under ``/page-2/``, where 2 is the worker
that made it. No cookie, and nothing for a proxy in front to know.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import PAGE_HOME
from assistant.api.refusals import refusal

log = logging.getLogger(__name__)
WORKER_HEADER = "X-Assistant-Worker"
_PEER = b"x-assistant-peer"  # believed only from a worker's own socket, which nobody else may open
_OF_ONE_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"te", b"upgrade"}
_WRITTEN_HERE = {b"date", b"server", *_OF_ONE_HOP}
_AGAIN_S = "2"
_CONNECT_S = 5.0
# Gradio's streams say that they live every 15 seconds: a worker silent for longer than this is lost.
_SILENT_S = 60.0


class PageHome:
    """ASGI application around everything else that a worker serves."""

    def __init__(self, app: ASGIApp, number: int, workers: Mapping[int, Path], prefix: str = "") -> None:
        """Stand for one worker.

        Args:
            app: what this worker serves.
            number: of this worker.
            workers: the socket of each worker, this one included.
            prefix: under which a proxy publishes the server, as ``/aides``.
        """
        self.app = app
        self.number = number
        self._numbers = sorted(workers)
        self._address = re.compile(
            rf"(?P<prefix>(?:{re.escape(prefix)})?)/page-(?P<home>\d{{1,4}})(?=/gradio_api/)"
        )
        # One stream an open page: no bound but that of the pages.
        self._ways = {
            other: httpx.AsyncHTTPTransport(
                uds=str(place), limits=httpx.Limits(max_connections=None), verify=False
            )
            for other, place in workers.items()
            if other != number
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request here, or hand it over to the worker whose page sent it."""
        if scope["type"] != "http":
            try:
                await self.app(scope, receive, send)
            finally:
                for way in self._ways.values() if scope["type"] == "lifespan" else ():
                    await way.aclose()
            return
        is_handed_over = _is_from_a_worker(scope)
        if is_handed_over:
            _take_peer(scope)
        home = self._home_of(scope["path"])
        if home is not None and home != self.number and not is_handed_over:
            await self._hand_over(home, scope, receive, send)
            return
        if home is not None:
            scope["path"] = self._without_home(scope["path"])
            scope["raw_path"] = self._without_home(scope["raw_path"].decode("latin-1")).encode("latin-1")
        scope[PAGE_HOME] = f"page-{self.number}"
        await self.app(scope, receive, self._signed(send))

    def _home_of(self, path: str) -> int | None:
        """The worker that an address names; one of those that are there when there were more once."""
        found = self._address.match(path)
        return self._numbers[(int(found["home"]) - 1) % len(self._numbers)] if found else None

    def _without_home(self, path: str) -> str:
        return self._address.sub(r"\g<prefix>", path, count=1)

    def _signed(self, send: Send) -> Send:
        mark = (WORKER_HEADER.lower().encode(), str(self.number).encode())

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], mark]
            await send(message)

        return signed

    async def _hand_over(self, home: int, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answer = await self._ways[home].handle_async_request(_handed_over(scope, receive))
        except ClientDisconnect:
            return
        except httpx.TransportError:  # it stopped, or starts again
            await refusal(503, scope, {"Retry-After": _AGAIN_S})(scope, receive, send)
            return
        response = StreamingResponse(
            _pieces(answer, home), answer.status_code, background=BackgroundTask(answer.aclose)
        )
        response.raw_headers = [
            (name.lower(), value) for name, value in answer.headers.raw if name.lower() not in _WRITTEN_HERE
        ]
        try:
            await response(scope, receive, send)
        except _Cut:
            await answer.aclose()


class _Cut(Exception):
    """A worker is gone in the middle of an answer, which must not look whole: the connection is closed."""


async def _pieces(answer: httpx.Response, home: int) -> AsyncIterator[bytes]:
    try:
        async for piece in answer.aiter_raw():
            yield piece
    except httpx.TransportError as error:
        log.warning("worker %d is gone in the middle of an answer", home)
        raise _Cut from error


def _handed_over(scope: Scope, receive: Receive) -> httpx.Request:
    """The same request for another worker, which is told who sent it."""
    host, port = scope.get("client") or ("", 0)
    headers = [(name, value) for name, value in scope["headers"] if name not in {*_OF_ONE_HOP, _PEER}]
    headers.append((_PEER, f"{scope['scheme']} {port} {host}".encode("latin-1")))
    path = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    has_body = any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])
    return httpx.Request(
        scope["method"],
        httpx.URL("http://worker").copy_with(raw_path=path),
        headers=headers,
        content=Request(scope, receive).stream() if has_body else None,
        extensions={"timeout": {"connect": _CONNECT_S, "read": _SILENT_S, "write": _SILENT_S, "pool": None}},
    )


def _is_from_a_worker(scope: Scope) -> bool:
    """Whether a request came by this worker's own socket: its address there is a path, without a port."""
    _path, port = scope.get("server") or ("", 0)
    return scope.get("client") is None and port is None


def _take_peer(scope: Scope) -> None:
    """Put back who sent a request that was handed over."""
    told = dict(scope["headers"]).get(_PEER, b"http 0 ").decode("latin-1")
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name != _PEER]
    scope["scheme"], port, host = told.split(" ", 2)
    scope["client"] = (host, int(port)) if host else None
