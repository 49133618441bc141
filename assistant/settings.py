"""Settings of the assistant, read once at the edge from ``ASSISTANT_*`` variables and ``.env``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ingest.settings import IndexSettings


class AssistantSettings(IndexSettings):
    """Everything that can be set: where the index is, which encoder, how to serve."""

    reranker: str | None = Field(
        default=None,
        description="Cross-encoder that reorders the 30 best passages: sentence-transformers name or folder; "
        "none by default",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the server; 0 takes a free one")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much the server logs"
    )
