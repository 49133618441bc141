"""Fit when to answer: on what people ask and type, nothing known of it, and on what no fiche answers.

The decision is a logistic regression on the measures of ``assistant/choosing/support.py``; the fitted
values are copied there by hand. A wrong answer costs five times a needless refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from math import exp
from types import MappingProxyType

import numpy as np
import yaml

from assistant.answering.knowledge import Knowledge
from assistant.choosing.support import Confidence
from assistant.reading.scope import out_of_scope
from assistant.reply import ChatRequest, Message
from evaluation.fitting.left_out import supported
from evaluation.fitting.weights import Choice, fit
from evaluation.questions.cases import QUESTIONS_DIR
from evaluation.questions.utterances import BLIND, UTTERANCES_DIR, Utterance, read_utterances

UNCOVERED_PATH = QUESTIONS_DIR.parent / "fit" / "not_covered.yaml"
MEASURES = ("coverage", "several", "share", "passage", "margin", "outside")
WRONG_ANSWER, NEEDLESS_REFUSAL = 5.0, 1.0
THRESHOLDS = (0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7)


@dataclass(frozen=True, slots=True)
class Decided:
    """A question and what supports an answer to it.

    Attributes:
        support: its measures.
        found: whether the likeliest scheme is the one that answers; False where none does.
        covered: whether a fiche answers it at all.
    """

    support: Confidence
    found: bool
    covered: bool


@dataclass(frozen=True, slots=True)
class Costs:
    """What one threshold costs on questions that name no scheme.

    Attributes:
        threshold: least likelihood to answer.
        needless: refusals although the right scheme was found.
        wrong: answers for another scheme than the right one.
        unfounded: answers although no fiche has one.
    """

    threshold: float
    needless: int
    wrong: int
    unfounded: int

    @property
    def total(self) -> float:
        """The cost of all of them."""
        return NEEDLESS_REFUSAL * self.needless + WRONG_ANSWER * (self.wrong + self.unfounded)


def uncovered_questions() -> list[str]:
    """Questions on public aid, or said in passing, that no fiche answers."""
    kinds = yaml.safe_load(UNCOVERED_PATH.read_text(encoding="utf-8"))
    return [*kinds["uncovered"], *kinds["smalltalk"]]


def utterances_typed(
    every: int, only: Callable[[Utterance], bool] = lambda _utterance: True
) -> Iterator[Utterance]:
    """What people type to the assistant; never what is kept for measuring.

    Args:
        every: one utterance in so many.
        only: whether an utterance is wanted.
    """
    paths = [path for path in sorted(UTTERANCES_DIR.glob("*.jsonl")) if path not in BLIND]
    wanted = (told for file in read_utterances(paths) for told in file.utterances if only(told))
    return islice(wanted, 0, None, every)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says, and what it's about.

    Attributes:
        turns: their messages, the last of which is decided on.
        schemes: any of these is what it's about; none where no fiche answers it.
    """

    turns: tuple[str, ...]
    schemes: tuple[str, ...] = ()

    @classmethod
    def of(cls, utterance: Utterance) -> Told:
        """An utterance, with those before it."""
        return cls((*(utterance.before or ()), utterance.text), utterance.schemes)


def decide(
    knowledge: Knowledge,
    told: Iterable[Told],
    stand_ins: Mapping[str, str] = MappingProxyType({}),
    progress: Callable[[], None] = lambda: None,
) -> list[Decided]:
    """Measure what supports an answer to what people say; what is refused by its words alone is left out.

    Args:
        knowledge: what is known.
        told: what people say; none of it is a question that ``knowledge`` knows.
        stand_ins: by document, the scheme that it stands for.
        progress: called after each.
    """
    found = []
    for one in told:
        question, support = supported(knowledge, _request(one.turns))
        if one.schemes or out_of_scope(one.turns[-1], names_scheme=bool(question.schemes)) is None:
            first = stand_ins.get(question.subjects[0], question.subjects[0]) if question.subjects else ""
            found.append(Decided(support, first in one.schemes, covered=bool(one.schemes)))
        progress()
    return found


def fit_support(decided: Sequence[Decided]) -> dict[str, float]:
    """Return the weights of the measures and the bias under which what was found is likeliest."""
    choices = []
    for item in decided:
        row = np.array(
            [[*(item.support.measures[name] for name in MEASURES), 1.0], [0.0] * (len(MEASURES) + 1)]
        )
        choices.append(Choice(row, (0 if item.found else 1,)))
    values = fit(choices, len(MEASURES) + 1)
    return dict(zip((*MEASURES, "bias"), (round(float(value), 2) for value in values), strict=True))


def costs(decided: Sequence[Decided], weights: Mapping[str, float], *, named: bool) -> list[Costs]:
    """Return what each threshold costs, for the questions that name a scheme or for those that don't."""
    told = []
    own = [(_likelihood(item.support, weights), item) for item in decided if item.support.named is named]
    for threshold in THRESHOLDS:
        answered = [item for likelihood, item in own if likelihood >= threshold]
        refused = [item for likelihood, item in own if likelihood < threshold]
        told.append(
            Costs(
                threshold,
                needless=sum(item.found for item in refused),
                wrong=sum(item.covered and not item.found for item in answered),
                unfounded=sum(not item.covered for item in answered),
            )
        )
    return told


def total_costs(of_folds: Iterable[Sequence[Costs]]) -> tuple[Costs, ...]:
    """The costs of each threshold summed over folds."""
    return tuple(
        Costs(
            own[0].threshold,
            needless=sum(cost.needless for cost in own),
            wrong=sum(cost.wrong for cost in own),
            unfounded=sum(cost.unfounded for cost in own),
        )
        for own in zip(*of_folds, strict=True)
    )


def _likelihood(support: Confidence, weights: Mapping[str, float]) -> float:
    logit = weights["bias"] + sum(weights[name] * support.measures[name] for name in MEASURES)
    return 1 / (1 + exp(-logit))


def _request(texts: Sequence[str]) -> ChatRequest:
    return ChatRequest(messages=tuple(Message(role="user", content=text) for text in texts))
