"""Requests about eligibility: who is meant, what is known, in which order it comes, what is refused."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from fakes import TODAY, fake_service
from pydantic import ValidationError

from assistant.eligibility.assess import assess
from assistant.eligibility.facts import Facts
from assistant.eligibility.request import EligibilityRequest, EligibilityResponse
from assistant.eligibility.service import EligibilityService, load_service
from assistant.errors import (
    AmbiguousCommune,
    AssistantError,
    UnknownCommune,
    UnknownScheme,
    WrongDate,
    WrongFact,
)
from corpus.fiches.catalogue import load_catalogue
from corpus.french.folding import fold
from corpus.labels import Beneficiary


@cache
def service() -> EligibilityService:
    """The committed fiches, read once."""
    return load_service(load_catalogue(), lambda: TODAY)


def check(**members: Any) -> EligibilityResponse:
    return service().check(EligibilityRequest.model_validate(members))


def reasons(response: EligibilityResponse) -> str:
    return " ".join(item.because for item in response.eligibility[0].criteria).replace("\u00a0", " ")


# --- what comes back ------------------------------------------------------------------------------


def test_every_scheme_is_assessed_in_three_groups_by_name() -> None:
    response = check(commune="59431")
    assert len(response.eligibility) == len(service().catalogue)
    order = ["eligible", "undetermined", "not_eligible"]
    keys = [
        (order.index(item.verdict), fold(service().catalogue.scheme(item.scheme_id).name))
        for item in response.eligibility
    ]
    assert keys == sorted(keys)
    assert {item.verdict for item in response.eligibility} >= {"undetermined", "not_eligible"}


def test_the_verdicts_are_those_of_the_engine() -> None:
    territory = service().territory
    facts = Facts(commune=territory.communes["59431"], beneficiary=Beneficiary.COMMUNE)
    for item in check(commune="59431").eligibility:
        scheme = service().catalogue.scheme(item.scheme_id)
        assert item.verdict == assess(scheme, facts, territory, TODAY).verdict


def test_every_criterion_cites_a_sentence_of_its_fiche() -> None:
    response = check(commune="59431")
    citations = {citation.n: citation for citation in response.citations}
    assert [citation.n for citation in response.citations] == list(range(1, len(citations) + 1))
    for item in response.eligibility:
        for criterion in item.criteria:
            assert citations[criterion.citation or 0].scheme_id == item.scheme_id


def test_one_scheme_with_its_commune() -> None:
    response = check(commune="59431", scheme="cvcb")
    assert [item.scheme_id for item in response.eligibility] == ["cvcb"]
    assert response.commune is not None
    assert response.commune.insee == "59431"


def test_without_a_commune_nothing_is_assumed() -> None:
    response = check(scheme="actes-projets-locaux")
    assert response.commune is None
    assert "n’est pas précisé" in reasons(response)


# --- who asks, and what is known ------------------------------------------------------------------


@pytest.mark.parametrize("given", ["59431", " 59431 ", "Nieppe", "NIEPPE", "nieppes", "59850"])
def test_a_commune_is_found_by_code_or_name(given: str) -> None:
    assert service().commune(given).insee == "59431"


def test_a_code_with_two_readings_is_refused_with_both() -> None:
    with pytest.raises(AmbiguousCommune) as refused:
        service().commune("59270")
    assert refused.value.labels[0].startswith("Grand-Fayt")
    assert refused.value.labels[1].startswith("Bailleul")
    assert "insee:59270" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("insee:59270", "Grand-Fayt"),
        ("code INSEE 59270", "Grand-Fayt"),
        ("cp:59850", "Nieppe"),
        ("F-59850", "Nieppe"),
        ("59 850 ", "Nieppe"),
        ("insee:2408", "Laon"),
    ],
)
def test_a_code_said_to_be_one_or_the_other_is_that(given: str, name: str) -> None:
    assert service().commune(given).name == name


def test_no_postcode_is_taken_for_another_communes_code() -> None:
    """Over all the region: a postcode gives a commune that has it, or is refused with several."""
    everyone = service().territory.communes.values()
    for postcode in sorted({code for commune in everyone for code in commune.postcodes}):
        try:
            found = service().commune(postcode).postcodes
        except AmbiguousCommune as refused:
            found = (postcode,) if len(refused.labels) > 1 else ()
        assert postcode in found


def test_what_is_stated_goes_before_the_table_and_the_reason_says_so() -> None:
    assert "7 764 habitants" in reasons(check(commune="59431", scheme="actes-projets-locaux"))
    stated = check(commune="59431", scheme="actes-projets-locaux", facts={"population": 1500})
    assert "1 500 habitants d’après vous" in reasons(stated)
    assert stated.eligibility[0].verdict == "undetermined"


def test_the_beneficiary_may_come_as_a_fact() -> None:
    asked = check(commune="59431", scheme="cvcb", beneficiary="association")
    stated = check(commune="59431", scheme="cvcb", facts={"beneficiary": "association"})
    assert asked == stated
    assert asked.eligibility[0].verdict == "not_eligible"
    with pytest.raises(WrongFact, match="deux fois"):
        check(commune="59431", beneficiary="commune", facts={"beneficiary": "association"})


def test_the_day_decides_what_is_open() -> None:
    then = check(commune="59431", scheme="videoprotection", on="2024-05-01").eligibility[0]
    now = check(commune="59431", scheme="videoprotection").eligibility[0]
    assert (then.availability.state, now.availability.state) == ("open", "unknown")
    assert check(commune="59431", scheme="cvcb") == check(commune="59431", scheme="cvcb", on=TODAY)


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "error", "words"),
    [
        ({"commune": "99999"}, UnknownCommune, "seule région"),
        ({"commune": "75056"}, UnknownCommune, "« 75056 » n’est pas le code d’une commune"),
        ({"commune": "Lyon"}, UnknownCommune, "« Lyon » n’est pas le nom d’une commune"),
        ({"commune": "Marseille"}, UnknownCommune, "Marseille-en-Beauvaisis (Oise, code 60387)"),
        ({"commune": ""}, UnknownCommune, "59431 pour Nieppe"),
        ({"commune": "saint aubin"}, AmbiguousCommune, "Saint-Aubin (Nord, code 59529)"),
        ({"scheme": "nulle-part"}, UnknownScheme, "n’existe pas"),
        ({"facts": {"populaton": 1}}, WrongFact, "noms proches : population"),
        ({"facts": {"x" * 500: 1}}, WrongFact, "/openapi.json"),
        ({"facts": {"population": -5}}, WrongFact, "de 1 à 10 000 000"),
        ({"facts": {"population": 8_000_000_000}}, WrongFact, "de 1 à 10 000 000"),
        ({"facts": {"population": "beaucoup"}}, WrongFact, "nombre entier d’habitants"),
        ({"facts": {"population": 1500.5}}, WrongFact, "nombre entier d’habitants"),
        ({"facts": {"population": True}}, WrongFact, "nombre entier d’habitants"),
        ({"facts": {"population": {"a": 1}}}, WrongFact, "nombre entier d’habitants"),
        ({"facts": {"project": "a" * 500}}, WrongFact, "trop longue"),
        ({"facts": {"label:pvd": "peut-être"}}, WrongFact, "oui ou non"),
        ({"on": "1900-01-01"}, WrongDate, "n’a pas de sens ici"),
        ({"on": "2999-01-01"}, WrongDate, "n’a pas de sens ici"),
    ],
)
def test_a_refusal_says_what_to_write(
    members: dict[str, Any], error: type[AssistantError], words: str
) -> None:
    with pytest.raises(error) as refused:
        check(**members)
    assert words in str(refused.value).replace("\u00a0", " ")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"on": "demain"}, "AAAA-MM-JJ"),
        ({"on": 0}, "AAAA-MM-JJ"),
        ({"on": "2026-02-30"}, "AAAA-MM-JJ"),
        ({"beneficiary": "maire"}, "à choisir parmi commune"),
    ],
)
def test_a_malformed_request_is_refused_in_french(members: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        EligibilityRequest.model_validate(members)


def test_a_postcode_of_many_communes_lists_only_some() -> None:
    with pytest.raises(AmbiguousCommune) as refused:
        service().commune("02000")
    assert len(str(refused.value)) < 900


@pytest.mark.parametrize("given", ["59431", "59850", "Nieppe", "insee:59431"])
def test_the_chat_takes_a_code_a_postcode_or_a_name(given: str) -> None:
    chosen = service().chosen(given)
    assert (chosen.commune.name, chosen.clash) == ("Nieppe", None)


def test_in_the_chat_a_bare_code_is_an_insee_code_and_its_other_reading_is_kept() -> None:
    chosen = service().chosen("59270")
    assert chosen.commune.name == "Grand-Fayt"
    assert chosen.clash is not None
    assert "Bailleul (Nord)" in chosen.clash.labels
    assert service().chosen("insee:59270").clash is None


@pytest.mark.parametrize("given", ["", "Trifouilly-les-Oies", "76000", "59999"])
def test_the_chat_refuses_a_commune_that_it_does_not_know(given: str) -> None:
    with pytest.raises(UnknownCommune):
        service().chosen(given)


# --- suggestions ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("niep", "Nieppe (Nord)"),
        ("nieppes", "Nieppe (Nord)"),
        ("meteren", "Méteren (Nord)"),
        ("saint aubin", "Saint-Aubin (Nord)"),
        ("St Omer", "Saint-Omer (Pas-de-Calais)"),
        ("59850", "Nieppe (Nord)"),
        ("Nieppe (Nord)", "Nieppe (Nord)"),
    ],
)
def test_what_is_typed_leads_to_the_likeliest_commune(typed: str, first: str) -> None:
    assert service().suggest(typed)[0].label == first


def test_homonyms_come_first_and_together() -> None:
    labels = [commune.label for commune in service().suggest("saint aubin")]
    assert labels[:3] == ["Saint-Aubin (Nord)", "Saint-Aubin (Pas-de-Calais)", "Saint-Aubin (Aisne)"]
    assert len(labels) == len(set(labels)) <= 10


def test_nothing_typed_gives_nothing() -> None:
    assert fake_service().suggest("") == fake_service().suggest("  ") == ()


def test_every_fact_has_a_question() -> None:
    questions = service().fact_questions()
    assert questions["label:pvd"] == "Petites villes de demain"
    assert set(questions) | {"population", "epci_population", "cost", "beneficiary", "project"} == set(
        service().fact_keys
    )
