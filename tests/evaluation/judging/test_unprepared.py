"""Prepared and unprepared side by side: figures and distances worked out by hand on small runs."""

from __future__ import annotations

import pytest
from run_builders import make_case, make_reply, measured, run_of
from small_corpus import SmallCorpus

from corpus.fiches.catalogue import Catalogue
from evaluation.errors import RunFileError
from evaluation.judging.unprepared import UnpreparedResult, run_of_result, side_by_side
from evaluation.runs.run import Outcome, Run

CASES = [
    make_case("direct-001", schemes=["haies"], facts=[{"amount": 3}]),
    make_case("direct-002", schemes=["haies"], facts=[{"amount": 3}]),
    make_case("sms-003", schemes=["halles"]),
]
FOLDS = {1: ("haies",), 2: ("halles",)}


def run(*answers: str) -> Run:
    outcomes = [
        Outcome(case_id=case.id, reply=make_reply(answer))
        for case, answer in zip(CASES, answers, strict=True)
    ]
    return Run(target="t", outcomes=tuple(reversed(outcomes)))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return SmallCorpus(tmp_path_factory.mktemp("corpus")).catalogue


@pytest.fixture
def result(catalogue: Catalogue) -> UnpreparedResult:
    prepared, unprepared = run("3 € par plant", "3 €", "Oui."), run("Non.", "3 €", "Oui.")
    return side_by_side(
        "fiche", "dev", CASES, prepared, unprepared, catalogue, FOLDS, ["sms-003"], ["scope-009"]
    )


def test_the_distance_is_that_of_the_same_questions(result: UnpreparedResult) -> None:
    facts = result.table["all"]["fact_recall"]
    assert (facts.prepared.value, facts.unprepared.value, facts.distance.value) == (1.0, 0.5, -0.5)
    assert facts.distance.questions == 2
    assert facts.distance.low <= -0.5 <= facts.distance.high <= 0.0


def test_each_kind_of_question_has_its_own(result: UnpreparedResult) -> None:
    assert list(result.table) == ["all", "direct", "sms"]
    assert "fact_recall" not in result.table["sms"]
    assert result.table["sms"]["status_right"].distance.value == 0.0


def test_both_runs_are_kept_in_the_order_of_the_questions(result: UnpreparedResult) -> None:
    names = [case.id for case in CASES]
    assert [item.case.id for item in result.prepared.cases] == names
    assert [item.case.id for item in result.unprepared.cases] == names
    assert (result.across, result.left_out, result.folds) == (("sms-003",), ("scope-009",), FOLDS)
    assert UnpreparedResult.model_validate_json(result.model_dump_json()) == result


def test_a_prepared_run_may_hold_more_and_must_not_hold_less(catalogue: Catalogue) -> None:
    whole, less = run("3 €", "3 €", "Oui."), run("3 €", "3 €", "Oui.")
    less = less.model_copy(update={"outcomes": less.outcomes[1:]})
    fewer = side_by_side("fiche", "dev", CASES[:2], whole, whole, catalogue, FOLDS)
    assert len(fewer.prepared.cases) == 2
    with pytest.raises(RunFileError, match=r"préparée n’a pas 1 question\(s\), dont « sms-003 »"):
        side_by_side("fiche", "dev", CASES, less, whole, catalogue, FOLDS)


def test_a_kept_result_is_scored_again_from_its_replies() -> None:
    kept = run_of(measured("direct-001", "fait absent", reply=make_reply("3 €")))
    (outcome,) = run_of_result(kept).outcomes
    assert outcome.reply == make_reply("3 €")
    assert outcome.case_id == "direct-001"


def test_a_result_that_stopped_half_way_is_refused() -> None:
    with pytest.raises(RunFileError, match=r"s’est arrêtée en route : plus rien\."):
        run_of_result(run_of(measured("direct-001"), stopped="plus rien."))
