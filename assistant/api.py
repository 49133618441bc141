"""The HTTP routes under /api, the health checks, and how every refusal becomes a problem document."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import AfterValidator
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Match

from assistant import texts
from assistant.api_description import describe, problem_responses
from assistant.engine import AnswerEngine
from assistant.errors import AssistantError, UnknownScheme
from assistant.event_stream import event_frames
from assistant.headers import SecurityHeaders, add_security_headers
from assistant.problems import MEDIA_TYPE, Problem, http_problem, problem_of, validation_problem
from assistant.reply import MAX_QUESTION_CHARS, ChatRequest, Reply, SearchResponse
from assistant.scheme_view import SchemeDetail, SchemeList, detail, summarise
from ingest.errors import IngestError

_log = logging.getLogger(__name__)

_OWN_PATHS = ("/api", "/api/{rest:path}", "/healthz", "/readyz", "/openapi.json")
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def _engine_of(request: Request) -> AnswerEngine:
    engine: AnswerEngine = request.app.state.engine
    return engine


def _not_blank(query: str) -> str:
    if not query.strip():
        raise ValueError(texts.BLANK_QUERY)
    return query


Engine = Annotated[AnswerEngine, Depends(_engine_of)]
SearchQuery = Annotated[
    str,
    AfterValidator(_not_blank),
    Query(max_length=MAX_QUESTION_CHARS, description=texts.PARAMETER_Q, examples=["dernier commerce"]),
]
PassageCount = Annotated[int, Query(ge=1, le=100, description=texts.PARAMETER_K)]
SchemeFilter = Annotated[str | None, Query(description=texts.PARAMETER_SCHEME, examples=["cvcb"])]
SchemePath = Annotated[str, Path(description=texts.PARAMETER_ID, examples=["cvcb"])]

router = APIRouter()


@router.post(
    "/api/chat",
    response_model=Reply,
    summary=texts.CHAT_SUMMARY,
    description=texts.CHAT_DESCRIPTION,
    responses={
        200: {"description": texts.ANSWER_OK, "content": {"text/event-stream": {"schema": {"type": "string"}}}},
        **problem_responses(400, 404, 422, 500, 503),
    },
)
def chat(body: ChatRequest, engine: Engine) -> Reply | StreamingResponse:
    """Answer a question, at once or as a stream whose first event is known to be good."""
    if body.scheme is not None:
        _require_scheme(engine, body.scheme)
    if not body.stream:
        return engine.reply(body)
    events = iter(engine.stream(body))
    first = next(events)
    return StreamingResponse(
        event_frames(first, events),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@router.get(
    "/api/search",
    summary=texts.SEARCH_SUMMARY,
    description=texts.SEARCH_DESCRIPTION,
    responses=problem_responses(404, 422, 500, 503),
)
def search(
    engine: Engine, q: SearchQuery, k: PassageCount = 10, scheme: SchemeFilter = None
) -> SearchResponse:
    """Find passages."""
    if scheme:
        _require_scheme(engine, scheme)
    return SearchResponse(query=q, hits=engine.search(q, k, scheme or None))


@router.get("/api/schemes", summary=texts.SCHEMES_SUMMARY, responses=problem_responses(500))
def schemes(engine: Engine) -> SchemeList:
    """List the schemes."""
    return SchemeList(schemes=tuple(summarise(scheme) for scheme in engine.catalogue.schemes))


@router.get(
    "/api/schemes/{scheme_id}",
    summary=texts.SCHEME_SUMMARY,
    description=texts.SCHEME_DESCRIPTION,
    responses=problem_responses(404, 500),
)
def scheme(engine: Engine, scheme_id: SchemePath) -> SchemeDetail:
    """Show one scheme."""
    _require_scheme(engine, scheme_id)
    return detail(engine.catalogue.fiche(scheme_id))


@router.get("/healthz", summary=texts.HEALTH_SUMMARY)
def healthz() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", summary=texts.READY_SUMMARY, responses=problem_responses(500, 503))
def readyz(engine: Engine) -> dict[str, str]:
    """Say that questions can be answered."""
    engine.ready()
    return {"status": "ready"}


def create_api(engine: AnswerEngine) -> FastAPI:
    """Build the application; the chat page is mounted on it by ``create_app``."""
    app = FastAPI(
        title=texts.API_TITLE,
        description=texts.API_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.engine = engine
    app.include_router(router)
    for path in _OWN_PATHS:
        app.add_api_route(path, _refuse, methods=_METHODS, include_in_schema=False)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(StarletteHTTPException, _on_http_refusal)
    app.add_exception_handler(AssistantError, _on_known)
    app.add_exception_handler(IngestError, _on_known)
    app.add_exception_handler(Exception, _on_unexpected)
    app.add_middleware(SecurityHeaders)
    describe(app)
    return app


def _require_scheme(engine: AnswerEngine, scheme_id: str) -> None:
    if scheme_id not in engine.catalogue:
        raise UnknownScheme(scheme_id)


def _refuse(request: Request) -> None:
    """Answer for the addresses of ours that no route serves, before the chat page's mount does."""
    allowed: set[str] = set()
    for route in request.app.router.routes:
        matched, _ = route.matches(request.scope)
        if matched is Match.PARTIAL:
            allowed |= route.methods
    if allowed:
        raise HTTPException(405, headers={"Allow": ", ".join(sorted(allowed))})
    raise HTTPException(404)


def _respond(problem: Problem, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse(problem.document(), problem.status, headers, media_type=MEDIA_TYPE)


def _on_invalid(request: Request, error: Exception) -> Response:
    errors: list[dict[str, Any]] = error.errors() if isinstance(error, RequestValidationError) else []
    return _respond(validation_problem(errors))


def _on_http_refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    headers = dict(getattr(error, "headers", None) or {})
    problem = http_problem(
        status, method=request.method, path=request.url.path, allow=headers.get("Allow", "")
    )
    return _respond(problem, headers)


def _on_known(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.status >= 500:
        _log.error("%s %s: %s", request.method, request.url.path, error)
    return _respond(problem)


def _on_unexpected(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    _log.error("incident %s: %s %s", problem.incident, request.method, request.url.path, exc_info=error)
    response = _respond(problem)
    add_security_headers(response.headers)
    return response
