"""The chat page at / while it's still coming: built in a thread once the API answers, then served."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketClose

from assistant.api.addresses import own_path
from assistant.api.readiness import PageState
from assistant.api.refusals import refusal
from assistant.page.waiting import failed_html, waiting_html

log = logging.getLogger(__name__)

# A visitor of the first seconds waits this long for the page itself, then sees one that says to wait.
_PATIENCE_S = 2.0
_AGAIN_S = "2"


class ComingPage:
    """ASGI application: the chat page; until it's built, or if it can't be, a plain page that says so."""

    def __init__(self, build: Callable[[], FastAPI], patience_s: float = _PATIENCE_S) -> None:
        """Build nothing yet.

        Args:
            build: builds the page as an application; run once, in a thread or by :meth:`build`.
            patience_s: seconds that a request waits for the page before it's answered without.
        """
        self._build = build
        self._patience_s = patience_s
        self._page: FastAPI | None = None
        self._settled = asyncio.Event()
        self.state: PageState = "loading"

    def build(self) -> None:
        """Build the page now, rather than while the application lives."""
        self._page = self._build()
        self.state = "ready"

    @asynccontextmanager
    async def life(self, _app: FastAPI) -> AsyncGenerator[None]:
        """Build the page if it isn't, and run its own life, while the API answers."""
        leaving = asyncio.Event()
        living = asyncio.create_task(self._live(leaving))
        if self._page:
            await self._settled.wait()
        try:
            yield
        finally:
            leaving.set()
            if not self._settled.is_set():
                living.cancel()
            with suppress(asyncio.CancelledError):
                await living

    async def _live(self, leaving: asyncio.Event) -> None:
        try:
            page = self._page if self._page is not None else await asyncio.to_thread(self._built)
            async with page.router.lifespan_context(page):
                self._page, self.state = page, "ready"
                self._settled.set()
                await leaving.wait()
        except Exception as error:
            self._page, self.state = None, "failed"
            self._settled.set()
            # What isn't installed is told in a line; anything else is a fault to be found.
            log.error(
                "the chat page can't be served, the API goes on: %s",
                error,
                exc_info=not isinstance(error, ImportError),
            )

    def _built(self) -> FastAPI:
        """Build in a running loop of this thread's: without one, Gradio makes loops and never closes them."""

        async def build() -> FastAPI:
            return self._build()

        return asyncio.run(build())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the page; wait for it a little while it's coming."""
        if self._page is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._settled.wait(), self._patience_s)
        await (self._page or self._without_page)(scope, receive, send)

    async def _without_page(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        scope["app"] = self  # counted as the page, not as an address that no route takes
        await self._instead(scope)(scope, receive, send)

    def _instead(self, scope: Scope) -> Response:
        """What is answered without the page: at its address, a page that says why; elsewhere, a problem."""
        is_coming = self.state == "loading"
        again = {"Retry-After": _AGAIN_S} if is_coming else {}  # the script of the page looks for it
        if own_path(scope) != "/" or scope["method"] != "GET":
            return refusal(503 if is_coming else 404, scope, again)
        html = waiting_html() if is_coming else failed_html()
        return HTMLResponse(html, 200 if is_coming else 503, {**again, "Cache-Control": "no-store"})
