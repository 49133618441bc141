"""Which pages of other sites may call the API from a browser (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

_ONE_DAY = 86_400


def allow_origins(app: FastAPI, origins: Sequence[str]) -> None:
    """Let the pages of ``origins`` read the answers of ``app``, without cookies; ``*`` lets all in."""
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type"),
            expose_headers=("Retry-After", "X-Request-ID"),
            max_age=_ONE_DAY,
        )
