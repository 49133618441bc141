"""Number every request, which its log lines and its response share, and count its response by route."""

from __future__ import annotations

from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.metrics import Metrics

_PAGE = "page"
_NO_ROUTE = "none"
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
        number = open_request(answers=own_path(scope).startswith(_ANSWERING))

        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = number
                route = _route_of(scope, ours)
                self.metrics.count_request(method, route, message["status"])
            await send(message)

        await self.app(scope, receive, send_numbered)


def _route_of(scope: Scope, ours: object) -> str:
    """The template of the address: all that the chat page serves is one; so is what no route takes."""
    if scope.get("app") is not ours:
        return _PAGE
    template: str = getattr(scope.get("route"), "path", _NO_ROUTE)
    return template


HEADER = "X-Request-ID"
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def open_request(*, answers: bool) -> str:
    """Give a number to the request that begins.

    Args:
        answers: whether the request itself is answered by what is done next. It isn't on the chat page, whose
            queue goes on working for later questions in the context of the request that started it.
    """
    number = uuid4().hex
    _current.set(number if answers else None)
    return number


def request_id() -> str:
    """The number of the request being served; a new one when there is none."""
    return _current.get() or uuid4().hex
