"""Fit the weights of a sentence on sentences graded as answers, each by who read it beside its question.

A listwise softmax (Cao et al., "Learning to rank: from pairwise approach to listwise approach", 2007): the
sentences that answer share what there is to share, those that go with an answer get a little of it. The
fitted values are copied by hand into ``assistant/choosing/evidence.py`` and ``asked_sections.py``.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from scipy.optimize import minimize

from assistant.answering.knowledge import Knowledge
from assistant.answering.steps import ANSWER, run
from assistant.answering.turn import Turn
from assistant.choosing.asked_sections import NAMES, SECTIONS, asked_shares, section_shares
from assistant.choosing.evidence import MEASURES, measure
from assistant.reply import ChatRequest, Message
from evaluation.errors import CaseError
from evaluation.fitting.left_out import leaving_out

GRADED_PATH = Path(__file__).parents[1] / "data" / "fit" / "graded.jsonl"
Asks = Literal["prepared", "fiche", "document"]
ANSWERS, GOES_WITH, BESIDE = 2, 1, 0
# What a sentence of each grade gets of what there is to share.
_GAIN = {ANSWERS: 1.0, GOES_WITH: 0.15, BESIDE: 0.0}
# How strongly weights are held near 0: those of measures, of sections for what is asked.
_RIDGE, _RIDGE_ASKED = 0.05, 4.0
# Set by hand: too few of the graded questions have several amounts to choose from to tell which is meant; and
# what a section is worth whatever is asked isn't told by the likeliest sentences, which alone were graded.
BY_HAND: Mapping[str, float] = MappingProxyType(
    {"form": 1.0, "typed": 1.0, **dict.fromkeys(NAMES[: len(SECTIONS)], 0.0)}
)
# Likeness lies in a narrow range: its weight is large, and is held back as if it were a tenth of it.
_SCALES = {"meaning": 10.0}
BEFORE_COMPOSING = ANSWER[: [step.name for step in ANSWER].index("compose")]


class GradedSentence(BaseModel):
    """A sentence read beside a question: 2 where it answers, 1 where it goes with an answer, 0 beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grade: Literal[0, 1, 2]
    text: str = Field(min_length=1)


class GradedQuestion(BaseModel):
    """A question with the sentences that were found for it, each graded.

    Attributes:
        text: the question.
        scheme: the fiche that it's about.
        asked_to: the program, one of which nothing of the fiche is prepared, or one to which it's a page.
        sentences: the likeliest that this one found, in its order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(min_length=1)
    scheme: str
    asked_to: Asks
    sentences: tuple[GradedSentence, ...]


@dataclass(frozen=True, slots=True)
class GradedChoice:
    """What there was to choose from for one question.

    Attributes:
        scheme: the fiche that it's about.
        rows: shape (sentences, measures and weights of sections), in the order of ``COLUMNS``.
        grades: shape (sentences,).
    """

    scheme: str
    rows: NDArray[np.float64]
    grades: NDArray[np.int64]


COLUMNS: tuple[str, ...] = (*MEASURES, *NAMES)


def read_graded(path: Path = GRADED_PATH) -> tuple[GradedQuestion, ...]:
    """Read graded questions, one a line.

    Raises:
        CaseError: a line is malformed.
    """
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(GradedQuestion.model_validate(json.loads(text)))
        except (ValueError, ValidationError) as error:
            raise CaseError(f"{path.name}, ligne {number} : une question notée est mal formée.") from error
    return tuple(found)


def graded_turn(knowledge: Knowledge, question: GradedQuestion) -> Turn | None:
    """The turn of a question, before its answer is composed; None where sentences aren't chosen for it."""
    request = ChatRequest(messages=(Message(role="user", content=question.text),))
    turn = run(BEFORE_COMPOSING, knowledge, Turn(request=request, started=time.perf_counter()))
    return None if turn.is_over or not turn.support.is_enough or turn.understood.is_list else turn


