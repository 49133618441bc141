"""Settings of ingestion and of the index, read once at the edge from ``ASSISTANT_*`` variables."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class IndexSettings(BaseSettings):
    """Where the index is and which encoder fills it."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    index_dir: Path = Field(default=Path("var/index"), description="Folder of the index")
    collection: str = Field(
        default="dispositifs", pattern=r"^[a-z0-9][a-z0-9_-]{2,40}$", description="Name of the collection"
    )
    encoder: str = Field(
        default="default",
        description="`default` (the encoder shipped here), a folder, or a name of sentence-transformers",
    )
    vector_cache: Path | None = Field(
        default=None,
        description="Folder of the vectors already computed; by default `vectors` beside the index",
    )
    web_private: bool = Field(
        default=False,
        description="Whether pages of a private network, as an intranet, may be ingested",
    )
    encoder_query_prefix: str | None = Field(
        default=None, description="Text put before a question; by default what the model asks for"
    )
    encoder_passage_prefix: str | None = Field(
        default=None, description="Text put before a passage; by default what the model asks for"
    )
