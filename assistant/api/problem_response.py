"""A problem as an HTTP response."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import JSONResponse, Response
from starlette.types import Scope

from assistant.api.addresses import own_path
from assistant.api.openai.errors import is_openai, openai_error, openai_status
from assistant.api.problems import MEDIA_TYPE, Problem


def problem_response(problem: Problem, scope: Scope, headers: Mapping[str, str] | None = None) -> Response:
    """Send a problem, in the language of the address asked for."""
    if is_openai(own_path(scope)):
        return JSONResponse(openai_error(problem), openai_status(problem), headers)
    return JSONResponse(problem.document(), problem.status, headers, media_type=MEDIA_TYPE)
