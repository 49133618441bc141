"""Refuse the body of a request that is too large, before it's held in memory."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import http_problem
from assistant.api.refusals import problem_response

TOO_LARGE = 413


class BodyLimit:
    """ASGI middleware; a body that doesn't tell its length is counted while it's read."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        """Guard ``app``."""
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 413."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "")
        if told.isdigit() and int(told) > self.max_bytes:
            problem = http_problem(
                TOO_LARGE, method=scope["method"], path=scope["path"], most=str(self.max_bytes)
            )
            await problem_response(problem, scope)(scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise HTTPException(TOO_LARGE, str(self.max_bytes))
            return message

        await self.app(scope, receive_counted, send)
