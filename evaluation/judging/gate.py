"""The gate: a run against the accepted baseline; red when a headline figure falls or an invariant breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evaluation.errors import RunFileError
from evaluation.judging.metrics import METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.shown import shown, shown_points

BASELINE = Path(__file__).parents[1] / "baseline.json"
# How far under the accepted lower bound a new lower bound may fall: noise of a rule that moves one case.
SLACK = 0.01


class Accepted(BaseModel):
    """A figure as accepted; the gate is red when its lower bound falls under value - tolerance."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    tolerance: float


class Baseline(BaseModel):
    """The figures that later runs may not fall under; written by ``--accept`` only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["evaluation-baseline/1"] = "evaluation-baseline/1"
    set_name: str
    accepted_on: str
    questions: int
    figures: dict[str, Accepted]


def accept(result: RunResult) -> Baseline:
    """Make the baseline of a run: its headline figures, each with its half interval as tolerance.

    Raises:
        RunFileError: the run can't be a baseline: it holds no question, stopped half-way or breaks an
            invariant.
    """
    broken = broken_invariants(result)
    if result.stopped or broken or not result.cases:
        reason = result.stopped or " ; ".join(broken) or "aucune question n’a été mesurée."
        raise RunFileError(f"Cette mesure ne peut pas devenir la référence : {reason}")
    figures = result.figures[OVERALL]
    return Baseline(
        set_name=result.set_name,
        accepted_on=result.measured_at[:10],
        questions=len(result.cases),
        figures={
            name: Accepted(
                value=round(figures[name].value, 4),
                tolerance=round(figures[name].value - figures[name].low + SLACK, 4),
            )
            for name, metric in METRICS.items()
            if metric.headline and name in figures and result.is_measured(name)
        },
    )


def check_gate(result: RunResult, baseline: Baseline) -> list[str]:
    """Return why a run may not be merged, one French line a reason; empty when it may."""
    reasons = broken_invariants(result)
    if result.stopped:
        reasons.append(f"mesure interrompue : {result.stopped}")
    if len(result.cases) < baseline.questions:
        reasons.append(f"{len(result.cases)} questions mesurées, {baseline.questions} dans la référence")
    figures = result.figures.get(OVERALL, {})
    for name, accepted in baseline.figures.items():
        floor = accepted.value - accepted.tolerance
        if name not in figures or not result.is_measured(name):
            reasons.append(f"{METRICS[name].label} : n’est plus mesuré")
        elif figures[name].low < floor:
            metric = METRICS[name]
            reasons.append(
                f"{metric.label} : borne basse {shown(figures[name].low, metric)}, sous la référence "
                f"{shown(accepted.value, metric)} moins {shown_points(accepted.tolerance)}"
            )
    return reasons


def broken_invariants(result: RunResult) -> list[str]:
    """Return the invariants that a run breaks, with the questions that break them."""
    reasons = []
    for name, metric in METRICS.items():
        if metric.bound is None:
            continue
        wrong = [
            item.case.id
            for item in result.cases
            if name in item.pairs and item.pairs[name][0] / item.pairs[name][1] != metric.bound
        ]
        if wrong:
            reasons.append(f"{metric.label} : {len(wrong)} question(s), dont {', '.join(wrong[:5])}")
    return reasons


def read_baseline(path: Path = BASELINE) -> Baseline:
    """Read the accepted figures.

    Raises:
        RunFileError: the file is absent, malformed, or names a metric that doesn't exist.
    """
    try:
        baseline = Baseline.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise RunFileError(
            f"« {path} » est absent ou mal formé. Écrivez-le : assistant evaluate --set dev --accept."
        ) from error
    unknown = [name for name in baseline.figures if name not in METRICS]
    if unknown:
        raise RunFileError(
            f"« {path} » nomme une mesure inconnue, « {unknown[0]} ». "
            "Refaites-le : assistant evaluate --set dev --accept."
        )
    return baseline


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """Write the accepted figures."""
    path.write_text(baseline.model_dump_json(indent=2) + "\n", encoding="utf-8")
