"""Every way a request can fail, as an RFC 9457 problem document in French."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from assistant.api import texts
from assistant.errors import (
    AmbiguousCommune,
    AssistantError,
    ClientGone,
    FeedbackUnavailable,
    ReplyTooLong,
    TooBusy,
    UnknownCommune,
    UnknownModel,
    UnknownScheme,
    WrongDate,
    WrongFact,
)
from ingest.errors import EmbedderError, ForeignIndex, IngestBusy, IngestError, NoIndex

MEDIA_TYPE = "application/problem+json"
_QUOTED = re.compile(r"'([^']*+)'")
_TYPE_PREFIX = "urn:problem-type:assistant:"

_MEANINGS = {
    400: texts.HTTP_STATUS[400][0],
    404: texts.UNKNOWN,
    413: texts.HTTP_STATUS[413][0],
    422: texts.REFUSED,
    429: texts.HTTP_STATUS[429][0],
    500: texts.INCIDENT,
    503: texts.NOT_READY,
    504: texts.TOO_LONG,
}
_WHEN_TO_COME_BACK = {429, 503}


class FieldProblem(BaseModel):
    """One invalid value: where it stands (a JSON pointer or a parameter) and what to write."""

    model_config = ConfigDict(frozen=True)

    detail: str = Field(examples=["la question est vide"])
    pointer: str | None = Field(default=None, examples=["#/messages/0/content"])
    parameter: str | None = Field(default=None, examples=["k"])


class Problem(BaseModel):
    """A problem document; ``errors`` comes with a refused request, ``incident`` with a fault of ours."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(examples=[_TYPE_PREFIX + "unknown-scheme"])
    title: str = Field(examples=["Dispositif inconnu"])
    status: int = Field(examples=[404])
    detail: str
    errors: tuple[FieldProblem, ...] | None = None
    incident: str | None = None

    @property
    def kind(self) -> str:
        """The last word of ``type``: one of few."""
        return self.type.rpartition(":")[2]

    def document(self) -> dict[str, Any]:
        """The JSON object to send: absent members are left out."""
        return self.model_dump(mode="json", exclude_none=True)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What all problems of one kind share."""

    status: int
    slug: str
    title: str
    advice: str = ""
    """What a program that asks over HTTP can do, beyond what the error says to anyone."""


KNOWN: Mapping[type[Exception], ProblemKind] = {
    UnknownScheme: ProblemKind(404, "unknown-scheme", "Dispositif inconnu", texts.WHERE_SCHEMES_ARE),
    UnknownModel: ProblemKind(404, "unknown-model", "Modèle inconnu"),
    UnknownCommune: ProblemKind(404, "unknown-commune", "Commune inconnue"),
    AmbiguousCommune: ProblemKind(422, "ambiguous-commune", "Plusieurs communes possibles"),
    WrongFact: ProblemKind(422, "wrong-fact", "Fait refusé"),
    WrongDate: ProblemKind(422, "wrong-date", "Date hors des limites"),
    FeedbackUnavailable: ProblemKind(503, "feedback-unavailable", "Base des avis inutilisable"),
    TooBusy: ProblemKind(503, "too-busy", "Trop de demandes en même temps"),
    ReplyTooLong: ProblemKind(504, "reply-too-long", "Réponse trop longue à venir"),
    ClientGone: ProblemKind(499, "client-gone", "Question abandonnée"),
    AssistantError: ProblemKind(400, "request-refused", "Demande impossible à traiter"),
    NoIndex: ProblemKind(503, "no-index", "Index absent"),
    ForeignIndex: ProblemKind(503, "foreign-index", "Index incompatible"),
    EmbedderError: ProblemKind(503, "encoder-unusable", "Encodeur inutilisable"),
    IngestBusy: ProblemKind(503, "ingest-busy", "Ingestion en cours"),
    IngestError: ProblemKind(503, "index-unusable", "Index inutilisable"),
}
"""Errors whose text is written for the user; a subclass that isn't listed takes its parent's kind."""

_INVALID = ProblemKind(422, "invalid-request", "Demande invalide")
_BAD_JSON = ProblemKind(400, "invalid-json", "JSON mal formé")
_UNEXPECTED = ProblemKind(500, "incident", "Incident interne")


def problem_of(error: BaseException) -> Problem:
    """Describe an error; the text of one that isn't known never leaves the server.

    An unknown error gets a fresh incident number, to be written to the log by the caller.
    """
    for ancestor in type(error).__mro__:
        if ancestor in KNOWN:
            kind = KNOWN[ancestor]
            detail = f"{error} {kind.advice}".rstrip()
            return _problem(kind, detail, errors=_fields_of(error))
    incident = uuid4().hex[:8]
    return _problem(_UNEXPECTED, texts.UNEXPECTED.format(incident=incident), incident=incident)


def validation_problem(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Describe a refused request from pydantic's list of errors."""
    if any(error["type"] == "json_invalid" for error in errors):
        return _problem(_BAD_JSON, texts.BAD_JSON)
    fields = tuple(_field_problem(error) for error in errors if not _has_inner(error, errors))
    if len(fields) == 1:
        return _problem(_INVALID, texts.ONE_INVALID.format(detail=fields[0].detail), errors=fields)
    return _problem(_INVALID, texts.MANY_INVALID.format(count=len(fields)), errors=fields)


