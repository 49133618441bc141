"""What is known of an applicant: values read strictly, unknown never taken for no."""

from __future__ import annotations

from contextlib import suppress
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import commune

from assistant.eligibility.facts import (
    MAX_COST,
    MAX_POPULATION,
    Facts,
    Range,
    conditions_key,
    criterion_key,
    declined_key,
    label_key,
    laureate_key,
    read_facts,
)
from assistant.errors import WrongFact
from corpus.labels import Beneficiary, TerritoryList, Topic

ALLOWED = frozenset({"premiere_installation", "label:pvd"})
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.text(max_size=4), max_size=2),
)


def test_nothing_is_known_at_first() -> None:
    facts = Facts()
    assert not facts.applicant_is_known
    assert (facts.commune, facts.beneficiary, facts.population, facts.cost) == (None, None, None, None)
    assert not facts.claims
    assert not facts.project


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1500, 1500),
        (1500.0, 1500),
        ("1500", 1500),
        ("1 500", 1500),
        ("1\u00a0500", 1500),
        ("1\u202f500", 1500),
        (1, 1),
        (MAX_POPULATION, MAX_POPULATION),
    ],
)
@pytest.mark.parametrize("key", ["population", "epci_population"])
def test_a_population_is_a_whole_number(key: str, value: object, read: int) -> None:
    assert getattr(read_facts({key: value}, ALLOWED), key) == Range.exactly(read)


@pytest.mark.parametrize("key", ["population", "epci_population"])
@pytest.mark.parametrize(
    "value",
    [
        0,
        -1,
        1.5,
        "1,5",
        "",
        "mille",
        True,
        False,
        None,
        [],
        float("nan"),
        inf,
        -inf,
        "nan",
        MAX_POPULATION + 1,
    ],
)
def test_a_population_that_makes_no_sense_is_refused(key: str, value: object) -> None:
    with pytest.raises(WrongFact, match="habitants") as caught:
        read_facts({key: value}, ALLOWED)
    assert caught.value.key == key


@pytest.mark.parametrize(("value", "read"), [(0, 0), (5000, 5000), ("5 000", 5000), (4999.99, 4999.99)])
def test_a_cost_may_have_cents(value: object, read: float) -> None:
    assert read_facts({"cost": value}, ALLOWED).cost == Range.exactly(read)


@pytest.mark.parametrize("value", [-1, -0.01, "cher", True, None, float("nan"), inf, MAX_COST + 1])
def test_a_cost_that_makes_no_sense_is_refused(value: object) -> None:
    with pytest.raises(WrongFact, match="euros"):
        read_facts({"cost": value}, ALLOWED)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *((value, True) for value in (True, "true", "OUI", "1", " vrai ", 1)),
        *((value, False) for value in (False, "false", "Non", "0", "faux", 0)),
    ],
)
def test_a_claim_is_true_or_false(value: object, read: bool) -> None:
    assert read_facts({"premiere_installation": value}, ALLOWED).claims["premiere_installation"] is read


@pytest.mark.parametrize("value", ["peut-être", "", None, 2, [True], "je ne sais pas"])
def test_another_claim_is_refused(value: object) -> None:
    with pytest.raises(WrongFact, match="oui ou non"):
        read_facts({"premiere_installation": value}, ALLOWED)


def test_a_kind_of_applicant_and_topics_are_read() -> None:
    facts = read_facts({"beneficiary": "epci", "project": ["shop", "craft"]}, ALLOWED)
    assert facts.beneficiary is Beneficiary.EPCI
    assert facts.project == {Topic.SHOP, Topic.CRAFT}
    assert read_facts({"project": "shop"}, ALLOWED).project == {Topic.SHOP}


@pytest.mark.parametrize(
    ("key", "value"), [("beneficiary", "roi"), ("project", "fusée"), ("project", ["shop", 3])]
)
def test_another_value_is_refused_with_the_choices(key: str, value: object) -> None:
    with pytest.raises(WrongFact, match=r"parmi .*(commune|town_centre)"):
        read_facts({key: value}, ALLOWED)


@pytest.mark.parametrize(
    "key", ["couleur", "commune", "label:acv", "conditions:cvcb", "criterion:cvcb:0", "declined:cost", ""]
)
def test_an_unknown_fact_is_refused_and_the_known_ones_are_named(key: str) -> None:
    with pytest.raises(WrongFact, match="premiere_installation"):
        read_facts({key: True}, ALLOWED)


def test_what_is_known_already_stays_unless_it_is_given_again() -> None:
    known = Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE).with_claims({"label:pvd": True})
    facts = read_facts({"cost": 10, "label:pvd": False}, ALLOWED, known)
    assert facts.commune == known.commune
    assert facts.beneficiary is Beneficiary.COMMUNE
    assert dict(facts.claims) == {"label:pvd": False}
    assert dict(known.claims) == {"label:pvd": True}


def test_claims_are_read_only() -> None:
    with pytest.raises(TypeError):
        Facts().with_claims({"a": True}).claims["a"] = False  # type: ignore[index]


def test_keys_name_what_they_are_about() -> None:
    assert label_key(TerritoryList.PVD) == "label:pvd"
    assert laureate_key(TerritoryList.CVCB_PHASE_2) == "laureate:cvcb"
    assert laureate_key(TerritoryList.CVCB_PHASE_1) == "laureate:cvcb-phase-1"
    keys = {criterion_key("cvcb", 0), criterion_key("cvcb", 1), conditions_key("cvcb"), declined_key("cost")}
    assert len(keys) == 4


def test_a_range_is_exact_when_its_bounds_are_equal() -> None:
    assert Range.exactly(3).is_exact
    assert not Range(0, 3).is_exact
    assert not Range().is_exact


@given(
    st.dictionaries(
        st.one_of(st.sampled_from(["population", "cost", "beneficiary", "project", "label:pvd"]), st.text()),
        ANY_VALUE,
        max_size=3,
    )
)
def test_any_values_are_read_or_refused(values: dict[str, object]) -> None:
    facts = Facts()
    with suppress(WrongFact):
        facts = read_facts(values, ALLOWED)
    for known in (facts.population, facts.cost):
        assert known is None or (known.is_exact and 0 <= known.low < inf)
