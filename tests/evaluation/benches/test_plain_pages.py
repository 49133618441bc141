"""What the pages without script cost: each beside a bare route, and a page that isn't served."""

from __future__ import annotations

from pathlib import Path

import pytest
from plain_site import CommittedSchemes, plain_client

from evaluation.benches.plain_pages import PAGES, bench_pages
from evaluation.reports.text import pages_table


def test_each_page_is_timed_beside_a_bare_route(tmp_path: Path) -> None:
    costs = bench_pages(plain_client(tmp_path, CommittedSchemes()))
    assert tuple(item.address for item in costs) == PAGES
    assert all(item.cpu_ms > 0 and item.bytes > 0 for item in costs)
    table = pages_table(costs)
    assert all(address in table for address in PAGES)
    assert "ko" in table


def test_a_page_that_is_not_served_ends_the_bench(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="404"):
        bench_pages(plain_client(tmp_path), ("/dispositifs/inconnu",))
