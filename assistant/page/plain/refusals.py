"""What a browser sees instead of a problem document: a plain French page that says what is wrong."""

from __future__ import annotations

import json

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.problems import MEDIA_TYPE
from assistant.page import texts
from assistant.page.plain.drawing import Pages

# What programs ask for answers in JSON to whoever asks.
_OF_PROGRAMS = ("/api", "/v1", "/healthz", "/readyz", "/metrics", "/openapi.json")


class RefusalPages:
    """ASGI middleware: draws a page of each problem document that goes to a browser."""

    def __init__(self, app: ASGIApp, pages: Pages) -> None:
        """Watch the answers of ``app``."""
        self.app = app
        self.pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; hold a problem back until it's whole, then send a page of it."""
        if scope["type"] != "http" or not _is_of_a_browser(scope):
            await self.app(scope, receive, send)
            return
        request = Request(dict(scope))  # as it came: what is mounted writes into it
        problem: Message = {}
        body = b""

        async def watch(message: Message) -> None:
            nonlocal problem, body
            if message["type"] == "http.response.start" and _is_problem(message):
                problem = message
            elif problem and message["type"] == "http.response.body":
                body += message.get("body", b"")
            else:
                await send(message)

        await self.app(scope, receive, watch)
        if problem:
            await self._page(request, problem, body, send)

    async def _page(self, request: Request, problem: Message, body: bytes, send: Send) -> None:
        status: int = problem["status"]
        told = json.loads(body) if body else {}
        heading, said = texts.PAGE_REFUSALS.get(
            status, (told.get("title", texts.PAGE_REFUSED), told.get("detail", ""))
        )
        page = self.pages.page(request, "refused.html", status, heading=heading, said=said)
        headers = MutableHeaders(raw=list(problem["headers"]))
        headers.update(page.headers)
        await send({"type": "http.response.start", "status": status, "headers": headers.raw})
        await send({"type": "http.response.body", "body": page.body})


def _is_of_a_browser(scope: Scope) -> bool:
    accepted = Headers(scope=scope).get("accept", "")
    path = own_path(scope)
    is_of_programs = any(path == own or path.startswith(f"{own}/") for own in _OF_PROGRAMS)
    return "text/html" in accepted and "json" not in accepted and not is_of_programs


def _is_problem(message: Message) -> bool:
    types = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
    return any(value.startswith(MEDIA_TYPE.encode()) for value in types)
