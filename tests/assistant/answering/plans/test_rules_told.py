"""Which rules a plan tells: those on its aids and on no other place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from verdict_builders import catalogue, territory

from assistant.answering.engine import Engine
from assistant.answering.knowledge import Knowledge
from assistant.answering.plans.case import Case
from assistant.answering.plans.combined import Combined
from assistant.answering.plans.owners import owned
from assistant.answering.plans.rules_told import main_rules, tells_of_a_place
from assistant.answering.plans.together import told_of
from assistant.eligibility.citations import CitationBook
from assistant.eligibility.facts import Facts
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question
from corpus.places.gazetteer import Gazetteer
from corpus.places.named import PlaceNames

TODAY = date(2026, 11, 28)


@cache
def names() -> SchemeNames:
    return SchemeNames(catalogue().schemes)


@pytest.fixture(scope="module")
def knowledge(small_engine: Engine) -> Knowledge:
    return replace(
        small_engine.knowledge,
        names=names(),
        place_names=PlaceNames(territory()),
        gazetteer=Gazetteer(territory()),
    )


def case_of(*schemes: str, facts: Facts | None = None) -> Case:
    book = CitationBook(territory())
    fiches = [catalogue().fiche(name) for name in schemes]
    told = tuple(told_of(fiche, set(schemes) - {fiche.scheme.id}, names()) for fiche in fiches)
    aids = tuple(
        owned(fiche, facts or Facts(), territory(), TODAY, book, has_other_owner=False) for fiche in fiches
    )
    question = Question("", "", schemes)
    return Case(question, Combined(schemes, are_told=True), told, aids, (), None, None, ())


def test_the_rule_of_another_place_is_not_told(knowledge: Knowledge) -> None:
    (stated, *_) = case_of("fipd-videoprotection").told[0].cumul
    assert "Isère" in stated.sentence.text
    found = main_rules(case_of("videoprotection", "fipd-videoprotection"), knowledge)
    assert not any("Isère" in item.sentence.text for _, item in found)


def test_each_aid_tells_its_first_rule(knowledge: Knowledge) -> None:
    found = main_rules(case_of("etat-detr-dsil", "etat-fonds-vert"), knowledge)
    assert [fiche.scheme.id for fiche, _ in found] == ["etat-detr-dsil", "etat-fonds-vert"]
    assert all("\u00a0%" in stated.sentence.text for _, stated in found)


def test_a_rule_on_an_aid_that_nobody_meant_is_not_told(knowledge: Knowledge) -> None:
    alone = main_rules(case_of("mh-fonds-incitatif-partenarial"), knowledge)
    both = main_rules(case_of("mh-fonds-incitatif-partenarial", "etat-detr-dsil"), knowledge)
    assert "DETR" not in alone[0][1].sentence.text
    assert "ne se cumule pas" in both[0][1].sentence.text


def test_what_was_done_in_one_commune_is_no_rule(knowledge: Knowledge) -> None:
    assert tells_of_a_place("Les maires citent l’association d’aides, comme à Albert.", knowledge)
    assert not tells_of_a_place("Le Département de l’Oise paie 30 %.", knowledge)
    assert not tells_of_a_place("Le cumul des aides publiques est limité à 80 %.", knowledge)
