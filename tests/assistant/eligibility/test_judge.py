"""One criterion at a time: Kleene's logic, thresholds to the inhabitant and the cent, lists and claims."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from verdict_builders import (
    TODAY,
    about,
    asked_by,
    check,
    commune,
    commune_of,
    cost,
    either,
    labelled,
    listed,
    located,
    open_window,
    population,
    scheme_of,
    simple_criteria,
    territory,
    window,
)

from assistant.eligibility.facts import Facts, Range, criterion_key, label_key, laureate_key
from assistant.eligibility.judge import Judged, judge
from assistant.eligibility.kind import Case
from assistant.eligibility.kind_of import kind_of
from assistant.eligibility.three_values import all_of, any_of, compare
from corpus.communes.lists import Presence
from corpus.fiches.criteria import CostBetween, Criterion, LocatedIn, PopulationBetween
from corpus.labels import Beneficiary, State, TerritoryList, Topic

MET, NOT, UNKNOWN = "met", "not_met", "unknown"
VERDICTS = (MET, NOT, UNKNOWN)
NIEPPE = "59431"
COMPLETE = [item for item in TerritoryList if territory().lists[item].notice.complete]
INCOMPLETE = [item for item in TerritoryList if item not in COMPLETE]
POPULATIONS = [
    pytest.param(criterion, id=f"{scheme.id}-{n}")
    for n, (scheme, criterion) in enumerate(simple_criteria())
    if isinstance(criterion, PopulationBetween)
]
COSTS = [
    pytest.param(criterion, id=f"{scheme.id}-{n}")
    for n, (scheme, criterion) in enumerate(simple_criteria())
    if isinstance(criterion, CostBetween)
]


def judged(criterion: Criterion, facts: Facts | None = None, on: date = TODAY, **scheme: object) -> Judged:
    case = Case(scheme_of(criterion, **scheme), facts or Facts(), territory(), on)
    return judge(criterion, 0, case)


def claimed(**claims: bool) -> Facts:
    return Facts().with_claims(claims)


# --- Kleene's logic ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "both", "one"),
    [
        (MET, MET, MET, MET),
        (MET, NOT, NOT, MET),
        (MET, UNKNOWN, UNKNOWN, MET),
        (NOT, MET, NOT, MET),
        (NOT, NOT, NOT, NOT),
        (NOT, UNKNOWN, NOT, UNKNOWN),
        (UNKNOWN, MET, UNKNOWN, MET),
        (UNKNOWN, NOT, NOT, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_kleene_tables(left: str, right: str, both: str, one: str) -> None:
    assert all_of((left, right)) == both
    assert any_of((left, right)) == one


def test_nothing_to_meet_is_met_and_nothing_to_choose_is_not() -> None:
    assert all_of(()) == MET
    assert any_of(()) == NOT


@pytest.mark.parametrize("verdicts", list(product(VERDICTS, repeat=3)))
def test_de_morgan(verdicts: tuple[str, ...]) -> None:
    opposite = {MET: NOT, NOT: MET, UNKNOWN: UNKNOWN}
    assert opposite[all_of(verdicts)] == any_of(opposite[v] for v in verdicts)
    assert all_of(verdicts) == all_of(reversed(verdicts))
    assert any_of(verdicts) == any_of((any_of(verdicts[:2]), verdicts[2]))


@given(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted),
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted),
)
def test_a_range_is_compared_as_all_the_numbers_in_it(known: list[int], allowed: list[int]) -> None:
    inside = {allowed[0] <= value <= allowed[1] for value in range(known[0], known[1] + 1)}
    expected = {frozenset({True}): MET, frozenset({False}): NOT}.get(frozenset(inside))
    found = compare(Range(*known), Range(*allowed))
    assert found == (expected or UNKNOWN)


def test_a_quantity_unknown_is_unknown() -> None:
    assert compare(None, Range(0, inf)) == UNKNOWN


# --- thresholds of the committed fiches ----------------------------------------------------------------


def in_bounds(criterion: PopulationBetween, inhabitants: int) -> bool:
    return (
        (criterion.min_inclusive is None or inhabitants >= criterion.min_inclusive)
        and (criterion.max_exclusive is None or inhabitants < criterion.max_exclusive)
        and (criterion.max_inclusive is None or inhabitants <= criterion.max_inclusive)
    )


def test_the_fiches_have_thresholds() -> None:
    assert len(POPULATIONS) >= 8
    assert len(COSTS) >= 4


@pytest.mark.parametrize("criterion", POPULATIONS)
def test_population_thresholds_to_the_inhabitant(criterion: PopulationBetween) -> None:
    bounds = (criterion.min_inclusive, criterion.max_exclusive, criterion.max_inclusive)
    for n in (bound for bound in bounds if bound):
        for inhabitants in (n - 1, n, n + 1):
            known = Range.exactly(inhabitants)
            facts = Facts(population=known) if criterion.of == "commune" else Facts(epci_population=known)
            found = judged(criterion, facts)
            assert found.verdict == (MET if in_bounds(criterion, inhabitants) else NOT), inhabitants
            assert not found.missing


@pytest.mark.parametrize("criterion", POPULATIONS)
def test_population_ranges_on_either_side_and_across(criterion: PopulationBetween) -> None:
    n = criterion.max_exclusive or (criterion.max_inclusive or 0) + 1
    floor = criterion.min_inclusive or 0
    sides = {Range(floor, n - 1): MET, Range(n, inf): NOT, Range(floor, n): UNKNOWN, Range(n - 1, n): UNKNOWN}
    for known, verdict in sides.items():
        facts = Facts(population=known) if criterion.of == "commune" else Facts(epci_population=known)
        assert judged(criterion, facts).verdict == verdict


@pytest.mark.parametrize("criterion", COSTS)
def test_cost_thresholds_to_the_cent(criterion: CostBetween) -> None:
    low, high = criterion.min_inclusive, criterion.max_inclusive
    for n in (bound for bound in (low, high) if bound is not None):
        for euros in (n - 1, n - 0.01, n, n + 0.01, n + 1):
            inside = (low is None or euros >= low) and (high is None or euros <= high)
            found = judged(criterion, Facts(cost=Range.exactly(euros)))
            assert found.verdict == (MET if inside else NOT), euros


def test_a_threshold_excludes_or_includes_its_own_number() -> None:
    facts = Facts(population=Range.exactly(2000))
    assert judged(population(below=2000), facts).verdict == NOT
    assert judged(population(most=2000), facts).verdict == MET
    assert judged(population(low=2000), facts).verdict == MET
    assert judged(population(low=2001), facts).verdict == NOT


# --- where figures come from ------------------------------------------------------------------------


def test_the_table_gives_the_population_and_says_so() -> None:
    found = judged(population(below=20000), Facts(commune=commune(NIEPPE)))
    assert found.verdict == MET
    assert found.commune_facts == ("population",)
    assert found.because.startswith("Nieppe")


def test_what_is_stated_goes_before_the_table() -> None:
    town = commune_of(15000)
    assert judged(population(below=10000), Facts(commune=town)).verdict == NOT
    found = judged(population(below=10000), Facts(commune=town, population=Range.exactly(3500)))
    assert found.verdict == MET
    assert not found.commune_facts
    assert "d’après vous" in found.because


def test_the_intercommunal_body_has_its_own_population() -> None:
    town = commune(NIEPPE)
    total = territory().epci_of(town).population
    assert judged(population(most=total, of="epci"), Facts(commune=town)).verdict == MET
    found = judged(population(below=total, of="epci"), Facts(commune=town))
    assert (found.verdict, found.commune_facts) == (NOT, ("epci_population",))
    assert judged(population(below=total, of="epci"), Facts(population=Range.exactly(1))).verdict == UNKNOWN


def test_a_missing_fact_is_named() -> None:
    assert judged(population(below=10)).missing == ("population",)
    assert judged(population(below=10, of="epci")).missing == ("epci_population",)
    assert judged(cost(5)).missing == ("cost",)
    assert judged(located("59")).missing == ("commune",)
    assert judged(asked_by(Beneficiary.EPCI)).missing == ("beneficiary",)
    assert judged(about(Topic.SHOP)).missing == ("project",)
    assert judged(check("toit_vert")).missing == ("toit_vert",)
    assert judged(labelled(TerritoryList.PVD)).missing == ("label:pvd",)
    assert judged(listed(TerritoryList.CVCB_PHASE_2)).missing == ("laureate:cvcb",)


def test_location() -> None:
    facts = Facts(commune=commune(NIEPPE))
    assert judged(located("59", "62"), facts).verdict == MET
    found = judged(located("60"), facts)
    assert (found.verdict, found.missing, found.commune_facts) == (NOT, (), ("location",))
    assert "Nord" in found.because


def test_location_in_a_body_names_it_and_no_number() -> None:
    facts = Facts(commune=commune(NIEPPE))
    body = territory().epci_of(commune(NIEPPE))
    others = tuple(siren for siren in territory().epci if siren != body.siren)
    for bodies, verdict in (((body.siren,), MET), (others, NOT)):
        criterion = LocatedIn(kind="located_in", epci=bodies, source=(1,))
        found = judged(criterion, facts)
        assert (found.verdict, found.missing, found.commune_facts) == (verdict, (), ("body",))
        assert body.name in found.because
        assert not any(sign.isdigit() for sign in kind_of(criterion).label)
        assert judged(criterion, Facts(department="59")).verdict == UNKNOWN


def test_who_asks() -> None:
    criterion = asked_by(Beneficiary.COMMUNE, Beneficiary.EPCI)
    assert judged(criterion, Facts(beneficiary=Beneficiary.EPCI)).verdict == MET
    assert judged(criterion, Facts(beneficiary=Beneficiary.COMPANY)).verdict == NOT


def test_what_the_project_is_about() -> None:
    criterion = about(Topic.SHOP, Topic.CRAFT)
    assert judged(criterion, Facts(project=frozenset({Topic.CRAFT, Topic.WATER}))).verdict == MET
    assert judged(criterion, Facts(project=frozenset({Topic.WATER}))).verdict == UNKNOWN
    assert judged(criterion, Facts(not_project=frozenset({Topic.SHOP}))).verdict == UNKNOWN
    assert judged(criterion, Facts(not_project=frozenset({Topic.SHOP, Topic.CRAFT}))).verdict == NOT


@pytest.mark.parametrize("expected", [True, False])
def test_a_condition_is_met_by_the_expected_answer(expected: bool) -> None:
    criterion = check("toit_vert", expected=expected)
    assert judged(criterion, claimed(toit_vert=expected)).verdict == MET
    assert judged(criterion, claimed(toit_vert=not expected)).verdict == NOT
    assert judged(criterion, claimed(autre=expected)).verdict == UNKNOWN


def test_the_window_decides_and_no_fact_of_the_applicant_does() -> None:
    windows = (window("2026-11-01", "2026-11-30"),)
    assert judged(open_window(), windows=windows).verdict == MET
    past = (window("2024-03-15", "2024-06-14"),)
    assert judged(open_window(), state=State.CLOSED, windows=past).verdict == NOT
    found = judged(open_window(), state=State.UNKNOWN, windows=past)
    assert (found.verdict, found.missing) == (UNKNOWN, ("window",))


def test_an_alternative_needs_one_of_its_parts() -> None:
    criterion = either(population(below=3000), check("inscrit"))
    small, big = Facts(population=Range.exactly(2999)), Facts(population=Range.exactly(3000))
    assert judged(criterion, small).verdict == MET
    found = judged(criterion, big)
    assert (found.verdict, found.missing) == (UNKNOWN, ("inscrit",))
    assert judged(criterion, big.with_claims({"inscrit": True})).verdict == MET
    assert judged(criterion, big.with_claims({"inscrit": False})).verdict == NOT
    assert judged(criterion).missing == ("population", "inscrit")


def test_an_answer_to_several_conditions_settles_only_what_is_unknown() -> None:
    key = criterion_key("essai", 0)
    assert judged(check("inscrit"), claimed(**{key: True})).verdict == MET
    assert judged(check("inscrit"), claimed(**{key: False})).verdict == NOT
    assert judged(check("inscrit"), claimed(**{key: True, "inscrit": False})).verdict == NOT
    assert judged(check("inscrit"), claimed(**{criterion_key("autre", 0): True})).verdict == UNKNOWN


# --- lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("list_id", list(TerritoryList))
def test_every_list_says_yes_of_its_members(list_id: TerritoryList) -> None:
    members = territory().lists[list_id].entries
    for insee in members:
        found = judged(labelled(list_id), Facts(commune=commune(insee)))
        sure = territory().membership(insee, list_id).presence is Presence.YES
        assert found.verdict == (MET if sure else UNKNOWN)
        assert bool(found.commune_facts) is sure


@pytest.mark.slow
@pytest.mark.parametrize("list_id", INCOMPLETE)
def test_an_incomplete_list_never_says_no(list_id: TerritoryList) -> None:
    for place in territory().communes.values():
        for criterion in (labelled(list_id), listed(list_id), either(listed(list_id), labelled(list_id))):
            found = judged(criterion, Facts(commune=place))
            assert found.verdict != NOT
            assert found.missing or found.verdict == MET


@pytest.mark.parametrize("list_id", COMPLETE)
def test_a_complete_list_says_no_of_the_others(list_id: TerritoryList) -> None:
    others = set(territory().communes) - set(territory().lists[list_id].entries)
    for insee in sorted(others)[::40]:
        found = judged(listed(list_id), Facts(commune=commune(insee)))
        assert (found.verdict, found.missing, found.commune_facts) == (NOT, (), (list_id.value,))


def test_one_list_of_several_is_enough_and_an_incomplete_one_leaves_it_open() -> None:
    absent = next(
        place
        for place in territory().communes.values()
        if not any(place.insee in territory().lists[item].entries for item in TerritoryList)
    )
    facts = Facts(commune=absent)
    assert judged(labelled(COMPLETE[0], COMPLETE[-1]), facts).verdict == NOT
    mixed = judged(labelled(COMPLETE[0], INCOMPLETE[0]), facts)
    assert (mixed.verdict, mixed.missing) == (UNKNOWN, (label_key(INCOMPLETE[0]),))
    member = Facts(commune=commune(sorted(territory().lists[COMPLETE[0]].entries)[0]))
    assert judged(labelled(COMPLETE[0], INCOMPLETE[0]), member).verdict == MET


@pytest.mark.parametrize("claim", [True, False])
@pytest.mark.parametrize("list_id", list(TerritoryList))
def test_a_claim_settles_what_no_list_does_and_against_a_list_it_is_to_check(
    list_id: TerritoryList, claim: bool
) -> None:
    said = Facts().with_claims({label_key(list_id): claim, laureate_key(list_id): claim})
    for criterion in (labelled(list_id), listed(list_id)):
        assert judged(criterion, said).verdict == (MET if claim else NOT)
        for insee in sorted(territory().communes)[::300]:
            presence = territory().membership(insee, list_id).presence
            told = {Presence.YES: True, Presence.NO: False}.get(presence)
            facts = Facts(commune=commune(insee), claims=said.claims)
            expected = UNKNOWN if told not in (None, claim) else MET if claim else NOT
            found = judged(criterion, facts)
            assert found.verdict == expected
            if expected == UNKNOWN:
                assert "à vérifier" in found.because
