"""Settings of the assistant, read once at the edge from ``ASSISTANT_*`` variables and ``.env``."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from assistant.errors import ShortBoardToken
from ingest.settings import IndexSettings

ANY_ORIGIN = "*"
MIN_BOARD_TOKEN = 16
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?")
_PREFIX = re.compile(r"[A-Za-z0-9_~\-][A-Za-z0-9._~\-]*+(?:/[A-Za-z0-9_~\-][A-Za-z0-9._~\-]*+)*+")
# "openai:gpt-4o-mini", "ollama:qwen2.5:7b": no path has such a beginning, and no GGUF file such an end.
_PROVIDED = re.compile(r"[a-z][a-z0-9_]+:(?!//)[^\s\\]+(?<!\.gguf)")
_STORES = {"redis", "rediss"}
# A proxy that takes such a prefix off leaves addresses that can't be told from those it hasn't touched.
_OWN_ADDRESSES = {"api", "v1", "gradio_api", "assets", "static", "svelte"}


class AssistantSettings(IndexSettings):
    """Everything that can be set: where the index is, which encoder, how to serve."""

    reranker: str | None = Field(
        default=None,
        description="Cross-encoder that reorders the 30 best passages: sentence-transformers name or folder; "
        "none by default",
    )
    host: str = Field(default="127.0.0.1", description="Address the server listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the server; 0 takes a free one")
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that serve, each with its own encoder; as many replies are worked on at once",
    )
    root_path: str = Field(
        default="",
        description="Prefix under which your reverse proxy publishes the server, as /aides, whether it "
        "leaves it or takes it off; none by default",
    )
    public_url: str = Field(
        default="",
        description="Whole address under which the site is published, as https://aides.example.fr/aides: the "
        "canonical one of its pages; by default what each request says",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="How much the server logs"
    )
    traces_url: str | None = Field(
        default=None,
        description="Collector of OpenTelemetry that the trace of each reply is sent to, OTLP over gRPC, as "
        "http://127.0.0.1:4317 (extra `traces`); none by default",
    )
    legal_file: Path | None = Field(
        default=None, description="Markdown file of the legal page; a model to fill in by default"
    )
    identity_file: Path | None = Field(
        default=None,
        description="YAML file of what a Region makes its own on the pages (name, colours, logo, contact, "
        "guide, legal page); ours by default",
    )
    cors_origins: str = Field(
        default="",
        description="Origins whose pages may call the API, separated by commas; `*` for all, none by default",
    )
    log_questions: bool = Field(
        default=False,
        description="Whether the text of each question is logged; with a board, those left without an answer "
        "are kept too",
    )
    feedback_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the feedback; by default feedback.sqlite beside the index folder",
    )
    feedback_days: int = Field(default=365, ge=1, le=3650, description="Days that a feedback is kept")
    feedback_texts: bool = Field(
        default=False, description="Whether the comment and the question of a feedback are kept"
    )

    board_token: SecretStr | None = Field(
        default=None,
        description="Token that opens the officer's board at /tableau-de-bord, of 16 characters at least; "
        "without it there is no board",
    )
    board_days: int = Field(default=365, ge=90, le=3650, description="Days that the board's counts are kept")

    requests_per_minute: int = Field(
        default=3000, ge=0, description="Requests that a client may send in a minute; 0 for no limit"
    )
    limits_store: SecretStr | None = Field(
        default=None,
        description="Redis server where the requests of a minute are counted for all processes and "
        "instances, as redis://127.0.0.1:6379 (extra `redis`); by default each process counts its own",
    )
    client_header: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9-]*$",
        description="Header where your reverse proxy gives the client's address, as X-Forwarded-For; "
        "leave empty without a proxy: anyone can write it",
    )
    proxies: str = Field(
        default="",
        description="Addresses or networks of your reverse proxy, separated by commas, as 10.0.0.0/24: its "
        "headers are believed from there alone; by default from whoever connects",
    )
    max_body_bytes: int = Field(default=1_000_000, ge=1000, description="Largest body of a request, in bytes")
    questions_at_once: int = Field(
        default=200,
        ge=1,
        description="Questions worked on or waiting at once; beyond, one is told at once to come back",
    )
    reply_seconds: float = Field(
        default=30, gt=0, le=600, description="Seconds that a reply may take, the wait for its turn included"
    )

    llm: str | None = Field(
        default=None,
        description="A language model: provider:model as LangChain names them (extra `llm`, and the "
        "provider's package), or a GGUF file on this machine (extra `local-llm`)",
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
    llm_rewrite: bool = Field(
        default=False,
        description="Whether it also says in full the follow-ups that the rules don't understand",
    )
    llm_prompt_tokens: int | None = Field(
        default=None, ge=300, description="Most tokens that it reads; by default 3000, 600 for a file"
    )
    llm_read: bool = Field(
        default=False, description="Whether it also reads what a message asks, states and is about"
    )
    llm_read_s: float = Field(default=15.0, gt=0, description="Most seconds that it has to read")
    llm_choose: bool | None = Field(
        default=None,
        description="Whether it chooses which sentences answer; by default yes, no for a file",
    )
    llm_choose_s: float = Field(default=15.0, gt=0, description="Most seconds that it has to choose")
    llm_wording: bool | None = Field(
        default=None, description="Whether it words the answers; by default no, yes for a file"
    )
    llm_structured: Literal["json_schema", "function_calling", "json_mode"] = Field(
        default="json_schema", description="How it's made to answer in form; `assistant doctor` tries each"
    )

    @field_validator("cors_origins")
    @classmethod
    def _are_origins(cls, text: str) -> str:
        origins = _split(text)
        if wrong := [origin for origin in origins if origin != ANY_ORIGIN and not _ORIGIN.fullmatch(origin)]:
            raise ValueError(f"{wrong[0]} is no origin like https://www.example.fr")
        return text

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, text: str) -> str:
        for network in _split(text):
            ip_network(network)  # whose error is a ValueError
        return text

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, text: str) -> str:
        address = text.strip().removesuffix("/")
        origin = _ORIGIN.match(address)
        rest = address[origin.end() :] if origin else ""
        if address and (origin is None or (rest and not (rest[0] == "/" and _PREFIX.fullmatch(rest[1:])))):
            raise ValueError(f"{text} is no address like https://aides.example.fr/aides")
        return address

    @field_validator("traces_url")
    @classmethod
    def _is_collector(cls, url: str | None) -> str | None:
        text = (url or "").strip()
        if text and not _ORIGIN.fullmatch(text.removesuffix("/")):
            raise ValueError(f"{text} is no address like http://127.0.0.1:4317")
        return text or None

    @field_validator("limits_store")
    @classmethod
    def _is_redis(cls, url: SecretStr | None) -> SecretStr | None:
        text = url.get_secret_value().strip() if url else ""
        if not text:
            return None
        parts = urlsplit(text)  # whose port raises a ValueError when it's none
        if parts.scheme not in _STORES or not parts.hostname or parts.port == 0:
            raise ValueError("no address like redis://127.0.0.1:6379")
        return SecretStr(text)

    @field_validator("root_path")
    @classmethod
    def _is_prefix(cls, text: str) -> str:
        prefix = text.strip().removeprefix("/").removesuffix("/")
        if prefix and (prefix in _OWN_ADDRESSES or not _PREFIX.fullmatch(prefix)):
            raise ValueError(f"{text} is no prefix like /aides")
        return f"/{prefix}" if prefix else ""

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """The origins of ``cors_origins``, one by one."""
        return _split(self.cors_origins)

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks of ``proxies``, one by one."""
        return tuple(ip_network(network) for network in _split(self.proxies))

    @property
    def feedback_address(self) -> str:
        """The SQLAlchemy URL of the feedback: the one set, else a SQLite file beside the index folder."""
        if self.feedback_url is not None:
            return self.feedback_url.get_secret_value()
        return f"sqlite:///{self.index_dir.parent / 'feedback.sqlite'}"

    @property
    def board_secret(self) -> str | None:
        """The token of the board; None when there is no board.

        Raises:
            ShortBoardToken: it's too short.
        """
        token = self.board_token.get_secret_value().strip() if self.board_token else ""
        if 0 < len(token) < MIN_BOARD_TOKEN:
            raise ShortBoardToken(MIN_BOARD_TOKEN)
        return token or None

    @property
    def board_file(self) -> Path:
        """The file of the board's counts, beside the index folder as the feedback is."""
        return self.index_dir.parent / "board.sqlite"

    @property
    def first_token_s(self) -> float:
        """Most seconds before the first token."""
        return self.llm_first_token_s or (90.0 if self.llm_file else 20.0)

    @property
    def prompt_tokens(self) -> int:
        """Most tokens of a prompt."""
        return self.llm_prompt_tokens or (600 if self.llm_file else 3000)

    @property
    def llm_file(self) -> Path | None:
        """The GGUF file that ``llm`` names; None for a provider's model, or beside an address."""
        if not self.llm or self.llm_base_url or _PROVIDED.fullmatch(self.llm):
            return None
        return Path(self.llm)

    @property
    def has_model(self) -> bool:
        """Whether a language model is set."""
        return bool(self.llm or self.llm_base_url)

    @property
    def llm_chooses(self) -> bool:
        """Whether a model that is set chooses: a small one on this machine doesn't, unless it's told to."""
        return self.llm_file is None if self.llm_choose is None else self.llm_choose

    @property
    def llm_words(self) -> bool:
        """Whether a model that is set words the answers."""
        return self.llm_file is not None if self.llm_wording is None else self.llm_wording

    @property
    def patience_s(self) -> float:
        """Most seconds that a whole reply takes: the computed one, then what a model does with it."""
        return self.reply_seconds + (self.llm_timeout_s if self.has_model else 0)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


DEFAULTS = AssistantSettings.model_construct()
"""The default of every setting: neither variables nor ``.env`` are read."""
