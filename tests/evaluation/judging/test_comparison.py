"""Two runs compared on the questions they share, with differences and p values worked out by hand."""

from __future__ import annotations

import json

import pytest
from run_builders import make_reply, measured, run_of

from evaluation.errors import RunFileError
from evaluation.judging.comparison import compare
from evaluation.judging.metrics import LENGTHS
from evaluation.judging.result import CaseResult


def fully(right: str, wrong: str = "") -> list[CaseResult]:
    """Cases ``direct-00x``, right or wrong, by their last figure."""
    return [measured(f"direct-00{figure}") for figure in right] + [
        measured(f"direct-00{figure}", f"raison {figure}") for figure in wrong
    ]


def test_what_improved_and_what_broke() -> None:
    before, after = run_of(*fully("123", "456")), run_of(*fully("145", "236"))
    comparison = compare(before, after)
    assert comparison.questions == 6
    assert sorted(comparison.improved) == ["direct-004", "direct-005"]
    assert comparison.broken == {"direct-002": "raison 2", "direct-003": "raison 3"}
    change = comparison.changes["fully_right"]
    assert (change.before, change.after, change.difference.value) == (0.5, 0.5, 0.0)
    assert comparison.p_value == 1.0


def test_every_reason_of_what_broke_is_told() -> None:
    before, after = run_of(measured("sms-001")), run_of(measured("sms-001", "fait absent", "statut"))
    assert compare(before, after).broken == {"sms-001": "fait absent ; statut"}


def test_a_question_wrong_twice_neither_improved_nor_broke() -> None:
    before, after = run_of(measured("sms-001", "une raison")), run_of(measured("sms-001", "une autre"))
    comparison = compare(before, after)
    assert (comparison.improved, comparison.broken, comparison.p_value) == ((), {}, 1.0)


@pytest.mark.parametrize(
    ("improved", "broken", "p_value"),
    [
        ("123", "", 2 / 2**3),
        ("", "12345", 2 / 2**5),
        ("12345", "6", 2 * (1 + 6) / 2**6),
        ("12", "34", 1.0),
    ],
)
def test_the_p_value_is_that_of_a_fair_coin(improved: str, broken: str, p_value: float) -> None:
    before = run_of(*fully(broken, improved), measured("sms-001"))
    after = run_of(*fully(improved, broken), measured("sms-001"))
    assert compare(before, after).p_value == pytest.approx(p_value)
    assert compare(after, before).p_value == pytest.approx(p_value)


def test_only_shared_questions_count() -> None:
    before, after = run_of(*fully("12", "34")), run_of(*fully("3567", "489"))
    comparison = compare(before, after)
    assert comparison.questions == 2
    assert comparison.improved == ("direct-003",)
    assert comparison.broken == {}
    change = comparison.changes["fully_right"]
    assert (change.before, change.after, change.difference.questions) == (0.0, 0.5, 2)


def test_a_ratio_is_of_the_sums_and_its_difference_is_paired() -> None:
    before = run_of(
        measured("direct-001", pairs={"fact_recall": (1, 2)}),
        measured("direct-002", pairs={"fact_recall": (3, 6)}),
    )
    after = run_of(
        measured("direct-001", pairs={"fact_recall": (2, 2)}),
        measured("direct-002", pairs={"fact_recall": (5, 8)}),
    )
    change = compare(before, after).changes["fact_recall"]
    assert change.before == pytest.approx(4 / 8)
    assert change.after == pytest.approx(7 / 10)
    assert change.difference.value == pytest.approx(0.2)
    # Of the two questions drawn: always the first, +1/2; always the second, +1/8.
    assert change.difference.low == pytest.approx(1 / 8)
    assert change.difference.high == pytest.approx(1 / 2)


def test_a_constant_gain_has_no_uncertainty() -> None:
    before = run_of(*(measured(f"direct-{n:03d}", pairs={"recall_5": (0.25, 1)}) for n in range(10)))
    after = run_of(*(measured(f"direct-{n:03d}", pairs={"recall_5": (0.75, 1)}) for n in range(10)))
    difference = compare(before, after).changes["recall_5"].difference
    assert (difference.value, difference.low, difference.high) == pytest.approx((0.5, 0.5, 0.5))


def test_a_figure_counts_where_both_runs_measured_it() -> None:
    before = run_of(
        measured("direct-001", pairs={"fact_recall": (0, 1), "ndcg_10": (1, 1)}),
        measured("direct-002", pairs={"fact_recall": (1, 1)}),
    )
    after = run_of(
        measured("direct-001", pairs={"fact_recall": (1, 1), "mrr_10": (1, 1)}), measured("direct-002")
    )
    changes = compare(before, after).changes
    assert set(changes) == {"fully_right", "fact_recall", *LENGTHS}
    assert (changes["fact_recall"].before, changes["fact_recall"].after) == (0.0, 1.0)
    assert changes["fact_recall"].difference.questions == 1


def test_lengths_are_compared_where_both_runs_answer() -> None:
    before = run_of(
        measured("direct-001", reply=make_reply("un deux trois quatre")),
        measured("direct-002", reply=make_reply("un deux", status="unanswerable")),
    )
    after = run_of(measured("direct-001", reply=make_reply("un deux")), measured("direct-002"))
    changes = compare(before, after).changes
    for name in LENGTHS:
        assert (changes[name].before, changes[name].after) == (4.0, 2.0)
        assert changes[name].difference.value == -2.0
        assert changes[name].difference.questions == 1


def test_a_run_compared_with_itself_changes_nothing() -> None:
    run = run_of(*fully("12", "34"))
    comparison = compare(run, run)
    assert (comparison.improved, comparison.broken, comparison.p_value) == ((), {}, 1.0)
    assert {change.difference.value for change in comparison.changes.values()} == {0.0}


@pytest.mark.parametrize("other", ["", "56"])
def test_runs_with_nothing_in_common_are_refused(other: str) -> None:
    with pytest.raises(RunFileError, match="aucune question en commun"):
        compare(run_of(*fully("12")), run_of(*fully(other)))


def test_it_is_plain_json() -> None:
    values = json.loads(json.dumps(compare(run_of(*fully("1", "2")), run_of(*fully("2", "1"))).as_json()))
    assert set(values) == {"questions", "changes", "improved", "broken", "mcnemar_p"}
    assert values["questions"] == 2
    assert values["improved"] == ["direct-002"]
    assert values["broken"] == {"direct-001": "raison 1"}
    assert values["mcnemar_p"] == 1.0
    assert set(values["changes"]["fully_right"]) == {"before", "after", "difference"}
    assert set(values["changes"]["fully_right"]["difference"]) == {"value", "low", "high", "questions"}
