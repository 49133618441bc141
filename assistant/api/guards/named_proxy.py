"""What a reverse proxy writes in a request is believed from the proxy that is named, and from no other."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

BELIEVED = "assistant.proxy_believed"
"""Of a scope: true when its headers are those of the proxy that is named."""
_NUMBER = b"x-request-id"
_SCHEMES = {"http", "https"}


class NamedProxy:
    """ASGI middleware around all others that read those headers."""

    def __init__(
        self, app: ASGIApp, networks: Sequence[IPv4Network | IPv6Network], client_header: str
    ) -> None:
        """Guard ``app``.

        Args:
            app: what is guarded.
            networks: where the proxy is.
            client_header: the header where it gives the client's address, beside ``X-Forwarded-*``.
        """
        self.app = app
        self._networks = networks
        self._client = client_header.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on: as the proxy tells it, or without what anybody else wrote in its stead."""
        if scope["type"] == "http":
            if self._is_named(scope):
                told = Headers(scope=scope).get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
                scope = {**scope, BELIEVED: True, "scheme": told if told in _SCHEMES else scope["scheme"]}
            else:
                scope = {**scope, "headers": [pair for pair in scope["headers"] if not self._is_its(pair[0])]}
        await self.app(scope, receive, send)

    def _is_named(self, scope: Scope) -> bool:
        try:
            peer = ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        seen = getattr(peer, "ipv4_mapped", None) or peer
        return any(seen in network for network in self._networks)

    def _is_its(self, name: bytes) -> bool:
        """Whether a header is one that the proxy alone may write; names come in lower case."""
        return name.startswith(b"x-forwarded-") or name in {b"forwarded", _NUMBER, self._client}
