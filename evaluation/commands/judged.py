"""Accept what was measured, or hold it against what was accepted: the same for one measure and for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.judging.gate import Baseline
    from evaluation.judging.result import RunResult
    from evaluation.judging.unprepared import UnpreparedResult
    from evaluation.judging.unprepared_gate import UnpreparedBaseline


@dataclass(frozen=True, slots=True)
class Held:
    """What runs are held against; None where nothing of that sort is. Read before anything is measured."""

    prepared: Baseline | None = None
    unprepared: UnpreparedBaseline | None = None


def held_against(set_name: str | None, kinds: Sequence[str]) -> Held:
    """Read what runs will be held against, so that no measure is lost.

    Args:
        set_name: the set that the whole assistant is asked, if it's judged.
        kinds: the kinds of unpreparedness that are judged.

    Raises:
        click.UsageError: the baseline is of another set.
        RunFileError: a baseline can't be read, or lacks a kind.
    """
    from evaluation.commands.usage import baseline_for
    from evaluation.judging.unprepared_gate import read_unprepared

    prepared = baseline_for(set_name) if set_name else None
    if not kinds:
        return Held(prepared)
    unprepared = read_unprepared()
    for kind in kinds:
        unprepared.of(kind)
    return Held(prepared, unprepared)


def accept_runs(prepared: RunResult | None, unprepared: Sequence[UnpreparedResult]) -> None:
    """Make a baseline of each run, or of none if one of them can't be one.

    Raises:
        RunFileError: a run can't be a baseline.
    """
    from evaluation.judging.gate import accept, write_baseline
    from evaluation.judging.unprepared_gate import UnpreparedBaseline, read_unprepared, write_unprepared

    baseline = accept(prepared) if prepared else None
    kinds = read_unprepared() if unprepared else UnpreparedBaseline()
    for result in unprepared:
        kinds = kinds.accepting(result)
    if baseline:
        write_baseline(baseline)
        click.echo("Cette mesure est désormais la référence : evaluation/baseline.json.", err=True)
    if unprepared:
        write_unprepared(kinds)
        named = ", ".join(result.kind for result in unprepared)
        click.echo(
            f"Cette mesure est désormais la référence ({named}) : evaluation/baseline_unprepared.json.",
            err=True,
        )


def hold_runs(prepared: RunResult | None, unprepared: Sequence[UnpreparedResult], held: Held) -> None:
    """Hold runs against what was accepted.

    Raises:
        GateClosed: with every reason.
    """
    from evaluation.errors import GateClosed
    from evaluation.judging.gate import check_gate
    from evaluation.judging.unprepared_gate import check_unprepared

    reasons = check_gate(prepared, held.prepared) if prepared and held.prepared else []
    for result in unprepared:
        if held.unprepared:
            accepted = held.unprepared.of(result.kind)
            reasons += check_unprepared(result.unprepared, result.kind, accepted)
    if reasons:
        raise GateClosed("Mesure refusée : " + " ; ".join(reasons) + ".")
