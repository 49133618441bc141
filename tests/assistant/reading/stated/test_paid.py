"""What a rule of a page pays: a share of the cost up to the ceiling, nothing under the floor, else no sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statement_builders import first_said

from assistant.reading.stated.aid_limits import AidLimit, Kind
from assistant.reading.stated.aid_rules import AidRate
from assistant.reading.stated.paid import paid
from assistant.reading.stated.which_rule import Settled

UNIT = first_said("L’aide est de 30 % du coût.")


def rule(share: float, *limits: tuple[Kind, float, str] | tuple[Kind, float]) -> Settled:
    return Settled(
        AidRate(share, UNIT),
        tuple(AidLimit(item[0], item[1], UNIT, item[2] if len(item) > 2 else "") for item in limits),
        (),
    )


@given(
    percent=st.integers(1, 100),
    cost=st.integers(1, 10**8),
    ceiling=st.integers(1, 10**7),
    part=st.none() | st.integers(1, 10**7),
)
def test_the_sum_is_the_share_of_the_cost_up_to_the_ceiling(
    percent: int, cost: int, ceiling: int, part: int | None
) -> None:
    limits: list[tuple[Kind, float]] = [("aid", ceiling)]
    if part is not None:
        limits.append(("cost", part))
    found = paid(rule(percent / 100, *limits), cost, "pour un lavoir")
    assert found is not None
    retained = cost if part is None else min(cost, part)
    assert found.amount == pytest.approx(min(percent * retained / 100, ceiling), abs=0.01)
    assert found.amount <= cost


@given(cost=st.integers(1, 10_000), floor=st.integers(1, 10_000))
def test_nothing_is_paid_under_the_floor(cost: int, floor: int) -> None:
    found = paid(rule(0.5, ("floor", floor)), cost, "")
    assert found is not None
    assert (found.amount == 0) is (cost < floor)
    assert (found.floor is not None) is (cost < floor)


@pytest.mark.parametrize(
    ("said", "cost", "amount"),
    [
        ("combien pour un parcours de sante ?", 50_000, 12_000),
        ("combien pour notre aire de jeux ?", 90_000, 20_000),
        ("combien pour une aire de jeux ?", 40_000, 14_000),
        ("combien pour des parcours de sante ?", 30_000, 10_500),  # under either ceiling
        ("combien pour des parcours de sante ?", 50_000, None),  # nobody says how many
        ("combien pour deux aires de jeux ?", 90_000, None),
        ("combien pour une aire de jeux et un parcours de sante ?", 90_000, None),
    ],
)
def test_a_ceiling_counted_for_each_needs_its_count(said: str, cost: float, amount: float | None) -> None:
    ceilings = (("aid", 20_000, "par aire de jeux"), ("aid", 12_000, "par parcours de sante"))
    found = paid(rule(0.35, *ceilings), cost, said)
    assert (None if found is None else found.amount) == amount


@pytest.mark.parametrize(
    ("limits", "cost", "amount"),
    [
        ([("unread", 500)], 10_000, None),
        ([("most", 7_500)], 10_000, None),  # of the aid or of the cost
        ([("most", 7_500)], 6_000, 3_000),
        ([("least", 2_000)], 3_000, None),
        ([("least", 2_000)], 8_000, 4_000),
        ([("aid", 1_000), ("aid", 2_000)], 10_000, None),  # which of the two isn't told
        ([("aid", 8_000), ("aid", 9_000)], 10_000, 5_000),
        ([("floor", 1_000), ("floor", 3_000)], 2_000, None),
        ([("cost", 5_000, "")], 8_000, 2_500),
    ],
)
def test_limits_in_doubt(limits: list[tuple[Kind, float]], cost: float, amount: float | None) -> None:
    found = paid(rule(0.5, *limits), cost, "")
    assert (None if found is None else found.amount) == amount


def test_a_cost_that_must_be_above_the_floor() -> None:
    floor = AidLimit("floor", 30_000, UNIT, above=True)
    found = paid(Settled(AidRate(0.5, UNIT), (floor,), ()), 30_000, "")
    assert found is not None
    assert found.floor is floor


def test_a_limit_that_several_things_may_share() -> None:
    assert paid(rule(0.5, ("aid", 1_500)), 5_000, "combien pour deux defibrillateurs") is None
    assert paid(rule(0.5, ("aid", 1_500)), 2_000, "combien pour deux defibrillateurs") is not None
