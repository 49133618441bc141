"""A commune as the API shows it: figures and labels, each with its date and its source."""

from __future__ import annotations

from fakes import fake_service

from assistant.eligibility.commune_view import CommuneView, commune_view
from corpus.communes.lists import Presence
from corpus.labels import TerritoryList


def view(insee: str) -> CommuneView:
    territory = fake_service().territory
    return commune_view(territory.communes[insee], territory)


def test_the_facts_are_those_of_the_tables() -> None:
    nieppe = view("59431")
    commune = fake_service().territory.communes["59431"]
    assert (nieppe.name, nieppe.label) == ("Nieppe", "Nieppe (Nord)")
    assert (nieppe.department.number, nieppe.department.name) == ("59", "Nord")
    assert nieppe.population == commune.population
    assert nieppe.epci.siren == commune.epci_siren
    assert nieppe.epci.population > nieppe.population
    assert nieppe.postcodes == ("59850",)


def test_every_figure_has_a_date_and_a_source() -> None:
    nieppe = view("59431")
    notice = fake_service().territory.notices["communes"]
    assert nieppe.population_as_of == str(notice.date)
    assert nieppe.source.published == nieppe.population_as_of
    assert nieppe.source.publisher == notice.source


def test_every_list_says_yes_no_or_unknown() -> None:
    lists = {item.id: item for item in view("59431").lists}
    assert set(lists) == set(TerritoryList)
    assert lists[TerritoryList.CVCB_PHASE_1].presence is Presence.YES
    assert lists[TerritoryList.PVD].presence is Presence.NO  # the list is complete
    assert lists[TerritoryList.CVCB_PHASE_2].presence is Presence.UNKNOWN  # this one isn't
    assert lists[TerritoryList.PVD].as_of == "2024-09-16"
    assert lists[TerritoryList.CVCB_PHASE_1].as_of is None
    assert lists[TerritoryList.CVCB_PHASE_1].source.publisher
