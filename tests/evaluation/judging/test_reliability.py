"""The confidence of replies against what was right: bins, their error, the cost of each threshold."""

from __future__ import annotations

import pytest
from evaluation_builders import make_case
from hypothesis import given
from hypothesis import strategies as st

from assistant.reply import Reply
from evaluation.judging.reliability import judged, reliability


def test_a_bin_holds_its_questions_with_the_share_that_was_right() -> None:
    found = reliability([(0.91, True), (0.93, True), (0.95, False), (0.12, False)])
    assert found is not None
    low, high = found.bins
    assert (low.low, low.high, low.questions, low.right) == (0.1, 0.2, 1, 0.0)
    assert (high.questions, high.right) == (3, pytest.approx(2 / 3))
    assert high.confidence == pytest.approx(0.93)
    assert high.right_low < 2 / 3 < high.right_high
    assert found.error == pytest.approx((0.12 + 3 * (0.93 - 2 / 3)) / 4)


def test_sure_and_right_has_no_error() -> None:
    found = reliability([(1.0, True), (0.0, False)])
    assert found is not None
    assert found.error == 0.0


def test_a_threshold_costs_five_for_a_wrong_answer_and_one_for_a_needless_refusal() -> None:
    found = reliability([(0.9, False), (0.25, True), (0.1, False)])
    assert found is not None
    by_threshold = {cost.threshold: (cost.wrong, cost.needless, cost.total) for cost in found.costs}
    assert by_threshold[0.2] == (1, 0, 5.0)
    assert by_threshold[0.3] == (1, 1, 6.0)


def test_nothing_told_gives_no_curve() -> None:
    assert reliability([]) is None


def test_a_reply_is_right_when_an_answer_was_due_on_its_scheme() -> None:
    case = make_case("direct-001")
    right = Reply(status="answered", answer="x", schemes=tuple(case.schemes), confidence=0.8)
    other = right.model_copy(update={"schemes": ("autre",)})
    silent = right.model_copy(update={"confidence": None})
    refusal = case.model_copy(update={"status": ("unanswerable",)})
    assert judged([(case, right), (case, silent), (case, None), (refusal, right)]) == [
        (0.8, True),
        (0.8, False),
    ]
    assert judged([(case, other)]) == [(0.8, not case.schemes)]


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60))
def test_every_question_is_in_one_bin(items: list[tuple[float, bool]]) -> None:
    found = reliability(items)
    assert found is not None
    assert sum(item.questions for item in found.bins) == len(items)
    assert 0 <= found.error <= 1
