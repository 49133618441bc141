"""How far the assistant's own confidence can be trusted: reliability bins, and what each threshold costs.

A bin holds the questions whose confidence lies between two bounds; in a well-calibrated program the share of
them that were rightly answered is their mean confidence (Guo et al., On Calibration of Modern Neural
Networks, 2017). Intervals are Wilson's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict
from scipy.stats import binomtest

from assistant.reply import Reply
from evaluation.fitting.support import NEEDLESS_REFUSAL, THRESHOLDS, WRONG_ANSWER
from evaluation.questions.cases import Case

BINS = 10
_ANSWERS = frozenset({"answered", "clarification"})

Judged = tuple[float, bool]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bin(_Shape):
    """The questions of one range of confidence.

    Attributes:
        low, high: bounds of the range.
        questions: how many.
        confidence: their mean confidence.
        right: share of them for which answering on the scheme found is right.
        right_low, right_high: its 95 % interval.
    """

    low: float
    high: float
    questions: int
    confidence: float
    right: float
    right_low: float
    right_high: float


class Cost(_Shape):
    """What answering from a confidence on would cost: five for a wrong answer, one for a needless refusal."""

    threshold: float
    wrong: int
    needless: int
    total: float


class Reliability(_Shape):
    """The whole curve.

    Attributes:
        bins: those that hold a question, by confidence.
        error: expected calibration error, mean gap between confidence and share right, between 0 and 1.
        costs: by threshold.
    """

    bins: tuple[Bin, ...]
    error: float
    costs: tuple[Cost, ...]


def judged(items: Iterable[tuple[Case, Reply | None]]) -> list[Judged]:
    """The confidence of each reply that has one, and whether answering on its scheme is right."""
    return [
        (reply.confidence, _is_right(case, reply))
        for case, reply in items
        if reply is not None and reply.confidence is not None
    ]


def _is_right(case: Case, reply: Reply) -> bool:
    found = not case.schemes or bool(set(case.schemes) & set(reply.schemes))
    return bool(_ANSWERS & set(case.status)) and found


def calibration_error(items: Iterable[Judged]) -> float:
    """The expected calibration error of readings, each how sure it is and whether it's right; 0 of none."""
    curve = reliability(list(items))
    return curve.error if curve else 0.0


def reliability(items: Sequence[Judged]) -> Reliability | None:
    """Draw the curve; None without a reply that tells its confidence."""
    if not items:
        return None
    bins = []
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        own = [item for item in items if low <= item[0] < high or (place == BINS - 1 and item[0] == high)]
        if own:
            right = sum(is_right for _, is_right in own)
            interval = binomtest(right, len(own)).proportion_ci(method="wilson")
            bins.append(
                Bin(
                    low=low,
                    high=high,
                    questions=len(own),
                    confidence=sum(confidence for confidence, _ in own) / len(own),
                    right=right / len(own),
                    right_low=float(interval.low),
                    right_high=float(interval.high),
                )
            )
    error = sum(item.questions * abs(item.confidence - item.right) for item in bins) / len(items)
    return Reliability(bins=tuple(bins), error=error, costs=tuple(_costs(items)))


def _costs(items: Sequence[Judged]) -> Iterable[Cost]:
    for threshold in THRESHOLDS:
        wrong = sum(confidence >= threshold and not is_right for confidence, is_right in items)
        needless = sum(confidence < threshold and is_right for confidence, is_right in items)
        total = WRONG_ANSWER * wrong + NEEDLESS_REFUSAL * needless
        yield Cost(threshold=threshold, wrong=wrong, needless=needless, total=total)
