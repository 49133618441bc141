"""The weights of what isn't known: fitted on cases whose right weights are plain."""

from __future__ import annotations

import pytest

from assistant.choosing.gaps import WEIGHTS
from evaluation.fitting.gaps import GapCase, fit_gaps, quality


def case(scheme: str, ahead: float, *, is_gap: bool) -> GapCase:
    return GapCase(scheme, {**dict.fromkeys(WEIGHTS, 0.0), "ahead": ahead}, is_gap)


CASES = [case(f"s{n % 6}", sign * (1 + n % 3), is_gap=sign > 0) for n in range(60) for sign in (1, -1)]


def test_what_is_ahead_weighs_for_it() -> None:
    weights = fit_gaps(CASES)
    assert weights.keys() == {*WEIGHTS, "bias"}
    assert weights["ahead"] > 1
    assert weights["now"] == 0.0


def test_the_right_ones_are_told_and_no_other() -> None:
    (told,) = quality(CASES, (0.5,), folds=3)
    assert (told.precision, told.recall) == (1.0, 1.0)


def test_a_higher_threshold_tells_fewer() -> None:
    noisy = [*CASES, *(case("s0", 1.0, is_gap=False) for _ in range(20))]
    recalls = [found.recall for found in quality(noisy, (0.1, 0.5, 0.9), folds=3)]
    assert recalls == sorted(recalls, reverse=True)
    assert quality(noisy, (0.5,), folds=3)[0].precision == pytest.approx(60 / 80, abs=0.26)
