"""Which pages of other sites may call the API from a browser (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware

from assistant.api.problems import MEDIA_TYPE, http_problem

FORBIDDEN = 403
_ONE_DAY = 86_400


class FrenchCors(CORSMiddleware):
    """Starlette's middleware; a page that may not ask is told so in French."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """Allow a page to ask, or refuse it."""
        response = super().preflight_response(request_headers)
        if response.status_code == 200:
            return response
        origin, method = (request_headers[name] for name in ("origin", "access-control-request-method"))
        problem = http_problem(FORBIDDEN, method=method, origin=origin)
        named = {name: response.headers[name] for name in ("vary",) if name in response.headers}
        return JSONResponse(problem.document(), problem.status, named, media_type=MEDIA_TYPE)


def allow_origins(app: FastAPI, origins: Sequence[str]) -> None:
    """Let the pages of ``origins`` read the answers of ``app``, without cookies; ``*`` lets all in."""
    if origins:
        app.add_middleware(
            FrenchCors,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("*",),  # OpenAI's client adds many of its own; no header opens anything here
            expose_headers=("Retry-After", "X-Request-ID"),
            max_age=_ONE_DAY,
        )
