"""A problem as an HTTP response."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi.responses import JSONResponse, Response

from assistant.problems import MEDIA_TYPE, Problem


def problem_response(problem: Problem, path: str, headers: Mapping[str, str] | None = None) -> Response:
    """Send a problem; ``path`` is the address asked for."""
    return JSONResponse(problem.document(), problem.status, headers, media_type=MEDIA_TYPE)
