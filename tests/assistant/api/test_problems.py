"""Problem documents: the right status, French text, and nothing of an unknown error."""

from __future__ import annotations

import re
from datetime import date
from http import HTTPStatus
from typing import Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, StrictBool, ValidationError
from pydantic_core import core_schema

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
from corpus.labels import Topic
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


ENGLISH = re.compile(
    r"\b(?:or|and|be|should|must|input|valid|invalid|value|field|required|expected|than|least|most|type|string|list)\b",
    re.IGNORECASE,
)
CONTEXT = {
    "expected": "'a', 'b' or 'c'",
    "error": ValueError("valeur refusée"),
    **dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length"), 3),
}


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_no_kind_of_error_is_said_in_english(kind: str) -> None:
    problem = validation_problem(
        [{"type": kind, "loc": ("body", "x"), "msg": "Input should be", "ctx": CONTEXT}]
    )
    said = f"{problem.title} {problem.detail}".replace("JSON", "")
    assert not ENGLISH.findall(
        said.replace("true ou false", "").replace("Content-Type", "").partition("{")[0]
    )
    if problem.errors is not None:
        assert "'" not in problem.errors[0].detail


class Everything(BaseModel):
    """A field of each kind that a request may hold."""

    model_config = ConfigDict(extra="forbid")

    choice: Literal["user", "assistant"] = "user"
    one: Literal[1] = 1
    three: Literal["a", "b", "c"] = "a"
    topic: Topic = Topic.SHOP
    whole: int = Field(default=1, gt=0, lt=10)
    number: float = Field(default=1, ge=0, le=10, multiple_of=2, allow_inf_nan=False)
    strict: StrictBool = True
    loose: bool = True
    text: str = Field(default="a", min_length=1, max_length=3, pattern="^a")
    texts: tuple[str, ...] = Field(default=(), max_length=1)
    some: list[str] = Field(default=["a"], min_length=1)
    facts: dict[str, int] = {}
    day: date | None = None
    nothing: None = None


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        ("choice", "robot", "valeur à choisir parmi « user » ou « assistant »"),
        ("one", 2, "valeur à choisir parmi 1"),
        ("three", 2, "valeur à choisir parmi « a », « b » ou « c »"),
        ("topic", "x", "valeur à choisir parmi « "),
        ("whole", 0, "nombre trop petit, plus de 0 est attendu"),
        ("whole", 10, "nombre trop grand, moins de 10 est attendu"),
        ("whole", "x", "un nombre entier est attendu"),
        ("whole", "9" * 5000, "nombre trop grand"),
        ("whole", None, "un nombre entier est attendu"),
        ("number", "x", "un nombre est attendu"),
        ("number", [], "un nombre est attendu"),
        ("number", 3, "un multiple de 2.0 est attendu"),
        ("number", float("inf"), "un nombre fini est attendu"),
        ("strict", 1, "true ou false est attendu"),
        ("loose", "x", "true ou false est attendu"),
        ("text", 1, "un texte est attendu"),
        ("text", "", "texte vide"),
        ("text", "b", "texte qui n’a pas la forme attendue"),
        ("text", "\ud800", "texte qui n’est pas de l’Unicode valide"),
        ("texts", ["a", "b"], "liste trop longue, 1 éléments au plus"),
        ("texts", 1, "une liste est attendue"),
        ("some", {}, "une liste est attendue"),
        ("some", [], "liste vide, 1 élément au moins"),
        ("facts", [], "un objet JSON est attendu"),
        ("day", "x", "une date est attendue sous la forme AAAA-MM-JJ"),
        ("nothing", 1, "null est attendu"),
        ("other", 1, "champ inconnu, à supprimer ou à corriger"),
    ],
)
def test_each_kind_of_value_is_refused_with_what_is_expected(field: str, value: object, detail: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Everything.model_validate({field: value})
    [problem] = validation_problem(refusal.value.errors()).errors or ()
    assert problem.detail.replace("\u00a0", " ").startswith(detail)


@pytest.mark.parametrize("status", [status.value for status in HTTPStatus if status.value >= 400])
def test_no_status_is_said_in_english(status: int) -> None:
    problem = http_problem(
        status, method="GET", path="/x", allow="POST", most="1", wait="1", origin="https://a.fr"
    )
    assert not ENGLISH.findall(f"{problem.title} {problem.detail}".replace("Content-Type", ""))
    assert HTTPStatus(status).phrase not in f"{problem.title} {problem.detail}"
