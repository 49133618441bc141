"""Draw every page of the schemes and of the communes in one run, and tell what is wrong in any of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from evaluation.benches.strict_html import problems

if TYPE_CHECKING:
    from starlette.testclient import TestClient

MOST_BYTES = 40_000
"""What a page may weigh compressed."""
_MOST_TOLD = 20


class EveryPage(BaseModel):
    """What drawing them all gave.

    Attributes:
        count: of pages.
        wrong: a line for each page in which something is wrong, the first ones.
        wrong_count: of pages in which something is wrong.
        median_ms: processor milliseconds of a page.
        slow_ms: what 99 of a hundred pages don't exceed.
        slowest_ms: the most.
        heaviest_bytes: of the heaviest page, compressed.
    """

    model_config = ConfigDict(frozen=True)

    count: int
    wrong: tuple[str, ...]
    wrong_count: int
    median_ms: float
    slow_ms: float
    slowest_ms: float
    heaviest_bytes: int


def addresses(schemes: Sequence[str], communes: Sequence[str]) -> Iterator[str]:
    """The page of each scheme, then of each commune."""
    yield from (f"/dispositifs/{scheme}" for scheme in schemes)
    yield from (f"/communes/{code}" for code in communes)


def draw_all(
    client: TestClient,
    paths: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, count: None,
) -> EveryPage:
    """Ask for each page once and read it as strictly as :func:`problems` does."""
    spent: list[float] = []
    wrong: list[str] = []
    heaviest = 0
    for done, path in enumerate(paths, start=1):
        started = time.process_time()
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        spent.append((time.process_time() - started) * 1000)
        weight = int(response.headers.get("content-length", 0))
        heaviest = max(heaviest, weight)
        found = [f"{response.status_code}"] if response.status_code != 200 else problems(response.text)
        if weight > MOST_BYTES:
            found.append(f"{weight} bytes")
        if found:
            wrong.append(f"{path}: {'; '.join(found)}")
        progress(done, len(paths))
    return EveryPage(
        count=len(paths),
        wrong=tuple(wrong[:_MOST_TOLD]),
        wrong_count=len(wrong),
        median_ms=round(median(spent), 1),
        slow_ms=round(quantiles(spent, n=100)[-1] if len(spent) > 1 else spent[0], 1),
        slowest_ms=round(max(spent), 1),
        heaviest_bytes=heaviest,
    )
