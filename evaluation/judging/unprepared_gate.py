"""The gate on what nobody prepared: a run of the folds against the one accepted, question by question."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.french.dates import french_date
from evaluation.errors import RunFileError
from evaluation.judging.gate import broken_invariants
from evaluation.judging.metrics import METRICS
from evaluation.judging.result import RunResult
from evaluation.judging.shown import shown, shown_interval
from evaluation.judging.statistics import paired_difference
from evaluation.judging.unprepared import UnpreparedResult

BASELINE = Path(__file__).parents[1] / "baseline_unprepared.json"
# The questions that the kept figures are about.
SET = "dev"
_NAMED = 5
_REMEDY = "Lancez : assistant evaluate --unprepared {kind} --accept."


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AcceptedKind(_Shape):
    """What a kind of unpreparedness gave when it was accepted.

    Attributes:
        accepted_on: the day, ISO.
        fully_right: by id of the question, 1 where the answer was fully right, else 0.
    """

    accepted_on: str
    fully_right: dict[str, Literal[0, 1]] = Field(min_length=1)


class UnpreparedBaseline(_Shape):
    """The accepted answers, by kind of unpreparedness; written by ``--accept`` only."""

    form: Literal["unprepared-baseline/1"] = "unprepared-baseline/1"
    kinds: dict[str, AcceptedKind] = {}

    def of(self, kind: str) -> AcceptedKind:
        """What was accepted of a kind.

        Raises:
            RunFileError: nothing was.
        """
        if kind not in self.kinds:
            raise RunFileError(f"La référence sans préparation n’a pas « {kind} ». {_remedy(kind)}")
        return self.kinds[kind]

    def accepting(self, result: UnpreparedResult) -> UnpreparedBaseline:
        """The baseline with what a run of the folds gave, the other kinds left as they are.

        Raises:
            RunFileError: the run can't be a baseline: it isn't of the dev set, holds no question, stopped
                half-way or breaks an invariant.
        """
        run = result.unprepared
        broken = broken_invariants(run)
        if run.set_name != SET:
            broken = [f"elle est du jeu « {run.set_name} », et la référence est celle du jeu {SET}"]
        if run.stopped or broken or not run.cases:
            reason = run.stopped or " ; ".join(broken) or "aucune question n’a été mesurée"
            raise RunFileError(
                f"Cette mesure ({result.kind}) ne peut pas devenir la référence : {reason.rstrip('.')}."
            )
        kept = AcceptedKind(accepted_on=run.measured_at[:10], fully_right=dict(sorted(_rights(run).items())))
        return self.model_copy(update={"kinds": {**self.kinds, result.kind: kept}})


def check_unprepared(
    run: RunResult, kind: str, accepted: AcceptedKind, among: Collection[str] | None = None
) -> list[str]:
    """Return why a run of the folds may not be merged, one French line a reason; empty when it may.

    Args:
        run: what the folds replied.
        kind: in what way nothing was prepared.
        accepted: what was accepted of that kind.
        among: ids of the questions that were to be asked; every accepted one by default.
    """
    name = f"sans préparation ({kind})"
    reasons = [f"{name}, {reason}" for reason in broken_invariants(run)]
    if run.stopped:
        reasons.append(f"{name}, mesure interrompue : {run.stopped.rstrip('.')}")
    now = _rights(run)
    due = accepted.fully_right.keys() if among is None else [i for i in among if i in accepted.fully_right]
    missing = sorted(question for question in due if question not in now)
    if missing:
        told = ", ".join(missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
        reasons.append(f"{name}, {len(missing)} question(s) de la référence manquent : {told}")
    shared = [question for question in due if question in now]
    if not shared:
        return [*reasons, f"{name}, aucune question de la référence n’a été mesurée"]
    before = [(float(accepted.fully_right[question]), 1.0) for question in shared]
    after = [(float(now[question]), 1.0) for question in shared]
    change = paired_difference(before, after)
    if change.high < 0:
        metric = METRICS["fully_right"]
        old, new = (sum(got for got, _ in pairs) / len(pairs) for pairs in (before, after))
        fall = f"{change.value * 100:.1f} {shown_interval(change, metric)}".replace(".", ",").replace(
            "-", "−"
        )
        reasons.append(
            f"{name}, {metric.label} : {shown(new, metric)}, contre {shown(old, metric)} le "
            f"{french_date(accepted.accepted_on)} sur les mêmes {len(shared)} questions, écart "
            + fall.replace(".", ",").replace("-", "−")
        )
    return reasons


def read_unprepared(path: Path | None = None) -> UnpreparedBaseline:
    """Read the accepted answers; nothing is accepted where there is no file.

    Raises:
        RunFileError: the file can't be read, or is malformed.
    """
    path = path or BASELINE
    try:
        return UnpreparedBaseline.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return UnpreparedBaseline()
    except (OSError, ValidationError) as error:
        raise RunFileError(f"« {path} » est illisible ou mal formé. {_remedy('fiche')}") from error


def write_unprepared(baseline: UnpreparedBaseline, path: Path | None = None) -> None:
    """Write the accepted answers."""
    (path or BASELINE).write_text(baseline.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _rights(run: RunResult) -> dict[str, Literal[0, 1]]:
    return {item.case.id: 0 if item.failures else 1 for item in run.cases}


def _remedy(kind: str) -> str:
    return _REMEDY.format(kind=kind)
