"""All schemes sorted for an applicant: by its size, its lists, its place; closed calls and sheets aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from verdict_builders import commune, territory

from assistant.eligibility.facts import Facts
from assistant.eligibility.overview import Overview, denied_claims, overview_of
from corpus.fiches.catalogue import load_catalogue
from corpus.labels import Beneficiary, TerritoryList

ON = date(2026, 11, 28)


def sorted_for(facts: Facts) -> Overview:
    return overview_of(load_catalogue().schemes, facts, territory(), ON)


def ids(items: tuple[object, ...]) -> set[str]:
    return {item.scheme.id for item in items}  # type: ignore[attr-defined]


def of(insee: str) -> Facts:
    return Facts(commune=commune(insee), beneficiary=Beneficiary.COMMUNE)


def test_each_scheme_stands_in_one_group() -> None:
    found = sorted_for(of("59431"))
    groups = (found.likely, found.check, found.excluded, found.aside)
    assert sum(len(group) for group in groups) == len(load_catalogue().schemes)
    assert len(set().union(*map(ids, groups))) == len(load_catalogue().schemes)


@pytest.mark.parametrize(
    ("insee", "scheme", "group"),
    [
        ("59431", "actes-projets-locaux", "excluded"),  # 7 764 inhabitants, under 2 000 wanted
        ("59431", "videoprotection", "check"),
        ("02408", "videoprotection", "excluded"),  # Laon: over 20 000
        ("02408", "etat-acv", "likely"),  # on the list
        ("60271", "mon-commerce-d-ici", "likely"),  # Gerberoy: in the Oise, 82 inhabitants
        ("59431", "depot-et-contacts", "aside"),  # a sheet of contacts
        ("59431", "photovoltaique", "aside"),  # a closed call
        ("59431", "pradet", "aside"),  # replaced
        ("59431", "aide-artisans-commercants", "aside"),  # for companies
    ],
)
def test_where_a_scheme_is_placed(insee: str, scheme: str, group: str) -> None:
    assert scheme in ids(getattr(sorted_for(of(insee)), group))


def test_nothing_is_likely_without_a_fact_that_speaks_for_it() -> None:
    for item in sorted_for(of("59431")).likely:
        assert item.assessment.verdict == "eligible" or item.backing is not None


def test_who_asks_decides_too() -> None:
    found = sorted_for(Facts(beneficiary=Beneficiary.EPCI))
    assert "videoprotection" in ids(found.excluded)
    assert "actes-projets-structurants" in ids(found.check)


def test_a_complete_list_goes_before_what_is_claimed() -> None:
    claims = replace(of("80561"), claims={"label:pvd": True})  # Montdidier is on no list of these towns
    assert denied_claims(claims, territory()) == (("label:pvd", TerritoryList.PVD),)
    assert "etat-pvd" in ids(sorted_for(claims).excluded)


def test_an_alternative_is_asked_by_a_part_that_is_open() -> None:
    (study,) = (i for i in sorted_for(of("59431")).check if i.scheme.id == "patrimoine-etude-prealable")
    assert "inscrit ou classé" in study.words
    assert "3\u00a0000" not in study.words


def test_a_policy_whose_parts_are_told_and_the_aid_of_another_department_stand_aside() -> None:
    aside = ids(sorted_for(of("59350")).aside)
    assert {"actes", "aisne-apv-voirie", "pas-de-calais-farda"} <= aside
    assert "nord-advb" not in aside
    alone = overview_of([load_catalogue().scheme("actes")], of("59350"), territory(), ON)
    assert not alone.aside, "told where none of its parts is"
