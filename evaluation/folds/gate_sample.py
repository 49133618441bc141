"""The few questions of one fold that the tests ask: always the same, so that the gate fits in minutes."""

from __future__ import annotations

from dataclasses import replace

from evaluation.folds.asking import Shared
from evaluation.questions.sample import stratified

# Shops: of every kind of question that is about a scheme, some are about them.
GATE_FOLDS = (1,)
# With that fold, both ways of not being prepared take some seventy seconds of processor.
GATE_QUESTIONS = 40


def gate_sample(shared: Shared) -> Shared:
    """The questions of ``GATE_FOLDS``, at most ``GATE_QUESTIONS`` each, every kind for its share."""
    kept = {
        number: tuple(stratified(shared.cases[number], GATE_QUESTIONS))
        for number in GATE_FOLDS
        if number in shared.cases
    }
    return replace(shared, cases=kept)
