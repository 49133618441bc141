"""Read addresses alike whether the reverse proxy in front takes its prefix off or leaves it."""

from __future__ import annotations

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


class Prefix:
    """ASGI middleware: what is inside it sees every address with its prefix, as ASGI wants it."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        """Guard ``app``.

        Args:
            app: what is served under the prefix.
            prefix: as ``/aides``.
        """
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; lead the prefix alone to its page, whose links are relative."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if scope["path"] == self.prefix:
            query = scope["query_string"].decode("latin-1")
            address = f"{self.prefix}/" + (f"?{query}" if query else "")
            await RedirectResponse(address)(scope, receive, send)
            return
        if not scope["path"].startswith(f"{self.prefix}/"):
            scope["path"] = self.prefix + scope["path"]
            if scope.get("raw_path"):
                scope["raw_path"] = self.prefix.encode() + scope["raw_path"]
        scope["root_path"] = self.prefix
        await self.app(scope, receive, send)
