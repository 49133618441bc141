"""Number every request, which its log lines and its response share, and count its response by route."""

from __future__ import annotations

import re
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.guards.named_proxy import BELIEVED
from assistant.api.metrics import Metrics

_PAGE = "page"
_NO_ROUTE = "none"
# As ours are: 128 bits, which is also the number of a trace.
_NUMBER = re.compile(r"[0-9a-f]{32}")
_ANSWERING = ("/api/", "/v1/")


class RequestCount:
    """ASGI middleware around what answers."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Count the requests of ``app``."""
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, add its number to the response, count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ours, method = scope.get("app"), scope["method"]
        number = open_request(answers=own_path(scope).startswith(_ANSWERING), told=_told(scope))

        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = number
                route = _route_of(scope, ours)
                self.metrics.count_request(method, route, message["status"])
            await send(message)

        await self.app(scope, receive, send_numbered)


def _told(scope: Scope) -> str | None:
    """The number that the proxy that is named gave the request, if it gave one."""
    number = Headers(scope=scope).get(HEADER, "").replace("-", "").lower() if scope.get(BELIEVED) else ""
    return number if _NUMBER.fullmatch(number) else None


def _route_of(scope: Scope, ours: object) -> str:
    """The template of the address: all that the chat page serves is one; so is what no route takes."""
    if scope.get("app") is not ours:
        return _PAGE
    template: str = getattr(scope.get("route"), "path", _NO_ROUTE)
    return template


HEADER = "X-Request-ID"
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def open_request(*, answers: bool, told: str | None = None) -> str:
    """Give a number to the request that begins.

    Args:
        told: the one that it has already, if any.
        answers: whether the request itself is answered by what is done next. It isn't on the chat page, whose
            queue goes on working for later questions in the context of the request that started it.
    """
    number = told or uuid4().hex
    _current.set(number if answers else None)
    return number


def request_id() -> str:
    """The number of the request being served; a new one when there is none."""
    return _current.get() or uuid4().hex
