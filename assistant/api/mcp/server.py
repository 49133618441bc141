"""The assistant as tools of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, TypeVar

from anyio.to_thread import run_sync
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field, StringConstraints, ValidationError

from assistant.api.mcp import texts
from assistant.api.mcp.french_server import FrenchServer, argument_refusal
from assistant.api.mcp.overview import VerdictOverview, overview
from assistant.api.mcp.schemes import FoundSchemes, by_scheme
from assistant.api.problems import validation_problem
from assistant.eligibility.commune_view import CommuneList
from assistant.eligibility.request import EligibilityRequest, FactValues
from assistant.eligibility.service import EligibilityService
from assistant.errors import AssistantError, UnknownScheme
from assistant.reply import MAX_QUESTION_CHARS, SearchHit
from ingest.errors import IngestError

PASSAGES = 20
_MAX_NAME_CHARS = 100

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Need = Annotated[Text, Field(max_length=MAX_QUESTION_CHARS, description=texts.NEED)]
Count = Annotated[int, Field(ge=1, le=10, description=texts.COUNT)]
CommuneName = Annotated[Text, Field(max_length=_MAX_NAME_CHARS, description=texts.COMMUNE)]
SchemeId = Annotated[str | None, Field(description=texts.SCHEME)]
FactMap = Annotated[FactValues | None, Field(description=texts.FACTS)]
TypedName = Annotated[Text, Field(max_length=_MAX_NAME_CHARS, description=texts.TYPED_NAME)]
Result = TypeVar("Result")


def build_server(
    service: EligibilityService, search: Callable[[str, int], tuple[SearchHit, ...]], version: str
) -> FrenchServer:
    """Build the server.

    Args:
        service: assesses schemes, finds communes.
        search: finds so many passages for a need, the best first.
        version: of the assistant.
    """
    server = FrenchServer(
        "assistant-dispositifs",
        title=texts.TITLE,
        instructions=texts.INSTRUCTIONS,
        version=version,
        log_level="WARNING",
    )
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)

    @server.tool(title=texts.SEARCH_TITLE, description=texts.SEARCH, annotations=reads)
    async def chercher_dispositifs(besoin: Need, nombre: Count = 5) -> FoundSchemes:
        return await _told(lambda: by_scheme(search(besoin, PASSAGES), service.catalogue, nombre))

    @server.tool(title=texts.CHECK_TITLE, description=texts.CHECK, annotations=reads)
    async def verifier_eligibilite(
        commune: CommuneName, dispositif: SchemeId = None, faits: FactMap = None
    ) -> VerdictOverview:
        def verdicts() -> VerdictOverview:
            request = EligibilityRequest(commune=commune, scheme=dispositif, facts=_plain(faits or {}))
            return overview(service.check(request), service.catalogue, whole=bool(dispositif))

        return await _told(verdicts)

    @server.tool(title=texts.FIND_TITLE, description=texts.FIND, annotations=reads)
    async def trouver_commune(nom: TypedName) -> CommuneList:
        return await _told(lambda: CommuneList(communes=service.suggest(nom)))

    return server


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    """Numbers as our facts take them: ``1500.0``, which JSON doesn't tell from 1500, is whole."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in facts.items()
    }


async def _told(work: Callable[[], Result]) -> Result:
    """Do blocking work in a thread that is left to itself when the client goes away.

    Raises:
        ToolError: a refusal of ours, in its own words; what nobody expected is left to the server.
    """
    try:
        return await run_sync(work, abandon_on_cancel=True)
    except ValidationError as error:
        raise ToolError(argument_refusal(validation_problem(error.errors()))) from error
    except UnknownScheme as error:
        raise ToolError(f"{error} {texts.WHERE_SCHEMES_ARE}") from error
    except (AssistantError, IngestError) as error:
        raise ToolError(str(error)) from error
