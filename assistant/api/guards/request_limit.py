"""How many requests a client may send in a minute."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.addresses import own_path
from assistant.api.guards.request_counts import RequestCounts
from assistant.api.problems import http_problem
from assistant.api.refusals import problem_response

TOO_MANY = 429
_LIMITED = (
    "/api/",
    "/v1/",
    "/gradio_api/queue/join",
    "/gradio_api/run/",
    "/question",
    "/note",
    "/tableau-de-bord",
)
_SEARCHED = "/dispositifs"
_UNKNOWN = "?"
_IPV6_SUBSCRIBER = 64


class RequestLimit:
    """ASGI middleware: requests that make the server work are counted by client."""

    def __init__(self, app: ASGIApp, counts: RequestCounts, client_header: str) -> None:
        """Guard ``app``.

        Args:
            app: what is guarded.
            counts: of the requests of each client.
            client_header: the header where a reverse proxy gives the client's address; empty without one.
        """
        self.app = app
        self.counts = counts
        self.client_header = client_header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 and when to come back."""
        if scope["type"] != "http" or not _makes_work(scope):
            try:
                await self.app(scope, receive, send)
            finally:
                if scope["type"] == "lifespan":
                    await self.counts.close()
            return
        wait_s = await self.counts.wait_s(client_of(scope, self.client_header))
        if not wait_s:
            await self.app(scope, receive, send)
            return
        wait = str(wait_s)
        problem = http_problem(TOO_MANY, method=scope["method"], path=scope["path"], wait=wait)
        response = problem_response(problem, scope, {"Retry-After": wait})
        await response(scope, receive, send)


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
