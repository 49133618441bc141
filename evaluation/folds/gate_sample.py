"""The few questions of a few folds that the tests ask: always the same, so that the gate fits in minutes."""

from __future__ import annotations

from dataclasses import replace

from evaluation.folds.asking import Shared
from evaluation.questions.sample import stratified

# Shops, then town centres: they hold the most questions, and every kind of them that is about a scheme.
GATE_FOLDS = (1, 2)
# With those two folds, both ways of not being prepared take some two minutes of processor.
GATE_QUESTIONS = 40


def gate_sample(shared: Shared) -> Shared:
    """The questions of ``GATE_FOLDS``, at most ``GATE_QUESTIONS`` each, every kind for its share."""
    kept = {
        number: tuple(stratified(shared.cases[number], GATE_QUESTIONS))
        for number in GATE_FOLDS
        if number in shared.cases
    }
    return replace(shared, cases=kept)
