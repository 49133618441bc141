"""The collections of a Chroma server: made, found by name, described, deleted; its outages said in French."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from ingest.errors import IngestError, StoreUnreachable
from ingest.index import VectorStore, collection_settings
from ingest.server_address import ServerAddress

_WAIT_S = 30.0
_LISTED = 1000


class ChromaServer:
    """A Chroma server; connected to when something is first asked of it, and again after it was away."""

    def __init__(self, address: ServerAddress) -> None:
        """Name the server; nothing is asked of it yet."""
        self.address = address
        self._lock = Lock()
        self._client: Any = None

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Say in French whatever goes wrong between us and the server.

        Raises:
            StoreUnreachable: it isn't there, refuses, or doesn't hold what is asked.
        """
        try:
            yield
        except IngestError:
            raise
        except Exception as error:
            reason = type(error.__context__ or error).__name__  # the client words what it met as a ValueError
            raise StoreUnreachable(str(self.address), reason) from error

    def create(self, name: str, size: int) -> VectorStore:
        """Create an empty collection; see :func:`ingest.index.create_store`.

        Raises:
            StoreUnreachable: the server doesn't do it.
        """
        with self.answering():
            made = self._connected().create_collection(
                name=name, embedding_function=None, configuration=collection_settings(size)
            )
            return VectorStore(None, made, guard=self.answering)

    def open(self, name: str) -> VectorStore | None:
        """Open a collection; None when the server has none of that name.

        Raises:
            StoreUnreachable: the server doesn't answer.
        """
        found = self._found(name)
        return None if found is None else VectorStore(None, found, guard=self.answering)

    def notes(self, name: str) -> dict[str, Any] | None:
        """Return what was noted of a collection; None when the server has none of that name.

        Raises:
            StoreUnreachable: the server doesn't answer.
        """
        found = self._found(name)
        return None if found is None else dict(found.metadata or {})

    def note(self, name: str, **values: str) -> None:
        """Note something of a collection, in one write; one that isn't there is made.

        Raises:
            StoreUnreachable: the server doesn't do it.
        """
        with self.answering():
            found = self._connected().get_or_create_collection(name=name, embedding_function=None)
            found.modify(metadata=values)

    def names(self, start: str) -> list[str]:
        """Return the names of the collections that begin so.

        Raises:
            StoreUnreachable: the server doesn't answer.
        """
        names: list[str] = []
        with self.answering():
            while page := self._connected().list_collections(limit=_LISTED, offset=len(names)):
                names += [collection.name for collection in page]
        return sorted(name for name in names if name.startswith(start))

    def delete(self, name: str) -> None:
        """Delete a collection; one that isn't there is none to delete.

        Raises:
            StoreUnreachable: the server doesn't do it.
        """
        from chromadb.errors import NotFoundError

        with self.answering():
            try:
                self._connected().delete_collection(name)
            except NotFoundError:
                return

    def _found(self, name: str) -> Any:
        from chromadb.errors import NotFoundError

        with self.answering():
            try:
                return self._connected().get_collection(name=name, embedding_function=None)
            except NotFoundError:
                return None

    def _connected(self) -> Any:
        import chromadb
        import httpx
        from chromadb.config import Settings

        with self._lock:
            if self._client is None:
                where = self.address
                client = chromadb.HttpClient(
                    host=where.host,
                    port=where.port,
                    ssl=where.tls,
                    headers={"Authorization": f"Bearer {where.token}"} if where.token else None,
                    settings=Settings(anonymized_telemetry=False),
                    tenant=where.tenant,
                    database=where.database,
                )
                # It has two connections, which wait for ever for a server that has stopped answering, and
                # which it leaves open.
                sessions = [client._server._session, client._admin_client._server._session]
                for session in sessions:
                    session.timeout = httpx.Timeout(_WAIT_S)
                weakref.finalize(self, _leave, client, sessions)
                self._client = client
            return self._client


def _leave(client: Any, sessions: list[Any]) -> None:
    client.close()
    for session in sessions:
        session.close()
