"""Counts by client: requests, here or on a Redis server, and guesses; the only file that knows ``limits``."""

from __future__ import annotations

import asyncio
import logging
import math
import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter as SharedLimiter
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.errors import MissingPackage

log = logging.getLogger(__name__)
_ANSWER_S = 0.5
# A store that failed is left alone for so long: no request waits for it meanwhile.
_REST_S = 5.0


class RequestCounts:
    """Counts requests; those of one client in any minute are bounded."""

    def __init__(self, per_minute: int, store: str | None = None) -> None:
        """Start from nothing, or from what the store holds.

        Args:
            per_minute: how many requests a client may send in any minute.
            store: URL of a Redis server that other processes count on too; None to count in memory.

        Raises:
            MissingPackage: a store is named, and what speaks to it isn't installed.
        """
        self._most = RateLimitItemPerMinute(per_minute)
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._storage = _storage(store) if store else None
        self._shared = SharedLimiter(self._storage) if self._storage else None
        self._rests_until = -math.inf

    async def wait_s(self, client: str) -> int:
        """Count a request; give 0 when it may be served, else the seconds until the next one may.

        When the store doesn't answer, this process counts by itself for a while.
        """
        if self._shared is not None and time.monotonic() >= self._rests_until:
            try:
                async with asyncio.timeout(_ANSWER_S):
                    return await self._shared_wait(self._shared, client)
            except Exception as error:  # noqa: BLE001 - whatever its driver raises: a visitor isn't refused for it
                self._rests_until = time.monotonic() + _REST_S
                log.warning("requests are counted in memory: the store fails (%s)", type(error).__name__)
        if self._own.hit(self._most, client):
            return 0
        return _until(self._own.get_window_stats(self._most, client).reset_time)

    async def close(self) -> None:
        """Leave the store."""
        bridge = self._storage.bridge if self._storage else None
        if isinstance(bridge, RedispyBridge):
            await bridge.storage.aclose()

    async def _shared_wait(self, shared: SharedLimiter, client: str) -> int:
        if await shared.hit(self._most, client):
            return 0
        return _until((await shared.get_window_stats(self._most, client)).reset_time)


class Tries:
    """Counts the wrong guesses of a secret that each client makes, in memory."""

    def __init__(self, most: int, minutes: int) -> None:
        """Allow ``most`` guesses in any ``minutes``."""
        self._most = RateLimitItemPerMinute(most, minutes)
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def wait_s(self, client: str) -> int:
        """Count a guess; give 0 when it may be made, else the seconds until another may."""
        if self._counts.hit(self._most, client):
            return 0
        return _until(self._counts.get_window_stats(self._most, client).reset_time)

    def forget(self, client: str) -> None:
        """Forget the guesses of a client that knew the secret."""
        self._counts.clear(self._most, client)


def _until(reset: float) -> int:
    return max(1, math.ceil(reset - time.time()))


def _storage(store: str) -> RedisStorage:
    try:
        return RedisStorage(f"async+{store}", implementation="redispy", key_prefix="assistant")
    except ConfigurationError as error:
        raise MissingPackage("redis", "redis") from error
