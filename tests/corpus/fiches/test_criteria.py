from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from corpus.fiches.criteria import (
    BeneficiaryIn,
    CostBetween,
    Criterion,
    HasLabel,
    ListedIn,
    LocatedIn,
    ManualCheck,
    OneOf,
    PopulationBetween,
    ProjectIs,
    WindowOpen,
)
from corpus.labels import Beneficiary, TerritoryList, Topic

_CRITERION: TypeAdapter[Any] = TypeAdapter(Criterion)

RIGHT: dict[str, dict[str, Any]] = {
    "population_between": {"max_exclusive": 20000},
    "located_in": {"departments": ["59", "62"]},
    "has_label": {"any_of": ["pvd"]},
    "listed_in": {"any_of": ["cvcb-phase-1"]},
    "beneficiary_in": {"any_of": ["commune", "epci"]},
    "window_open": {},
    "project_is": {"any_of": ["cctv"], "question": "Le projet porte-t-il sur des caméras ?"},
    "cost_between": {"min_inclusive": 5000},
    "manual_check": {"fact": "premiere_fois", "question": "S’agit-il de la première fois ?"},
    "one_of": {
        "criteria": [
            {"kind": "has_label", "any_of": ["pvd"], "source": 1},
            {"kind": "population_between", "max_inclusive": 3500, "source": 1},
        ]
    },
}
TYPES = {
    "population_between": PopulationBetween,
    "located_in": LocatedIn,
    "has_label": HasLabel,
    "listed_in": ListedIn,
    "beneficiary_in": BeneficiaryIn,
    "window_open": WindowOpen,
    "project_is": ProjectIs,
    "cost_between": CostBetween,
    "manual_check": ManualCheck,
    "one_of": OneOf,
}


def read(kind: str, **fields: Any) -> Any:
    return _CRITERION.validate_python({"kind": kind, "source": 1, **fields})


@pytest.mark.parametrize("kind", RIGHT)
def test_each_kind_gives_its_own_type(kind: str) -> None:
    criterion = read(kind, **RIGHT[kind])
    assert type(criterion) is TYPES[kind]
    assert criterion.source == (1,)
    assert criterion.note is None


@pytest.mark.parametrize(("written", "read_as"), [(2, (2,)), ([1, 3], (1, 3))])
def test_a_source_is_a_number_or_a_list(written: object, read_as: tuple[int, ...]) -> None:
    assert read("window_open", source=written).source == read_as


@pytest.mark.parametrize("source", [[], 0, [1, 0], -1, "une", None])
def test_a_criterion_without_a_real_source_is_refused(source: object) -> None:
    with pytest.raises(ValidationError) as caught:
        read("window_open", source=source)
    assert "source" in caught.value.errors()[0]["loc"]


@pytest.mark.parametrize("kind", RIGHT)
def test_an_unknown_field_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        read(kind, **RIGHT[kind], champ=1)


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("population_between", {}, "donnez au moins une borne"),
        ("population_between", {"max_inclusive": 5, "max_exclusive": 5}, "pas les deux"),
        ("population_between", {"min_inclusive": 30, "max_inclusive": 20}, "dépasse la borne haute"),
        ("population_between", {"min_inclusive": 20, "max_exclusive": 20}, "atteint ou dépasse"),
        ("population_between", {"of": "canton", "min_inclusive": 1}, "'commune' or 'epci'"),
        ("population_between", {"min_inclusive": -1}, "greater than or equal to 0"),
        ("population_between", {"max_exclusive": "20 000"}, "valid integer"),
        ("located_in", {}, "donnez region, departments, epci ou communes"),
        ("located_in", {"region": "bretagne"}, "hauts-de-france"),
        ("located_in", {"departments": "59"}, "valid tuple"),
        ("has_label", {"any_of": []}, "at least 1 item"),
        ("has_label", {"any_of": ["petites-villes"]}, "pvd"),
        ("listed_in", {"any_of": ["cvcb"]}, "cvcb-phase-1"),
        ("beneficiary_in", {"any_of": ["mairie"]}, "commune"),
        ("project_is", {"any_of": ["cctv"], "question": "Le projet porte sur des caméras."}, "match pattern"),
        ("project_is", {"any_of": ["cctv"], "question": "Oui ?"}, "at least 10"),
        ("cost_between", {}, "donnez min_inclusive ou max_inclusive"),
        ("cost_between", {"min_inclusive": 10, "max_inclusive": 5}, "dépasse la borne haute"),
        ("cost_between", {"max_inclusive": 0}, "greater than 0"),
        ("manual_check", {"fact": "Première fois", "question": "Est-ce la première ?"}, "match pattern"),
        ("one_of", {"criteria": [{"kind": "window_open", "source": 1}]}, "at least 2 items"),
        ("one_of", {"criteria": [{"kind": "one_of", "source": 1, "criteria": []}] * 2}, "does not match any"),
        ("population_under", {}, "does not match any of the expected tags"),
    ],
)
def test_a_wrong_criterion_is_refused_for_its_own_reason(
    kind: str, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        read(kind, **fields)


@pytest.mark.parametrize("bounds", [{"min_inclusive": 20, "max_inclusive": 20}, {"min_inclusive": 0}])
def test_bounds_that_touch_are_right(bounds: dict[str, int]) -> None:
    assert read("population_between", **bounds).min_inclusive == bounds["min_inclusive"]


def test_values_become_the_closed_vocabularies() -> None:
    assert read("beneficiary_in", any_of=["epci"]).any_of == (Beneficiary.EPCI,)
    assert read("has_label", any_of=["acv"]).any_of == (TerritoryList.ACV,)
    assert read("project_is", **RIGHT["project_is"]).any_of == (Topic.CCTV,)


def test_what_is_expected_of_a_manual_check_is_yes_by_default() -> None:
    assert read("manual_check", **RIGHT["manual_check"]).expected is True
    assert read("manual_check", **RIGHT["manual_check"], expected=False).expected is False


def test_one_of_reads_the_criteria_inside_it() -> None:
    inner = read("one_of", **RIGHT["one_of"]).criteria
    assert [type(criterion) for criterion in inner] == [HasLabel, PopulationBetween]


def test_a_criterion_cannot_be_changed() -> None:
    criterion = read("window_open")
    with pytest.raises(ValidationError, match="frozen"):
        criterion.note = "autre"
