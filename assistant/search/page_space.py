"""How near a question the pages found are that are no fiche's: by the sentences of their best passages."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.search.hits import RetrievedChunk
from assistant.search.nearest import NOWHERE, Near
from ingest.embed import Embedder
from ingest.statements import statements_in

# A page may be a book, and many may be found: so many are looked at, each by its best passages.
PAGES, PASSAGES = 12, 3


class PageSpace:
    """The pages found, compared with a question as the fiches are."""

    def __init__(self, embedder: Embedder, fiches: Collection[str]) -> None:
        """Compare by an encoder that keeps what it has encoded.

        Args:
            embedder: encodes the sentences.
            fiches: the schemes whose sentences are compared otherwise.
        """
        self._embedder = embedder
        self._fiches = fiches

    def by_page(self, text: str, hits: Sequence[RetrievedChunk]) -> Mapping[str, Near]:
        """For each page, by its document: how near its best passages are to a question.

        Args:
            text: the question.
            hits: the passages found, best first.
        """
        found: dict[str, list[RetrievedChunk]] = {}
        for hit in hits:
            name = hit.chunk.document_id
            if hit.chunk.scheme_id not in self._fiches and (name in found or len(found) < PAGES):
                found.setdefault(name, []).append(hit)
        vector = self._embedder.embed_question(text)
        near = {}
        for name, own in found.items():
            told = [said for hit in own[:PASSAGES] for said in statements_in(hit.chunk)]
            near[name] = Near.of(self._embedder.embed_passages(told) @ vector) if told else NOWHERE
        return near
