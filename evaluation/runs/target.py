"""What is measured: an engine in this process, or a server over HTTP; both answer and search."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, NoReturn, Protocol, Self, TypeVar

import httpx
from pydantic import ValidationError

from assistant.answering.interface import AnswerEngine
from assistant.errors import AssistantError
from assistant.reply import ChatRequest, Reply, SearchHit, SearchResponse
from evaluation.errors import TargetGone, field_in_french
from ingest.errors import IngestError

log = logging.getLogger(__name__)
_MORE_TRIES, _LONGEST_WAIT_S = 3, 60

Got = TypeVar("Got")


class Target(Protocol):
    """Something that answers; both methods are called from several threads."""

    def reply(self, request: ChatRequest) -> Reply:
        """Answer a request.

        Raises:
            TargetGone: nothing answers any more.
            CaseFailed: this request failed.
        """
        ...

    def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
        """Find the ``k`` best passages; same errors as ``reply``."""
        ...


class CaseFailed(Exception):
    """One request got an error instead of a reply; the others go on."""


class InProcess:
    """An engine of this process."""

    name = "in process"

    def __init__(self, engine: AnswerEngine) -> None:
        """Measure ``engine``."""
        self._engine = engine

    def reply(self, request: ChatRequest) -> Reply:
        """Answer a request; an error of the index isn't one case's, so it's left to rise."""
        return _one_of_many(lambda: self._engine.reply(request))

    def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
        """Find the best passages; same errors as ``reply``."""
        return _one_of_many(lambda: self._engine.search(query, k))


def _one_of_many(ask: Callable[[], Got]) -> Got:
    """Ask the engine; what it didn't foresee is a failure of this question, as a server's 500 is."""
    try:
        return ask()
    except (AssistantError, IngestError):
        raise
    except Exception as error:
        log.exception("the engine failed on one question")
        raise CaseFailed(f"erreur imprévue du moteur ({type(error).__name__})") from error


class OverHttp:
    """A server that speaks the HTTP contract."""

    def __init__(self, url: str, timeout_s: float = 60.0) -> None:
        """Measure the server at ``url`` (``http://host:port``)."""
        self.name = url.rstrip("/")
        self._client = httpx.Client(base_url=self.name, timeout=timeout_s)

    def __enter__(self) -> Self:
        """Keep the connections until the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._client.close()

    def reply(self, request: ChatRequest) -> Reply:
        """Post a request to ``/api/chat``."""
        response = self._send("POST", "/api/chat", json=request.model_dump(mode="json"))
        try:
            return Reply.model_validate_json(response.content)
        except ValidationError as error:
            _refuse("réponse", error)

    def search(self, query: str, k: int) -> tuple[SearchHit, ...]:
        """Get ``/api/search``."""
        response = self._send("GET", "/api/search", params={"q": query, "k": k})
        try:
            return SearchResponse.model_validate_json(response.content).hits
        except ValidationError as error:
            _refuse("recherche", error)

    def _send(self, method: str, path: str, **content: object) -> httpx.Response:
        try:
            response = self._patiently(method, path, **content)
        except (httpx.ConnectError, httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
            raise TargetGone(
                f"« {self.name} » ne répond plus ({type(error).__name__}). "
                "Relancez le serveur, puis la mesure."
            ) from error
        except httpx.HTTPError as error:
            raise CaseFailed(f"{type(error).__name__} sur {path}") from error
        if response.status_code != httpx.codes.OK:
            raise CaseFailed(f"statut HTTP {response.status_code} sur {path}")
        return response

    def _patiently(self, method: str, path: str, **content: Any) -> httpx.Response:
        """Send; when the server says that we ask too often, send again as late as it asks for."""
        response = self._request(method, path, **content)
        for _ in range(_MORE_TRIES):
            wait = response.headers.get("Retry-After", "")
            if response.status_code != httpx.codes.TOO_MANY_REQUESTS or not wait.isdigit():
                break
            time.sleep(min(int(wait), _LONGEST_WAIT_S))
            response = self._request(method, path, **content)
        return response

    def _request(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            return self._client.request(method, path, **content)
        except (httpx.RemoteProtocolError, httpx.ReadError):
            # A server may close a kept connection just as it's used again: that isn't its end.
            return self._client.request(method, path, **content)


def _refuse(what: str, error: ValidationError) -> NoReturn:
    field = field_in_french(error.errors()[0], what)
    raise CaseFailed(f"{what} d’une autre forme que celle du contrat : {field}") from error
