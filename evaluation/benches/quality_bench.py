"""Compare searches side by side on the question set: same questions, same fiches, one run."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from pydantic import BaseModel, ConfigDict

from evaluation.judging.passages import MEASURES, judge_passages, subject_first
from evaluation.judging.statistics import Figure, paired_difference, quantile, ratio
from evaluation.peers.chains import Ranker
from evaluation.questions.cases import Case
from evaluation.runs.run import SEARCH_DEPTH, Passage, passage_of, question_of
from evaluation.runs.target import Target

Pairs = list[tuple[float, float]]


class OurSearch:
    """Our own search, as any other ranker."""

    name = "notre recherche"

    def __init__(self, target: Target) -> None:
        """Search through ``target``."""
        self._target = target

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search with the engine."""
        return [passage_of(hit) for hit in self._target.search(question, k)]


class Ranked(BaseModel):
    """What one search measured.

    Attributes:
        name: the search.
        figures: nDCG@10, recall@5, MRR@10 and hit@1 of the scheme, with intervals.
        ours_minus: for each figure, ours less this one on the same questions; empty for ours.
        query_ms: median time of a search, in milliseconds.
        relative_time: that time over ours.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    figures: dict[str, Figure]
    ours_minus: dict[str, Figure]
    query_ms: float
    relative_time: float


def bench_quality(
    cases: Sequence[Case],
    ours: Ranker,
    peers: Sequence[Ranker],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> list[Ranked]:
    """Rank the passages for every question that has gold ones, with each search in turn.

    Returns:
        One result a search, ours first.

    Raises:
        ValueError: no question has a gold passage.
    """
    judged = [case for case in cases if case.gold]
    if not judged:
        raise ValueError("no question has a gold passage")
    rankers = [ours, *peers]
    pairs: dict[str, dict[str, Pairs]] = {
        ranker.name: {name: [] for name in (*MEASURES, "scheme_hit_1")} for ranker in rankers
    }
    times: dict[str, list[float]] = {ranker.name: [] for ranker in rankers}
    for number, case in enumerate(judged, 1):
        for ranker in rankers:
            begun = time.perf_counter()
            passages = ranker.rank(question_of(case), SEARCH_DEPTH)
            times[ranker.name].append((time.perf_counter() - begun) * 1000)
            for name, value in judge_passages(case.gold, passages).items():
                pairs[ranker.name][name].append((value, 1.0))
            hit = float(subject_first(case.subjects, passages))
            pairs[ranker.name]["scheme_hit_1"].append((hit, 1.0))
        progress(number, len(judged))
    own_time = quantile(times[ours.name], 0.5).value
    results = []
    for ranker in rankers:
        own = pairs[ranker.name]
        spent = quantile(times[ranker.name], 0.5).value
        results.append(
            Ranked(
                name=ranker.name,
                figures={name: ratio(values) for name, values in own.items()},
                ours_minus={}
                if ranker is ours
                else {name: paired_difference(own[name], pairs[ours.name][name]) for name in own},
                query_ms=spent,
                relative_time=spent / own_time,
            )
        )
    return results
