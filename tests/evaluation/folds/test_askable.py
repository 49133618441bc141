"""What is left of a case where its schemes are plain pages."""

from __future__ import annotations

import pytest
from run_builders import make_case

from assistant.reply import ReplyStatus
from evaluation.folds.askable import as_asked_of_pages

RATE = {"rate": 40}


def test_nothing_of_the_typed_criteria_is_due() -> None:
    case = make_case(
        "amount-001",
        schemes=["halles"],
        facts=[RATE, {"amount": 8000}, {"amount": 60000}],
        gold_first=[{"amount": 8000}],
        gold=["halles/Montant"],
        verdicts={"halles": "eligible"},
        estimate={"halles": {"cost": 20000, "rate": 40, "amount_max": 8000}},
        plan={"cost": 20000, "public_max": 8000, "own_min": 12000},
        forbidden=[{"rate": 50}],
    )
    asked = as_asked_of_pages(case)
    assert asked is not None
    assert [str(fact) for fact in asked.facts] == ["40\u00a0%", "60\u00a0000\u00a0€"]  # 8 000 € is worked out
    assert (asked.gold_first, asked.verdicts, asked.estimate, asked.plan) == ((), {}, {}, None)
    assert (asked.schemes, asked.gold, asked.forbidden) == (case.schemes, case.gold, case.forbidden)


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (["answered"], ("answered",)),
        (["answered", "clarification"], ("answered",)),
        (["clarification"], ("answered",)),
        (["clarification", "unanswerable"], ("answered", "unanswerable")),
        (["unanswerable"], ("unanswerable",)),
    ],
)
def test_facts_are_due_at_once_and_not_asked_back(status: list[str], left: tuple[ReplyStatus, ...]) -> None:
    case = make_case("direct-001", schemes=["halles"], status=status, facts=[RATE], asks=[])
    asked = as_asked_of_pages(case)
    assert asked is not None
    assert asked.status == left


def test_a_right_refusal_stays_one() -> None:
    case = make_case("unknown-001", schemes=["halles"], status=["unanswerable", "clarification"])
    asked = as_asked_of_pages(case)
    assert asked is not None
    assert asked.status == ("unanswerable",)


@pytest.mark.parametrize(
    "members",
    [
        {"verdicts": {"halles": "eligible"}},
        {"status": ["clarification"], "asks": ["commune"]},
        {"status": ["answered", "clarification"], "asks": ["commune"]},
        {"facts": [{"amount": 8000}], "estimate": {"halles": {"cost": 20000, "amount_max": 8000}}},
        {"facts": [RATE], "act": "commune_overview"},
    ],
)
def test_what_no_page_can_answer_is_left_out(members: dict[str, object]) -> None:
    assert as_asked_of_pages(make_case("direct-001", schemes=["halles"], **members)) is None
