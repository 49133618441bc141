"""How an error becomes a response: exception handlers, and the last guard around the application."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.addresses import own_path, prefix_of
from assistant.api.openai_errors import is_openai, openai_error, openai_status
from assistant.api.problems import MEDIA_TYPE, Problem, http_problem, problem_of, validation_problem
from assistant.errors import AssistantError
from ingest.errors import IngestError

log = logging.getLogger(__name__)

_OWN_PATHS = (
    "/api",
    "/api/{rest:path}",
    "/v1",
    "/v1/{rest:path}",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
)


def install_refusals(app: FastAPI, pages: Iterable[str] = ()) -> None:
    """Answer every error of ``app`` with a problem document; call it after all routes are added.

    Args:
        app: the application.
        pages: the addresses that it serves beside those of the API.
    """
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(StarletteHTTPException, _on_http_refusal)
    app.add_exception_handler(AssistantError, _on_known)
    app.add_exception_handler(IngestError, _on_known)
    app.add_middleware(NotFoundInFrench)
    app.add_middleware(Incidents)
    for path in (*_OWN_PATHS, *pages):
        app.router.routes.append(Route(path, endpoint=OwnAddress(app), include_in_schema=False))


class OwnAddress:
    """Refuses what no route of ours takes, before the chat page, mounted at /, would do it in English."""

    def __init__(self, app: FastAPI) -> None:
        """Refuse on behalf of ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that knows the address name its methods (405), else raise 404."""
        for route in self.app.router.routes:
            match, child_scope = route.matches(scope)
            if match is Match.PARTIAL:
                scope.update(child_scope)
                await route.handle(scope, receive, send)
                return
        raise HTTPException(404)


class NotFoundInFrench:
    """ASGI middleware: the page mounted at / refuses addresses and methods in English; say it as we do."""

    def __init__(self, app: ASGIApp) -> None:
        """Watch the answers of ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; replace a bare JSON 404 or 405 by a problem document."""
        replaced: Message = {}
        is_foreign = scope["type"] == "http" and not is_openai(own_path(scope))

        async def watch(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                is_refusal = message["status"] in {404, 405} and is_foreign and _is_bare_json(message)
                replaced = message if is_refusal else {}
            if not replaced:
                await send(message)

        await self.app(scope, receive, watch)
        if replaced:
            allow = Headers(raw=replaced["headers"]).get("allow", "")
            await refusal(replaced["status"], scope, allow=allow)(scope, receive, send)


def _is_bare_json(message: Message) -> bool:
    types = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
    return any(value.startswith(b"application/json") for value in types)


class Incidents:
    """ASGI middleware: an error that nobody expected is logged with a number, and only that is sent."""

    def __init__(self, app: ASGIApp) -> None:
        """Guard ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 if it fails before its response has begun."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            problem = problem_of(error)
            log.exception("incident %s: %s %s", problem.incident, scope["method"], scope["path"])
            if started:
                raise
            await problem_response(problem, scope)(scope, receive, send)


def _on_invalid(request: Request, error: Exception) -> Response:
    errors: list[dict[str, Any]] = []
    if isinstance(error, RequestValidationError):
        errors = [*error.errors()]
    return problem_response(validation_problem(errors), request.scope)


def _on_http_refusal(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, StarletteHTTPException) else 500
    headers: Mapping[str, str] = getattr(error, "headers", None) or {}
    most = str(getattr(error, "detail", ""))  # a body that is too large is refused with the limit
    return refusal(status, request.scope, headers, allow=headers.get("Allow", ""), most=most)


def refusal(status: int, scope: Scope, headers: Mapping[str, str] | None = None, **details: str) -> Response:
    """Refuse what HTTP itself names, an OPTIONS excepted, which asks what may be done with an address.

    Args:
        status: of the refusal.
        scope: of the request.
        headers: to send with it.
        details: what its sentence names beyond the address; ``allow`` becomes a header of its own.
    """
    given = {name: value for name, value in (headers or {}).items() if name.lower() != "allow"}
    if allow := _methods(details.get("allow", "")):
        details, given = {**details, "allow": allow}, {**given, "Allow": allow}
        if scope["method"] == "OPTIONS":
            return Response(status_code=204, headers=given)
    asked = {"method": scope["method"], "path": scope["path"], "root": prefix_of(scope)}
    return problem_response(http_problem(status, **asked, **details), scope, given)


def _methods(allow: str) -> str:
    """The methods of an address: HEAD goes with GET, and OPTIONS with all."""
    named = {method.strip() for method in allow.split(",")} - {""}
    if "GET" in named:
        named.add("HEAD")
    return ", ".join(sorted({*named, "OPTIONS"})) if named else ""


def _on_known(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    if problem.status >= 500:
        log.error("%s %s: %s", request.method, request.url.path, error)
    wait = getattr(error, "retry_after", None)
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return problem_response(problem, request.scope, headers)


def problem_response(problem: Problem, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """Send a problem, in the language of the address asked for."""
    if is_openai(own_path(scope)):
        return JSONResponse(openai_error(problem), openai_status(problem), headers)
    return JSONResponse(problem.document(), problem.status, headers, media_type=MEDIA_TYPE)
