"""What a request about eligibility holds, and what answers it: the shapes of ``POST /api/eligibility``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from assistant.eligibility.commune_view import CommuneView
from assistant.reply import Citation, Eligibility
from corpus.labels import Beneficiary

_MAX_FACTS = 200

COMMUNE_FORMS = (
    "Nom, code INSEE ou code postal ; un code qui peut être les deux s’écrit insee:59400 ou cp:59400"
)


def _day(value: object) -> object:
    """Read a day strictly: pydantic would take a number for seconds since 1970."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _no_day()
    except ValueError as error:
        raise ValueError("une date est attendue sous la forme AAAA-MM-JJ, par exemple 2026-11-23") from error


def _no_day() -> date:
    raise ValueError


def _beneficiary(value: object) -> object:
    if value is None or (isinstance(value, str) and value in set(Beneficiary)):
        return value
    raise ValueError(f"valeur à choisir parmi {', '.join(Beneficiary)}")


_FACT_SCHEMA = {
    "anyOf": [
        {"type": "boolean"},
        {"type": "number"},
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}},
    ]
}
FactValues = Annotated[
    dict[str, Annotated[Any, WithJsonSchema(_FACT_SCHEMA)]],
    Field(max_length=_MAX_FACTS, examples=[{"population": 1500, "project": "shop"}]),
]


class EligibilityRequest(BaseModel):
    """What ``POST /api/eligibility`` takes; nothing is required: what isn't given is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    commune: str | None = Field(default=None, max_length=200, description=COMMUNE_FORMS, examples=["59431"])
    scheme: str | None = Field(default=None, max_length=200, description="Identifiant ; vide pour tous")
    beneficiary: Annotated[Beneficiary | None, BeforeValidator(_beneficiary)] = Field(
        default=None, description="Qui demande ; « commune » quand une commune est donnée"
    )
    facts: FactValues = Field(default_factory=dict, description="Ce que l’on sait d’autre, par clé")
    on: Annotated[date | None, BeforeValidator(_day)] = Field(
        default=None, description="Jour de l’examen ; aujourd’hui par défaut", examples=["2026-11-23"]
    )


class EligibilityResponse(BaseModel):
    """The verdicts, the commune they are for, and the passages that state the criteria."""

    model_config = ConfigDict(frozen=True)

    eligibility: tuple[Eligibility, ...]
    commune: CommuneView | None
    citations: tuple[Citation, ...]