def without_itself(knowledge: Knowledge, question: GradedQuestion) -> Knowledge:
    """The same knowledge, in which a question that is known is never compared with itself."""
    own = [place for place, text in enumerate(knowledge.asked.texts) if text == question.text]
    return leaving_out(knowledge, own) if own else knowledge


def graded_choices(
    knowledge: Knowledge, questions: Iterable[GradedQuestion], progress: Callable[[], None] = lambda: None
) -> list[GradedChoice]:
    """Measure the graded sentences of each question that one of them answers, as far as they're found."""
    choices = []
    for question in questions:
        progress()
        known = without_itself(knowledge, question)
        turn = graded_turn(known, question)
        choice = None if turn is None else _choice(known, turn, question)
        if choice is not None and (choice.grades == ANSWERS).any():
            choices.append(choice)
    return choices


def _choice(knowledge: Knowledge, turn: Turn, question: GradedQuestion) -> GradedChoice | None:
    grades = {item.text: item.grade for item in question.sentences}
    understood, words = turn.understood, turn.weights or {}
    asked = knowledge.asked.by_sentence(understood.search_text, understood.subjects)
    found = [
        item
        for item in measure(
            understood,
            turn.about.hits,
            words,
            knowledge.embedder,
            asked,
            knowledge.amounts,
            knowledge.headings,
        )
        if item.sentence.text in grades
    ]
    if not found:
        return None
    shares = np.array(list(asked_shares(understood.read).values()))
    rows = []
    for item in found:
        under = section_shares(item.sentence.section, knowledge.headings)
        sections = np.array([under.get(section, 0.0) for section in SECTIONS])
        rows.append([*(item.values[name] for name in MEASURES), *np.outer(shares, sections).ravel()])
    return GradedChoice(question.scheme, np.array(rows), np.array([grades[i.sentence.text] for i in found]))


def fit_graded(choices: Sequence[GradedChoice]) -> dict[str, float]:
    """Return the weights, by name, under which what answers comes first.

    Args:
        choices: at least one.
    """
    scales = np.array([_SCALES.get(name, 1.0) for name in COLUMNS])
    fitted = np.array([name not in BY_HAND for name in COLUMNS])
    held = np.array([BY_HAND.get(name, 0.0) for name in COLUMNS])
    ridge = np.array([_RIDGE if name in MEASURES else _RIDGE_ASKED for name in COLUMNS])
    sets = [(choice.rows * scales, _due(choice.grades)) for choice in choices]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros(len(COLUMNS))
        for rows, due in sets:
            scores = rows @ (weights * fitted + held)
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            total -= float(due @ np.log(likely + 1e-12))
            slope += rows.T @ (likely - due)
        kept_small = float(ridge @ (weights * weights))
        return (total + kept_small) / len(sets), (slope + 2 * ridge * weights) * fitted / len(sets)

    found = minimize(loss, np.zeros(len(COLUMNS)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    values = np.round((np.asarray(found.x, dtype=np.float64) * fitted + held) * scales, 2)
    return dict(zip(COLUMNS, (float(value) + 0.0 for value in values), strict=True))


def first_answers(choices: Sequence[GradedChoice], weights: Mapping[str, float]) -> float:
    """Share of the questions that the likeliest of their sentences answers."""
    by = np.array([weights[name] for name in COLUMNS])
    return float(np.mean([choice.grades[int(np.argmax(choice.rows @ by))] == ANSWERS for choice in choices]))


def without(choices: Iterable[GradedChoice], schemes: Collection[str]) -> list[GradedChoice]:
    """The choices about other schemes."""
    return [choice for choice in choices if choice.scheme not in schemes]


def _due(grades: NDArray[np.int64]) -> NDArray[np.float64]:
    gains = np.array([_GAIN[int(grade)] for grade in grades], dtype=np.float64)
    return np.asarray(gains / gains.sum())
