"""The real server timed over HTTP: started, asked by several at once, stopped by its process."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from evaluation.benches.own_server import index_fiches, own_server
from evaluation.benches.serve import Timed, bench_serve
from evaluation.reports.text import timed_table

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
QUESTIONS = ("C’est quoi le CVCB ?", "Combien pour des caméras ?", "Météo à Lille ?", "Et pour une haie ?")


def test_the_server_answers_every_series_and_is_stopped(tmp_path: Path) -> None:
    index_fiches(tmp_path)
    with own_server(tmp_path) as started:
        address = started.address
        results = bench_serve(address, QUESTIONS, users=3)
    assert [item.users for item in results] == [1, 1, 1, 3]
    for item in results:
        assert (item.requests, item.errors) == (len(QUESTIONS), 0)
        assert 0 < item.p50_ms <= item.p95_ms <= item.max_ms
    assert results[0].relative == 1.0
    assert results[2].relative < 1.0
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{address}/healthz", timeout=2)


def test_only_a_server_of_this_machine_is_asked() -> None:
    with pytest.raises(ValueError, match="this machine"):
        bench_serve("http://example.org:80", QUESTIONS)
    with pytest.raises(ValueError, match="question"):
        bench_serve("http://127.0.0.1:1", ())


def test_the_table_has_a_row_a_series() -> None:
    timed = Timed(
        name="x",
        users=2,
        requests=3,
        errors=1,
        p50_ms=1.4,
        p95_ms=2.6,
        max_ms=9,
        per_second=1.5,
        relative=0.5,
    )
    head, row = timed_table([timed]).splitlines()
    assert head.split()[:3] == ["requêtes", "erreurs", "p50"]
    assert row.split() == ["x", "3", "1", "1", "ms", "3", "ms", "9", "ms", "1,50", "0,50"]
