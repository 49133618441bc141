"""The OpenAPI document: problem documents declared where they can come, and nothing of the chat page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.models import Example

from assistant.api import texts
from assistant.api.openai.errors import is_openai
from assistant.api.openai.shapes import MODEL, ErrorResponse
from assistant.api.problems import MEDIA_TYPE, Problem
from assistant.eligibility.service import VALUE_KEYS
from corpus.labels import TOPIC_LABELS

_QUESTIONS = next(iter(texts.EXAMPLES.values()))
CHAT_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": texts.EXAMPLE_QUESTION,
        "value": {"messages": [{"role": "user", "content": _QUESTIONS[1]}]},
    },
    "stream": {
        "summary": texts.EXAMPLE_STREAM,
        "value": {
            "messages": [{"role": "user", "content": _QUESTIONS[0]}],
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
FEEDBACK_EXAMPLES: dict[str, Example] = {
    "feedback": {
        "summary": texts.FEEDBACK_EXAMPLE,
        "value": {
            "rating": "not_useful",
            "reasons": ["incomplete", "outdated"],
            "status": "answered",
            "schemes": ["cvcb"],
            "comment": "Le plafond a changé.",
        },
    },
}
COMPLETION_EXAMPLES: dict[str, Example] = {
    "question": {
        "summary": texts.EXAMPLE_COMPLETION,
        "value": {"model": MODEL, "messages": [{"role": "user", "content": _QUESTIONS[0]}]},
    },
    "stream": {
        "summary": texts.EXAMPLE_COMPLETION_STREAM,
        "value": {
            "model": MODEL,
            "messages": [{"role": "user", "content": _QUESTIONS[2]}],
            "commune": "59431",
            "stream": True,
            "stream_options": {"include_usage": True},
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
COMPLETION_STREAM: dict[str, Any] = {
    "text/event-stream": {
        "schema": {
            "type": "object",
            "properties": {"data": {"type": "string"}},
            "required": ["data"],
        },
        "example": {"data": "[DONE]"},
    }
}
NOT_BLANK = {"pattern": r"\S"}
"""Says in a schema what a validator of ours checks, and words in French."""
_MEANINGS = {
    400: texts.HTTP_STATUS[400][0],
    404: texts.UNKNOWN,
    413: texts.HTTP_STATUS[413][0],
    422: texts.REFUSED,
    429: texts.HTTP_STATUS[429][0],
    500: texts.INCIDENT,
    503: texts.NOT_READY,
    504: texts.TOO_LONG,
}
_WHEN_TO_COME_BACK = {429, 503}
_METHODS = {"get", "post", "put", "patch", "delete"}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare that a route can answer with these statuses, each with a problem document."""
    return {status: {"model": Problem, **_about(status)} for status in statuses}


def openai_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare that a route can answer with these statuses, each with an error in OpenAI's form."""
    # What FastAPI would declare as 422 is sent as 400: see `describe`.
    return {status: {"model": ErrorResponse, **_about(status)} for status in (*statuses, 422)}


def _about(status: int) -> dict[str, Any]:
    about: dict[str, Any] = {"description": _MEANINGS[status]}
    if status in _WHEN_TO_COME_BACK:
        about["headers"] = {
            "Retry-After": {"description": texts.RETRY_AFTER, "schema": {"type": "integer", "minimum": 1}}
        }
    return about


def eligibility_description(questions: Mapping[str, str]) -> str:
    """Describe the route of eligibility, with every fact that a request may give and what it means."""
    return texts.ELIGIBILITY_DESCRIPTION.format(
        topics=", ".join(f"`{topic}` ({label})" for topic, label in TOPIC_LABELS.items()),
        facts="\n".join(f"- `{key}`\u00a0: {question}" for key, question in sorted(questions.items())),
    )


def describe(app: FastAPI, facts: Mapping[str, str]) -> None:
    """Make ``app`` publish its problems under their own media type, and the ``facts`` that it knows."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = _with_media_type(generate())
            schema["paths"]["/api/eligibility"]["post"]["description"] = eligibility_description(facts)
            given = schema["components"]["schemas"]["EligibilityRequest"]["properties"]["facts"]
            given["propertyNames"] = {"enum": sorted({*VALUE_KEYS, *facts})}
            app.openapi_schema = schema
        return app.openapi_schema

    # FastAPI documents assigning to `openapi` as the way to extend the schema.
    app.openapi = openapi  # type: ignore[method-assign]


def _with_media_type(schema: dict[str, Any]) -> dict[str, Any]:
    for address, path in schema["paths"].items():
        for method, operation in path.items():
            if method not in _METHODS:
                continue
            if is_openai(address):
                operation["responses"].pop("422", None)
            else:
                for status, response in operation["responses"].items():
                    _rename_content(status, response)
    return schema


def _rename_content(status: str, response: dict[str, Any]) -> None:
    content = response.get("content", {})
    if int(status) >= 400 and "application/json" in content:
        content[MEDIA_TYPE] = content.pop("application/json")
