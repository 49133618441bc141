"""What preparation is worth: the same questions, prepared and not, side by side with the distance between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.fiches.catalogue import Catalogue
from evaluation.errors import RunFileError
from evaluation.judging.page_searches import PageSearch
from evaluation.judging.result import OVERALL, CaseResult, RunResult, summarise
from evaluation.judging.statistics import Figure, paired_difference, ratio
from evaluation.questions.cases import STRATA, Case
from evaluation.runs.run import Outcome, Run

# What is held side by side, in this order.
WATCHED = (
    "fully_right",
    "status_right",
    "fact_recall",
    "citation_precision",
    "citation_recall",
    "verdict_exact",
    "wrong_eligible",
)


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Distance(_Shape):
    """A figure on the same questions, prepared and not, and how far the second is from the first.

    The distance is unprepared less prepared, its interval that of the questions resampled together.
    """

    prepared: Figure
    unprepared: Figure
    distance: Figure


class UnpreparedResult(_Shape):
    """What ``assistant evaluate --unprepared KIND --json`` gives.

    Attributes:
        form: name and version of this shape.
        kind: in what way nothing was prepared: ``fiche`` or ``document``.
        folds: by number of the fold, its schemes.
        across: ids of the questions about schemes of several folds; asked to the fold of the first scheme.
        left_out: ids of the questions of the set that aren't asked.
        table: by stratum (``all`` for the whole), then by metric; a metric that applies to no question of the
            stratum both times is absent.
        prepared: the run of the whole assistant.
        unprepared: the run of the folds, on the same questions in the same order.
        searches: other searches on the same pages beside ours, ours first; empty unless they were asked for.
    """

    form: Literal["unprepared-run/1"] = "unprepared-run/1"
    kind: str
    folds: dict[int, tuple[str, ...]]
    across: tuple[str, ...]
    left_out: tuple[str, ...]
    table: dict[str, dict[str, Distance]]
    prepared: RunResult
    unprepared: RunResult
    searches: tuple[PageSearch, ...] = ()


def side_by_side(
    kind: str,
    set_name: str,
    cases: Sequence[Case],
    prepared: Run,
    unprepared: Run,
    catalogue: Catalogue,
    folds: dict[int, tuple[str, ...]],
    across: Sequence[str] = (),
    left_out: Sequence[str] = (),
    on: date | None = None,
) -> UnpreparedResult:
    """Score both runs by the same cases and hold them side by side.

    Args:
        kind: in what way nothing was prepared.
        set_name: which questions.
        cases: the questions, as they were asked to the folds.
        prepared: what the whole assistant replied; may hold more questions.
        unprepared: what the folds replied.
        catalogue: the schemes.
        folds: by number of the fold, its schemes.
        across: see :class:`UnpreparedResult`.
        left_out: see :class:`UnpreparedResult`.
        on: the day that both were told; today by default.

    Raises:
        RunFileError: the prepared run lacks one of the questions.
    """
    of_prepared = _in_order(cases, prepared, "préparée")
    of_unprepared = _in_order(cases, unprepared, "sans préparation")
    before = summarise(cases, of_prepared, set_name, catalogue, on)
    after = summarise(cases, of_unprepared, set_name, catalogue, on)
    pairs = list(zip(before.cases, after.cases, strict=True))
    strata = {OVERALL: pairs} | {
        name: [pair for pair in pairs if pair[0].case.stratum == name] for name in STRATA
    }
    return UnpreparedResult(
        kind=kind,
        folds=folds,
        across=tuple(across),
        left_out=tuple(left_out),
        table={name: _distances(own) for name, own in strata.items() if own},
        prepared=before,
        unprepared=after,
    )


def run_of_result(result: RunResult) -> Run:
    """What came back in a kept result, to be scored again.

    Raises:
        RunFileError: it stopped half-way.
    """
    if result.stopped:
        raise RunFileError(f"Cette mesure s’est arrêtée en route : {result.stopped} Refaites-la.")
    outcomes = tuple(
        Outcome(
            case_id=item.case.id,
            reply=item.reply,
            error=item.error,
            passages=item.passages,
            seconds=item.seconds,
        )
        for item in result.cases
    )
    return Run(target=result.target, outcomes=outcomes)


def _in_order(cases: Sequence[Case], run: Run, what: str) -> Run:
    by_id = {outcome.case_id: outcome for outcome in run.outcomes}
    missing = [case.id for case in cases if case.id not in by_id]
    if missing:
        raise RunFileError(
            f"La mesure {what} n’a pas {len(missing)} question(s), dont « {missing[0]} ». Refaites-la sur le "
            "même jeu : assistant evaluate --json."
        )
    return run.model_copy(update={"outcomes": tuple(by_id[case.id] for case in cases)})


def _distances(pairs: Sequence[tuple[CaseResult, CaseResult]]) -> dict[str, Distance]:
    table = {}
    for name in WATCHED:
        both = [(a.pairs[name], b.pairs[name]) for a, b in pairs if name in a.pairs and name in b.pairs]
        if both:
            before, after = [pair[0] for pair in both], [pair[1] for pair in both]
            table[name] = Distance(
                prepared=ratio(before),
                unprepared=ratio(after),
                distance=paired_difference(before, after),
            )
    return table
