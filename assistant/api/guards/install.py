"""What every request goes through before its route, and every response after it, in order."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.api.guards.body_limit import BodyLimit
from assistant.api.guards.compression import Compression
from assistant.api.guards.cross_origin import allow_origins
from assistant.api.guards.head import HeadAsGet
from assistant.api.guards.headers import SecurityHeaders
from assistant.api.guards.named_proxy import NamedProxy
from assistant.api.guards.page_routes import PageRoutes
from assistant.api.guards.prefix import Prefix
from assistant.api.guards.request_counts import RequestCounts
from assistant.api.guards.request_limit import RequestLimit
from assistant.api.guards.request_number import RequestCount
from assistant.api.guards.slow_body import SlowBody
from assistant.api.metrics import Metrics
from assistant.settings import AssistantSettings


def install_middlewares(app: FastAPI, settings: AssistantSettings, metrics: Metrics) -> None:
    """Guard ``app``; each one goes around those before it, so that a refusal is counted and readable too."""
    app.add_middleware(SlowBody)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(PageRoutes)
    if settings.requests_per_minute:
        store = settings.limits_store.get_secret_value() if settings.limits_store else None
        counts = RequestCounts(settings.requests_per_minute, store)
        app.add_middleware(RequestLimit, counts=counts, client_header=settings.client_header)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Compression)
    app.add_middleware(HeadAsGet)
    app.add_middleware(RequestCount, metrics=metrics)
    allow_origins(app, settings.allowed_origins)
    if settings.root_path:
        app.add_middleware(Prefix, prefix=settings.root_path)
    if networks := settings.proxy_networks:
        app.add_middleware(NamedProxy, networks=networks, client_header=settings.client_header)
