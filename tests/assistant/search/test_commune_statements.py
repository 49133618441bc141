"""The sentences of the fiches that name a commune: all of them, and not those of its namesakes."""

from __future__ import annotations

import pytest

from assistant.search.commune_statements import CommuneStatements
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import load_catalogue
from corpus.places.named import PlaceNames


@pytest.fixture(scope="module")
def statements() -> CommuneStatements:
    territory = load_territory()
    return CommuneStatements(load_catalogue(), territory, PlaceNames(territory))


def test_what_names_a_commune_is_found_in_every_fiche(statements: CommuneStatements) -> None:
    found = statements.of(statements.territory.communes["60471"])  # Noyon
    assert {"cvcb", "boutiques-a-lessai"} <= {item.fiche.scheme.id for item in found}
    assert all("Noyon" in item.sentence.text for item in found)
    assert any(item.is_gap for item in found)


def test_other_communes_of_a_sentence_are_counted(statements: CommuneStatements) -> None:
    found = statements.of(statements.territory.communes["60414"])  # Montataire
    (total,) = (item for item in found if "1,78" in item.sentence.text and not item.is_gap)
    assert total.others == 2


def test_a_namesake_gets_nothing(statements: CommuneStatements) -> None:
    communes = statements.territory.communes.values()
    (village,) = (item for item in communes if item.name == "Bailleul" and item.department == "80")
    assert not [item for item in statements.of(village) if "(Nord)" in item.sentence.text]


def test_departments_are_read_as_people_write_them(statements: CommuneStatements) -> None:
    assert statements.departments("les lauréats de l'aisne ?") == ("02",)
    assert statements.departments("les lauréats ?") == ()
