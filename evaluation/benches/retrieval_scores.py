"""The scores of a retrieval bench: figures with intervals, differences paired question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict

from evaluation.benches.kept_index import Built
from evaluation.judging.statistics import Figure, mean_of_groups

Answers = Mapping[str, Mapping[str, Sequence[float]]]


class Cost(BaseModel):
    """What a search takes on one set.

    Attributes:
        built: what its index took.
        serve_mb: growth of the process that opens the index and answers, in megabytes.
        query_ms_p50: median time of a question as written, in milliseconds.
        query_ms_p95: 95th centile of that time.
        measured_at: when its questions were put: earlier than the run where answers were kept.
    """

    model_config = ConfigDict(frozen=True)

    built: Built
    serve_mb: float
    query_ms_p50: float
    query_ms_p95: float
    measured_at: str


class SearchScores(BaseModel):
    """How well a search ranks.

    Attributes:
        search: its name.
        figures: nDCG@10, recall@5 and MRR@10, with intervals.
        ours_minus: for each figure, ours less this one on the same questions; empty for ours.
    """

    model_config = ConfigDict(frozen=True)

    search: str
    figures: dict[str, Figure]
    ours_minus: dict[str, Figure] = {}


class SetScores(BaseModel):
    """What one set measured.

    Attributes:
        name: the set.
        questions: their ids, in order.
        variants: for each way of writing the questions, the scores of each search, ours first.
        costs: what each search takes.
        values: for each variant, search and measure, a value a question.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    questions: tuple[str, ...]
    variants: dict[str, list[SearchScores]]
    costs: dict[str, Cost]
    values: dict[str, dict[str, dict[str, list[float]]]]


class BenchScores(BaseModel):
    """A whole bench: its sets, and the mean over them, each set weighing the same."""

    model_config = ConfigDict(frozen=True)

    measured_at: str
    sets: list[SetScores]
    means: dict[str, list[SearchScores]]


def score_set(
    name: str, questions: Sequence[str], answers: Mapping[str, Answers], costs: Mapping[str, Cost]
) -> SetScores:
    """Draw the figures of one set.

    Args:
        name: the set.
        questions: their ids.
        answers: for each search, ours first, its values by variant and measure.
        costs: what each search takes.
    """
    variants = next(iter(answers.values()))
    values = {
        variant: {
            search: {measure: list(column) for measure, column in by_variant[variant].items()}
            for search, by_variant in answers.items()
        }
        for variant in variants
    }
    return SetScores(
        name=name,
        questions=tuple(questions),
        variants={variant: _scores([found]) for variant, found in values.items()},
        costs=dict(costs),
        values=values,
    )


def score_bench(sets: Sequence[SetScores]) -> BenchScores:
    """Add the mean over sets; its intervals resample the questions within each set."""
    return BenchScores(
        measured_at=datetime.now(UTC).isoformat(timespec="seconds"),
        sets=list(sets),
        means={variant: _scores([each.values[variant] for each in sets]) for variant in sets[0].variants},
    )


def _scores(sets: Sequence[Mapping[str, Mapping[str, Sequence[float]]]]) -> list[SearchScores]:
    """Score each search over one set or several; the first search is ours."""
    ours = next(iter(sets[0]))
    scores = []
    for search in sets[0]:
        columns = {measure: [each[search][measure] for each in sets] for measure in sets[0][search]}
        own = {measure: [each[ours][measure] for each in sets] for measure in columns}
        scores.append(
            SearchScores(
                search=search,
                figures={measure: mean_of_groups(groups) for measure, groups in columns.items()},
                ours_minus={}
                if search == ours
                else {
                    measure: mean_of_groups(
                        [
                            [a - b for a, b in zip(mine, theirs, strict=True)]
                            for mine, theirs in zip(own[measure], groups, strict=True)
                        ]
                    )
                    for measure, groups in columns.items()
                },
            )
        )
    return scores
