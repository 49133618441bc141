"""The gate: green on the accepted run, red for each kind of defect, with its reason in French."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from evaluation_builders import (
    AMOUNT,
    HEDGES,
    amount_case,
    amount_outcome,
    cite,
    commune_case,
    commune_outcome,
    outcome,
    refusal_case,
    refusal_outcome,
    run_over,
    verdict,
)
from run_builders import figure, measured, run_of

from evaluation.errors import RunFileError
from evaluation.judging.gate import (
    BASELINE,
    SLACK,
    Accepted,
    Baseline,
    accept,
    broken_invariants,
    check_gate,
    read_baseline,
    write_baseline,
)
from evaluation.judging.metrics import METRICS
from evaluation.judging.result import OVERALL, RunResult
from evaluation.judging.statistics import Figure
from evaluation.questions.cases import Case
from evaluation.runs.run import Outcome

HEADLINES = [name for name, metric in METRICS.items() if metric.headline]
INVARIANTS = [name for name, metric in METRICS.items() if metric.bound is not None]

AMOUNTS = [amount_case(number) for number in range(1, 5)]
COMMUNES = [commune_case(number, "not_eligible" if number < 3 else "eligible") for number in range(1, 4)]
REFUSALS = [refusal_case(number=number) for number in range(1, 4)]


def right(case: Case) -> Outcome:
    if case.verdicts:
        return commune_outcome(case, verdict(case.verdicts["halles"]))
    return refusal_outcome(case) if case in REFUSALS else amount_outcome(case)


def run_with(*planted: Outcome, stopped: str | None = None) -> RunResult:
    """Ten questions answered rightly, but for the outcomes planted."""
    changed = {came.case_id: came for came in planted}
    cases = (*AMOUNTS, *COMMUNES, *REFUSALS)
    return run_over(*((case, changed.get(case.id) or right(case)) for case in cases), stopped=stopped)


@cache
def good() -> RunResult:
    return run_with()


@cache
def reference() -> Baseline:
    return accept(good())


def with_figure(name: str, value: Figure | None) -> RunResult:
    """The good run with one figure replaced, or gone."""
    figures = {key: kept for key, kept in good().figures[OVERALL].items() if key != name}
    if value is not None:
        figures[name] = value
    return good().model_copy(update={"figures": {**good().figures, OVERALL: figures}})


# --- accepting ------------------------------------------------------------------------------------


def test_the_baseline_holds_the_headline_figures_and_where_they_come_from() -> None:
    baseline = reference()
    assert list(baseline.figures) == HEADLINES
    assert (baseline.set_name, baseline.questions) == ("dev", 10)
    assert baseline.accepted_on == good().measured_at[:10]
    assert baseline.figures["fully_right"] == Accepted(value=1.0, tolerance=SLACK)


def test_the_tolerance_is_the_half_interval_and_a_little() -> None:
    result = with_figure("fact_recall", figure(0.81234567, 0.7, 0.9))
    accepted = accept(result).figures["fact_recall"]
    assert accepted.value == 0.8123
    assert accepted.tolerance == pytest.approx(0.8123 - 0.7 + SLACK, abs=1e-4)


def test_a_figure_that_is_not_measured_is_not_accepted() -> None:
    silent = run_with(*(commune_outcome(case) for case in COMMUNES))
    assert "verdict_exact" in silent.figures[OVERALL]
    assert list(accept(silent).figures) == [name for name in HEADLINES if name != "verdict_exact"]


def test_a_stopped_run_is_not_accepted() -> None:
    with pytest.raises(RunFileError) as raised:
        accept(run_with(stopped="Le serveur ne répond plus."))
    assert str(raised.value) == ("Cette mesure ne peut pas devenir la référence : Le serveur ne répond plus.")


def test_a_run_without_questions_is_not_accepted() -> None:
    with pytest.raises(RunFileError, match="aucune question n’a été mesurée"):
        accept(run_of())


# --- green ----------------------------------------------------------------------------------------


def test_a_run_passes_its_own_gate() -> None:
    assert check_gate(good(), reference()) == []


@pytest.mark.parametrize("wrong", [1, 2, 3])
def test_a_run_that_is_not_perfect_passes_its_own_gate(wrong: int) -> None:
    result = run_with(*(amount_outcome(case, "Rien.") for case in AMOUNTS[:wrong]))
    assert result.figures[OVERALL]["fully_right"].value == pytest.approx(1 - wrong / 10)
    assert check_gate(result, accept(result)) == []


def test_a_better_run_passes() -> None:
    worse = run_with(*(amount_outcome(case, "Rien.") for case in AMOUNTS))
    assert check_gate(good(), accept(worse)) == []


def test_a_new_figure_is_not_held_against_a_run() -> None:
    figures = {name: kept for name, kept in reference().figures.items() if name != "ndcg_10"}
    baseline = reference().model_copy(update={"figures": figures})
    assert check_gate(with_figure("ndcg_10", figure(0.0)), baseline) == []


# --- red: invariants ------------------------------------------------------------------------------


def unfaithful() -> Outcome:
    return amount_outcome(AMOUNTS[1], citations=(cite(1, "Montant", AMOUNT.replace("payait", "payais")),))


def inventing() -> Outcome:
    return amount_outcome(AMOUNTS[1], f"{AMOUNT} [1]\nEt 75 000 € de plus [1].")


def too_generous() -> Outcome:
    return commune_outcome(COMMUNES[1], verdict("eligible"))


def pointing_nowhere() -> Outcome:
    return amount_outcome(AMOUNTS[1], f"{AMOUNT} [1] [2]")


BREAKING = {
    "quote_verbatim": (unfaithful, "direct-002"),
    "unknown_markers": (pointing_nowhere, "direct-002"),
    "unsupported_figures": (inventing, "direct-002"),
    "wrong_eligible": (too_generous, "commune-002"),
}


def test_each_invariant_is_broken_below() -> None:
    assert list(BREAKING) == INVARIANTS


@pytest.mark.parametrize("name", BREAKING)
def test_a_broken_invariant_shuts_the_gate_whatever_the_baseline(name: str) -> None:
    planted, question = BREAKING[name]
    result = run_with(planted())
    reason = f"{METRICS[name].label} : 1 question(s), dont {question}"
    assert broken_invariants(result) == [reason]
    lenient = reference().model_copy(update={"figures": {}})
    assert check_gate(result, lenient) == [reason]
    assert reason in check_gate(result, reference())


@pytest.mark.parametrize("name", BREAKING)
def test_a_run_that_breaks_an_invariant_is_not_accepted(name: str) -> None:
    planted, question = BREAKING[name]
    with pytest.raises(RunFileError) as raised:
        accept(run_with(planted()))
    message = str(raised.value)
    assert message.startswith("Cette mesure ne peut pas devenir la référence : ")
    assert METRICS[name].label in message
    assert question in message


def test_the_first_questions_that_break_an_invariant_are_named() -> None:
    cases = [measured(f"direct-{n:03}", pairs={"quote_verbatim": (1.0, 2.0)}) for n in range(1, 8)]
    assert broken_invariants(run_of(*cases, measured("direct-008"))) == [
        "citations fidèles : 7 question(s), dont direct-001, direct-002, direct-003, direct-004, direct-005"
    ]


def test_a_good_run_breaks_no_invariant() -> None:
    assert broken_invariants(good()) == []
    assert {"quote_verbatim", "unsupported_figures", "wrong_eligible"} <= good().figures[OVERALL].keys()


# --- red: figures that fall -----------------------------------------------------------------------


def refusing() -> Outcome:
    return outcome(AMOUNTS[0], "Mes sources ne le disent pas.", status="unanswerable")


def answering() -> Outcome:
    return refusal_outcome(REFUSALS[0], "answered")


def without_facts() -> Outcome:
    return amount_outcome(AMOUNTS[0], "La Région payait une part du coût [1].")


def beside_the_point() -> Outcome:
    return amount_outcome(AMOUNTS[0], f"{AMOUNT} [1]\n{HEDGES} [2]", cite(2, "Montant", HEDGES, "haies"))


def without_citations() -> Outcome:
    return amount_outcome(AMOUNTS[0], "Jusqu’à quarante pour cent.", citations=())


def undecided() -> Outcome:
    return commune_outcome(COMMUNES[0], verdict("undetermined"))


def found_late() -> Outcome:
    found = amount_outcome(AMOUNTS[0]).passages
    return amount_outcome(AMOUNTS[0], passages=(*commune_outcome(COMMUNES[0]).passages, *found))


def not_found() -> Outcome:
    return amount_outcome(AMOUNTS[0], passages=())


FALLS: dict[str, Callable[[], Outcome]] = {
    "fully_right": answering,
    "abstention_precision": refusing,
    "abstention_recall": answering,
    "fact_recall": without_facts,
    "citation_precision": beside_the_point,
    "citation_recall": without_citations,
    "verdict_exact": undecided,
    "ndcg_10": found_late,
    "recall_5": not_found,
}


def test_each_headline_figure_falls_below() -> None:
    assert list(FALLS) == HEADLINES


@pytest.mark.parametrize("name", FALLS)
def test_a_planted_defect_shuts_the_gate(name: str) -> None:
    result = run_with(FALLS[name]())
    reasons = check_gate(result, reference())
    (reason,) = (reason for reason in reasons if reason.startswith(f"{METRICS[name].label} : "))
    assert "sous la référence 100,0\u00a0% moins 1,0\u00a0point" in reason
    assert broken_invariants(result) == []


@pytest.mark.parametrize("name", HEADLINES)
def test_one_figure_that_falls_is_the_only_reason(name: str) -> None:
    result = with_figure(name, figure(0.99, 0.905, 1.0))
    assert check_gate(result, reference()) == [
        f"{METRICS[name].label} : borne basse 90,5\u00a0%, "
        "sous la référence 100,0\u00a0% moins 1,0\u00a0point"
    ]


@pytest.mark.parametrize(("low", "is_green"), [(0.75, True), (0.7, True), (0.699, False), (0.0, False)])
def test_the_lower_bound_is_held_against_value_minus_tolerance(low: float, is_green: bool) -> None:
    figures = {"fact_recall": Accepted(value=0.75, tolerance=0.05)}
    baseline = reference().model_copy(update={"figures": figures})
    reasons = check_gate(with_figure("fact_recall", figure(0.9, low, 1.0)), baseline)
    assert (reasons == []) is is_green


@pytest.mark.parametrize("name", sorted(set(METRICS) - set(HEADLINES)))
def test_another_figure_that_falls_shuts_nothing(name: str) -> None:
    assert check_gate(with_figure(name, figure(0.0)), reference()) == []


# --- red: what is missing -------------------------------------------------------------------------


def test_a_stopped_run_shuts_the_gate() -> None:
    reasons = check_gate(run_with(stopped="Le serveur ne répond plus."), reference())
    assert reasons == ["mesure interrompue : Le serveur ne répond plus."]


@pytest.mark.parametrize("name", HEADLINES)
def test_a_figure_that_vanished_shuts_the_gate(name: str) -> None:
    assert check_gate(with_figure(name, None), reference()) == [f"{METRICS[name].label} : n’est plus mesuré"]


def test_verdicts_that_are_no_longer_given_shut_the_gate() -> None:
    silent = run_with(*(commune_outcome(case) for case in COMMUNES))
    assert "verdict exact : n’est plus mesuré" in check_gate(silent, reference())


def test_fewer_questions_than_the_baseline_shut_the_gate() -> None:
    fewer = good().model_copy(update={"cases": good().cases[:-1]})
    assert check_gate(fewer, reference()) == ["9 questions mesurées, 10 dans la référence"]
    more = reference().model_copy(update={"questions": 9})
    assert check_gate(good(), more) == []


def test_an_empty_run_shuts_the_gate() -> None:
    reasons = check_gate(run_of(stopped="Rien ne répond."), reference())
    assert reasons[0] == "mesure interrompue : Rien ne répond."
    assert reasons[1] == "0 questions mesurées, 10 dans la référence"
    assert reasons[2:] == [f"{METRICS[name].label} : n’est plus mesuré" for name in HEADLINES]


# --- the file -------------------------------------------------------------------------------------


def test_a_baseline_read_again_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(reference(), path)
    assert read_baseline(path) == reference()
    assert path.read_text(encoding="utf-8").endswith("}\n")


MALFORMED = [
    "",
    "[]",
    "{}",
    '{"form": "evaluation-baseline/2", "set_name": "dev", "accepted_on": "", "questions": 1, "figures": {}}',
    '{"set_name": "dev", "accepted_on": "", "questions": 1, "figures": {"fully_right": 0.9}}',
    '{"set_name": "dev", "accepted_on": "", "questions": 1, "figures": {}, "slack": 1}',
]


@pytest.mark.parametrize("text", MALFORMED)
def test_a_malformed_baseline_says_how_to_write_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RunFileError) as raised:
        read_baseline(path)
    assert str(raised.value) == (
        f"« {path} » est absent ou mal formé. Écrivez-le : assistant evaluate --set dev --accept."
    )


def test_a_baseline_that_names_an_unknown_metric_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    figures = {"charm": Accepted(value=1.0, tolerance=0.1)}
    write_baseline(reference().model_copy(update={"figures": figures}), path)
    with pytest.raises(RunFileError) as raised:
        read_baseline(path)
    assert str(raised.value) == (
        f"« {path} » nomme une mesure inconnue, « charm ». "
        "Refaites-le : assistant evaluate --set dev --accept."
    )


def test_a_missing_baseline_says_how_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(RunFileError) as raised:
        read_baseline(tmp_path / "nowhere.json")
    assert "nowhere.json » est absent" in str(raised.value)
    assert "--accept" in str(raised.value)
    assert BASELINE.name == "baseline.json"
