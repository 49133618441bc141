"""Settings of the assistant, read once at the edge from ``ASSISTANT_*`` variables and ``.env``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from ingest.settings import IndexSettings


class AssistantSettings(IndexSettings):
    """Everything that can be set: where the index is, which encoder, how to serve."""

    host: str = Field(default="127.0.0.1", description="Address the server listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the server; 0 takes a free one")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much the server logs"
    )

    llm: Path | None = Field(
        default=None, description="A language model on this machine: a GGUF file (extra `local-llm`)"
    )
    llm_base_url: str | None = Field(
        default=None, description="A language model elsewhere: address of an OpenAI-compatible server"
    )
    llm_model: str | None = Field(default=None, description="Its id or alias, as `/v1/models` lists it")
    llm_api_key: SecretStr | None = Field(default=None, description="Its key; never logged, never shown")
    llm_timeout_s: float = Field(
        default=60.0, gt=0, description="Most seconds that the model has for one reply"
    )
    llm_max_tokens: int = Field(default=400, ge=16, description="Most tokens that it writes")
    llm_first_token_s: float | None = Field(
        default=None, gt=0, description="Most seconds before its first token; by default 20, 90 for a file"
    )
    llm_token_s: float = Field(default=10.0, gt=0, description="Most seconds between two of its tokens")
    llm_prompt_tokens: int | None = Field(
        default=None, ge=300, description="Most tokens that it reads; by default 1500, 600 for a file"
    )

    @property
    def first_token_s(self) -> float:
        """Most seconds before the first token."""
        return self.llm_first_token_s or (90.0 if self.llm else 20.0)

    @property
    def prompt_tokens(self) -> int:
        """Most tokens of a prompt."""
        return self.llm_prompt_tokens or (600 if self.llm else 1500)
