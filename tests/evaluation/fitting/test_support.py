"""When to answer: weights that tell found from not, and what each threshold costs."""

from __future__ import annotations

from assistant.choosing.support import Confidence
from evaluation.fitting.support import Decided, costs, fit_support, uncovered_questions


def decided(like: float, *, found: bool, covered: bool = True, named: bool = False) -> Decided:
    return Decided(Confidence(0.5, 0.5, named=named, like=like, share=0.5), found, covered)


CASES = [
    *(decided(0.6 + n / 100, found=True) for n in range(20)),
    *(decided(0.1 + n / 100, found=False, covered=n % 2 == 0) for n in range(20)),
]


def test_likeness_weighs_for_an_answer() -> None:
    weights = fit_support(CASES)
    assert set(weights) == {"coverage", "like", "share", "bias"}
    assert weights["like"] > 1


def test_the_cost_counts_wrong_answers_five_times() -> None:
    told = costs(CASES, {"coverage": 0.0, "like": 0.0, "share": 0.0, "bias": 0.0}, named=False)
    by_threshold = {cost.threshold: cost for cost in told}
    always, never = by_threshold[0.5], by_threshold[0.55]
    assert (always.needless, always.wrong, always.unfounded, always.total) == (0, 10, 10, 100.0)
    assert (never.needless, never.wrong, never.unfounded, never.total) == (20, 0, 0, 20.0)


def test_questions_that_name_a_scheme_are_counted_apart() -> None:
    named = [*CASES, decided(0.9, found=False, named=True)]
    weights = {"coverage": 0.0, "like": 0.0, "share": 0.0, "bias": 5.0}
    assert costs(named, weights, named=True)[0].wrong == 1
    assert costs(named, weights, named=False)[0].wrong == 10


def test_the_questions_without_an_answer_are_many_and_all_different() -> None:
    questions = uncovered_questions()
    assert len(questions) > 200
    assert len(set(questions)) == len(questions)
