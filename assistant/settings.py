"""Settings of the assistant, read once at the edge from ``ASSISTANT_*`` variables and ``.env``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator

from ingest.settings import IndexSettings

ANY_ORIGIN = "*"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?")


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
    legal_file: Path | None = Field(
        default=None, description="Markdown file of the legal page; a model to fill in by default"
    )
    cors_origins: str = Field(
        default="",
        description="Origins whose pages may call the API, separated by commas; `*` for all, none by default",
    )
    log_questions: bool = Field(default=False, description="Whether the text of each question is logged")
    feedback_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the feedback; by default feedback.sqlite beside the index folder",
    )
    feedback_days: int = Field(default=365, ge=1, le=3650, description="Days that a feedback is kept")
    feedback_texts: bool = Field(
        default=False, description="Whether the comment and the question of a feedback are kept"
    )

    requests_per_minute: int = Field(
        default=3000, ge=0, description="Requests that a client may send in a minute; 0 for no limit"
    )
    client_header: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9-]*$",
        description="Header where your reverse proxy gives the client's address, as X-Forwarded-For; "
        "leave empty without a proxy: anyone can write it",
    )
    max_body_bytes: int = Field(default=1_000_000, ge=1000, description="Largest body of a request, in bytes")
    reply_seconds: float = Field(
        default=30, gt=0, le=600, description="Seconds that a reply may take, the wait for its turn included"
    )

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, text: str) -> str:
        origins = _split(text)
        if wrong := [origin for origin in origins if origin != ANY_ORIGIN and not _ORIGIN.fullmatch(origin)]:
            raise ValueError(f"{wrong[0]} is no origin like https://www.example.fr")
        return text

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of ``cors_origins``, one by one."""
        return _split(self.cors_origins)

    @property
    def feedback_address(self) -> str:
        """The SQLAlchemy URL of the feedback: the one set, else a SQLite file beside the index folder."""
        if self.feedback_url is not None:
            return self.feedback_url.get_secret_value()
        return f"sqlite:///{self.index_dir.parent / 'feedback.sqlite'}"


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


DEFAULTS = AssistantSettings.model_construct()
"""The default of every setting: neither variables nor ``.env`` are read."""
