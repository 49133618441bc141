"""The OpenAPI document: problem documents declared where they can come, and nothing of the chat page."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.models import Example

from assistant import texts
from assistant.problems import MEDIA_TYPE, Problem

CHAT_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": texts.EXAMPLE_QUESTION,
        "value": {"messages": [{"role": "user", "content": texts.EXAMPLES[0]}]},
    },
    "stream": {
        "summary": texts.EXAMPLE_STREAM,
        "value": {
            "messages": [{"role": "user", "content": texts.EXAMPLES[1]}],
            "scheme": "dernier-commerce",
            "stream": True,
        },
    },
}
EVENT_STREAM: dict[str, Any] = {
    "text/event-stream": {
        "schema": {"type": "string"},
        "example": (
            'event: status\ndata: {"status":"answered"}\n\nevent: delta\ndata: {"text":"La Région aide "}\n\n'
        ),
    }
}
_MEANINGS = {
    400: texts.HTTP_STATUS[400][0],
    404: texts.UNKNOWN,
    422: texts.REFUSED,
    500: texts.INCIDENT,
    503: texts.NOT_READY,
}
_METHODS = {"get", "post", "put", "patch", "delete"}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare that a route can answer with these statuses, each with a problem document."""
    return {status: {"model": Problem, "description": _MEANINGS[status]} for status in statuses}


def describe(app: FastAPI) -> None:
    """Make ``app`` publish its problems under their own media type (FastAPI assumes plain JSON)."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_media_type(generate())
        return app.openapi_schema

    # FastAPI documents assigning to `openapi` as the way to extend the schema.
    app.openapi = openapi  # type: ignore[method-assign]


def _with_media_type(schema: dict[str, Any]) -> dict[str, Any]:
    for path in schema["paths"].values():
        for method, operation in path.items():
            if method in _METHODS:
                for status, response in operation["responses"].items():
                    _rename_content(status, response)
    return schema


def _rename_content(status: str, response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if int(status) >= 400 and "application/json" in content:
        content[MEDIA_TYPE] = content.pop("application/json")
