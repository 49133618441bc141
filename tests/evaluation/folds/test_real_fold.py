"""One real fold, a few real questions, from its knowledge to the table: as fiches, then as pages."""

from __future__ import annotations

import pytest

from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.folds.asking import ask_folds, share_out
from evaluation.folds.corpus import FICHE, Kind, no_questions
from evaluation.folds.folds import read_folds
from evaluation.folds.kept import read_weights
from evaluation.folds.pages import DOCUMENT
from evaluation.judging.gate import broken_invariants
from evaluation.judging.unprepared import side_by_side
from evaluation.questions.cases import committed_cases
from evaluation.reports.unprepared_report import unprepared_text

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.mark.parametrize("kind", [FICHE, DOCUMENT], ids=["fiche", "document"])
def test_a_real_fold_answers_on_what_nothing_prepared_it_for(kind: Kind) -> None:
    catalogue = load_catalogue(asked_from=no_questions)
    folds = read_folds(catalogue.fiches)[-1:]
    cases = [case for case in committed_cases("dev") if set(case.schemes[:1]) & folds[0].schemes][:6]
    shared = share_out(cases, folds, kind)
    weights = {folds[0].number: read_weights(folds[0])}
    run = ask_folds(shared, folds, kind, weights, AssistantSettings())
    assert all(outcome.reply is not None for outcome in run.outcomes)
    result = side_by_side(kind.name, "dev", shared.asked, run, run, catalogue, {5: tuple(folds[0].schemes)})
    assert broken_invariants(result.unprepared) == []
    assert result.table["all"]["fully_right"].distance.value == 0.0
    assert f"{len(shared.asked)} questions posées" in unprepared_text(result)
    found = [outcome.passages[0].scheme_id for outcome in run.outcomes]
    assert set(found) & folds[0].schemes  # its fiches, or pages told as of them
