"""The connection to a language model behind an OpenAI-compatible address: the one file that knows one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import httpx
from pydantic import SecretStr

from assistant.errors import ModelError, ModelNotOffered

log = logging.getLogger(__name__)
# More characters than any token budget writes: a server that ignores the budget is cut there.
_CHARS_A_TOKEN = 8
_NO_KEY = "none"
# Servers that say what their models are for (Albert, OpenGateLLM) also list encoders and rerankers.
_CHAT_TYPES = ("text-generation", "image-text-to-text")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a model may take and how much it may write.

    Attributes:
        first_token_s: most seconds before the first token.
        token_s: most seconds between two tokens.
        total_s: most seconds in all.
        max_tokens: most tokens written.
    """

    first_token_s: float
    token_s: float
    total_s: float
    max_tokens: int


class LanguageModel(Protocol):
    """Something that continues a prompt."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def stream(self, system: str, user: str, within_s: float | None = None) -> Generator[str]:
        """Give the text as it comes.

        Args:
            system: the rules.
            user: the question and its passages.
            within_s: most seconds in all, when less than the model is given.

        Raises:
            ModelError: the model fails, stalls or writes without end.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelUse:
    """A model and what it's used for.

    Attributes:
        model: the model.
        prompt_tokens: most tokens that it reads.
        rewrites: whether it also says in full the follow-ups that the rules don't understand.
    """

    model: LanguageModel
    prompt_tokens: int
    rewrites: bool = False


class ChatModel:
    """A chat model, through LangChain; nothing is asked of it before the first reply."""

    def __init__(self, base_url: str, model: str | None, key: SecretStr | None, limits: Limits) -> None:
        """Keep the address.

        Args:
            base_url: address of the server, with or without ``/v1``.
            model: id or alias; None for the only model that the server offers.
            key: sent as a bearer token; never logged.
            limits: how long it may take.

        Raises:
            ModelError: the extra that talks to models isn't installed.
        """
        try:
            # Takes seconds, so that it's done before the first reply, and only where a model is set.
            from langchain_openai.chat_models.base import BaseChatOpenAI
        except ImportError:
            raise ModelError("l’extra « llm » n’est pas installé") from None
        self._chat_class = BaseChatOpenAI
        self._base_url = with_version(base_url)
        self._asked = model
        self._key = key
        self._limits = limits
        self._id: str | None = None

    @property
    def name(self) -> str:
        """The model's id, once known; before that what was asked for."""
        return self._id or self._asked or "llm"

    def offered(self) -> dict[str, str]:
        """The chat models that the server offers: each id and alias with its id.

        Raises:
            ModelError: the server doesn't answer, refuses the key or answers something else.
        """
        headers = {"Authorization": f"Bearer {self._key.get_secret_value()}"} if self._key else {}
        try:
            answer = httpx.get(
                f"{self._base_url}/models", headers=headers, timeout=min(10.0, self._limits.first_token_s)
            )
            answer.raise_for_status()
            entries = answer.json()["data"]
            return {
                str(name): str(entry["id"])
                for entry in entries
                if entry.get("type", _CHAT_TYPES[0]) in _CHAT_TYPES
                for name in (entry["id"], *_aliases(entry))
            }
        except httpx.HTTPStatusError as error:
            raise ModelError(_refusal(error.response.status_code), _retry_after(error.response)) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise ModelError("son serveur ne répond pas") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ModelError("son serveur ne donne pas la liste de ses modèles") from None

    def resolve(self) -> str:
        """Settle the model's id from what the server offers.

        Raises:
            ModelNotOffered: the server doesn't offer what is asked for.
            ModelError: the server can't be asked.
        """
        if self._id is None:
            offered = self.offered()
            ids = list(dict.fromkeys(offered.values()))
            if self._asked is None and len(ids) == 1:
                self._id = ids[0]
            elif self._asked in offered:
                self._id = offered[str(self._asked)]
            else:
                raise ModelNotOffered(self._asked, ids)
        return self._id

    def stream(self, system: str, user: str, within_s: float | None = None) -> Generator[str]:
        """Give the text as it comes; see :class:`LanguageModel`."""
        total = min(self._limits.total_s, within_s if within_s is not None else self._limits.total_s)
        until = time.monotonic() + total
        pieces: SimpleQueue[str | Exception | None] = SimpleQueue()
        stopped = threading.Event()
        client = httpx.Client(timeout=total)
        threading.Thread(
            target=self._read, args=(system, user, client, pieces, stopped), daemon=True, name="llm"
        ).start()
        wait, written = self._limits.first_token_s, 0
        try:
            while True:
                left = until - time.monotonic()
                try:
                    piece = pieces.get(timeout=max(0.0, min(wait, left)))
                except Empty:
                    raise ModelError("il met trop de temps à répondre") from None
                if isinstance(piece, Exception):
                    raise piece
                if piece is None:
                    return
                wait, written = self._limits.token_s, written + len(piece)
                if written > self._limits.max_tokens * _CHARS_A_TOKEN:
                    raise ModelError("il écrit sans s’arrêter")
                yield piece
        finally:
            stopped.set()
            with suppress(Exception):
                client.close()

    def _read(
        self,
        system: str,
        user: str,
        client: httpx.Client,
        pieces: SimpleQueue[str | Exception | None],
        stopped: threading.Event,
    ) -> None:
        """Read the stream in a thread of its own, so that silence can't hold the reply back."""
        try:
            ends = False
            for chunk in self._chat(client).stream([("system", system), ("human", user)]):
                if stopped.is_set():
                    return
                if chunk.text:
                    pieces.put(str(chunk.text))
                ends = ends or bool(chunk.response_metadata.get("finish_reason"))
            pieces.put(None if ends else ModelError("sa réponse s’est interrompue"))
        except ModelError as error:
            pieces.put(error)
        except Exception as error:  # noqa: BLE001 - whatever the server sends must end in a reply
            status = getattr(error, "status_code", None)
            if isinstance(status, int):
                pieces.put(ModelError(_refusal(status), _retry_after(getattr(error, "response", None))))
            else:
                pieces.put(ModelError("sa réponse est illisible"))

    def _chat(self, client: httpx.Client) -> Any:
        return self._chat_class(
            model=self.resolve(),
            base_url=self._base_url,
            api_key=self._key or SecretStr(_NO_KEY),
            temperature=0,
            max_tokens=self._limits.max_tokens,
            timeout=self._limits.total_s,
            max_retries=0,
            stream_usage=False,
            http_client=client,
        )


def with_version(base_url: str) -> str:
    """Complete an address with ``/v1`` when it names no version."""
    base = base_url.rstrip("/")
    return base if base.rsplit("/", 1)[-1].startswith("v") and base[-1].isdigit() else f"{base}/v1"


def _aliases(entry: dict[str, Any]) -> list[str]:
    return [str(alias) for alias in entry.get("aliases") or ()]


def _refusal(status: int) -> str:
    known = {
        401: "son serveur refuse la clé (ASSISTANT_LLM_API_KEY)",
        403: "son serveur refuse la clé (ASSISTANT_LLM_API_KEY)",
        404: "son adresse ou son nom est inconnu du serveur",
        429: "son serveur reçoit trop de demandes",
    }
    return known.get(status, f"son serveur répond par l’erreur {status}")


def _retry_after(response: httpx.Response | None) -> float | None:
    """Seconds for which a server asks to be left alone, when it says so in seconds."""
    said = "" if response is None else response.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else None
