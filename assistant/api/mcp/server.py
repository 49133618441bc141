"""The assistant as tools of the Model Context Protocol; the only file that knows ``mcp``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field, ValidationError

from assistant.api.mcp import texts
from assistant.api.mcp.overview import VerdictOverview, overview
from assistant.api.mcp.schemes import FoundSchemes, by_scheme
from assistant.api.problems import validation_problem
from assistant.eligibility.commune_view import CommuneList
from assistant.eligibility.request import EligibilityRequest
from assistant.eligibility.service import EligibilityService
from assistant.errors import AssistantError
from assistant.reply import MAX_QUESTION_CHARS, SearchHit
from ingest.errors import IngestError

PASSAGES = 20
_MAX_NAME_CHARS = 100

Need = Annotated[str, Field(min_length=1, max_length=MAX_QUESTION_CHARS, description=texts.NEED)]
Count = Annotated[int, Field(ge=1, le=10, description=texts.COUNT)]
CommuneName = Annotated[str, Field(min_length=1, max_length=_MAX_NAME_CHARS, description=texts.COMMUNE)]
SchemeId = Annotated[str | None, Field(description=texts.SCHEME)]
FactMap = Annotated[
    dict[str, bool | float | str | list[str]] | None,
    Field(description=texts.FACTS, examples=[{"population": 1500, "project": ["shop"]}]),
]
TypedName = Annotated[str, Field(min_length=1, max_length=_MAX_NAME_CHARS, description=texts.TYPED_NAME)]


def build_server(
    service: EligibilityService, search: Callable[[str, int], tuple[SearchHit, ...]], version: str
) -> MCPServer:
    """Build the server.

    Args:
        service: assesses schemes, finds communes.
        search: finds so many passages for a need, the best first.
        version: of the assistant.
    """
    server = MCPServer(
        "assistant-dispositifs",
        title=texts.TITLE,
        instructions=texts.INSTRUCTIONS,
        version=version,
        log_level="WARNING",
    )
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @server.tool(title=texts.SEARCH_TITLE, description=texts.SEARCH, annotations=reads)
    def chercher_dispositifs(besoin: Need, nombre: Count = 5) -> FoundSchemes:
        with _refusing():
            return by_scheme(search(besoin, PASSAGES), service.catalogue, nombre)

    @server.tool(title=texts.CHECK_TITLE, description=texts.CHECK, annotations=reads)
    def verifier_eligibilite(
        commune: CommuneName, dispositif: SchemeId = None, faits: FactMap = None
    ) -> VerdictOverview:
        with _refusing():
            request = EligibilityRequest(commune=commune, scheme=dispositif, facts=_plain(faits or {}))
            return overview(service.check(request), service.catalogue, whole=bool(dispositif))

    @server.tool(title=texts.FIND_TITLE, description=texts.FIND, annotations=reads)
    def trouver_commune(nom: TypedName) -> CommuneList:
        return CommuneList(communes=service.suggest(nom))

    return server


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """Numbers as our facts take them: ``1500.0``, which JSON doesn't tell from 1500, is whole."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in facts.items()
    }


@contextmanager
def _refusing() -> Iterator[None]:
    """Say a refusal of ours in its own words; what nobody expected is left to the server."""
    try:
        yield
    except ValidationError as error:
        raise ToolError(validation_problem(error.errors()).detail) from error
    except (AssistantError, IngestError) as error:
        raise ToolError(str(error)) from error
