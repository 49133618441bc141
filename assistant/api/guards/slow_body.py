"""Cut a client that sends the body of its request too slowly, so that nothing waits for it for ever."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = 20.0
"""Seconds from the head of a request to the end of its body, which is small."""
TOO_SLOW = 408


class SlowBody:
    """ASGI middleware: a body that isn't whole in time is refused, and the connection closed."""

    def __init__(self, app: ASGIApp, seconds: float = SECONDS) -> None:
        """Guard ``app``."""
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 408."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        until = asyncio.get_running_loop().time() + self.seconds
        whole = False

        async def receive_in_time() -> Message:
            nonlocal whole
            if whole:  # what comes next is that the client has left, for which an answer may wait long
                return await receive()
            try:
                async with asyncio.timeout_at(until):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(TOO_SLOW, headers={"Connection": "close"}) from None
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        await self.app(scope, receive_in_time, send)
