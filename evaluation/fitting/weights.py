"""Fit the weights of schemes on the questions that people ask, each left out in turn.

A conditional logistic regression: of the schemes, which is meant (McFadden, 1974). The fitted values are
copied by hand into ``assistant/search/schemes.py``, so that a change of weights is a change that can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.eligibility.facts import Facts
from assistant.reading.statement import read_statement
from assistant.reading.topics import find_topics
from assistant.reading.understand import understand
from assistant.reply import Message
from assistant.search import schemes as scheme_ranking
from assistant.search.schemes import funders_named, measure_scheme, with_unasked
from evaluation.fitting.left_out import LeftInTurn

_RIDGE = 0.05
_DEPTHS = (1, 3, 6)


@dataclass(frozen=True, slots=True)
class Choice:
    """One question: what there was to choose from, and which of it was right.

    Attributes:
        measures: shape (things to choose from, measures).
        right: places of the right ones.
    """

    measures: NDArray[np.float64]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by the name of the measure, and how often the right one is among the first.

    Attributes:
        weights: as fitted on every question.
        used: those in use.
        recall: by depth, share of the questions with a right one among so many, for the weights in use.
        questions: how many questions there were.
    """

    weights: dict[str, float]
    used: dict[str, float]
    recall: dict[int, float]
    questions: int


def scheme_choices(known: LeftInTurn, progress: Callable[[], None] = lambda: None) -> list[Choice]:
    """Measure all schemes for each question."""
    knowledge = known.knowledge
    names = list(scheme_ranking.WEIGHTS)
    ids = [scheme.id for scheme in knowledge.catalogue.schemes]
    choices = []
    for place, text, fold in known.questions():
        question = understand((Message(role="user", content=text),), knowledge.names)
        best: dict[str, float] = {}
        for hit in knowledge.subjects.passages(question):
            best.setdefault(str(hit.chunk.scheme_id), hit.score)
        topics, funders = find_topics(text), funders_named(text)
        speaker = read_statement(knowledge.names.masked(text), Facts()).beneficiary
        nearest = fold.space.by_scheme(text)
        asked = with_unasked(fold.asked.by_scheme(text), nearest)
        rows = []
        for scheme in knowledge.catalogue.schemes:
            values = measure_scheme(
                scheme,
                best.get(scheme.id, 0.0),
                topics,
                funders,
                speaker,
                asked.get(scheme.id),
                nearest[scheme.id],
            )
            rows.append([values[name] for name in names])
        choices.append(Choice(np.array(rows), (ids.index(knowledge.asked.answers[place][0]),)))
        progress()
    return choices


def fitted(choices: Sequence[Choice], used: Mapping[str, float]) -> Fitted:
    """Fit the weights named in ``used`` on choices."""
    weights = fit(choices, len(used))
    return Fitted(
        weights=dict(zip(used, (round(float(value), 2) for value in weights), strict=True)),
        used=dict(used),
        recall=recall(choices, np.array(list(used.values()))),
        questions=len(choices),
    )


def fit(choices: Sequence[Choice], size: int) -> NDArray[np.float64]:
    """Return the weights under which the right choices are likeliest, kept small by a ridge.

    Args:
        choices: at least one.
        size: how many measures there are.
    """

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(size)
        for choice in choices:
            scores = choice.measures @ weights
            likely = np.exp(scores - scores.max())
            right = np.zeros(len(likely))
            right[list(choice.right)] = likely[list(choice.right)]
            total -= float(np.log(right.sum() / likely.sum() + 1e-12))
            slope += choice.measures.T @ (likely / likely.sum() - right / max(right.sum(), 1e-12))
        ridge = _RIDGE * float(weights @ weights)
        return (total + ridge) / len(choices), (slope + 2 * _RIDGE * weights) / len(choices)

    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float64)


def recall(choices: Sequence[Choice], weights: NDArray[np.float64]) -> dict[int, float]:
    """Return, by depth, the share of choices with a right one among the first so many."""
    ranks = []
    for choice in choices:
        order = np.argsort(-(choice.measures @ weights), kind="stable").tolist()
        ranks.append(min(order.index(place) for place in choice.right))
    return {depth: sum(rank < depth for rank in ranks) / len(ranks) for depth in _DEPTHS}