def http_problem(status: int, **details: str) -> Problem:
    """Describe a refusal that HTTP itself names (unknown address, method not allowed, ...).

    Args:
        status: the status.
        details: what its sentence names: ``method``, ``path``, ``allow``, ``most``, ``wait``, ``root`` or
            ``origin``.
    """
    title, detail = texts.HTTP_STATUS.get(status, texts.OTHER_STATUS)
    detail = detail.format_map(defaultdict(str, details))
    return Problem(type="about:blank", title=title, status=status, detail=detail)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare that a route can answer with these statuses, each with a problem document."""
    return {status: {"model": Problem, **about_response(status)} for status in statuses}


def about_response(status: int) -> dict[str, Any]:
    """What OpenAPI tells of a refusal of this status, whatever its form."""
    about: dict[str, Any] = {"description": _MEANINGS[status]}
    if status in _WHEN_TO_COME_BACK:
        about["headers"] = {
            "Retry-After": {"description": texts.RETRY_AFTER, "schema": {"type": "integer", "minimum": 1}}
        }
    return about


def _problem(kind: ProblemKind, detail: str, **members: Any) -> Problem:
    return Problem(
        type=_TYPE_PREFIX + kind.slug, title=kind.title, status=kind.status, detail=detail, **members
    )


def _fields_of(error: BaseException) -> tuple[FieldProblem, ...] | None:
    """The value that a refusal of ours is about, when it's one."""
    if not isinstance(error, WrongFact):
        return None
    return (FieldProblem(detail=str(error), pointer=f"#/facts/{_pointer_part(error.key)}"),)


def _has_inner(error: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> bool:
    """Whether another error names a part of this value: pydantic also calls the whole too short."""
    place = tuple(error["loc"])
    return any(len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in errors)


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
    place, *rest = error["loc"] or ("body",)
    detail = _in_french(error)
    if place in {"query", "path", "header", "cookie"}:
        return FieldProblem(detail=detail, parameter=".".join(str(part) for part in rest))
    parts = rest if place == "body" else [place, *rest]
    return FieldProblem(detail=detail, pointer="#" + "".join(f"/{_pointer_part(part)}" for part in parts))


def _pointer_part(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _in_french(error: Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context.get("error", texts.INVALID_VALUE))
    if "expected" in context:
        context = {**context, "expected": _expected_in_french(str(context["expected"]))}
    return texts.INVALID.get(error["type"], texts.INVALID_VALUE).format(**context)


def _expected_in_french(values: str) -> str:
    """Values as pydantic lists them, ``'a', 'b' or 'c'``, in French quotes."""
    *first, last = values.rsplit(" or ", 1)
    listed = texts.OR.join((*first, last))
    return _QUOTED.sub("«\u00a0\\1\u00a0»", listed)
