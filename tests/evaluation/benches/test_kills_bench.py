"""Indexing killed: what is counted as lost, and that a killed process is really killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from evaluation.benches.kills_bench import Killed, bench_kills, drop_page
from evaluation.errors import TargetGone
from ingest.errors import ForeignIndex

State = tuple[str | None, tuple[str, ...], list[str]]
SOUND: State = ("g1", ("pages",), [])


def kills(
    tmp_path: Path,
    answers: Iterator[str],
    states: Iterator[State],
    program: str = "import time; time.sleep(.5)",
    count: int = 2,
) -> list[Killed]:
    return list(
        bench_kills(
            lambda _command: subprocess.Popen([sys.executable, "-S", "-c", program]),
            lambda number: drop_page(tmp_path, number),
            lambda: next(answers),
            lambda: next(states),
            count=count,
            seed=1,
        )
    )


def test_nothing_lost_is_told_so_and_both_commands_are_killed(tmp_path: Path) -> None:
    found = kills(tmp_path, repeat("oui"), repeat(SOUND))
    assert {item.command for item in found} == {"ingest", "sync"}
    assert {(item.lost, item.switched) for item in found} == {("", False)}
    assert sum(not item.ended for item in found) == 2
    assert f"Le puits numéro {len(found) + 2} " in (tmp_path / "page.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("answer", "state", "lost"),
    [
        ("non", SOUND, "une autre réponse"),
        ("oui", ("g1", (), []), "des chemins retenus"),
        ("oui", ("g1", ("pages",), ["vecteurs"]), "vecteurs"),
    ],
)
def test_what_is_lost_is_told(tmp_path: Path, answer: str, state: State, lost: str) -> None:
    found = kills(tmp_path, chain(["oui"], repeat(answer)), chain([SOUND], repeat(state)))
    assert {item.lost for item in found} == {lost}


def test_an_index_that_no_longer_opens_is_lost(tmp_path: Path) -> None:
    def answers() -> Iterator[str]:
        yield "oui"
        raise ForeignIndex("abîmé")

    found = kills(tmp_path, answers(), repeat(SOUND), count=1)
    assert found[0].lost == "abîmé"


def test_a_run_that_ends_before_its_kill_is_none(tmp_path: Path) -> None:
    once = tmp_path / "slow"  # the two timed runs are slow, so that the next one ends before its kill
    program = (
        f"import os, time; n = len(os.listdir({str(tmp_path)!r})); open({str(once)!r} + str(n), 'w'); "
        "time.sleep(2 if n < 3 else 0 if n < 5 else 2)"
    )
    found = kills(tmp_path, repeat("oui"), repeat(SOUND), program)
    assert any(item.ended for item in found)
    assert sum(not item.ended for item in found) == 2


def test_a_command_that_fails_by_itself_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(TargetGone, match="échoue"):
        kills(tmp_path, repeat("oui"), repeat(SOUND), "raise SystemExit(1)")
