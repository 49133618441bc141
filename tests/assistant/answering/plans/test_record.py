"""The record of a commune: what names it, word for word; what isn't known is said, never inferred."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.plans.record import Asked, RecordPlan
from assistant.eligibility.facts import Facts
from assistant.reply import Reply
from assistant.search.commune_statements import CommuneStatements
from corpus.communes.territory import load_territory
from corpus.fiches.catalogue import load_catalogue
from corpus.labels import TerritoryList
from corpus.places.named import PlaceNames
from ingest.lexical import analyse

BOTH = (TerritoryList.CVCB_PHASE_2, TerritoryList.CVCB_PHASE_1)


@pytest.fixture(scope="module")
def plan() -> RecordPlan:
    catalogue, territory = load_catalogue(), load_territory()
    return RecordPlan(catalogue, territory, CommuneStatements(catalogue, territory, PlaceNames(territory)))


def told(
    plan: RecordPlan,
    insee: str,
    words: str = "",
    *,
    schemes: tuple[str, ...] = (),
    lists: tuple[TerritoryList, ...] = (),
    amount: bool = False,
) -> Reply:
    asked = Asked(schemes, lists, frozenset(analyse(words)), amount)
    return plan.tell([plan.territory.communes[insee]], asked, Facts(), date(2026, 11, 28))


def test_only_its_own_figures_are_told(plan: RecordPlan) -> None:
    reply = told(plan, "62309", "reçu voirie crues", amount=True)  # Esquerdes
    assert "44\u00a0602\u00a0€" in reply.answer
    assert "31\u00a0180" not in reply.answer
    assert reply.status == "answered"


def test_a_sum_of_several_is_said_to_be_so(plan: RecordPlan) -> None:
    reply = told(plan, "60414", "reçu", amount=True)  # Montataire
    assert "1,78" in reply.answer
    assert "la part de Montataire n’est pas connue" in reply.answer


def test_an_amount_that_is_not_known_is_said_to_be(plan: RecordPlan) -> None:
    reply = told(plan, "60007", "reçu café-tabac", amount=True)  # Agnetz
    assert "n’est pas connu de mes sources" in reply.answer
    assert "n’a pas été trouvé" in reply.answer


def test_silence_proves_nothing(plan: RecordPlan) -> None:
    reply = told(plan, "62080", "aidée", schemes=("videoprotection",))  # Bapaume
    assert "ne prouve pas" in reply.answer
    assert not reply.answer.startswith("Non")


def test_a_list_says_how_much_of_it_is_known(plan: RecordPlan) -> None:
    reply = told(plan, "59512", schemes=("cvcb",), lists=BOTH)  # Roubaix
    assert "15 communes connues sur 103" in reply.answer
    assert "39 communes connues sur 114" in reply.answer
    assert {line.kind for line in reply.lines} == {"unknown", "statement", "advice"}
    assert "Oui" not in reply.answer


def test_what_a_source_only_supposes_is_not_confirmed(plan: RecordPlan) -> None:
    reply = told(plan, "80016", schemes=("cvcb",), lists=(TerritoryList.CVCB_PHASE_2,))  # Albert
    assert "pas confirmé" in reply.lines[0].text
    assert "probable" in reply.lines[0].text


def test_the_laureates_of_a_department_are_named(plan: RecordPlan) -> None:
    asked = Asked(("cvcb",), BOTH, frozenset(analyse("lauréats centres-bourgs")), amount=False)
    reply = plan.of_department("02", asked)
    assert "Vervins" in reply.answer
    assert "communes connues sur 103" in reply.answer
    assert all(line.citations for line in reply.lines if line.kind == "statement")
