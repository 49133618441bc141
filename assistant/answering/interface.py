"""What the front ends ask of the engine: the one seam between HTTP, the chat page and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.eligibility.service import EligibilityService
from assistant.events import Event
from assistant.patience import Patience
from assistant.reply import ChatRequest, Reply, SearchHit
from corpus.fiches.catalogue import Catalogue
from ingest.chunk import Chunk
from ingest.vectors import Vectors


class AnswerEngine(Protocol):
    """An engine answers questions; every method blocks, so call it from a worker thread."""

    @property
    def catalogue(self) -> Catalogue:
        """The schemes that it knows."""
        ...

    @property
    def eligibility(self) -> EligibilityService:
        """What assesses these schemes for a commune."""
        ...

    def reply(self, request: ChatRequest, patience: Patience | None = None) -> Reply:
        """Answer at once.

        Args:
            request: the question.
            patience: how long the reply is waited for; None for as long as the engine is set to.

        Raises:
            AssistantError: the request can't be served.
            IngestError: the index can't be used.
        """
        ...

    def stream(self, request: ChatRequest, patience: Patience | None = None) -> Iterator[Event]:
        """Answer piece by piece; same errors as ``reply``, raised on the first step or a later one."""
        ...

    def search(self, query: str, k: int = 10, scheme: str | None = None) -> tuple[SearchHit, ...]:
        """Find the ``k`` best passages, within one scheme when ``scheme`` is given."""
        ...

    def document(self, document_id: str) -> tuple[Chunk, ...]:
        """Give the passages of a document, in its order; none of one that isn't indexed.

        Raises:
            IngestError: the index can't be used.
        """
        ...

    def repairs(self, query: str) -> dict[str, str]:
        """Tell which words of a question are mended before the search: as written, as read."""
        ...

    def act(self, request: ChatRequest) -> str:
        """Tell what the last message does: a name of :data:`assistant.reading.acts.Act`."""
        ...

    def question_vectors(self, texts: Sequence[str]) -> Vectors:
        """Give the vectors of questions, shape (len(texts), dimension), of norm 1; none is kept on disk."""
        ...

    def ready(self) -> None:
        """Return when the index can be used.

        Raises:
            IngestError: there is no usable index.
        """
        ...
