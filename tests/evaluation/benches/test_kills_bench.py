"""Indexing killed: what is counted as lost, and that a killed process is really killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest

from evaluation.benches.kills_bench import Killed, bench_kills, drop_page
from evaluation.errors import TargetGone
from ingest.errors import ForeignIndex

State = tuple[str | None, tuple[str, ...], list[str]]
SOUND: State = ("g1", ("pages",), [])


ENDS, FAILS, STAYS = "pass", "raise SystemExit(1)", "import signal; signal.pause()"
TIMED = (ENDS, ENDS)  # the first run of each command, which nobody kills


def kills(
    tmp_path: Path,
    answers: Iterator[str],
    states: Iterator[State],
    programs: Iterable[str] | None = None,
    count: int = 2,
) -> list[Killed]:
    """Each run is the next of some programs; one that ends by itself has ended before it's looked at."""
    todo = iter(programs or chain(TIMED, repeat(STAYS)))

    def start(_command: str) -> subprocess.Popen[bytes]:
        program = next(todo)
        process = subprocess.Popen([sys.executable, "-S", "-c", program])
        if program is not STAYS:
            process.wait()
        return process

    return list(
        bench_kills(
            start,
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
    assert [item.ended for item in found] == [False, False]
    assert "Le puits numéro 4 " in (tmp_path / "page.md").read_text(encoding="utf-8")


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
    programs = [*TIMED, ENDS, STAYS, ENDS, STAYS]
    found = kills(tmp_path, repeat("oui"), repeat(SOUND), programs)
    assert [item.ended for item in found] == [True, False, True, False]


def test_a_command_that_fails_by_itself_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(TargetGone, match="échoue"):
        kills(tmp_path, repeat("oui"), repeat(SOUND), [FAILS])
