"""Of the addresses that Gradio brings with the chat page, only those that the page asks for are open."""

from __future__ import annotations

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.refusals import refusal

_GRADIO = "/gradio_api/"
# What starts, follows and ends an answer, what the page is made of, and that it's still open. Uploads, direct
# calls, recordings, files and proxies of Gradio are nobody's: nothing counts or bounds them.
_OPEN = re.compile(
    r"/gradio_api/(?:queue/(?:join|data)|run/predict|cancel|reset|heartbeat/[^/]+|info|app_id|startup-events|theme\.css)/?"
)


class PageRoutes:
    """ASGI middleware: any other address of Gradio's is unknown."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 404, its body unread."""
        if scope["type"] == "http":
            path = own_path(scope)
            if path.startswith(_GRADIO) and not _OPEN.fullmatch(path):
                await refusal(404, scope)(scope, receive, send)
                return
        await self.app(scope, receive, send)
