"""Calls to a chat model of LangChain, each in a thread of its own: none takes longer than it may.

Whatever a model or its server does ends here in what was asked for, or in one error in French.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Literal, Protocol, TypeVar

import httpx
from pydantic import BaseModel

from assistant.errors import ModelError

# More characters than any token budget writes: a server that ignores the budget is cut there.
_CHARS_A_TOKEN = 8
# What says that an answer is whole, by provider.
_END = ("finish_reason", "stop_reason", "done_reason")
_TOO_LATE = "il met trop de temps à répondre"

Method = Literal["json_schema", "function_calling", "json_mode"]
"""How a model is made to fill a shape: the ways that LangChain names."""
Shape = TypeVar("Shape", bound=BaseModel)


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


class FillsShapes(Protocol):
    """Something that answers a prompt by filling a shape."""

    @property
    def name(self) -> str: ...  # noqa: D102

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Fill a shape.

        Args:
            shape: what to fill; its fields say what each holds.
            system: the rules.
            user: the question and its passages.
            within_s: most seconds in all.

        Raises:
            ModelError: the model fails, refuses, is late, or answers something else.
        """
        ...


class CalledModel(ABC):
    """A chat model that is called under limits; who makes it says how it's reached."""

    def __init__(self, limits: Limits, method: Method = "json_schema") -> None:
        """Call under ``limits``; shapes are filled by ``method``."""
        self._limits = limits
        self._method = method

    @property
    @abstractmethod
    def name(self) -> str:
        """The model's name."""

    @abstractmethod
    def resolve(self) -> str:
        """Settle the model's name, or say why it can't be used.

        Raises:
            ModelError: it can't be used.
        """

    @abstractmethod
    def _client(self, seconds: float) -> httpx.Client | None:
        """A client for one call, closed when it ends; None for a model that brings its own."""

    @abstractmethod
    def _chat(self, client: httpx.Client | None) -> Any:
        """The chat model of LangChain, made in the thread of the call."""

    def by(self, method: Method) -> CalledModel:
        """The same model, shapes filled by another method."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._method = method
        return other

    def stream(self, system: str, user: str, within_s: float | None = None) -> Generator[str]:
        """Give the text as it comes; see :class:`LanguageModel`."""
        total = min(self._limits.total_s, within_s if within_s is not None else self._limits.total_s)
        until = time.monotonic() + total
        pieces: SimpleQueue[str | Exception | None] = SimpleQueue()
        stopped = threading.Event()
        client = self._client(total)
        _start(lambda: self._read(system, user, client, pieces, stopped))
        wait, written = self._limits.first_token_s, 0
        try:
            while True:
                left = until - time.monotonic()
                try:
                    piece = pieces.get(timeout=max(0.0, min(wait, left)))
                except Empty:
                    raise ModelError(_TOO_LATE, cause="late") from None
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
            _close(client)

    def fill(self, shape: type[Shape], system: str, user: str, within_s: float) -> Shape:
        """Fill a shape; see :class:`FillsShapes`."""
        total = min(self._limits.total_s, within_s)
        filled: SimpleQueue[Shape | ModelError] = SimpleQueue()
        client = self._client(total)
        _start(lambda: filled.put(self._filled(shape, system, user, client)))
        try:
            found = filled.get(timeout=total)
        except Empty:
            raise ModelError(_TOO_LATE, cause="late") from None
        finally:
            _close(client)
        if isinstance(found, ModelError):
            raise found
        return found

    def _filled(
        self, shape: type[Shape], system: str, user: str, client: httpx.Client | None
    ) -> Shape | ModelError:
        """The shape filled, or why it isn't; nothing that a server sends is raised."""
        try:
            filling = self._chat(client).with_structured_output(shape, method=self._method, include_raw=True)
            told = filling.invoke([("system", system), ("human", user)])
            if isinstance(told.get("parsed"), shape):
                return told["parsed"]  # type: ignore[no-any-return]
            refused = getattr(told.get("raw"), "additional_kwargs", {}).get("refusal")
            if refused:
                return ModelError("il refuse de répondre", cause="refused")
            return ModelError("sa réponse n’a pas la forme demandée")
        except Exception as error:  # noqa: BLE001 - whatever the server sends must end in a reply
            return _said(error)

    def _read(
        self,
        system: str,
        user: str,
        client: httpx.Client | None,
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
                ends = ends or any(chunk.response_metadata.get(name) for name in _END)
            pieces.put(None if ends else ModelError("sa réponse s’est interrompue"))
        except Exception as error:  # noqa: BLE001 - whatever the server sends must end in a reply
            pieces.put(_said(error))


def refusal(status: int) -> str:
    """What a status of HTTP says of the model."""
    known = {
        401: "son serveur refuse la clé (ASSISTANT_LLM_API_KEY)",
        403: "son serveur refuse la clé (ASSISTANT_LLM_API_KEY)",
        404: "son adresse ou son nom est inconnu du serveur",
        429: "son serveur reçoit trop de demandes",
    }
    return known.get(status, f"son serveur répond par l’erreur {status}")


def retry_after(response: httpx.Response | None) -> float | None:
    """Seconds for which a server asks to be left alone, when it says so in seconds."""
    said = "" if response is None else response.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else None


def _said(error: Exception) -> ModelError:
    """What went wrong, in French."""
    if isinstance(error, ModelError):
        return error
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", getattr(response, "status_code", None))
    if isinstance(status, int) and status >= httpx.codes.BAD_REQUEST:
        return ModelError(refusal(status), retry_after(response), "refused")
    # The packages of the providers have errors of their own, raised from those of the connection.
    reason = error if isinstance(error, httpx.TransportError) else error.__cause__
    if isinstance(reason, (httpx.ConnectError, httpx.ConnectTimeout)):
        return ModelError("son serveur ne répond pas", cause="unreachable")
    if isinstance(reason, httpx.TimeoutException):
        return ModelError(_TOO_LATE, cause="late")
    return ModelError("sa réponse est illisible")


def _start(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True, name="llm").start()


def _close(client: httpx.Client | None) -> None:
    with suppress(Exception):
        if client is not None:
            client.close()
