"""Time the pages without script beside a route that says nothing: processor milliseconds, in one run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from starlette.testclient import TestClient

BARE = "/healthz"
"""The route that says nothing."""
PAGES = (
    "/dispositifs",
    "/dispositifs/cvcb?commune=59431",
    "/communes/59431",
    "/communes/59431.csv",
    "/question",
)
_TIMES = 7


class PageCost(BaseModel):
    """What a page costs.

    Attributes:
        address: the page.
        cpu_ms: processor milliseconds of the whole process, the least of several requests.
        times_bare: the same beside the route that says nothing.
        bytes: its size, uncompressed.
    """

    model_config = ConfigDict(frozen=True)

    address: str
    cpu_ms: float
    times_bare: float
    bytes: int


def bench_pages(client: TestClient, pages: tuple[str, ...] = PAGES) -> list[PageCost]:
    """Ask for each page of an application in this process.

    Raises:
        RuntimeError: a page isn't served.
    """
    bare = max(_least_ms(client, BARE), 1e-3)
    costs = []
    for address in pages:
        spent = _least_ms(client, address)
        size = len(client.get(address).content)
        costs.append(
            PageCost(address=address, cpu_ms=round(spent, 2), times_bare=round(spent / bare, 1), bytes=size)
        )
    return costs


def _least_ms(client: TestClient, address: str) -> float:
    """The least of several requests, once the page has been asked for."""
    if (status := client.get(address).status_code) != 200:
        raise RuntimeError(f"{address}: {status}")
    spent = []
    for _ in range(_TIMES):
        started = time.process_time()
        client.get(address)
        spent.append(time.process_time() - started)
    return min(spent) * 1000
