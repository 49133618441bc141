"""Verdicts: three-valued, monotone in what is known, whatever the order of the criteria."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdict_builders import (
    TODAY,
    about,
    asked_by,
    catalogue,
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
    territory,
    window,
)

from assistant.eligibility.assess import Assessment, assess, fact_keys
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import (
    BENEFICIARY,
    COMMUNE,
    COST,
    EPCI_POPULATION,
    POPULATION,
    PROJECT,
    Facts,
    Range,
    conditions_key,
    read_facts,
)
from assistant.eligibility.shape import cite_commune_facts, eligibility_shape
from assistant.errors import WrongDate
from corpus.communes.commune import Commune
from corpus.fiches.criteria import Criterion
from corpus.fiches.scheme import Scheme
from corpus.labels import Beneficiary, State, TerritoryList, Topic

OPPOSITE = {"eligible": "not_eligible", "not_eligible": "eligible"}
KEYS = fact_keys(catalogue().schemes)
VALUE_KEYS = frozenset({POPULATION, EPCI_POPULATION, COST, BENEFICIARY, PROJECT})


def run(scheme: Scheme, facts: Facts | None = None, on: date = TODAY) -> Assessment:
    return assess(scheme, facts or Facts(), territory(), on)


# --- what hypothesis draws --------------------------------------------------------------------------


def _places() -> list[Commune]:
    """A few communes of every size, department and list."""
    by_size = sorted(territory().communes.values(), key=lambda place: place.population)
    listed_ones = [
        commune(insee) for item in TerritoryList for insee in list(territory().lists[item].entries)[:3]
    ]
    return [*by_size[::300], *by_size[-6:], *listed_ones]


RANGES = st.one_of(
    st.sampled_from([500, 1999, 2000, 2999, 3000, 3500, 9999, 10000, 19999, 20000, 90000]).map(Range.exactly),
    st.tuples(st.integers(1, 30000), st.integers(1, 30000)).map(lambda pair: Range(*sorted(pair))),
)
COSTS = st.sampled_from([0, 999.99, 1000, 4999, 5000, 20000, 30000, 10**6]).map(Range.exactly)
TOPICS = st.frozensets(st.sampled_from(Topic), max_size=3)


def claim_keys(scheme: Scheme) -> list[str]:
    return sorted(fact_keys([scheme]))


@st.composite
def known_facts(draw: st.DrawFn, scheme: Scheme) -> Facts:
    keys = claim_keys(scheme)
    claims = draw(st.dictionaries(st.sampled_from(keys), st.booleans())) if keys else {}
    return Facts(
        commune=draw(st.none() | st.sampled_from(_places())),
        beneficiary=draw(st.none() | st.sampled_from(Beneficiary)),
        population=draw(st.none() | RANGES),
        epci_population=draw(st.none() | RANGES),
        cost=draw(st.none() | COSTS),
        project=draw(TOPICS),
        not_project=draw(TOPICS),
    ).with_claims(claims)


@st.composite
def learnt(draw: st.DrawFn, scheme: Scheme, facts: Facts) -> tuple[str, Facts]:
    """A fact whose key was unknown, and the facts with it."""
    more: dict[str, st.SearchStrategy[Facts]] = {
        key: st.booleans().map(lambda value, key=key: facts.with_claims({key: value}))
        for key in claim_keys(scheme)
        if key not in facts.claims
    }
    if facts.beneficiary is None:
        more[BENEFICIARY] = st.sampled_from(Beneficiary).map(lambda kind: replace(facts, beneficiary=kind))
    if facts.cost is None:
        more[COST] = COSTS.map(lambda value: replace(facts, cost=value))
    if not facts.project and not facts.not_project:
        more[PROJECT] = TOPICS.map(lambda topics: replace(facts, project=topics))
    if facts.commune is None:
        more[COMMUNE] = st.sampled_from(_places()).map(lambda place: replace(facts, commune=place))
        if facts.population is None:
            more[POPULATION] = RANGES.map(lambda value: replace(facts, population=value))
        if facts.epci_population is None:
            more[EPCI_POPULATION] = RANGES.map(lambda value: replace(facts, epci_population=value))
    key = draw(st.sampled_from(sorted(more))) if more else ""
    return key, draw(more[key]) if more else facts


SIMPLE = st.one_of(
    st.builds(
        lambda n, of: population(below=n, of=of), st.integers(1, 30000), st.sampled_from(["commune", "epci"])
    ),
    st.builds(lambda n: population(low=n), st.integers(1, 30000)),
    st.builds(lambda n: cost(n, n * 10), st.integers(1, 30000)),
    st.builds(located, st.sampled_from(["02", "59", "60", "62", "80"])),
    st.builds(
        lambda kinds: asked_by(*kinds), st.lists(st.sampled_from(Beneficiary), min_size=1, unique=True)
    ),
    st.builds(
        lambda lists: labelled(*lists), st.lists(st.sampled_from(TerritoryList), min_size=1, unique=True)
    ),
    st.builds(
        lambda lists: listed(*lists), st.lists(st.sampled_from(TerritoryList), min_size=1, unique=True)
    ),
    st.builds(
        lambda topics: about(*topics), st.lists(st.sampled_from(Topic), min_size=1, max_size=4, unique=True)
    ),
    st.builds(lambda name, sign: check(name, expected=sign), st.sampled_from(["a", "b", "c"]), st.booleans()),
    st.just(open_window()),
)
CRITERIA = st.lists(
    st.one_of(SIMPLE, st.lists(SIMPLE, min_size=2, max_size=3).map(lambda parts: either(*parts))),
    min_size=1,
    max_size=5,
)
WINDOWS = st.sampled_from([(), (window("2026-11-01", "2026-11-30"),), (window("2024-01-01", "2024-02-01"),)])
MADE_UP = st.builds(
    lambda criteria, state, windows: scheme_of(*criteria, state=state, windows=windows),
    CRITERIA,
    st.sampled_from(State),
    WINDOWS,
)
SCHEMES = st.one_of(st.sampled_from(catalogue().schemes), MADE_UP)


# --- properties -------------------------------------------------------------------------------------


@given(SCHEMES, st.data())
def test_learning_a_fact_never_turns_a_decided_verdict_into_its_opposite(
    scheme: Scheme, data: st.DataObject
) -> None:
    facts = data.draw(known_facts(scheme))
    key, more = data.draw(learnt(scheme, facts))
    before, after = run(scheme, facts).verdict, run(scheme, more).verdict
    assert after != OPPOSITE.get(before)
    # Only a list and a claim that contradict each other take a verdict back, to "to be checked".
    if key != COMMUNE and not key.startswith(("label:", "laureate:")) and before in OPPOSITE:
        assert after == before


@given(SCHEMES, st.data())
def test_the_order_of_the_criteria_is_irrelevant(scheme: Scheme, data: st.DataObject) -> None:
    facts = data.draw(known_facts(scheme))
    order = data.draw(st.permutations(range(len(scheme.criteria))))
    shuffled = scheme.model_copy(update={"criteria": tuple(scheme.criteria[place] for place in order)})
    first, second = run(scheme, facts), run(shuffled, facts)
    assert second.verdict == first.verdict
    assert set(second.missing) == set(first.missing)
    for place, item in zip(order, second.criteria, strict=True):
        was = first.criteria[place]
        assert (item.verdict, item.because, item.missing) == (was.verdict, was.because, was.missing)


@given(SCHEMES, st.data())
def test_the_verdict_is_the_conjunction_of_the_criteria(scheme: Scheme, data: st.DataObject) -> None:
    found = run(scheme, data.draw(known_facts(scheme)))
    verdicts = [item.verdict for item in found.criteria]
    if not verdicts or ("unknown" in verdicts and "not_met" not in verdicts):
        assert found.verdict == "undetermined"
    else:
        assert found.verdict == ("not_eligible" if "not_met" in verdicts else "eligible")
    assert [item.index for item in found.criteria] == list(range(len(scheme.criteria)))
    assert all(item.because for item in found.criteria)


@given(SCHEMES, st.data())
def test_missing_facts_are_those_of_the_open_criteria(scheme: Scheme, data: st.DataObject) -> None:
    found = run(scheme, data.draw(known_facts(scheme)))
    for item in found.criteria:
        assert bool(item.missing) is (item.verdict == "unknown")
    if found.verdict == "undetermined":
        assert set(found.missing) == {key for item in found.criteria for key in item.missing}
        assert len(set(found.missing)) == len(found.missing)
        assert bool(found.missing) is bool(scheme.criteria)
    else:
        assert not found.missing


def _apply(found: Assessment, facts: Facts, without: str | None = None) -> Facts:
    values = {change.fact: change.to for change in found.would_change if change.fact != without}
    return read_facts(values, fact_keys([found.scheme]), facts)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.sampled_from([scheme for scheme in catalogue().schemes if scheme.criteria]), st.data())
def test_what_would_change_a_verdict_really_makes_it_eligible(scheme: Scheme, data: st.DataObject) -> None:
    facts = data.draw(known_facts(scheme))
    found = run(scheme, facts)
    if not found.would_change:
        return
    assert found.verdict != "eligible"
    assert run(scheme, _apply(found, facts)).verdict == "eligible"
    for change in found.would_change:
        assert change.text.startswith("si ")
        assert run(scheme, _apply(found, facts, change.fact)).verdict != "eligible", "a fact too many"


def test_from_nothing_known_most_schemes_say_what_they_want() -> None:
    known = Facts(commune=commune_of(1200), beneficiary=Beneficiary.COMMUNE)
    told = [run(scheme, known) for scheme in catalogue().schemes if scheme.criteria]
    found = [item for item in told if item.verdict == "undetermined"]
    assert sum(bool(item.would_change) for item in found) >= 0.8 * len(found)


# --- cases ------------------------------------------------------------------------------------------


def test_a_scheme_without_criteria_is_always_undetermined() -> None:
    found = run(scheme_of(), Facts(commune=commune("59431"), beneficiary=Beneficiary.COMMUNE))
    assert (found.verdict, found.criteria, found.missing, found.would_change) == ("undetermined", (), (), ())
    assert run(scheme_of(), Facts().with_claims({conditions_key("essai"): False})).verdict == "undetermined"


def test_one_condition_not_met_among_those_left_decides() -> None:
    scheme = scheme_of(check("a"), check("b"))
    no = Facts().with_claims({conditions_key("essai"): False})
    assert run(scheme, no).verdict == "not_eligible"
    assert run(scheme, Facts().with_claims({conditions_key("autre"): False})).verdict == "undetermined"
    assert {change.fact for change in run(scheme, no).would_change} == {"a", "b"}
    assert run(scheme, _apply(run(scheme, no), no)).verdict == "eligible"


@pytest.mark.parametrize(
    ("criterion", "facts"),
    [
        (located("60"), Facts(commune=commune("59431"))),
        (population(below=1000), Facts(commune=commune("59431"))),
        (population(below=1000), Facts(population=Range.exactly(2000))),
        (listed(TerritoryList.PVD), Facts(commune=commune_of(230))),
    ],
)
def test_what_nobody_can_change_is_not_proposed(criterion: Criterion, facts: Facts) -> None:
    found = run(scheme_of(criterion, check("a")), facts)
    assert found.verdict == "not_eligible"
    assert not found.would_change


def test_a_closed_call_is_not_proposed_to_be_reopened() -> None:
    scheme = scheme_of(open_window(), check("a"), state=State.CLOSED)
    assert run(scheme).verdict == "not_eligible"
    assert not run(scheme).would_change


def test_who_could_ask_instead_is_proposed() -> None:
    scheme = catalogue().scheme("videoprotection")
    found = run(scheme, Facts(beneficiary=Beneficiary.ASSOCIATION))
    assert found.verdict == "not_eligible"
    assert any(change.fact == BENEFICIARY and change.to == "commune" for change in found.would_change)


@pytest.mark.parametrize("day", [date(2014, 12, 31), date(2036, 1, 1), date(1, 1, 1)])
def test_a_day_out_of_reach_is_refused(day: date) -> None:
    with pytest.raises(WrongDate, match="2015"):
        run(catalogue().scheme("cvcb"), on=day)


@pytest.mark.parametrize("day", [date(2015, 1, 1), date(2035, 12, 31)])
def test_the_first_and_last_days_are_in_reach(day: date) -> None:
    assert run(catalogue().scheme("cvcb"), on=day).verdict == "undetermined"


def test_the_keys_of_a_scheme_hold_those_inside_alternatives() -> None:
    scheme = scheme_of(
        either(check("a"), listed(TerritoryList.CVCB_PHASE_2)), labelled(TerritoryList.PVD), cost(1)
    )
    assert fact_keys([scheme]) == {"a", "laureate:cvcb", "label:pvd"}


def test_every_missing_fact_can_be_given() -> None:
    for scheme in catalogue().schemes:
        for key in run(scheme).missing:
            assert key in KEYS | VALUE_KEYS | {COMMUNE, "window"}


# --- the shape that leaves the program ----------------------------------------------------------------


@pytest.mark.parametrize("scheme_id", [scheme.id for scheme in catalogue().schemes])
def test_each_criterion_leaves_with_its_label_its_reason_and_a_citation(scheme_id: str) -> None:
    fiche = catalogue().fiche(scheme_id)
    town = commune("59431")
    book = CitationBook(territory())
    found = run(fiche.scheme, Facts(commune=town, beneficiary=Beneficiary.COMMUNE))
    shape = eligibility_shape(found, fiche, book)
    numbers = {citation.n for citation in book.citations}
    assert (shape.scheme_id, shape.verdict) == (scheme_id, found.verdict)
    assert len(shape.criteria) == len(fiche.scheme.criteria)
    for result, item in zip(shape.criteria, found.criteria, strict=True):
        assert result.citation in numbers
        assert result.label
        assert (result.verdict, result.because) == (item.verdict, item.because)
        cited = cite_commune_facts(item, town, book)
        assert len(cited) == len(item.commune_facts)
    assert [change.fact for change in shape.would_change] == [change.fact for change in found.would_change]
    assert all(cite_commune_facts(item, None, book) == () for item in found.criteria)


# --- every commune, every scheme ------------------------------------------------------------------------


@pytest.mark.slow
def test_every_commune_and_every_scheme_are_assessed() -> None:
    places = list(territory().communes.values())
    totals: Counter[tuple[str, str]] = Counter()
    for scheme in catalogue().schemes:
        for place in places:
            found = run(scheme, Facts(commune=place, beneficiary=Beneficiary.COMMUNE))
            totals[scheme.id, found.verdict] += 1
            assert COMMUNE not in found.missing
            assert POPULATION not in found.missing
    assert totals.total() == len(places) * len(catalogue())
    at_least = {n: sum(place.population >= n for place in places) for n in (2000, 3000, 3500, 20000)}
    assert totals["videoprotection", "not_eligible"] == at_least[20000]
    assert totals["actes-projets-locaux", "not_eligible"] == at_least[2000]
    assert totals["etat-villages-avenir", "not_eligible"] == at_least[3500]
    assert totals["patrimoine-non-protege", "not_eligible"] == at_least[3000]
    small_in_oise = sum(place.department == "60" and place.population < 3000 for place in places)
    assert totals["mon-commerce-d-ici", "eligible"] == small_in_oise
    pvd = len(territory().lists[TerritoryList.PVD].entries)
    assert totals["mon-centre-bourg-incroyable-commerce", "eligible"] == pvd
    assert totals["etat-pvd", "undetermined"] == pvd
    assert totals["epf-friches", "not_eligible"] == sum(place.department == "60" for place in places)
    assert totals["photovoltaique", "not_eligible"] == len(places)
    assert totals["cvcb", "not_eligible"] == 0
    assert totals["aide-artisans-commercants", "eligible"] == 0


@pytest.mark.slow
def test_no_commune_is_refused_for_not_being_on_an_incomplete_list() -> None:
    open_lists = [item for item in TerritoryList if not territory().lists[item].notice.complete]
    assert open_lists
    scheme = scheme_of(listed(*open_lists))
    verdicts = {run(scheme, Facts(commune=place)).verdict for place in territory().communes.values()}
    assert verdicts == {"eligible", "undetermined"}
