"""A commune that asks is the applicant, whoever is named in passing; who says "je suis" is not."""

from __future__ import annotations

import pytest
from growth import is_linear
from verdict_builders import applicant, turns

from assistant.eligibility.facts import Facts
from assistant.reading.asking_subject import commune_asks
from assistant.reading.statement import read_statement
from corpus.labels import Beneficiary


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Avec l’appui de notre intercommunalité, Nieppe est-elle éligible à la vidéoprotection ?", "Nieppe"),
        ("Le PETR nous a orientés vers vous : Don est-elle éligible à la vidéoprotection ?", "Don"),
        ("Le syndicat d’énergie a posé les mâts : Don est-elle éligible à la vidéoprotection ?", "Don"),
        ("Une entreprise doit installer les caméras à Don, sommes-nous éligibles à l’aide ?", "Don"),
        ("Un habitant de Don demande si la commune est éligible à la vidéoprotection", "Don"),
        ("La communauté de communes gère la voirie ; la commune de Don est-elle éligible ?", "Don"),
        ("La Métropole européenne de Lille nous aide ; à Don, sommes-nous éligibles ?", "Don"),
        ("La Caf de Lille finance le projet : à Don, sommes-nous éligibles ?", "Don"),
        ("Notre intercommunalité nous accompagne, la commune de Nieppe peut-elle demander ?", "Nieppe"),
        ("L’association des parents de Nieppe nous sollicite : avons-nous droit à l’aide ?", "Nieppe"),
        ("Nous sommes membre de la communauté de communes ; Don est-elle éligible ?", "Don"),
        ("Travaux faits par une entreprise : est-ce que Nieppe peut demander l’aide ?", "Nieppe"),
    ],
)
def test_who_is_named_in_passing_is_not_the_applicant(text: str, name: str) -> None:
    found = applicant(turns(text))
    assert found.facts.beneficiary is Beneficiary.COMMUNE
    assert [commune.name for commune in found.communes] == [name]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Notre association peut-elle demander l’aide à Nieppe ?", Beneficiary.ASSOCIATION),
        ("Notre association veut un local à Nieppe, sommes-nous éligibles ?", Beneficiary.ASSOCIATION),
        ("Une association de Nieppe, sommes-nous éligibles ?", Beneficiary.ASSOCIATION),
        ("L’association de Nieppe est-elle éligible ?", Beneficiary.ASSOCIATION),
        ("Le club de la commune de Nieppe peut-il demander l’aide ?", Beneficiary.ASSOCIATION),
        ("L’EPCI peut-il demander l’aide pour Don ?", Beneficiary.EPCI),
        ("Je préside l’intercommunalité, Don est-elle éligible ?", Beneficiary.EPCI),
        ("Nous sommes une communauté de communes ; la commune de Don est-elle éligible ?", Beneficiary.EPCI),
        ("La Métropole européenne de Lille est-elle éligible ?", Beneficiary.EPCI),
        ("Un traiteur de Nieppe veut demander l’aide, y a-t-il droit ?", Beneficiary.COMPANY),
        ("Je suis commerçante à Don ; la commune est-elle éligible ?", Beneficiary.COMPANY),
        ("Boulanger à Don, sommes-nous éligibles ?", Beneficiary.COMPANY),
        ("J’ai une boulangerie à Nieppe, sommes-nous éligibles ?", Beneficiary.COMPANY),
    ],
)
def test_who_speaks_of_themselves_or_is_asked_about_is_the_applicant(text: str, who: Beneficiary) -> None:
    assert applicant(turns(text)).facts.beneficiary is who


def test_who_was_said_before_stays_the_applicant() -> None:
    talk = turns(
        "Nous sommes une association de Nieppe", "?", "Le PETR nous aide : avons-nous droit à l’aide ?"
    )
    assert applicant(talk).facts.beneficiary is Beneficiary.ASSOCIATION


def test_a_commune_in_general_asks_as_one() -> None:
    found = applicant(
        turns("Nous avons trois projets. Une commune peut-elle solliciter les trois la même année ?")
    )
    assert found.facts.beneficiary is Beneficiary.COMMUNE


def test_without_a_commune_who_asks_is_who_is_named() -> None:
    assert not commune_asks("Une association, sommes-nous éligibles ?", (), commune_known=False)
    assert commune_asks("Une entreprise vient, sommes-nous éligibles ?", (), commune_known=True)


@pytest.mark.parametrize(
    "piece", ["la commune ", "¤ ", "que si et ", "notre asso, ", "nous ", "une petite commune de "]
)
def test_it_takes_time_in_proportion_to_the_message(piece: str) -> None:
    def read(text: str) -> None:
        commune_asks(text, (), commune_known=True)
        read_statement(text, Facts(), commune_asks=True)

    assert is_linear(read, lambda size: piece * (size // len(piece)), 4000)
