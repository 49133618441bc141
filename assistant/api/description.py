"""The OpenAPI document: problem documents declared where they can come, and nothing of the chat page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI

from assistant.api import texts
from assistant.api.openai_errors import is_openai
from assistant.api.problems import MEDIA_TYPE
from assistant.eligibility.service import VALUE_KEYS
from corpus.labels import TOPIC_LABELS

_METHODS = {"get", "post", "put", "patch", "delete"}


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
