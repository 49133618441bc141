"""How many requests a client may send in a minute; the only file that knows ``limits``."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.problems import http_problem
from assistant.api.refusals import problem_response

TOO_MANY = 429
_LIMITED = ("/api/", "/v1/", "/gradio_api/queue/join", "/question", "/note", "/tableau-de-bord")
_SEARCHED = "/dispositifs"
_UNKNOWN = "?"
_IPV6_SUBSCRIBER = 64


class RequestLimit:
    """ASGI middleware: requests that make the server work are counted by client, in memory only."""

    def __init__(self, app: ASGIApp, per_minute: int, client_header: str) -> None:
        """Guard ``app``.

        Args:
            app: what is guarded.
            per_minute: how many requests a client may send in any minute.
            client_header: the header where a reverse proxy gives the client's address; empty without one.
        """
        self.app = app
        self.client_header = client_header
        self._most = RateLimitItemPerMinute(per_minute)
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 and when to come back."""
        if scope["type"] != "http" or not _makes_work(scope):
            await self.app(scope, receive, send)
            return
        client = client_of(scope, self.client_header)
        if self._counts.hit(self._most, client):
            await self.app(scope, receive, send)
            return
        reset = self._counts.get_window_stats(self._most, client).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        problem = http_problem(TOO_MANY, method=scope["method"], path=scope["path"], wait=str(wait))
        response = problem_response(problem, scope, {"Retry-After": str(wait)})
        await response(scope, receive, send)


class Tries:
    """How many wrong guesses of a secret a client may make, counted in memory only."""

    def __init__(self, most: int, minutes: int, client_header: str) -> None:
        """Allow ``most`` guesses in any ``minutes``; ``client_header`` as for :class:`RequestLimit`."""
        self._most = RateLimitItemPerMinute(most, minutes)
        self._counts = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._client_header = client_header

    def wait_of(self, scope: Scope) -> int:
        """Count a guess; return the seconds to wait before another, 0 when this one may be made."""
        client = client_of(scope, self._client_header)
        if self._counts.hit(self._most, client):
            return 0
        reset = self._counts.get_window_stats(self._most, client).reset_time
        return max(1, math.ceil(reset - time.time()))

    def right(self, scope: Scope) -> None:
        """Forget the guesses of a client that knew the secret."""
        self._counts.clear(self._most, client_of(scope, self._client_header))


def _makes_work(scope: Scope) -> bool:
    """Whether a request is answered or searched for; a page that is only shown isn't counted."""
    path = own_path(scope)
    return path.startswith(_LIMITED) or (path == _SEARCHED and bool(scope["query_string"]))


def client_of(scope: Scope, header: str) -> str:
    """The address that a request is counted for.

    With ``header``, its last address: the one written by the proxy that we trust, those before it being
    whatever the client claims. An IPv6 address stands for the network of its subscriber.
    """
    told = Headers(scope=scope).get(header, "") if header else ""
    peer = scope.get("client")
    text = told.rpartition(",")[2].strip() or (peer[0] if peer else _UNKNOWN)
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return text
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((address, _IPV6_SUBSCRIBER), strict=False))
    return str(address)
