"""Who pays, who may ask, how many inhabitants, on which list: never from a sentence about someone else."""

from __future__ import annotations

import pytest

from assistant.drafting.applicants import applicants_in
from assistant.drafting.bands import bands_in
from assistant.drafting.memberships import departments_in, lists_in
from assistant.drafting.payer import payer_of
from assistant.drafting.who_must import applicant_of
from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import Statement
from corpus.labels import Beneficiary, Funder, TerritoryList

APPLICANTS = {
    "L’appel est ouvert aux communes, aux syndicats et aux départements.": "commune syndicate department",
    "Le syndicat aide les communes à restaurer leurs lavoirs.": "commune",
    "Les associations y ont accès à condition d’avoir obtenu l’accord des communes.": "",
    "Peuvent déposer un dossier les entreprises, sauf les sociétés civiles.": "company",
    "Les communautés de communes sont éligibles.": "epci",
    "Les communes de plus de 20 000 habitants ne peuvent pas demander l’aide.": "",
    "Le projet se situe dans une commune rurale.": "",
}
BANDS = {
    "réservé aux communes de moins de 5 000 habitants": {"max_exclusive": 5000},
    "les communes dont la population n’excède pas 2 000 habitants": {"max_inclusive": 2000},
    "les communes de 1 001 à 3 500 habitants": {"min_inclusive": 1001, "max_inclusive": 3500},
    "les intercommunalités de 15 000 habitants et plus": {"of": "epci", "min_inclusive": 15000},
}


@pytest.mark.parametrize(("text", "who"), APPLICANTS.items())
def test_who_may_ask_is_whom_the_sentence_gives_the_aid_to(said, text: str, who: str) -> None:
    assert [item.value for item in applicants_in(said(text))] == who.split()


@pytest.mark.parametrize(("text", "fields"), BANDS.items())
def test_bounds_of_population_are_typed_as_they_are_said(said, text: str, fields: dict[str, object]) -> None:
    (band,) = bands_in(said(text))
    assert isinstance(band, Found)
    assert band.value.fields == fields


@pytest.mark.parametrize(
    "text",
    [
        "Commune de plus de 20 000 habitants",
        "2 000 habitants en métropole et 3 500 habitants outre-mer",
        "les communes de moins de 1 500 habitants et celles de 1 500 à 9 999 habitants",
    ],
)
def test_bounds_that_a_fiche_would_change_are_doubtful(said, text: str) -> None:
    assert [type(item) for item in bands_in(said(text))] == [Doubt]


def test_a_list_is_required_only_of_the_communes_that_are_on_it(said) -> None:
    assert lists_in(said("réservé aux communes Petites villes de demain")) == (TerritoryList.PVD,)
    assert lists_in(said("Petites villes de demain s’adresse aux communes")) == ()
    assert lists_in(said("Les communes Action cœur de ville sont exclues.")) == ()


def test_a_list_instead_of_a_bound_of_population_is_told_from_one_more(said) -> None:
    units = [
        said("Le commerce se situe dans une commune de moins de 10 000 habitants."),
        said("Les communes de 10 000 habitants et plus ne sont admises que si elles sont lauréates du CVCB."),
    ]
    found = applicant_of(units, (), None, ())
    assert found.instead
    assert found.bands[0].value.max_exclusive == 10000
    assert found.lists[0].value == (TerritoryList.CVCB_PHASE_1, TerritoryList.CVCB_PHASE_2)


def test_two_bounds_of_population_are_none(said) -> None:
    units = [
        said("les communes de moins de 2 000 habitants"),
        said("les communes de moins de 3 500 habitants"),
    ]
    found = applicant_of(units, (), None, ())
    assert found.bands == ()
    assert len(found.doubts) == 2


def test_departments_are_those_of_the_applicants(said) -> None:
    assert [item.value for item in departments_in(said("Les communes de l’Aisne et du Nord"))] == ["02"]
    assert list(departments_in(said("un train du Nord"))) == []


def test_the_payer_is_the_one_that_gives() -> None:
    told = [Statement(0, "La Région aide les communes."), Statement(1, "L’avis du préfet est joint.")]
    found = payer_of("Fonds vélo", "", told)
    assert isinstance(found, Found)
    assert found.value is Funder.REGION
    assert isinstance(payer_of("Fonds", "", [Statement(0, "Une aide pour les vélos.")]), Doubt)


def test_a_body_that_is_set_aside_pays_nothing() -> None:
    told = [Statement(0, "Les opérateurs publics, mais pas l’État, peuvent demander l’aide régionale.")]
    found = payer_of("Aide", "", told)
    assert isinstance(found, Found)
    assert found.value is Funder.REGION
    assert Beneficiary.COMMUNE not in [item.value for item in applicants_in(told[0].units[0])]
