"""The gate on what nobody prepared: a few questions of a real fold, against those accepted."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.commands.unprepared import KINDS, kind_named
from evaluation.folds.asking import ask_folds, share_out
from evaluation.folds.corpus import no_questions
from evaluation.folds.folds import read_folds
from evaluation.folds.gate_sample import gate_sample
from evaluation.folds.kept import read_weights
from evaluation.judging.result import summarise
from evaluation.judging.unprepared_gate import SET, check_unprepared, read_unprepared
from evaluation.questions.cases import committed_cases

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.mark.parametrize("name", KINDS)
def test_the_sample_passes_the_gate(name: str) -> None:
    accepted = read_unprepared().of(name)
    # The day of the baseline, so that a rule doesn't grow a year older between two runs.
    on = date.fromisoformat(accepted.accepted_on)
    catalogue, kind = load_catalogue(asked_from=no_questions), kind_named(name)
    folds = read_folds(catalogue.fiches)
    shared = gate_sample(share_out(committed_cases(SET), folds, kind))
    weights = {fold.number: read_weights(fold) for fold in folds if fold.number in shared.cases}
    run = ask_folds(shared, folds, kind, weights, AssistantSettings(), jobs=2, on=on)
    result = summarise(shared.asked, run, SET, catalogue, on)
    assert all(item.error is None for item in result.cases)
    assert check_unprepared(result, name, accepted, [case.id for case in shared.asked]) == []
