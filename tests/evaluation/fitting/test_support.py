"""When to answer: weights that tell found from not, and what each threshold costs."""

from __future__ import annotations

import pytest

from assistant.choosing.support import Confidence
from assistant.search.subject import Standing
from evaluation.fitting.support import (
    MEASURES,
    Decided,
    costs,
    fit_support,
    total_costs,
    uncovered_questions,
    utterances_typed,
)
from evaluation.questions.utterances import BLIND, read_utterances


def decided(several: float, *, found: bool, covered: bool = True, named: bool = False) -> Decided:
    standing = Standing(passage=0.5, several=several)
    return Decided(Confidence(0.5, 0.5, named=named, standing=standing, share=0.5), found, covered)


CASES = [
    *(decided(0.6 + n / 100, found=True) for n in range(20)),
    *(decided(0.1 + n / 100, found=False, covered=n % 2 == 0) for n in range(20)),
]


def test_what_is_near_weighs_for_an_answer() -> None:
    weights = fit_support(CASES)
    assert set(weights) == {*MEASURES, "bias"}
    assert weights["several"] > 1


def test_the_cost_counts_wrong_answers_five_times() -> None:
    told = costs(CASES, {**dict.fromkeys(MEASURES, 0.0), "bias": 0.0}, named=False)
    by_threshold = {cost.threshold: cost for cost in told}
    always, never = by_threshold[0.5], by_threshold[0.55]
    assert (always.needless, always.wrong, always.unfounded, always.total) == (0, 10, 10, 100.0)
    assert (never.needless, never.wrong, never.unfounded, never.total) == (20, 0, 0, 20.0)


def test_questions_that_name_a_scheme_are_counted_apart() -> None:
    named = [*CASES, decided(0.9, found=False, named=True)]
    weights = {**dict.fromkeys(MEASURES, 0.0), "bias": 5.0}
    assert costs(named, weights, named=True)[0].wrong == 1
    assert costs(named, weights, named=False)[0].wrong == 10


def test_the_questions_without_an_answer_are_many_and_all_different() -> None:
    questions = uncovered_questions()
    assert len(questions) > 200
    assert len(set(questions)) == len(questions)


@pytest.mark.slow
def test_utterances_are_those_wanted_and_never_those_kept_for_measuring() -> None:
    told = list(utterances_typed(1, lambda said: "videoprotection" in said.schemes[:1]))
    assert told
    assert {one.schemes[0] for one in told} == {"videoprotection"}
    blind = {one.key for file in read_utterances(BLIND) for one in file.utterances}
    assert not blind & {one.key for one in told}
    assert len(list(utterances_typed(4))) == pytest.approx(len(list(utterances_typed(1))) / 4, abs=1)


def test_the_costs_of_folds_are_summed_by_threshold() -> None:
    weights = {**dict.fromkeys(MEASURES, 0.0), "bias": 0.0}
    one = costs(CASES, weights, named=False)
    both = total_costs([one, one])
    assert [cost.threshold for cost in both] == [cost.threshold for cost in one]
    assert [cost.total for cost in both] == [2 * cost.total for cost in one]
