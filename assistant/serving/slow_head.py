"""The protocol of a connection, cut when the head of a request doesn't come whole in time."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

SECONDS = 15.0
"""Seconds from the opening of a connection, or the first byte of a later request, to the end of its head."""


class HeadInTime(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's own protocol, whichever it is, with a limit that it doesn't have."""

    seconds = SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Take what uvicorn gives its protocol."""
        super().__init__(*arguments, **options)
        self._cut: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for a first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take some bytes; wait for the rest of a head that they begin, or no longer."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any longer."""
        super().connection_lost(exc)
        self._unwatch()

    def _watch(self) -> None:
        if not self._waits:
            self._unwatch()
        elif self._cut is None:
            self._cut = self.loop.call_later(self.seconds, self._end)

    def _unwatch(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None

    @property
    def _waits(self) -> bool:
        """Whether no request is being answered: the next one's head has begun at most."""
        if self.transport.get_protocol() is not self:  # a WebSocket took the connection over
            return False
        return self.cycle is None or bool(self.cycle.response_complete)

    def _end(self) -> None:
        self._cut = None
        if self._waits and not self.transport.is_closing():
            self.transport.close()
