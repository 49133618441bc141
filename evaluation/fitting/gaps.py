"""Fit how likely it is that what isn't known is the answer, on the questions that people ask.

One in five of those asks what a fiche says isn't known. The fitted values are copied by hand into
``assistant/choosing/gaps.py``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from assistant.answering.steps import run
from assistant.answering.turn import Turn
from assistant.choosing.gaps import WEIGHTS, measure_gap
from assistant.reply import ChatRequest, Message
from evaluation.fitting.graded import BEFORE_COMPOSING
from evaluation.fitting.left_out import LeftInTurn
from evaluation.fitting.weights import Choice, fit


@dataclass(frozen=True, slots=True)
class GapCase:
    """A known question whose fiche has something that isn't known.

    Attributes:
        scheme_id: the scheme asked about.
        measures: by the names of ``WEIGHTS``.
        is_gap: whether the sentence that answers it best says what isn't known.
    """

    scheme_id: str
    measures: dict[str, float]
    is_gap: bool


@dataclass(frozen=True, slots=True)
class GapQuality:
    """How good the decision is at one threshold.

    Attributes:
        threshold: least likelihood.
        precision: of those told as not known, share that are.
        recall: of those that aren't known, share that are told so.
    """

    threshold: float
    precision: float
    recall: float


def gap_cases(known: LeftInTurn, year: int, progress: Callable[[], None] = lambda: None) -> list[GapCase]:
    """Measure known questions, each left out in turn, whose fiche holds both what is and what isn't known.

    Args:
        known: what is known, over the fiches.
        year: this year, to tell a present rule from an old one.
        progress: called after each known question.
    """
    found = []
    for place, text, fold in known.questions():
        scheme, answers = known.knowledge.asked.answers[place]
        request = ChatRequest(messages=(Message(role="user", content=text),), scheme=scheme)
        turn = run(BEFORE_COMPOSING, fold, Turn(request=request, started=time.perf_counter()))
        evidence = [item for item in turn.evidence if item.hit.chunk.scheme_id == scheme]
        gaps = [item for item in evidence if item.is_gap]
        told = [item for item in evidence if not item.is_gap]
        if gaps and told and not turn.is_over:
            measures = measure_gap(turn.understood, gaps[0], told, year)
            is_gap = any(item.sentence.text == answers[0] for item in gaps)
            found.append(GapCase(scheme, measures, is_gap))
        progress()
    return found


def fit_gaps(cases: Iterable[GapCase]) -> dict[str, float]:
    """Return the weights of the measures and the bias under which what was told is likeliest."""
    size = len(WEIGHTS) + 1
    choices = [
        Choice(
            np.array([[*(case.measures[name] for name in WEIGHTS), 1.0], [0.0] * size]),
            (0 if case.is_gap else 1,),
        )
        for case in cases
    ]
    values = fit(choices, size)
    return dict(zip((*WEIGHTS, "bias"), (round(float(value), 2) for value in values), strict=True))


def quality(cases: Sequence[GapCase], thresholds: Sequence[float], folds: int = 9) -> list[GapQuality]:
    """Return precision and recall by threshold, each fiche judged with weights fitted on other fiches.

    Args:
        cases: the questions.
        thresholds: least likelihoods.
        folds: in how many parts the fiches are split.
    """
    names = sorted({case.scheme_id for case in cases})
    fold_of = {name: place % folds for place, name in enumerate(names)}
    judged: list[tuple[float, bool]] = []
    for fold in range(folds):
        weights = fit_gaps(case for case in cases if fold_of[case.scheme_id] != fold)
        judged += [
            (_likelihood(case, weights), case.is_gap) for case in cases if fold_of[case.scheme_id] == fold
        ]
    due = sum(is_gap for _, is_gap in judged) or 1
    told = []
    for threshold in thresholds:
        given = [is_gap for likelihood, is_gap in judged if likelihood >= threshold]
        told.append(GapQuality(threshold, sum(given) / (len(given) or 1), sum(given) / due))
    return told


def _likelihood(case: GapCase, weights: dict[str, float]) -> float:
    logit = weights["bias"] + sum(weights[name] * case.measures[name] for name in WEIGHTS)
    return 1 / (1 + exp(-logit))
