"""Settings of ingestion and of the index, read once at the edge from ``ASSISTANT_*`` variables."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.server_address import ServerAddress
from ingest.web.feeds.raw import AIDES_API

_PORTS = {"http": 80, "https": 443}


class IndexSettings(BaseSettings):
    """Where the index is and which encoder fills it."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", env_file=".env", extra="ignore", frozen=True)

    index_dir: Path = Field(default=Path("var/index"), description="Folder of the index")
    collection: str = Field(
        default="dispositifs", pattern=r"^[a-z0-9][a-z0-9_-]{2,40}$", description="Name of the collection"
    )
    chroma_url: str = Field(
        default="",
        description="Address of a Chroma server that holds the index, as http://127.0.0.1:8000 or "
        "https://chroma.example.fr; by default the index is in its folder",
    )
    chroma_tenant: str = Field(default="default_tenant", min_length=1, description="Tenant on that server")
    chroma_database: str = Field(
        default="default_database", min_length=1, description="Database of that tenant"
    )
    chroma_token: SecretStr | None = Field(
        default=None, description="Token sent to that server as a bearer; never logged, never shown"
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
    aides_territoires_token: SecretStr | None = Field(
        default=None,
        description="Key to the API of Aides-territoires, which `ingest --feed` reads; never logged, "
        "never shown",
    )
    aides_territoires_url: str = Field(default=AIDES_API, description="Address of that API")
    encoder_query_prefix: str | None = Field(
        default=None, description="Text put before a question; by default what the model asks for"
    )
    encoder_passage_prefix: str | None = Field(
        default=None, description="Text put before a passage; by default what the model asks for"
    )

    @field_validator("chroma_url")
    @classmethod
    def _is_server(cls, text: str) -> str:
        address = text.strip().removesuffix("/")
        if not address:
            return ""
        parts = urlsplit(address)  # whose port raises a ValueError when it's none
        bare = (parts.path, parts.query, parts.fragment, parts.username) == ("", "", "", None)
        if parts.scheme not in _PORTS or not parts.hostname or parts.port == 0 or not bare:
            raise ValueError(f"{text} is no address like http://127.0.0.1:8000")
        return address

    @property
    def chroma_server(self) -> ServerAddress | None:
        """The Chroma server that holds the index; None when it's in its folder."""
        if not self.chroma_url:
            return None
        parts = urlsplit(self.chroma_url)
        return ServerAddress(
            host=parts.hostname or "",
            port=parts.port or _PORTS[parts.scheme],
            tls=parts.scheme == "https",
            tenant=self.chroma_tenant,
            database=self.chroma_database,
            token=self.chroma_token.get_secret_value() if self.chroma_token else None,
        )
