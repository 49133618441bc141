"""Whoever looks for any aid, where one funder has none, is told the general aids of the others."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.general_aids import with_general_aids
from assistant.eligibility.facts import Facts
from assistant.lines import line
from assistant.messages.overviews import GENERAL_AIDS
from assistant.reading.intents import Intent
from assistant.reading.understand import Question
from assistant.reply import Citation, Reply
from corpus.communes.territory import Territory
from corpus.fiches.catalogue import Catalogue

ON = date(2026, 11, 28)
ANY = "On voudrait construire un cabinet médical. Quelles aides existent ?"


def told(
    catalogue: Catalogue, territory: Territory, text: str = ANY, insee: str | None = None, **changes: object
) -> Reply:
    cited = Citation(
        n=1,
        scheme_id="sante",
        scheme_name="Santé",
        document_id="fiche:sante",
        section="Ce que l’on ne sait pas",
        quote="Aucun dispositif.",
        sources=(),
    )
    reply = Reply(
        status="unanswerable",
        lines=(line("unknown", "Aucun dispositif de la Région.", [1]), line("advice", "…")),
        citations=(cited,),
        schemes=("sante",),
    ).model_copy(update=changes)
    question = Question(text=text, search_text=text, intents=frozenset({Intent.LIST}))
    facts = Facts(commune=territory.communes[insee]) if insee else Facts()
    return with_general_aids(reply, question, catalogue, territory, facts, ON)


def test_the_general_aids_of_the_state_and_of_the_departments_follow(
    catalogue: Catalogue, territory: Territory
) -> None:
    reply = told(catalogue, territory)
    assert reply.status == "unanswerable"
    assert any(item.text == GENERAL_AIDS for item in reply.lines)
    assert {"etat-detr-dsil", "nord-advb", "pas-de-calais-farda"} <= set(reply.schemes)
    assert all(item.citations for item in reply.lines if item.kind == "item")


def test_another_departments_are_not_told_to_a_commune(catalogue: Catalogue, territory: Territory) -> None:
    schemes = told(catalogue, territory, insee="02408").schemes
    assert "etat-detr-dsil" in schemes
    assert not {"nord-advb", "pas-de-calais-farda"} & set(schemes)


@pytest.mark.parametrize("text", ["Quelles aides de la Région pour un cabinet médical ?"])
def test_who_names_the_payer_is_answered_of_it_alone(
    catalogue: Catalogue, territory: Territory, text: str
) -> None:
    assert told(catalogue, territory, text).schemes == ("sante",)


def test_an_answer_stays_as_it_is(catalogue: Catalogue, territory: Territory) -> None:
    assert told(catalogue, territory, status="answered").schemes == ("sante",)
