"""Answer HEAD wherever GET is answered: the same status and headers, without the body."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import own_path

# What the chat page's client reads as it comes has no end of its own.
_STREAMS = "/gradio_api/"


class HeadAsGet:
    """ASGI middleware; what is inside it sees GET."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on as GET and leave the body of its response out."""
        if scope["type"] != "http" or scope["method"] != "HEAD" or own_path(scope).startswith(_STREAMS):
            await self.app(scope, receive, send)
            return
        # The server reads the method in its scope: of HEAD alone it accepts a length without the bytes.
        inside = {**scope, "method": "GET"}

        async def send_head(message: Message) -> None:
            # The router writes in its scope what those around us count.
            scope.update({name: value for name, value in inside.items() if name != "method"})
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app(inside, receive, send_head)
