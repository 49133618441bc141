"""Problem documents: the right status, French text, and nothing of an unknown error."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, ValidationError

from assistant.api.problems import KNOWN, http_problem, problem_of, validation_problem
from assistant.errors import (
    AmbiguousCommune,
    AssistantError,
    PortInUse,
    UnknownCommune,
    UnknownScheme,
    WrongDate,
    WrongFact,
)
from assistant.reply import ChatRequest
from ingest.errors import ForeignIndex, IngestBusy, IngestError, LoadError, NoIndex


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnknownScheme("abc"), 404),
        (UnknownCommune("99999"), 404),
        (AmbiguousCommune("Saint-Aubin", ["Saint-Aubin (Nord, code 59529)"]), 422),
        (WrongFact("cost", "montant inconnu"), 422),
        (WrongDate("2999-01-01", "2015-01-01", "2035-12-31"), 422),
        (PortInUse("localhost", 80), 400),  # not listed: takes the kind of AssistantError
        (NoIndex("Pas d’index."), 503),
        (ForeignIndex("Autre encodeur."), 503),
        (IngestBusy("Ingestion en cours."), 503),
        (LoadError("Fichier illisible."), 503),  # not listed: takes the kind of IngestError
    ],
)
def test_a_known_error_keeps_its_text(error: Exception, status: int) -> None:
    problem = problem_of(error)
    assert problem.status == status
    assert problem.detail.startswith(str(error))
    assert problem.incident is None
    assert problem.type.startswith("urn:problem-type:assistant:")


def test_an_unknown_error_shows_only_an_incident_number() -> None:
    first, second = problem_of(RuntimeError("mot de passe")), problem_of(KeyError("x"))
    assert first.status == 500
    assert "mot de passe" not in str(first.document())
    assert first.incident is not None
    assert first.incident in first.detail
    assert first.incident != second.incident


def test_every_kind_has_its_own_type() -> None:
    slugs = [kind.slug for kind in KNOWN.values()]
    assert len(slugs) == len(set(slugs))
    assert {AssistantError, IngestError} <= set(KNOWN)


def test_absent_members_are_left_out() -> None:
    assert set(problem_of(NoIndex("x")).document()) == {"type", "title", "status", "detail"}


def _refused(request: object) -> list[dict[str, object]]:
    with pytest.raises(ValidationError) as refusal:
        ChatRequest.model_validate(request)
    return [{**error} for error in refusal.value.errors()]


def test_one_invalid_value_is_named_in_the_detail() -> None:
    problem = validation_problem(_refused({"messages": [{"role": "user", "content": " "}]}))
    assert problem.status == 422
    assert problem.detail == "La demande est refusée : la question est vide."
    assert problem.document()["errors"] == [{"detail": "la question est vide", "pointer": "#/messages"}]


def test_an_inner_error_hides_the_one_it_causes_outside() -> None:
    problem = validation_problem(_refused({"messages": [{"role": "robot", "content": "x"}]}))
    assert problem.errors is not None
    assert [field.pointer for field in problem.errors] == ["#/messages/0/role"]


def test_several_invalid_values_are_counted() -> None:
    problem = validation_problem(_refused({"messages": [], "a/b": 1}))
    assert "2 valeurs" in problem.detail
    assert problem.errors is not None
    assert {field.pointer for field in problem.errors} == {"#/messages", "#/a~1b"}


def test_an_error_without_translation_stays_french() -> None:
    class Shape(BaseModel):
        amount: complex

    with pytest.raises(ValidationError) as refusal:
        Shape.model_validate({"amount": "x"})
    assert validation_problem(refusal.value.errors()).detail == "La demande est refusée : valeur invalide."


def test_http_refusals_name_the_address_and_the_methods() -> None:
    assert "/api/abc" in http_problem(404, method="GET", path="/api/abc").detail
    refused = http_problem(405, method="PUT", path="/api/chat", allow="POST")
    assert "PUT" in refused.detail
    assert "POST" in refused.detail
    assert http_problem(418, method="GET", path="/x").title == "Demande refusée"
