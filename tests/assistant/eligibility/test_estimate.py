"""What a scheme pays for a cost agrees with its typed fields, whatever the cost."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import TODAY, catalogue, cost, scheme_of, territory

from assistant.eligibility.estimate import Estimate, estimates, rate_of, work_out
from assistant.eligibility.facts import Facts, Range
from corpus.fiches.scheme import Funding
from corpus.labels import Beneficiary

COSTS = st.integers(1, 50_000_000).map(float)
AMOUNTS = st.none() | st.integers(1, 2_000_000).map(float)
RATES = st.none() | st.integers(1, 100).map(lambda value: value / 100)


@st.composite
def rules(draw: st.DrawFn) -> Funding:
    """A funding line with a rate, a ceiling, bounds of the cost, some of them."""
    high = draw(RATES)
    low = None if high is None else draw(st.none() | st.just(high) | st.just(high / 2))
    ceiling = draw(AMOUNTS) if high is not None else float(draw(st.integers(1, 2_000_000)))
    return Funding(
        rate_min=low,
        rate_max=high,
        amount_max=ceiling,
        expense_min=draw(AMOUNTS),
        expense_max=draw(AMOUNTS),
        per=draw(st.sampled_from(["project", "commune", "plant"])),
        source=(1,),
    )


@given(rules(), COSTS, st.none() | st.integers(1, 5000).map(float))
def test_a_sum_is_that_of_the_typed_fields(rule: Funding, euros: float, count: float | None) -> None:
    found = work_out(scheme_of(), rule, euros, count)
    is_counted = rule.per == "plant" and rule.amount_max is not None
    ceiling = rule.amount_max
    if ceiling is not None and is_counted:
        ceiling = None if count is None else ceiling * count
    if rule.rate_max is None and ceiling is None:
        assert found is None
        return
    assert found is not None
    retained = min(euros, rule.expense_max or euros)
    due = min(retained * (rule.rate_max if rule.rate_max is not None else 1), ceiling or float("inf"))
    if rule.expense_min is not None and euros < rule.expense_min:
        due = 0.0
        assert found.limit == "floor"
    assert isclose(found.amount_max, due, abs_tol=0.006)
    assert 0 <= found.amount_min <= found.amount_max <= euros


@given(rules(), COSTS, COSTS)
def test_a_larger_cost_never_gets_less(rule: Funding, one: float, other: float) -> None:
    low, high = (work_out(scheme_of(), rule, value, 3) for value in sorted((one, other)))
    if low is not None and high is not None:
        assert low.amount_max <= high.amount_max


@given(st.sampled_from([s for s in catalogue().schemes if s.funding]), COSTS)
def test_the_estimates_of_every_scheme_keep_to_its_fields(scheme, euros: float) -> None:
    for item in estimates(scheme, Facts(cost=Range.exactly(euros)), territory(), TODAY):
        rate = rate_of(item.rule)
        assert item.amount_max <= (item.ceiling or float("inf"))
        assert item.amount_max <= euros * (1 if rate is None else rate) + 0.006
        assert item.amount_max > 0 or euros < (item.floor or 0) or item.limit == "least"


def told(scheme: str, euros: float, said: str = "", **known: object) -> list[tuple[float, str | None]]:
    facts = Facts(cost=Range.exactly(euros), **known)
    found = estimates(catalogue().scheme(scheme), facts, territory(), TODAY, said)
    return [(item.amount_max, item.rule.label) for item in found]


@pytest.mark.parametrize(
    ("scheme", "euros", "most"),
    [
        ("videoprotection", 80_000, 24_000),
        ("videoprotection", 145_000, 30_000),
        ("dernier-commerce", 19_999, 0),
        ("dernier-commerce", 20_000, 10_000),
        ("aide-artisans-commercants", 45_000, 12_000),
        ("inondations-tempetes", 210_000, 50_000),
    ],
)
def test_the_only_rule_of_a_scheme(scheme: str, euros: float, most: float) -> None:
    assert [amount for amount, _ in told(scheme, euros)] == [most]


def test_a_rule_gives_way_to_a_later_one_unless_its_year_is_asked() -> None:
    assert [label for _, label in told("videoprotection", 9000)] == ["règle 2023"]
    assert [label for _, label in told("videoprotection", 9000, "et en 2022 ?")] == ["taux annoncé en 2022"]


def test_who_asks_and_what_for_choose_among_rules_and_nothing_is_guessed() -> None:
    both = told("tourisme", 200_000, beneficiary=Beneficiary.COMPANY)
    assert [amount for amount, _ in both] == [30_000, 40_000]
    assert [amount for amount, _ in told("tourisme", 200_000, beneficiary=Beneficiary.COMMUNE)] == [
        30_000,
        60_000,
    ]
    invested = told("tourisme", 200_000, "un investissement", beneficiary=Beneficiary.COMPANY)
    assert [amount for amount, _ in invested] == [40_000]
    created = told("culture-investissement", 1_800_000, "Créer un cinéma à Vervins")
    assert [amount for amount, _ in created] == [450_000]


def test_words_that_choose_a_rule_which_pays_nothing_choose_none() -> None:
    found = told("patrimoine-non-protege", 12_000, "une deuxième aide pour le même édifice ?")
    assert [amount for amount, _ in found] == [6_000]


def test_a_ceiling_for_each_counts_once_its_number_is_told() -> None:
    assert [amount for amount, _ in told("plan-arbres", 4500, counts={"plant": 300})] == [3000]
    assert [amount for amount, _ in told("plan-arbres", 4500)] == [4050]
    assert [amount for amount, _ in told("velo", 5_000_000, counts={"kilometre": 10})] == [1_700_000]


def test_the_ceiling_of_all_aids_together_is_no_sum_that_one_pays() -> None:
    assert told("etat-fonds-vert", 200_000) == []


def test_the_floor_of_a_scheme_stands_where_its_rule_has_none() -> None:
    scheme = scheme_of(cost(low=10_000))
    found = estimates(scheme, Facts(cost=Range.exactly(9_000)), territory(), TODAY)
    assert [(item.amount_max, item.floor, item.limit) for item in found] == [(0, 10_000, "floor")]


def test_a_rate_on_what_other_aids_leave_is_not_worked_out() -> None:
    rule = Funding(rate_max=0.5, basis="remaining_costs", source=(1,))
    assert work_out(scheme_of(), rule, 10_000) is None


@pytest.mark.parametrize(
    ("known", "costs"),
    [
        (None, []),
        (Range.exactly(0), []),
        (Range.exactly(80_000), [80_000]),
        (Range.about(80_000), [80_000]),
        (Range(80_000, 120_000), [80_000, 120_000]),
        (Range(0, 99_999, (100_000,)), [100_000]),
        (Range(27_000, 27_000, (12_000, 15_000)), [27_000]),
    ],
)
def test_the_costs_that_are_worked_with(known: Range | None, costs: list[float]) -> None:
    found: tuple[Estimate, ...] = estimates(
        catalogue().scheme("videoprotection"), Facts(cost=known), territory(), TODAY
    )
    assert [item.cost for item in found] == costs


def test_no_cost_below_nought_gives_a_sum() -> None:
    assert work_out(scheme_of(), Funding(rate_max=0.5, source=(1,)), -5) is None


@pytest.mark.parametrize(
    "said", ["dossier préparé depuis 2022", "pas aidée en 2022", "jamais aidés, ni en 2023", ""]
)
def test_a_year_of_the_past_asks_for_no_rule_of_it(said: str) -> None:
    facts = Facts(cost=Range.exactly(200_000))
    found = estimates(catalogue().scheme("videoprotection"), facts, territory(), TODAY, said)
    assert max(item.amount_max for item in found) == 30_000
