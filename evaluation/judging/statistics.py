"""Figures with their uncertainty: ratios and quantiles with bootstrap intervals, paired differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict
from scipy.stats import binomtest, bootstrap

Floats = NDArray[np.float64]

RESAMPLES = 2000
CONFIDENCE = 0.95
_SEED = 20261123


class Figure(BaseModel):
    """A measured value with its 95 % interval, and the number of questions it rests on."""

    model_config = ConfigDict(frozen=True)

    value: float
    low: float
    high: float
    questions: int


def ratio(pairs: Sequence[tuple[float, float]]) -> Figure:
    """Estimate sum(got) / sum(possible), with a percentile bootstrap interval over the questions.

    Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. One question alone
    has no interval: its bounds are its value.

    Args:
        pairs: for each question, how much was got and how much was possible (> 0).

    Raises:
        ValueError: there is no question.
    """
    if not pairs:
        raise ValueError("no question to measure")
    got, possible = np.array(pairs, dtype=float).T
    return _with_interval((got, possible), lambda a, b, axis=-1: a.sum(axis) / b.sum(axis))


def share(rights: Sequence[bool]) -> Figure:
    """Estimate the share of what is right, with Wilson's interval, which holds for a few utterances too.

    Wilson, Journal of the American Statistical Association 22, 1927.

    Raises:
        ValueError: there is nothing to measure.
    """
    if not rights:
        raise ValueError("nothing to measure")
    right, total = sum(rights), len(rights)
    interval = binomtest(right, total).proportion_ci(confidence_level=CONFIDENCE, method="wilson")
    return Figure(value=right / total, low=float(interval.low), high=float(interval.high), questions=total)


def quantile(values: Sequence[float], q: float) -> Figure:
    """Estimate a quantile, with a percentile bootstrap interval.

    Raises:
        ValueError: there is no value.
    """
    if not values:
        raise ValueError("no value to measure")
    return _with_interval((np.array(values, dtype=float),), lambda a, axis=-1: np.quantile(a, q, axis=axis))


def paired_difference(before: Sequence[tuple[float, float]], after: Sequence[tuple[float, float]]) -> Figure:
    """Estimate how much a ratio changed on the same questions, resampled together.

    Args:
        before: for each question, (got, possible) of the first run.
        after: the same questions in the same order, second run.

    Raises:
        ValueError: there is no question, or not the same number.
    """
    if not before or len(before) != len(after):
        raise ValueError("the two runs must hold the same questions")
    a_got, a_of = np.array(before, dtype=float).T
    b_got, b_of = np.array(after, dtype=float).T

    def change(w: Floats, x: Floats, y: Floats, z: Floats, axis: int = -1) -> Floats:
        return np.asarray(y.sum(axis) / z.sum(axis) - w.sum(axis) / x.sum(axis))

    return _with_interval((a_got, a_of, b_got, b_of), change)


def paired_quantile_difference(before: Sequence[float], after: Sequence[float], q: float) -> Figure:
    """Estimate how much a quantile changed on the same questions, resampled together.

    Args:
        before: a value for each question, first run.
        after: the same questions in the same order, second run.
        q: which quantile, from 0 to 1.

    Raises:
        ValueError: there is no question, or not the same number.
    """
    if not before or len(before) != len(after):
        raise ValueError("the two runs must hold the same questions")

    def change(a: Floats, b: Floats, axis: int = -1) -> Floats:
        return np.asarray(np.quantile(b, q, axis=axis) - np.quantile(a, q, axis=axis))

    return _with_interval((np.array(before, dtype=float), np.array(after, dtype=float)), change)


def mean_of_groups(groups: Sequence[Sequence[float]]) -> Figure:
    """Estimate the mean of the groups' means, each group weighing the same whatever its size.

    The percentile bootstrap resamples within each group (Efron and Tibshirani, An Introduction to the
    Bootstrap, 1993, chapter 8: one-way layout); of a single group, it's the mean with its interval. For
    paired differences, give the differences.

    Args:
        groups: for each group (a test set), a value a question.

    Raises:
        ValueError: there is no group, or one without a value.
    """
    if not groups or not all(groups):
        raise ValueError("each group must hold a value")
    samples = [np.array(values, dtype=float) for values in groups]
    questions = sum(len(values) for values in samples)
    rng = np.random.default_rng(_SEED)
    means = np.zeros(RESAMPLES)
    for values in samples:
        drawn = rng.integers(0, len(values), (RESAMPLES, len(values)), dtype=np.int32)
        means += values[drawn].mean(axis=1) / len(samples)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    value = float(np.mean([values.mean() for values in samples]))
    return Figure(value=value, low=float(low), high=float(high), questions=questions)


def mcnemar_p(improved: int, broken: int) -> float:
    """Return the p-value of the exact McNemar test: could as many changes be chance?

    McNemar, Psychometrika 12, 1947; exact binomial form. 1.0 when nothing changed.
    """
    if improved + broken == 0:
        return 1.0
    return float(binomtest(improved, improved + broken, 0.5).pvalue)


def _with_interval(samples: Sequence[Floats], statistic: Callable[..., Any]) -> Figure:
    size = len(samples[0])
    value = float(statistic(*samples))
    if size == 1:
        return Figure(value=value, low=value, high=value, questions=1)
    interval = bootstrap(
        tuple(samples),
        statistic,
        n_resamples=RESAMPLES,
        paired=True,
        vectorized=True,
        method="percentile",
        confidence_level=CONFIDENCE,
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Figure(value=value, low=float(interval.low), high=float(interval.high), questions=size)
