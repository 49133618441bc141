"""Compress texts for who accepts gzip; a stream of events, and what is packed already, pass as they are."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware, IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import MEDIA_TYPE

# Less than this fits in the packet that its headers need anyway.
_LEAST_BYTES = 1000
# Beyond it, gzip takes longer and gains nothing that a page shows.
_LEVEL = 6
_LEFT = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES,  # a stream of events among them: each is sent as it's made
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.spreadsheet",
    "font/*",
    "image/*",
    MEDIA_TYPE,  # a guard further out reads it, to draw a page of it
)


class Compression(GZipMiddleware):
    """Starlette's middleware; a client that refuses gzip (``gzip;q=0``) gets none."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        super().__init__(app, _LEAST_BYTES, _LEVEL, exclude_content_types=_LEFT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and compress its response if it may be."""
        if scope["type"] == "http" and _refuses_gzip(Headers(scope=scope).get("accept-encoding", "")):
            plain = IdentityResponder(self.app, _LEAST_BYTES, exclude_content_types=_LEFT)
            await plain(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _refuses_gzip(accepted: str) -> bool:
    """Whether a list such as ``br, gzip;q=0`` refuses gzip by name."""
    for told in accepted.lower().split(","):
        name, _, weight = told.partition(";")
        if name.strip() == "gzip" and weight.replace(" ", "") in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            return True
    return False
