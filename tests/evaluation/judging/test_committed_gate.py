"""The gate itself: the dev questions, put to the real engine, against the accepted baseline."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.settings import AssistantSettings
from corpus.fiches.catalogue import load_catalogue
from evaluation.judging.gate import check_gate, read_baseline
from evaluation.judging.result import RunResult, summarise
from evaluation.questions.cases import committed_cases, documents_of
from evaluation.runs.own_index import engine_of_fiches
from evaluation.runs.run import run_cases
from evaluation.runs.target import InProcess

pytestmark = pytest.mark.model

# The day of the baseline, so that a rule doesn't grow a year older between two runs.
ON = date(2026, 11, 23)


@pytest.fixture(scope="module")
def dev_run() -> RunResult:
    cases = committed_cases("dev")
    with engine_of_fiches(AssistantSettings(), ON, documents_of(cases)) as engine:
        run = run_cases(cases, InProcess(engine), "in process", jobs=2)
    return summarise(cases, run, "dev", load_catalogue(), ON)


def test_the_dev_questions_pass_the_gate(dev_run: RunResult) -> None:
    baseline = read_baseline()
    assert baseline.set_name == "dev"
    assert baseline.figures.keys() >= {"fully_right", "fact_recall", "citation_precision", "recall_5"}
    assert check_gate(dev_run, baseline) == []


def test_the_run_measured_verdicts_and_every_question(dev_run: RunResult) -> None:
    assert dev_run.measures_verdicts
    assert dev_run.stopped is None
    assert len(dev_run.cases) == len(committed_cases("dev"))
    assert all(item.error is None for item in dev_run.cases)
