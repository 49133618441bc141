"""A commune in short, ``GET /api/communes/{insee}``: how many schemes stand how for it, which come first."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.interface import AnswerEngine
from assistant.api import texts
from assistant.api.problems import problem_responses
from assistant.eligibility.commune_view import CommuneView, commune_view
from assistant.eligibility.groups import GroupName
from assistant.eligibility.overview import Placed
from assistant.errors import UnknownCommune

# The schemes named: enough to begin with, few enough to be read at a glance.
_FIRST = 3


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class GroupCount(_View):
    """How many schemes stand in a group; ``text`` names it in French, after its count."""

    name: GroupName
    count: int
    text: str = Field(examples=["à vérifier"])


class NamedScheme(_View):
    """A scheme by its id and its name."""

    id: str
    name: str


class CommuneSummary(_View):
    """A commune, the groups that aren't empty, and the first schemes to look at, the likely ones before."""

    commune: CommuneView
    groups: tuple[GroupCount, ...]
    first: tuple[NamedScheme, ...]


InseePath = Annotated[
    str, Path(max_length=100, description=texts.PARAMETER_INSEE, examples=["59431"], min_length=1)
]


def commune_router() -> APIRouter:
    """Build the route."""
    router = APIRouter()

    @router.get(
        "/api/communes/{insee}",
        summary=texts.COMMUNE_SUMMARY,
        description=texts.COMMUNE_DESCRIPTION,
        responses=problem_responses(404, 422, 429, 500),
    )
    def commune(request: Request, insee: InseePath) -> CommuneSummary:
        """Sum up a commune."""
        engine: AnswerEngine = request.app.state.engine
        return summary_of(engine, insee)

    return router


def summary_of(engine: AnswerEngine, insee: str) -> CommuneSummary:
    """Sort every scheme for the commune of an INSEE code.

    Raises:
        UnknownCommune: the region has no such commune.
        WrongDate: today is out of reach of the corpus.
    """
    service = engine.eligibility
    found = service.territory.communes.get(insee)
    if found is None:
        raise UnknownCommune(insee)
    overview = service.overview(found)
    groups: tuple[tuple[GroupName, tuple[Placed, ...]], ...] = (
        ("likely", overview.likely),
        ("check", overview.check),
        ("excluded", overview.excluded),
        ("aside", overview.aside),
    )
    return CommuneSummary(
        commune=commune_view(found, service.territory),
        groups=tuple(
            GroupCount(name=name, count=len(placed), text=texts.GROUPS_IN_SHORT[name])
            for name, placed in groups
            if placed
        ),
        first=tuple(
            NamedScheme(id=item.scheme.id, name=item.scheme.label)
            for item in (*overview.likely, *overview.check)[:_FIRST]
        ),
    )
