"""What every request goes through before its route, and every response after it, in order."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.body_limit import BodyLimit
from assistant.cross_origin import allow_origins
from assistant.headers import SecurityHeaders
from assistant.metrics import Metrics
from assistant.request_count import RequestCount
from assistant.request_limit import RequestLimit
from assistant.settings import AssistantSettings


def install_middlewares(app: FastAPI, settings: AssistantSettings, metrics: Metrics) -> None:
    """Guard ``app``; each one goes around those before it, so that a refusal is counted and readable too."""
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    if settings.requests_per_minute:
        app.add_middleware(
            RequestLimit,
            per_minute=settings.requests_per_minute,
            client_header=settings.client_header,
        )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestCount, metrics=metrics)
    allow_origins(app, settings.allowed_origins)
