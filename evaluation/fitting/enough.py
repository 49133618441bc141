"""Fit how likely one more sentence bears on a question, on sentences graded beside it.

The fitted values are copied by hand into ``assistant/choosing/enough.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering.compose import may_answer, select
from assistant.answering.knowledge import Knowledge
from assistant.choosing.enough import measure_more
from evaluation.fitting.graded import ANSWERS, BESIDE, GradedQuestion, graded_turn, without_itself

# How strongly the weights are held back, and in how many parts the schemes are split to be judged.
_STRENGTH, _PARTS = 0.3, 5


@dataclass(frozen=True, slots=True)
class Further:
    """A sentence that would be told after others.

    Attributes:
        scheme_id: the scheme of the question.
        measures: by the names of ``WEIGHTS``.
        words: how many it has.
        grade: whether it answers, goes with an answer or stands beside the question (0).
    """

    scheme_id: str
    measures: Mapping[str, float]
    words: int
    grade: int


@dataclass(frozen=True, slots=True)
class Cut:
    """What a threshold leaves out, each scheme judged by weights fitted on others.

    Attributes:
        least: the threshold.
        words: share of the words of further sentences that go.
        answers: share of those that answer that go.
        bearing: share of those that stay that bear on the question.
    """

    least: float
    words: float
    answers: float
    bearing: float


def further_sentences(knowledge: Knowledge, graded: GradedQuestion) -> list[Further]:
    """Measure every graded sentence that would be told after the first, were none too many."""
    turn = graded_turn(without_itself(knowledge, graded), graded)
    if turn is None or turn.understood.is_comparison:
        return []
    question = turn.understood
    evidence = [item for item in turn.evidence if not item.is_gap and may_answer(question, item)]
    if not evidence:
        return []
    grades = {item.text: item.grade for item in graded.sentences}
    kept = select(question, evidence, least=0.0)
    return [
        Further(
            graded.scheme,
            measure_more(question, kept[:place], item),
            len(item.sentence.text.split()),
            grades[item.sentence.text],
        )
        for place, item in enumerate(kept[1:], 1)
        if item.sentence.text in grades
    ]


def fit_enough(items: Sequence[Further]) -> dict[str, float]:
    """Return the weights of the measures and the bias under which what bears on the question is likeliest."""
    rows, adding = _arrays(items)
    scaler, regression = _model().fit(rows, adding)
    slopes = regression.coef_[0] / scaler.scale_
    bias = regression.intercept_[0] - float((slopes * scaler.mean_).sum())
    names = items[0].measures
    return {
        "bias": round(float(bias), 2),
        **{n: round(float(v), 2) for n, v in zip(names, slopes, strict=True)},
    }


def judge_enough(items: Sequence[Further], thresholds: Sequence[float]) -> tuple[float, list[Cut]]:
    """How well unseen schemes are told: the area under the curve, and what each threshold leaves out."""
    rows, adding = _arrays(items)
    likely = cross_val_predict(
        _model(),
        rows,
        adding,
        groups=[item.scheme_id for item in items],
        cv=GroupKFold(_PARTS),
        method="predict_proba",
    )[:, 1]
    words = np.array([item.words for item in items])
    answering = np.array([item.grade == ANSWERS for item in items])
    cuts = [
        Cut(
            least,
            float(words[likely < least].sum() / words.sum()),
            float(answering[likely < least].sum() / max(1, answering.sum())),
            float(adding[likely >= least].mean()) if (likely >= least).any() else 1.0,
        )
        for least in thresholds
    ]
    return float(roc_auc_score(adding, likely)), cuts


def _model() -> LogisticRegression:
    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2000))


def _arrays(items: Sequence[Further]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows = np.array([list(item.measures.values()) for item in items])
    return rows, np.array([item.grade > BESIDE for item in items])
