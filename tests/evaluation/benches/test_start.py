"""What a start costs is measured on the real commands, each from its start to its end or until it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.benches.start import PAGE_REFERENCE, REFERENCE, Start, bench_start
from evaluation.errors import TargetGone
from evaluation.reports.start_table import start_table


def test_the_table_compares_with_the_packages_alone() -> None:
    starts = [
        Start(name=REFERENCE, cpu_s=1.25, wall_s=1.5, peak_mb=110.2),
        Start(name="ask", cpu_s=2.5, wall_s=2.75, peak_mb=312.4, relative=2.0),
    ]
    header, first, second = start_table(starts).splitlines()
    assert header.split() == ["processeur", "rapport", "mémoire", "attente"]
    assert first.startswith("import fastapi, chromadb ")
    assert [cell for cell in second.split(" ") if cell] == [
        "ask", "2,50\u00a0s", "×\u00a02,0", "312\u00a0Mo", "2,75\u00a0s",
    ]  # fmt: skip


@pytest.mark.e2e
def test_every_command_is_started_and_measured(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    question = "Combien pour la vidéoprotection ?"
    starts = bench_start(tmp_path, question, 1, lambda *done: seen.append(done), uncounted=0)
    assert [start.name for start in starts][:4] == [REFERENCE, PAGE_REFERENCE, "ask", "search"]
    assert {start.name.partition(" ")[0] for start in starts[4:]} == {"eligibility", "ingest", "mcp", "serve"}
    assert all(start.cpu_s > 0 and start.wall_s > 0 and start.peak_mb > 10 for start in starts)
    assert starts[0].relative == pytest.approx(1.0)
    assert seen[-1] == (8, 8)


@pytest.mark.e2e
def test_a_round_more_is_not_counted_and_a_command_that_does_not_get_ready_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/true")
    seen: list[tuple[int, int]] = []
    with pytest.raises(TargetGone, match="mcp"):
        bench_start(tmp_path, "Combien ?", 1, lambda *done: seen.append(done))
    assert seen[-1] == (6, 16)


@pytest.mark.e2e
def test_a_command_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(TargetGone, match="ingest"):
        bench_start(tmp_path, "Combien ?", 1)
