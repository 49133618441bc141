"""Servers under load: what is counted, and the memory of a family of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.benches.capacity import Load, loaded
from evaluation.benches.own_server import Started, bare_server
from evaluation.benches.process_memory import family, family_cpu_s, family_mb, proportional_mb
from evaluation.errors import TargetGone
from evaluation.reports.text import load_table


@pytest.mark.e2e
def test_every_request_is_sent_once_whatever_the_number_of_clients(tmp_path: Path) -> None:
    with bare_server(tmp_path) as started:
        found = [loaded("nue", started, ("Une ?", "Deux ?"), 9, clients) for clients in (1, 3)]
    for load, clients in zip(found, (1, 3), strict=True):
        assert (load.clients, load.requests, load.errors) == (clients, 9, 0)
        assert 0 < load.p50_ms <= load.p95_ms
        assert load.per_second > 0
        assert load.memory_mb is None or load.memory_mb > 5
        assert load.cpu_ms is None or 0 <= load.cpu_ms < 60_000
    with pytest.raises(TargetGone):
        loaded("partie", started, ("Une ?",), 1, 1)


def test_a_family_is_a_process_and_those_that_it_started() -> None:
    if proportional_mb(os.getpid()) is None:
        pytest.skip("this system doesn't tell what processes share")
    script = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'input()'], stdin=subprocess.PIPE)\n"
        "print(child.pid, flush=True)\ninput()\nchild.communicate()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert family(parent.pid) == [parent.pid, child]
        both, alone = family_mb(parent.pid), proportional_mb(parent.pid)
        assert both is not None
        assert alone is not None
        assert both > alone
        spent = family_cpu_s(parent.pid)
        assert spent is not None
        assert spent > 0
        parent.communicate("\n", timeout=60)
    assert family_mb(parent.pid) is None


def test_the_table_has_a_row_a_server_and_a_number_of_people() -> None:
    load = Load(
        server="2 processus",
        clients=50,
        requests=120,
        errors=1,
        per_second=7.94,
        p50_ms=61.4,
        p95_ms=90.6,
        cpu_ms=32.4,
        memory_mb=None,
    )
    head, row = load_table([load]).splitlines()
    assert head.split() == [
        "personnes",
        "requêtes",
        "erreurs",
        "par",
        "seconde",
        "p50",
        "p95",
        "processeur",
        "mémoire",
    ]
    assert row.split() == ["2", "processus", "50", "120", "1", "7,9", "61", "ms", "91", "ms", "32", "ms"]


def test_nothing_is_told_of_a_server_that_is_not_there() -> None:
    with pytest.raises(TargetGone):
        loaded("absente", Started("http://127.0.0.1:1", os.getpid()), ("Une ?",), 2, 2)
