"""A measured run as one value: figures by stratum, every case with what it got; written to JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.reply import Reply
from corpus.fiches.catalogue import Catalogue
from evaluation.errors import RunFileError
from evaluation.judging.metrics import LENGTH_QUANTILES, METRICS
from evaluation.judging.reliability import Reliability, judged, reliability
from evaluation.judging.scoring import given_verdict, score
from evaluation.judging.statistics import Figure, quantile, ratio
from evaluation.judging.usefulness import word_count
from evaluation.questions.cases import STRATA, Case, Split, split_of
from evaluation.runs.run import Outcome, Passage, Run

OVERALL = "all"
NO_VERDICT = "none"
Figures = dict[str, Figure]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CaseResult(_Shape):
    """One case with its expectations, its reply, its scores and what went wrong."""

    case: Case
    reply: Reply | None
    error: str | None
    passages: tuple[Passage, ...]
    seconds: float | None
    pairs: dict[str, tuple[float, float]]
    failures: tuple[str, ...]

    @property
    def words(self) -> int | None:
        """The length of the answer, in words; None when none was given."""
        return word_count(self.reply) if self.reply and self.reply.status == "answered" else None


class RunResult(_Shape):
    """What ``assistant evaluate --json`` gives.

    Attributes:
        form: name and version of this shape.
        set_name: which questions: ``dev``, ``test``, ``all`` or a file.
        target: what was measured.
        measured_at: when, ISO with the time zone.
        planned: number of questions of the set.
        stopped: why the run stopped half-way; None when it went to its end.
        figures: by stratum (``all`` for the whole), then by metric; a metric that applies to no
            question of the stratum is absent.
        verdicts: (right, given) verdicts counted as ``right>given``.
        statuses: likewise for statuses; several right ones are joined by ``|``.
        cases: every case measured.
        unmeasured: ids of the planned questions that the run didn't reach.
        reliability: how far the confidence of the replies can be trusted; None when they tell none.
    """

    form: Literal["evaluation-run/1"] = "evaluation-run/1"
    set_name: str
    target: str
    measured_at: str
    planned: int
    stopped: str | None
    figures: dict[str, Figures]
    verdicts: dict[str, int]
    statuses: dict[str, int]
    cases: tuple[CaseResult, ...]
    unmeasured: tuple[str, ...] = ()
    reliability: Reliability | None = None

    @property
    def measures_verdicts(self) -> bool:
        """Whether the target gives verdicts at all; if not, their figures say "not measured yet"."""
        return any(not key.endswith(f">{NO_VERDICT}") for key in self.verdicts)

    @property
    def measures_clarifications(self) -> bool:
        """Whether the target ever asks back."""
        return any(key.endswith(">clarification") for key in self.statuses)

    def is_measured(self, metric: str) -> bool:
        """Whether a figure means something for this target."""
        if metric.startswith("verdict") or metric == "wrong_eligible":
            return self.measures_verdicts
        return metric != "clarification_hit" or self.measures_clarifications


def summarise(
    cases: Sequence[Case], run: Run, set_name: str, catalogue: Catalogue, on: date | None = None
) -> RunResult:
    """Score a run and draw its figures.

    Args:
        cases: the questions of the set, measured or not.
        run: what came back.
        set_name: which questions they are.
        catalogue: the fiches that a reply may quote.
        on: the day that the engine was told; today by default.
    """
    by_id = {case.id: case for case in cases}
    day = on or date.today()
    results = tuple(_result(by_id[outcome.case_id], outcome, catalogue, day) for outcome in run.outcomes)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    measured = {outcome.case_id for outcome in run.outcomes}
    unmeasured = tuple(case.id for case in cases if case.id not in measured)
    return _drawn(results, set_name, run.target, now, unmeasured, run.stopped)


def part(result: RunResult, split: Split) -> RunResult:
    """The same run, its figures drawn on one half of the questions."""
    cases = tuple(item for item in result.cases if item.case.split == split)
    unmeasured = tuple(name for name in result.unmeasured if split_of(name) == split)
    return _drawn(cases, split, result.target, result.measured_at, unmeasured, result.stopped)


def _result(case: Case, outcome: Outcome, catalogue: Catalogue, on: date) -> CaseResult:
    scored = score(case, outcome, catalogue, on)
    return CaseResult(
        case=case,
        reply=outcome.reply,
        error=outcome.error,
        passages=outcome.passages,
        seconds=outcome.seconds,
        pairs=dict(scored.pairs),
        failures=scored.failures,
    )


def _drawn(
    cases: tuple[CaseResult, ...],
    set_name: str,
    target: str,
    measured_at: str,
    unmeasured: tuple[str, ...],
    stopped: str | None,
) -> RunResult:
    strata = {OVERALL: cases} | {
        name: tuple(item for item in cases if item.case.stratum == name) for name in STRATA
    }
    return RunResult(
        set_name=set_name,
        target=target,
        measured_at=measured_at,
        planned=len(cases) + len(unmeasured),
        stopped=stopped,
        figures={name: _figures(own) for name, own in strata.items() if own},
        verdicts=dict(sorted(Counter(_verdicts(cases)).items())),
        statuses=dict(sorted(Counter(_statuses(cases)).items())),
        cases=cases,
        unmeasured=unmeasured,
        reliability=reliability(judged((item.case, item.reply) for item in cases)),
    )


def _verdicts(cases: Sequence[CaseResult]) -> Iterator[str]:
    for item in cases:
        for scheme, right in item.case.verdicts.items():
            given = given_verdict(item.reply, scheme) if item.reply else None
            yield f"{right}>{given or NO_VERDICT}"


def _statuses(cases: Sequence[CaseResult]) -> Iterator[str]:
    for item in cases:
        yield f"{'|'.join(sorted(item.case.status))}>{item.reply.status if item.reply else 'error'}"


def _figures(cases: Sequence[CaseResult]) -> Figures:
    figures = {
        name: ratio(pairs)
        for name in METRICS
        if (pairs := [item.pairs[name] for item in cases if name in item.pairs])
    }
    lengths = [float(item.words) for item in cases if item.words is not None]
    if lengths:
        figures |= {name: quantile(lengths, q) for name, q in LENGTH_QUANTILES.items()}
    times = [item.seconds * 1000 for item in cases if item.seconds is not None]
    if times:
        figures["latency_p50"] = quantile(times, 0.50)
        figures["latency_p95"] = quantile(times, 0.95)
    return figures


def read_result(path: Path) -> RunResult:
    """Read a file written by ``assistant evaluate --json``.

    Raises:
        RunFileError: it can't be read, or is of another form.
    """
    try:
        return RunResult.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RunFileError(f"« {path} » est illisible. Donnez un fichier écrit par --json.") from error
    except ValidationError as error:
        raise RunFileError(
            f"« {path} » n’est pas un résultat d’évaluation. Refaites-le : assistant evaluate --json."
        ) from error
