"""The committed table of places outside the region, and what is wrong in a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.communes.commune import DEPARTMENTS
from corpus.communes.territory import Territory
from corpus.errors import CorpusError
from corpus.places.elsewhere import ELSEWHERE_COLUMNS, Elsewhere, load_elsewhere
from corpus.rebuild.abroad import NAMES, abroad_lines
from corpus.rebuild.elsewhere import elsewhere_lines
from corpus.rebuild.npm_package import PackageError


@pytest.fixture(scope="module")
def elsewhere() -> Elsewhere:
    return load_elsewhere()


def test_no_place_of_the_region_is_in_the_table(elsewhere: Elsewhere, territory: Territory) -> None:
    ours = {commune.name for commune in territory.communes.values()}
    assert not ours & {place.name for place in elsewhere.communes.values()}
    assert not DEPARTMENTS.keys() & elsewhere.numbers.keys()


def test_every_other_department_is_there(elsewhere: Elsewhere) -> None:
    assert {"76", "2a", "974", "75"} <= elsewhere.numbers.keys()
    assert len(elsewhere.numbers) + len(DEPARTMENTS) >= 101


def test_a_town_is_told_with_its_department(elsewhere: Elsewhere) -> None:
    assert elsewhere.label(elsewhere.communes["havre"]) == "Le Havre (Seine-Maritime)"
    assert elsewhere.label(elsewhere.communes["paris"]) == "Paris"
    assert elsewhere.label(elsewhere.departments["marne"]) == "Marne"


def test_a_town_abroad_is_told_with_its_country(elsewhere: Elsewhere) -> None:
    assert elsewhere.label(elsewhere.communes["courtrai"]) == "Courtrai (Belgique)"
    assert elsewhere.label(elsewhere.communes["bruges"]) == "Bruges (Belgique)"
    assert elsewhere.label(elsewhere.communes["panne"]) == "La Panne (Belgique)"
    assert elsewhere.label(elsewhere.communes["luxembourg"]) == "Luxembourg"


def test_the_towns_abroad_take_the_larger_of_two_of_a_name() -> None:
    def town(name: str, country: str, people: int, *others: str) -> dict[str, object]:
        return {"name": name, "countrycode": country, "population": people, "alternatenames": list(others)}

    found = {name: str(9) for names in NAMES.values() for name in names.split(", ")}
    cities = {
        f"{country}{name}": town("x", country, 9, name)
        for country, names in NAMES.items()
        for name in names.split(", ")
    }
    lines = abroad_lines({**cities, "0": town("Gent", "BE", 70, "Gand"), "1": town("Gand", "US", 900)})
    assert {line[1]: line[3] for line in lines} == {**found, "Gand": "70"}
    with pytest.raises(PackageError, match="Bruxelles"):
        abroad_lines({})


def test_a_country_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.csv"
    path.write_text(",".join(ELSEWHERE_COLUMNS) + "\nabroad,Gand,ZZ,1,no\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="pays"):
        load_elsewhere(path)


def test_a_wrong_line_is_told_with_its_remedy(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.csv"
    path.write_text(",".join(ELSEWHERE_COLUMNS) + "\ncommune,Brest,Finistère,1,no\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="numéro de département"):
        load_elsewhere(path)


def test_the_table_keeps_towns_neighbours_and_departments_only() -> None:
    def place(name: str, department: str, population: int, region: str = "28") -> dict[str, object]:
        known = {"nom": name, "departement": department, "region": region, "population": population}
        return {**known, "type": "commune-actuelle"}

    communes = [
        place("Grandville", "50", 5000),
        place("Hameau", "50", 40),
        place("Voisin", "76", 40),
        place("Voisin", "50", 90),
        place("Lille", "59", 200_000, "32"),
        place("Lille", "50", 3000),
    ]
    departments = [
        {"code": "59", "nom": "Nord", "region": "32"},
        {"code": "76", "nom": "Seine-Maritime", "region": "28"},
    ]
    assert elsewhere_lines(communes, departments, ["hameau", "Voisin"]) == (
        ("department", "Seine-Maritime", "76", "0", "no"),
        ("commune", "Grandville", "50", "5000", "no"),
        ("commune", "Voisin", "50 76", "90", "yes"),
    )
