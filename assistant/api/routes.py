"""The HTTP routes: chat, search, schemes, communes and eligibility under /api, and the health checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, FastAPI, Path, Query, Request
from fastapi.openapi.models import Example
from fastapi.responses import PlainTextResponse, Response, StreamingResponse
from pydantic import AfterValidator
from starlette.routing import Route

from assistant.answering.interface import AnswerEngine
from assistant.api import texts
from assistant.api.asking import ask, ask_stream, require_scheme
from assistant.api.commune_summary import commune_router
from assistant.api.counts.store import CountStore
from assistant.api.counts.tally import Tally
from assistant.api.description import describe
from assistant.api.event_stream import failure, frame
from assistant.api.feedback.retention import retention
from assistant.api.feedback.routes import feedback_router
from assistant.api.feedback.store import FeedbackStore
from assistant.api.guards.install import install_middlewares
from assistant.api.guards.whole_text import require_whole_text
from assistant.api.lives import lives_of
from assistant.api.metrics import MEDIA_TYPE, Metrics
from assistant.api.observed import ObservedEngine
from assistant.api.openai.routes import router as completion_router
from assistant.api.problems import problem_of, problem_responses
from assistant.api.question_log import QuestionLog
from assistant.api.readiness import Readiness, RootPage
from assistant.api.refusals import install_refusals
from assistant.api.scheme_view import SchemeDetail, SchemeList, detail, summarise
from assistant.api.traces import Traces
from assistant.api.waiting_room import WaitingRoom
from assistant.eligibility.commune_view import CommuneList
from assistant.eligibility.request import EligibilityRequest, EligibilityResponse
from assistant.errors import TooBusy
from assistant.reply import MAX_QUESTION_CHARS, ChatRequest, Reply, SearchResponse
from assistant.settings import DEFAULTS, AssistantSettings


def _engine_of(request: Request) -> AnswerEngine:
    engine: AnswerEngine = request.app.state.engine
    return engine


def _not_blank(query: str) -> str:
    if not query.strip():
        raise ValueError(texts.BLANK_QUERY)
    return query


CHAT_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": texts.EXAMPLE_QUESTION,
        "value": {"messages": [{"role": "user", "content": texts.EXAMPLE_QUESTIONS[1]}]},
    },
    "stream": {
        "summary": texts.EXAMPLE_STREAM,
        "value": {
            "messages": [{"role": "user", "content": texts.EXAMPLE_QUESTIONS[0]}],
            "scheme": "dernier-commerce",
            "stream": True,
        },
    },
    "answer": {
        "summary": texts.EXAMPLE_ANSWER,
        "value": {
            "messages": [
                {"role": "user", "content": "Sommes-nous éligibles à la vidéoprotection ?"},
                {
                    "role": "assistant",
                    "content": "S’agit-il d’une première installation de vidéoprotection ?",
                    "asked": {
                        "about": "fact",
                        "scheme": "videoprotection",
                        "criteria": [3],
                        "fact": "premiere_installation",
                        "choices": ["Oui", "Non", "Je ne sais pas"],
                    },
                    "schemes": ["videoprotection"],
                },
                {"role": "user", "content": "Oui"},
            ],
            "commune": "59431",
        },
    },
}
ELIGIBILITY_EXAMPLES: dict[str, Example] = {
    "commune": {"summary": texts.EXAMPLE_ALL_SCHEMES, "value": {"commune": "59431"}},
    "scheme": {
        "summary": texts.EXAMPLE_ONE_SCHEME,
        "value": {
            "commune": "59431",
            "scheme": "dernier-commerce",
            "beneficiary": "commune",
            "facts": {"population": 1500, "project": "shop"},
            "on": "2026-11-23",
        },
    },
}
EVENT_STREAM: dict[str, Any] = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "properties": {
                "event": {"enum": ["status", "delta", "citations", "done", "error"]},
                "data": {"type": "string", "contentMediaType": "application/json"},
            },
            "required": ["event", "data"],
        },
        "examples": {
            "delta": {
                "summary": texts.EXAMPLE_DELTA,
                "value": {"event": "delta", "data": '{"text":"La Région aide "}'},
            },
            "line": {
                "summary": texts.EXAMPLE_LINE,
                "value": {
                    "event": "delta",
                    "data": '{"text":"commerces. [1]","line":{"kind":"statement",'
                    '"text":"La Région aide les commerces. [1]","citations":[1],"cells":[]}}',
                },
            },
        },
    }
}
NOT_BLANK = {"pattern": r"\S"}
"""Says in a schema what a validator of ours checks, and words in French."""
MAX_NAME_CHARS = 100
ChatBody = Annotated[ChatRequest, Body(openapi_examples=CHAT_EXAMPLES)]
Engine = Annotated[AnswerEngine, Depends(_engine_of)]
SearchQuery = Annotated[
    str,
    Query(
        max_length=MAX_QUESTION_CHARS,
        description=texts.PARAMETER_Q,
        examples=["dernier commerce"],
        json_schema_extra=NOT_BLANK,
    ),
    AfterValidator(_not_blank),
]
PassageCount = Annotated[int, Query(ge=1, le=100, description=texts.PARAMETER_K)]
SchemeFilter = Annotated[str | None, Query(description=texts.PARAMETER_SCHEME, examples=["cvcb"])]
CommuneQuery = Annotated[
    str,
    Query(
        max_length=MAX_NAME_CHARS,
        description=texts.PARAMETER_COMMUNE,
        examples=["niep"],
        json_schema_extra=NOT_BLANK,
    ),
    AfterValidator(_not_blank),
]
EligibilityBody = Annotated[EligibilityRequest, Body(openapi_examples=ELIGIBILITY_EXAMPLES)]
SchemePath = Annotated[str, Path(description=texts.PARAMETER_ID, examples=["cvcb"])]

router = APIRouter()


@router.post(
    "/api/chat",
    response_model=Reply,
    summary=texts.CHAT_SUMMARY,
    description=texts.CHAT_DESCRIPTION,
    responses={
        200: {
            "description": texts.ANSWER_OK,
            "content": EVENT_STREAM,
        },
        **problem_responses(400, 404, 413, 422, 429, 500, 503, 504),
    },
)
async def chat(request: Request, body: ChatBody, engine: Engine) -> Reply | StreamingResponse:
    """Answer a question, at once or as a stream whose first event is known to be good."""
    if body.stream:
        return await ask_stream(request, engine, body, frame, failure)
    return await ask(request, engine, body)


@router.get(
    "/api/search",
    summary=texts.SEARCH_SUMMARY,
    description=texts.SEARCH_DESCRIPTION,
    responses=problem_responses(404, 422, 429, 500, 503),
)
async def search(
    request: Request, engine: Engine, q: SearchQuery, k: PassageCount = 10, scheme: SchemeFilter = None
) -> SearchResponse:
    """Find passages."""
    if scheme:
        require_scheme(engine, scheme)
    room: WaitingRoom = request.app.state.room
    return await room.run(
        lambda: SearchResponse(query=q, hits=engine.search(q, k, scheme or None), repaired=engine.repairs(q))
    )


@router.get("/api/schemes", summary=texts.SCHEMES_SUMMARY, responses=problem_responses(429, 500))
def schemes(engine: Engine) -> SchemeList:
    """List the schemes."""
    return SchemeList(schemes=tuple(summarise(scheme) for scheme in engine.catalogue.schemes))


@router.get(
    "/api/schemes/{scheme_id}",
    summary=texts.SCHEME_SUMMARY,
    description=texts.SCHEME_DESCRIPTION,
    responses=problem_responses(404, 429, 500),
)
def scheme(engine: Engine, scheme_id: SchemePath) -> SchemeDetail:
    """Show one scheme."""
    require_scheme(engine, scheme_id)
    return detail(engine.catalogue.fiche(scheme_id))


@router.get(
    "/api/communes",
    summary=texts.COMMUNES_SUMMARY,
    description=texts.COMMUNES_DESCRIPTION,
    responses=problem_responses(422, 429, 500),
)
def communes(engine: Engine, q: CommuneQuery) -> CommuneList:
    """Complete the name of a commune."""
    return CommuneList(communes=engine.eligibility.suggest(q))


@router.post(
    "/api/eligibility",
    summary=texts.ELIGIBILITY_SUMMARY,
    response_description=texts.ELIGIBILITY_OK,
    responses=problem_responses(400, 404, 413, 422, 429, 500),
)
def eligibility(engine: Engine, body: EligibilityBody) -> EligibilityResponse:
    """Assess one scheme or all of them."""
    return engine.eligibility.check(body)


@router.get("/healthz", summary=texts.HEALTH_SUMMARY)
async def healthz() -> dict[str, str]:
    """Say that the process answers, even when every worker thread waits for a reply."""
    return {"status": "ok"}


@router.get(
    "/readyz",
    response_model_exclude_none=True,
    summary=texts.READY_SUMMARY,
    description=texts.READY_DESCRIPTION,
    responses=problem_responses(500, 503),
)
def readyz(request: Request, engine: Engine) -> Readiness:
    """Say that questions can be answered, and whether the chat page is there too."""
    engine.ready()
    root: RootPage | None = request.app.state.root
    return Readiness(page=root.state if root else None)


@router.get(
    "/metrics",
    summary=texts.METRICS_SUMMARY,
    response_class=PlainTextResponse,
    responses=problem_responses(500),
)
def metrics(request: Request) -> Response:
    """Give what is counted, as Prometheus reads it."""
    counted: Metrics = request.app.state.metrics
    return Response(counted.exposition(), media_type=MEDIA_TYPE)


def create_api(
    engine: AnswerEngine,
    settings: AssistantSettings = DEFAULTS,
    pages: Sequence[APIRouter] = (),
    root: RootPage | None = None,
) -> FastAPI:
    """Build the application; the chat page is mounted on it by ``create_app``.

    Args:
        engine: what answers.
        settings: limits, other origins, feedback.
        pages: routes of pages to serve beside those of the API.
        root: the page at ``/``, whose life goes with the application's.
    """
    store = FeedbackStore(settings.feedback_address, settings.feedback_days)
    tally = _tally(settings)
    traces = Traces(settings.traces_url) if settings.traces_url else None
    parts = [part.life for part in (tally, traces, root) if part is not None]
    app = FastAPI(
        lifespan=lives_of(retention(store), *parts),
        dependencies=[Depends(require_whole_text)],
        title=texts.API_TITLE,
        description=texts.API_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    metrics = Metrics()
    engine = ObservedEngine(
        engine, metrics, QuestionLog(with_text=settings.log_questions), tally, settings.patience_s, traces
    )
    app.state.engine = engine
    app.state.metrics = metrics
    app.state.root = root
    app.state.feedback = store
    app.state.tally = tally
    app.state.reply_seconds = settings.patience_s
    app.state.room = WaitingRoom(
        settings.questions_at_once, lambda: metrics.count_failure(problem_of(TooBusy()).kind)
    )
    app.include_router(router)
    app.include_router(commune_router())
    app.include_router(completion_router)
    app.include_router(
        feedback_router(engine.catalogue, store, metrics.count_feedback, with_texts=settings.feedback_texts)
    )
    for page in pages:
        app.include_router(page)
    addresses = [route.path for page in pages for route in page.routes if isinstance(route, Route)]
    install_refusals(app, addresses)
    install_middlewares(app, settings, metrics)
    describe(app, engine.eligibility.fact_questions())
    return app


def _tally(settings: AssistantSettings) -> Tally | None:
    """What counts by day, for the board alone: without one, nothing is kept."""
    if settings.board_secret is None:
        return None
    store = CountStore(settings.board_file, settings.board_days)
    return Tally(store, with_texts=settings.log_questions)
