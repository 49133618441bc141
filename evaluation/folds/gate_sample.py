"""The few questions of one fold that the tests ask: always the same, so that the gate fits in minutes."""

from __future__ import annotations

from dataclasses import replace

from evaluation.folds.asking import Shared
from evaluation.questions.sample import stratified

# Shops: the fold with the most questions, of every kind that is about a scheme.
GATE_FOLDS = (1,)
# With that fold, both ways of not being prepared take some two minutes of processor.
GATE_QUESTIONS = 40


def gate_sample(shared: Shared) -> Shared:
    """The questions of ``GATE_FOLDS``, at most ``GATE_QUESTIONS`` each, every kind for its share."""
    kept = {
        number: tuple(stratified(shared.cases[number], GATE_QUESTIONS))
        for number in GATE_FOLDS
        if number in shared.cases
    }
    return replace(shared, cases=kept)
