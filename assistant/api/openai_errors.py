"""A problem in the form of OpenAI's errors, for the clients of ``/v1``."""

from __future__ import annotations

import re
from typing import Any

from assistant.api.problems import Problem

PREFIX = "/v1"
_INVALID = 400
_CODES = {
    "unknown-model": "model_not_found",
    "404": "not_found",
    "405": "method_not_allowed",
    "413": "request_too_large",
    "429": "rate_limit_exceeded",
}
_INDEX = re.compile(r"\.(\d+)")


def is_openai(path: str) -> bool:
    """Whether an address speaks OpenAI's language."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def openai_status(problem: Problem) -> int:
    """The status that OpenAI's clients expect: what is invalid is 400."""
    return _INVALID if problem.status == 422 else problem.status


def openai_error(problem: Problem) -> dict[str, Any]:
    """The document to send."""
    first = (problem.errors or (None,))[0]
    pointer = first.pointer if first is not None else None
    param = _INDEX.sub(r"[\1]", pointer.removeprefix("#/").replace("/", ".")) if pointer else None
    kind = str(problem.status) if problem.type == "about:blank" else problem.kind
    return {
        "error": {
            "message": problem.detail,
            "type": _type_of(problem.status),
            "param": param or None,
            "code": _CODES.get(kind, kind.replace("-", "_")),
        }
    }


def _type_of(status: int) -> str:
    if status == 429:
        return "rate_limit_error"
    return "server_error" if status >= 500 else "invalid_request_error"
