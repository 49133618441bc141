"""Fit how likely one more sentence adds a fact that a question expects, on questions whose facts are known.

The fitted values are copied by hand into ``assistant/choosing/enough.py``.
"""

from __future__ import annotations

import time
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
from assistant.answering.engine import Engine
from assistant.answering.steps import ANSWER, run
from assistant.answering.turn import Turn
from assistant.choosing.enough import measure_more
from assistant.reply import ChatRequest, Message
from evaluation.questions.cases import Case
from evaluation.questions.facts import states

_BEFORE_COMPOSING = ANSWER[: [step.name for step in ANSWER].index("compose")]
# How strongly the weights are held back, and in how many parts the schemes are split to be judged.
_STRENGTH, _PARTS = 0.3, 5


@dataclass(frozen=True, slots=True)
class Further:
    """A sentence that would be told after others.

    Attributes:
        scheme_id: the first scheme of the question.
        measures: by the names of ``WEIGHTS``.
        words: how many it has.
        adds: whether it states an expected fact that none before it does.
    """

    scheme_id: str
    measures: Mapping[str, float]
    words: int
    adds: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """What a threshold leaves out, each scheme judged by weights fitted on others.

    Attributes:
        least: the threshold.
        words: share of the words of further sentences that go.
        facts: share of the facts that these add that go.
    """

    least: float
    words: float
    facts: float


def further_sentences(engine: Engine, case: Case) -> list[Further]:
    """Measure every sentence that would be told after the first to a question, were none too many."""
    if not case.facts:
        return []
    messages: list[Message] = []
    for text in case.turns[:-1]:
        messages.append(Message(role="user", content=text))
        messages.append(Message.of_reply(engine.reply(_request(messages, case))))
    messages.append(Message(role="user", content=case.turns[-1]))
    turn = Turn(request=_request(messages, case), started=time.perf_counter())
    turn = run(_BEFORE_COMPOSING, engine.knowledge, turn)
    if turn.is_over or not turn.support.is_enough or turn.understood.is_list:
        return []
    question = turn.understood
    evidence = [item for item in turn.evidence if not item.is_gap and may_answer(question, item)]
    if not evidence:
        return []
    kept = select(question, evidence, least=0.0)
    found = []
    told = {fact for fact in case.facts if states(kept[0].sentence.text, fact)}
    for place, item in enumerate(kept[1:], 1):
        own = {fact for fact in case.facts if states(item.sentence.text, fact)}
        measures = measure_more(question, kept[:place], item)
        words = len(item.sentence.text.split())
        found.append(Further(next(iter(case.schemes), ""), measures, words, bool(own - told)))
        told |= own
    return found


def fit_enough(items: Sequence[Further]) -> dict[str, float]:
    """Return the weights of the measures and the bias under which what added something is likeliest."""
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
    cuts = [
        Cut(
            least,
            float(words[likely < least].sum() / words.sum()),
            float(adding[likely < least].sum() / max(1, adding.sum())),
        )
        for least in thresholds
    ]
    return float(roc_auc_score(adding, likely)), cuts


def _model() -> LogisticRegression:
    return make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2000))


def _arrays(items: Sequence[Further]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows = np.array([list(item.measures.values()) for item in items])
    return rows, np.array([item.adds for item in items])


def _request(messages: Sequence[Message], case: Case) -> ChatRequest:
    return ChatRequest(messages=tuple(messages), commune=f"insee:{case.commune}" if case.commune else None)
