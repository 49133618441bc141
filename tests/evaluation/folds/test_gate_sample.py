"""The sample of the gate: forty questions of one fold, the same at each run."""

from __future__ import annotations

from collections import Counter

from run_builders import make_case

from evaluation.folds.asking import Shared
from evaluation.folds.gate_sample import GATE_FOLDS, GATE_QUESTIONS, gate_sample

DIRECT = tuple(make_case(f"direct-{n:03}") for n in range(60))
SMS = tuple(make_case(f"sms-{n:03}") for n in range(20))


def test_one_fold_is_asked_forty_questions_at_most_each_kind_for_its_share() -> None:
    shared = Shared({1: DIRECT + SMS, 2: SMS, 3: DIRECT}, ("sms-001",), ())
    sample = gate_sample(shared)
    assert tuple(sample.cases) == GATE_FOLDS
    assert Counter(case.stratum for case in sample.cases[1]) == {"direct": 30, "sms": 10}
    assert len(sample.asked) <= GATE_QUESTIONS
    assert gate_sample(Shared({1: SMS, 3: DIRECT}, (), ())).cases == {1: SMS}
    assert gate_sample(shared) == sample


def test_a_fold_without_a_question_is_left_out() -> None:
    assert tuple(gate_sample(Shared({2: SMS, 5: DIRECT}, (), ())).cases) == ()
