"""What a plan still asks: short questions, one an aid, none that the message has settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from verdict_builders import catalogue, territory

from assistant.answering.plans.left_to_check import most_telling
from assistant.answering.plans.owners import owned
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts, Range
from assistant.eligibility.next_question import ASK_COMMUNE
from assistant.lines import Line, line
from corpus.labels import Beneficiary

TODAY = date(2026, 11, 28)


def asked_of(name: str, facts: Facts, *, is_told: bool = True) -> tuple[Line, ...]:
    book = CitationBook(territory())
    fiche = catalogue().fiche(name)
    one = owned(fiche, facts, territory(), TODAY, book, has_other_owner=False, is_told=is_told)
    return one.conditions


@pytest.mark.parametrize(
    "name",
    ["videoprotection", "fipd-videoprotection", "pas-de-calais-farda", "etat-detr-dsil", "plan-arbres"],
)
def test_each_condition_is_one_question(name: str) -> None:
    left = asked_of(name, Facts())
    assert left
    for told in left:
        assert told.said.endswith("?")
        assert "; ou" not in told.said
        assert "Demandeur" not in told.said
        assert told.citations


def test_the_departement_of_an_aid_told_is_not_asked_and_of_one_proposed_is() -> None:
    known = Facts(beneficiary=Beneficiary.COMMUNE, population=Range.exactly(1250))
    assert not [told for told in asked_of("pas-de-calais-farda", known) if ASK_COMMUNE in told.said]
    assert [
        told for told in asked_of("pas-de-calais-farda", known, is_told=False) if ASK_COMMUNE in told.said
    ]


def test_inhabitants_told_are_not_asked_again() -> None:
    asks = [told.said for told in asked_of("videoprotection", Facts(beneficiary=Beneficiary.COMMUNE))]
    known = Facts(beneficiary=Beneficiary.COMMUNE, population=Range.exactly(1250))
    assert any(ASK_COMMUNE in text for text in asks)
    assert not any(ASK_COMMUNE in told.said for told in asked_of("videoprotection", known))


def test_who_asks_is_asked_where_a_town_hall_may_not() -> None:
    left = asked_of("aide-artisans-commercants", Facts())
    assert any("Qui ferait la demande" in told.said for told in left)
    merchant = replace(Facts(), beneficiary=Beneficiary.COMPANY)
    assert not any(
        "Qui ferait la demande" in told.said for told in asked_of("aide-artisans-commercants", merchant)
    )


def test_the_first_of_each_aid_is_asked_once_and_none_that_a_rule_has_told() -> None:
    first = [line("condition", f"Question {n} ?", [n]) for n in (1, 2)]
    other = [line("condition", "Question 1 ?", [7]), line("condition", "Question 3 ?", [3])]
    assert [told.citations for told in most_telling([first, other], 3)] == [(7,)]
    assert [told.citations for told in most_telling([first, other], 3, {7})] == [(1,), (3,)]
    assert [told.citations for told in most_telling([first, other], 1, {7})] == [(1,)]
    assert [told.citations for told in most_telling([first], 3)] == [(1,), (2,)]
