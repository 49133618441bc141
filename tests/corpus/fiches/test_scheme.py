from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from corpus.fiches.scheme import Funding, Scheme, Status, Window
from corpus.labels import Beneficiary, Funder, State, Topic

RIGHT: dict[str, Any] = {
    "id": "aide-aux-lavoirs",
    "name": "Aide à la restauration des lavoirs",
    "aliases": ["lavoir"],
    "funder": "region",
    "aid_types": ["grant"],
    "beneficiaries": ["commune"],
    "topics": ["heritage"],
    "status": {"state": "unknown", "as_of": 2024},
    "checked": "2026-11-23",
    "sources": [
        {"n": 1, "title": "Les lavoirs", "publisher": "La Région"},
        {"n": 2, "title": "Les lavoirs, suite", "publisher": "La Région"},
    ],
}


def test_a_scheme_is_read_into_types() -> None:
    scheme = Scheme.model_validate(RIGHT)
    assert scheme.funder is Funder.REGION
    assert scheme.beneficiaries == (Beneficiary.COMMUNE,)
    assert scheme.topics == (Topic.HERITAGE,)
    assert scheme.status == Status(state=State.UNKNOWN, as_of="2024")
    assert scheme.checked == date(2026, 11, 23)
    assert scheme.funding == scheme.windows == scheme.criteria == scheme.relations == ()


@pytest.mark.parametrize(("short", "label"), [(None, RIGHT["name"]), ("Lavoirs", "Lavoirs")])
def test_the_label_is_the_short_name_where_there_is_one(short: str | None, label: str) -> None:
    assert Scheme.model_validate(RIGHT | {"short_name": short}).label == label


def test_a_source_is_found_by_its_number() -> None:
    scheme = Scheme.model_validate(RIGHT)
    assert scheme.source(2).title == "Les lavoirs, suite"
    for n in (0, 3, -1):
        with pytest.raises(KeyError, match=f"no source {n}"):
            scheme.source(n)


@pytest.mark.parametrize("field", [name for name in RIGHT if name != "id"])
def test_no_field_of_the_minimum_may_be_left_out(field: str) -> None:
    values = {name: value for name, value in RIGHT.items() if name != field}
    with pytest.raises(ValidationError) as caught:
        Scheme.model_validate(values)
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [((field,), "missing")]


@pytest.mark.parametrize("field", ["aliases", "aid_types", "beneficiaries", "topics", "sources"])
def test_no_list_of_the_minimum_may_be_empty(field: str) -> None:
    with pytest.raises(ValidationError, match="at least 1 item"):
        Scheme.model_validate(RIGHT | {field: []})


@pytest.mark.parametrize("name", ["Aide", "aide_aux", "aide--aux", "-aide", "aide-", "aidé", "aide aux", ""])
def test_an_id_is_a_slug(name: str) -> None:
    with pytest.raises(ValidationError, match="match pattern"):
        Scheme.model_validate(RIGHT | {"id": name})


@pytest.mark.parametrize("numbers", [[2], [0], [1, 1], [1, 3], [2, 1], [1, 2, 2]])
def test_sources_are_numbered_from_one_without_gap(numbers: list[int]) -> None:
    sources = [{"n": n, "title": "Un titre", "publisher": "La Région"} for n in numbers]
    with pytest.raises(ValidationError) as caught:
        Scheme.model_validate(RIGHT | {"sources": sources})
    assert caught.value.errors()[0]["loc"][0] == "sources"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "au moins un taux ou un montant"),
        ({"label": "règle 2023"}, "au moins un taux ou un montant"),
        ({"rate_max": 30}, "less than or equal to 1"),
        ({"rate_max": 0}, "greater than 0"),
        ({"rate_min": 0.5, "rate_max": 0.3}, "le minimum dépasse le maximum"),
        ({"amount_min": 5000, "amount_max": 300}, "le minimum dépasse le maximum"),
        ({"amount_max": -1}, "greater than 0"),
        ({"amount_max": 1, "per": "caméra"}, "'project'"),
        ({"amount_max": 1, "basis": "tout"}, "'eligible_costs'"),
        ({"amount_max": 1, "valid_from": "printemps 2023"}, "écrivez la date"),
    ],
)
def test_a_wrong_line_of_funding_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Funding.model_validate({"source": 1, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {"rate_max": 1},
        {"rate_min": 0.3, "rate_max": 0.3},
        {"amount_max": 30000},
        {"envelope": 2_000_000},
        {"expense_min": 5000},
    ],
)
def test_one_figure_is_enough_for_a_line_of_funding(fields: dict[str, Any]) -> None:
    line = Funding.model_validate({"source": 1, **fields})
    assert (line.basis, line.per, line.source) == ("eligible_costs", "project", (1,))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "donnez opens ou closes"),
        ({"opens": "2024-06-30", "closes": "2024-04-01"}, "suit la date de clôture"),
        ({"opens": "2024-04"}, "valid date"),
    ],
)
def test_a_wrong_window_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Window.model_validate({"source": 1, **fields})


def test_a_window_may_lack_one_end_or_last_a_day() -> None:
    assert Window.model_validate({"source": 1, "closes": "2024-06-30"}).opens is None
    assert Window.model_validate({"source": 1, "opens": "2024-06-30"}).closes is None
    day = Window.model_validate({"source": 1, "opens": "2024-06-30", "closes": "2024-06-30"})
    assert day.opens == day.closes == date(2024, 6, 30)


def test_a_relation_needs_no_source_but_a_known_kind() -> None:
    relation = {"kind": "part_of", "scheme": "actes"}
    assert Scheme.model_validate(RIGHT | {"relations": [relation]}).relations[0].source is None
    with pytest.raises(ValidationError, match="replaced_by"):
        Scheme.model_validate(RIGHT | {"relations": [relation | {"kind": "cousin_of"}]})
