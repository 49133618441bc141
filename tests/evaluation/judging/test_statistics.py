"""Figures and intervals against values known by hand or by the binomial law."""

from __future__ import annotations

from random import Random

import pytest
from scipy.stats import binom

from evaluation.judging.statistics import (
    Figure,
    mcnemar_p,
    paired_difference,
    paired_quantile_difference,
    quantile,
    ratio,
    share,
)

Pairs = list[tuple[float, float]]


def shares(right: int, wrong: int) -> Pairs:
    return [(1.0, 1.0)] * right + [(0.0, 1.0)] * wrong


def bounds(figure: Figure) -> tuple[float, float]:
    return figure.low, figure.high


# --- ratio ----------------------------------------------------------------------------------------


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    figure = ratio([(1, 2), (2, 2), (0, 4)])
    assert figure.value == pytest.approx(3 / 8)
    assert figure.questions == 3


@pytest.mark.parametrize(("right", "wrong"), [(50, 50), (90, 10), (18, 2), (195, 5)])
def test_the_interval_of_a_share_is_that_of_the_binomial_law(right: int, wrong: int) -> None:
    size = right + wrong
    figure = ratio(shares(right, wrong))
    low, high = (binom.ppf(q, size, right / size) / size for q in (0.025, 0.975))
    assert figure.value == pytest.approx(right / size)
    assert bounds(figure) == pytest.approx((low, high), abs=1.01 / size)


@pytest.mark.parametrize("pairs", [shares(7, 0), shares(0, 7), [(1.0, 2.0)] * 7])
def test_when_all_questions_agree_there_is_no_doubt(pairs: Pairs) -> None:
    figure = ratio(pairs)
    assert bounds(figure) == (figure.value, figure.value)
    assert figure.value == pairs[0][0] / pairs[0][1]


def test_more_questions_narrow_the_interval() -> None:
    few, many = ratio(shares(8, 4)), ratio(shares(80, 40))
    assert few.value == many.value
    assert many.high - many.low < (few.high - few.low) / 2
    assert few.low < many.low < many.value < many.high < few.high


def test_one_question_has_no_interval() -> None:
    assert ratio([(1, 4)]) == Figure(value=0.25, low=0.25, high=0.25, questions=1)


def test_the_same_questions_give_the_same_interval() -> None:
    pairs = [(float(number % 3), 3.0) for number in range(40)]
    assert ratio(pairs) == ratio(list(pairs))


def test_the_order_of_the_questions_hardly_matters() -> None:
    pairs = shares(30, 10)
    shuffled = Random(1).sample(pairs, len(pairs))
    assert bounds(ratio(shuffled)) == pytest.approx(bounds(ratio(pairs)), abs=0.03)


# --- quantile -------------------------------------------------------------------------------------


def test_a_median_with_its_interval() -> None:
    figure = quantile([float(number) for number in range(1, 10)], 0.5)
    assert (figure.value, figure.questions) == (5.0, 9)
    assert 1 <= figure.low < 5 < figure.high <= 9


def test_a_high_quantile_is_interpolated() -> None:
    assert quantile([float(number) for number in range(101)], 0.95).value == pytest.approx(95)
    assert quantile([0.0, 10.0], 0.95).value == pytest.approx(9.5)


def test_one_value_is_its_own_quantile() -> None:
    assert quantile([12.5], 0.95) == Figure(value=12.5, low=12.5, high=12.5, questions=1)


# --- differences ----------------------------------------------------------------------------------


def test_no_change_is_zero_for_sure() -> None:
    pairs = shares(5, 3)
    assert paired_difference(pairs, pairs) == Figure(value=0, low=0, high=0, questions=8)


def test_every_question_gained_is_one_for_sure() -> None:
    figure = paired_difference(shares(0, 6), shares(6, 0))
    assert (figure.value, *bounds(figure)) == (1.0, 1.0, 1.0)
    assert paired_difference(shares(6, 0), shares(0, 6)).value == -1.0


def test_a_difference_is_between_ratios_of_sums() -> None:
    figure = paired_difference([(1, 1), (0, 3)], [(1, 2), (3, 3)])
    assert figure.value == pytest.approx(4 / 5 - 1 / 4)
    assert figure.questions == 2


def test_questions_are_resampled_together() -> None:
    """One question of forty gained and none lost: never a fall, whatever the sample."""
    before = shares(20, 20)
    after = shares(21, 19)
    figure = paired_difference(before, after)
    assert figure.value == pytest.approx(1 / 40)
    assert 0 <= figure.low <= figure.high <= 4 / 40
    apart = ratio(after)
    assert figure.high - figure.low < (apart.high - apart.low) / 2


def test_the_interval_of_a_difference_is_that_of_the_binomial_law() -> None:
    figure = paired_difference(shares(0, 100), shares(20, 80))
    low, high = (binom.ppf(q, 100, 0.2) / 100 for q in (0.025, 0.975))
    assert bounds(figure) == pytest.approx((low, high), abs=0.011)
    assert figure == paired_difference(shares(0, 100), shares(20, 80))


def test_one_question_compared_has_no_interval() -> None:
    assert paired_difference([(0, 2)], [(1, 2)]) == Figure(value=0.5, low=0.5, high=0.5, questions=1)


# --- McNemar --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("improved", "broken", "p_value"),
    [
        (0, 0, 1),
        (1, 0, 1),
        (5, 5, 1),
        (5, 0, 2 / 2**5),
        (6, 0, 2 / 2**6),
        (9, 1, 2 * (1 + 10) / 2**10),
        (8, 2, 2 * (1 + 10 + 45) / 2**10),
        (3, 2, 1),
    ],
)
def test_mcnemar(improved: int, broken: int, p_value: float) -> None:
    assert mcnemar_p(improved, broken) == pytest.approx(p_value)
    assert mcnemar_p(broken, improved) == pytest.approx(p_value)


# --- errors ---------------------------------------------------------------------------------------


def test_nothing_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="no question"):
        ratio([])
    with pytest.raises(ValueError, match="no value"):
        quantile([], 0.5)
    with pytest.raises(ValueError, match="same questions"):
        paired_difference([], [])
    assert ratio([(0, 1)]).value == 0.0


@pytest.mark.parametrize(("before", "after"), [(1, 2), (3, 2), (0, 1)])
def test_runs_of_other_lengths_are_not_compared(before: int, after: int) -> None:
    with pytest.raises(ValueError, match="same questions") as raised:
        paired_difference(shares(before, 0), shares(after, 0))
    assert "two runs" in str(raised.value)


def test_a_share_has_wilsons_interval() -> None:
    # Wilson's bounds for 3 of 10, by hand: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)
    figure = share([True] * 3 + [False] * 7)
    assert (figure.value, figure.questions) == (0.3, 10)
    assert figure.low == pytest.approx(0.1078, abs=1e-4)
    assert figure.high == pytest.approx(0.6032, abs=1e-4)
    with pytest.raises(ValueError, match="nothing"):
        share([])


def test_a_quantile_that_moves_by_a_constant_moves_for_sure() -> None:
    before = [float(value) for value in range(1, 40)]
    after = [value + 7 for value in before]
    figure = paired_quantile_difference(before, after, 0.9)
    assert (figure.value, *bounds(figure)) == pytest.approx((7, 7, 7))
    with pytest.raises(ValueError, match="same questions"):
        paired_quantile_difference(before, after[1:], 0.5)
