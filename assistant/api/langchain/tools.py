"""The search, the verdicts and the communes as LangChain tools: JSON for a model, a value for a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.answering.engine import Engine
from assistant.api.mcp import texts
from assistant.api.mcp.overview import overview
from assistant.api.mcp.schemes import by_scheme
from assistant.api.problems import validation_problem
from assistant.eligibility.commune_view import CommuneList
from assistant.eligibility.request import EligibilityRequest, FactValues
from assistant.errors import AssistantError, UnknownScheme
from assistant.reply import MAX_QUESTION_CHARS
from ingest.errors import IngestError

_PASSAGES, _MOST_SCHEMES, _MAX_NAME_CHARS = 20, 10, 100

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Told = tuple[str, BaseModel]


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Need(_Arguments):
    """What the search takes."""

    besoin: _Text = Field(max_length=MAX_QUESTION_CHARS, description=texts.NEED)
    nombre: int = Field(default=5, ge=1, le=_MOST_SCHEMES, description=texts.COUNT)


class Who(_Arguments):
    """What the verdicts take."""

    commune: _Text = Field(max_length=_MAX_NAME_CHARS, description=texts.COMMUNE)
    dispositif: str | None = Field(default=None, max_length=_MAX_NAME_CHARS, description=texts.SCHEME)
    faits: FactValues | None = Field(default=None, description=texts.FACTS)


class TypedName(_Arguments):
    """What the communes take."""

    nom: _Text = Field(max_length=_MAX_NAME_CHARS, description=texts.TYPED_NAME)


def tools(engine: Engine) -> list[BaseTool]:
    """The tools of an engine: ``chercher_dispositifs``, ``verifier_eligibilite``, ``trouver_commune``.

    Each gives a model JSON to read, and the same as a typed value in the message's ``artifact``. A refusal is
    one French sentence, read by the model as the tool's answer, without artifact.
    """

    def search(besoin: str, nombre: int = 5) -> _Told:
        hits = _said(lambda: engine.search(besoin, _PASSAGES))
        return _whole(by_scheme(hits, engine.catalogue, nombre))

    def check(commune: str, dispositif: str | None = None, faits: Mapping[str, Any] | None = None) -> _Told:
        def verdicts() -> BaseModel:
            request = EligibilityRequest(commune=commune, scheme=dispositif, facts=_plain(faits or {}))
            return overview(engine.eligibility.check(request), engine.catalogue, whole=bool(dispositif))

        return _whole(_said(verdicts))

    def find(nom: str) -> _Told:
        return _whole(_said(lambda: CommuneList(communes=engine.eligibility.suggest(nom))))

    return [
        _tool("chercher_dispositifs", texts.SEARCH, search, Need),
        _tool("verifier_eligibilite", texts.CHECK, check, Who),
        _tool("trouver_commune", texts.FIND, find, TypedName),
    ]


def _tool(name: str, what: str, work: Callable[..., _Told], takes: type[BaseModel]) -> BaseTool:
    return StructuredTool.from_function(
        work,
        name=name,
        description=what,
        args_schema=takes,
        response_format="content_and_artifact",
        handle_tool_error=True,
        handle_validation_error=_refused,
    )


def _whole(found: BaseModel) -> _Told:
    return found.model_dump_json(exclude_none=True), found


def _said(work: Callable[[], Any]) -> Any:
    """What work gives.

    Raises:
        ToolException: a refusal of ours, in its own words.
    """
    try:
        return work()
    except ValidationError as error:
        raise ToolException(_refused(error)) from error
    except UnknownScheme as error:
        raise ToolException(f"{error} {texts.WHERE_SCHEMES_ARE}") from error
    except (AssistantError, IngestError) as error:
        raise ToolException(str(error)) from error


def _refused(error: Any) -> str:
    """A refused call in one sentence: each argument by its name, and what it should be."""
    problem = validation_problem(error.errors(include_url=False))
    refusals = (
        texts.REFUSED_ARGUMENT.format(name=(field.pointer or "").removeprefix("#/"), detail=field.detail)
        for field in problem.errors or ()
    )
    return texts.REFUSED_CALL.format(refusals="\u00a0; ".join(refusals))


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers as our facts take them: 1500.0, which JSON doesn't tell from 1500, is whole."""
    return {
        key: int(value) if isinstance(value, float) and value.is_integer() else value
        for key, value in facts.items()
    }
