"""A run as one value: what is summed, by stratum and by half, and what isn't measured."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from evaluation_builders import (
    amount_case,
    amount_outcome,
    asking_case,
    asking_outcome,
    commune_case,
    commune_outcome,
    outcome,
    refusal_case,
    refusal_outcome,
    run_over,
    small_catalogue,
    verdict,
)
from run_builders import make_case

from evaluation.errors import RunFileError
from evaluation.judging.metrics import ALL_METRICS, METRICS
from evaluation.judging.result import OVERALL, RunResult, part, read_result, summarise
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome, Run

VERDICT_METRICS = {"verdict_exact", "verdict_cost", "wrong_eligible"}
Played = tuple[Case, Outcome]


def answered(number: int, answer: str | None = None) -> Played:
    case = amount_case(number)
    return case, amount_outcome(case) if answer is None else amount_outcome(case, answer)


def refused(number: int = 1, status: str | None = None) -> Played:
    case = refusal_case(number=number)
    return case, refusal_outcome(case, status)


# --- summing --------------------------------------------------------------------------------------


def test_figures_are_drawn_overall_and_by_stratum() -> None:
    result = run_over(answered(1), answered(2, "Rien."), answered(4), refused(1))
    assert result.figures.keys() == {OVERALL, "direct", "unknown"}
    assert result.figures[OVERALL]["fully_right"].value == pytest.approx(3 / 4)
    assert result.figures["direct"]["fully_right"].value == pytest.approx(2 / 3)
    assert result.figures["unknown"]["fully_right"].value == 1.0
    assert result.figures["direct"]["fact_recall"].value == pytest.approx(4 / 6)
    questions = {name: own["fully_right"].questions for name, own in result.figures.items()}
    assert questions == {OVERALL: 4, "direct": 3, "unknown": 1}


def test_a_figure_rests_on_the_questions_it_applies_to() -> None:
    figures = run_over(answered(1), answered(2), refused(1)).figures
    assert figures[OVERALL]["abstention_recall"].questions == 1
    assert figures[OVERALL]["fact_recall"].questions == 2
    assert "abstention_recall" not in figures["direct"]
    assert "fact_recall" not in figures["unknown"]
    assert figures[OVERALL].keys() <= ALL_METRICS.keys()


def test_a_figure_counts_facts_and_not_questions() -> None:
    one, two = amount_case(1, facts=[{"rate": 41}]), amount_case(2)
    result = run_over((one, amount_outcome(one)), (two, amount_outcome(two)))
    assert result.figures[OVERALL]["fact_recall"].value == pytest.approx(2 / 3)


def test_the_interval_surrounds_the_value() -> None:
    figure = run_over(*(answered(n, None if n % 2 else "Rien.") for n in range(1, 9))).figures[OVERALL]
    right = figure["fully_right"]
    assert right.value == 0.5
    assert 0 <= right.low < 0.5 < right.high <= 1


def test_latencies_are_in_milliseconds_of_the_questions_that_were_timed() -> None:
    first, second = answered(1), answered(2)
    slow = (second[0], second[1].model_copy(update={"seconds": 0.04}))
    failed = (amount_case(4), Outcome(case_id="direct-004", error="délai dépassé"))
    figures = run_over(first, slow, failed).figures[OVERALL]
    assert figures["latency_p50"].value == pytest.approx(30)
    assert figures["latency_p95"].value == pytest.approx(39)
    assert figures["latency_p50"].questions == 2


def test_nothing_timed_gives_no_latency() -> None:
    figures = run_over((amount_case(), Outcome(case_id="direct-001", error="délai dépassé"))).figures
    assert not {"latency_p50", "latency_p95"} & figures[OVERALL].keys()
    assert figures[OVERALL]["fully_right"].value == 0.0


def test_each_case_is_kept_with_what_it_got() -> None:
    right, wrong = answered(1), answered(2, "Rien.")
    result = run_over(right, wrong)
    assert [item.case.id for item in result.cases] == ["direct-001", "direct-002"]
    first, second = result.cases
    assert (first.failures, first.reply, first.passages) == ((), right[1].reply, right[1].passages)
    assert second.failures == (
        "fait absent : 40\u00a0%",
        "fait absent : 60\u00a0000\u00a0€",
        "aucun passage attendu de « halles » n’est cité",
    )
    assert second.pairs["fully_right"] == (0.0, 1.0)
    assert (first.error, first.seconds) == (None, 0.02)


def test_what_was_measured_and_when() -> None:
    result = run_over(answered(1), set_name="test")
    assert (result.form, result.set_name, result.target) == (
        "evaluation-run/1",
        "test",
        "dans ce processus",
    )
    assert datetime.fromisoformat(result.measured_at).tzinfo is not None
    assert (result.planned, result.stopped) == (1, None)


def test_a_stopped_run_says_so_and_how_many_were_planned() -> None:
    cases = [amount_case(number) for number in (1, 2, 4)]
    run = Run(target="http://127.0.0.1:1", outcomes=(amount_outcome(cases[0]),), stopped="Ne répond plus.")
    result = summarise(cases, run, "dev", small_catalogue())
    assert (result.planned, len(result.cases), result.stopped) == (3, 1, "Ne répond plus.")
    empty = summarise(cases, run.model_copy(update={"outcomes": ()}), "dev", small_catalogue())
    assert (empty.figures, empty.cases, empty.planned) == ({}, (), 3)


def test_the_confusion_of_statuses() -> None:
    asked = asking_case()
    failed = (amount_case(3), Outcome(case_id="direct-003", error="délai dépassé"))
    result = run_over(
        answered(1), answered(2), refused(1), refused(2, "answered"), failed, (asked, asking_outcome(asked))
    )
    assert result.statuses == {
        "answered>answered": 2,
        "answered>error": 1,
        "answered|clarification>clarification": 1,
        "unanswerable>answered": 1,
        "unanswerable>unanswerable": 1,
    }


def test_the_confusion_of_verdicts() -> None:
    cases = [
        commune_case(1),
        commune_case(2),
        commune_case(3, "eligible"),
        commune_case(4, verdicts={"halles": "eligible", "haies": "undetermined"}),
    ]
    played = [
        (cases[0], commune_outcome(cases[0], verdict("not_eligible"))),
        (cases[1], commune_outcome(cases[1], verdict("eligible"))),
        (cases[2], Outcome(case_id=cases[2].id, error="délai dépassé")),
        (cases[3], commune_outcome(cases[3], verdict("eligible"))),
    ]
    assert run_over(*played).verdicts == {
        "eligible>eligible": 1,
        "eligible>none": 1,
        "not_eligible>eligible": 1,
        "not_eligible>not_eligible": 1,
        "undetermined>none": 1,
    }


# --- halves ---------------------------------------------------------------------------------------


def test_a_half_is_measured_on_its_own_questions() -> None:
    """page-001 and overview-001 are of the other half: see the test of the draw."""
    wrong = amount_case(3).model_copy(update={"id": "overview-001"})
    page = make_case("page-001")
    result = run_over(
        answered(1),
        answered(2),
        (wrong, amount_outcome(wrong, "Rien.")),
        (page, outcome(page, "Oui.")),
        set_name="all",
    )
    dev, test = part(result, "dev"), part(result, "test")
    assert [item.case.id for item in dev.cases] == ["direct-001", "direct-002"]
    assert [item.case.id for item in test.cases] == ["overview-001", "page-001"]
    assert dev.figures.keys() == {OVERALL, "direct"}
    assert dev.figures[OVERALL]["fully_right"].value == 1.0
    assert test.figures[OVERALL]["fully_right"].value == 0.5
    assert test.figures["overview"]["fully_right"].value == 0.0
    assert (dev.set_name, test.set_name, dev.planned, test.planned) == ("dev", "test", 2, 2)
    assert {(half.target, half.measured_at) for half in (dev, test)} == {(result.target, result.measured_at)}
    assert sum(test.statuses.values()) == 2


def test_a_half_of_a_half_is_the_same_figures() -> None:
    result = run_over(answered(1), answered(2, "Rien."), answered(4))
    dev = part(result, "dev")
    assert dev.figures == result.figures
    assert part(result, "test").figures == {}


def test_a_half_of_a_stopped_run_keeps_what_was_planned_of_it() -> None:
    cases = [amount_case(number) for number in (1, 2, 4)]
    cases.insert(2, make_case("overview-001"))  # it alone is of the other half
    run = Run(target="essai", outcomes=(amount_outcome(cases[0]),), stopped="Ne répond plus.")
    result = summarise(cases, run, "all", small_catalogue())
    assert result.unmeasured == ("direct-002", "overview-001", "direct-004")
    dev, test = part(result, "dev"), part(result, "test")
    assert (dev.planned, len(dev.cases)) == (3, 1)
    assert (test.planned, len(test.cases)) == (1, 0)
    assert part(dev, "dev") == dev


def test_a_half_of_a_stopped_run_is_stopped() -> None:
    result = run_over(answered(1), answered(3), stopped="Ne répond plus.")
    assert part(result, "dev").stopped == part(result, "test").stopped == "Ne répond plus."


# --- not measured ---------------------------------------------------------------------------------


def silent() -> RunResult:
    """A target that answers questions about a commune, but gives no verdict."""
    cases = [commune_case(1), commune_case(2, "eligible")]
    return run_over(answered(1), *((case, commune_outcome(case)) for case in cases))


def test_without_any_verdict_their_figures_mean_nothing() -> None:
    result = silent()
    assert not result.measures_verdicts
    assert {name for name in METRICS if not result.is_measured(name)} == {
        *VERDICT_METRICS,
        "clarification_hit",
    }
    assert result.verdicts == {"eligible>none": 1, "not_eligible>none": 1}


def test_one_verdict_is_enough_to_measure_them() -> None:
    cases = [commune_case(1), commune_case(2, "eligible")]
    result = run_over(
        (cases[0], commune_outcome(cases[0])), (cases[1], commune_outcome(cases[1], verdict("not_eligible")))
    )
    assert result.measures_verdicts
    assert all(result.is_measured(name) for name in VERDICT_METRICS)


def test_a_run_without_questions_on_verdicts_measures_none() -> None:
    result = run_over(answered(1))
    assert not result.measures_verdicts
    assert result.is_measured("fully_right")
    assert not VERDICT_METRICS & result.figures[OVERALL].keys()


def test_a_target_that_never_asks_back_is_not_measured_on_its_questions() -> None:
    case = asking_case()
    never = run_over((case, commune_outcome(case, verdict("undetermined"))))
    asks = run_over((case, asking_outcome(case, "population")))
    assert (never.measures_clarifications, never.is_measured("clarification_hit")) == (False, False)
    assert (asks.measures_clarifications, asks.is_measured("clarification_hit")) == (True, True)


# --- the file -------------------------------------------------------------------------------------


def test_a_result_read_again_is_the_same(tmp_path: Path) -> None:
    case = commune_case(right="eligible")
    result = run_over(
        answered(1), refused(1), (case, commune_outcome(case, verdict("eligible"))), stopped="Ne répond plus."
    )
    path = tmp_path / "run.json"
    path.write_text(result.model_dump_json(), encoding="utf-8")
    assert read_result(path) == result


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"form": "evaluation-run/2"}'])
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunFileError) as raised:
        read_result(path)
    assert str(raised.value).startswith(f"« {path} » n’est pas un résultat d’évaluation")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunFileError) as raised:
        read_result(tmp_path / "nowhere.json")
    assert "nowhere.json » est illisible" in str(raised.value)
