"""An HTTP client that reads only so much of an answer: a server that writes without end is cut."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from functools import cache

import httpx

MOST_BYTES = 4_000_000
"""Far more than any answer that a model is asked for."""


class TooLong(httpx.TransportError):
    """An answer has more bytes than may be read, or is compressed: what it holds can't be told beforehand."""


class _Bounded(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        left = MOST_BYTES
        for piece in self._stream:
            left -= len(piece)
            if left < 0:
                raise TooLong("too many bytes")
            yield piece

    def close(self) -> None:
        self._stream.close()


class BoundedTransport(httpx.HTTPTransport):
    """Gives answers of :data:`MOST_BYTES` at most, as they come over the network."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request.

        Raises:
            TooLong: while its answer is read, or at once for one that is compressed: none was asked for.
        """
        request.headers["Accept-Encoding"] = "identity"
        answer = super().handle_request(request)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            answer.close()
            raise TooLong("compressed")
        return httpx.Response(
            answer.status_code,
            headers=answer.headers,
            stream=_Bounded(answer.stream),  # type: ignore[arg-type]
            extensions=answer.extensions,
        )


@cache
def _trusted() -> ssl.SSLContext:
    """What certificates are checked with: tens of milliseconds' reading, done once for all calls."""
    return httpx.create_ssl_context()


def bounded_client(seconds: float) -> httpx.Client:
    """A client that waits ``seconds`` for each step of a request."""
    return httpx.Client(timeout=seconds, transport=BoundedTransport(verify=_trusted()))
