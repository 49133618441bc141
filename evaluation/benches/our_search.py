"""Our own search as any other ranker: over any documents, or over our fiches with what a question names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from assistant.answering.build import build_engine
from assistant.search.retrieve import HybridRetriever
from assistant.settings import AssistantSettings
from corpus.fiches.document import Document
from evaluation.benches.quality_bench import OurSearch
from evaluation.runs.run import Passage, passage_of_chunk
from evaluation.runs.target import InProcess
from ingest.embed import load_embedder
from ingest.generations import Generations
from ingest.pipeline import index_documents
from ingest.reader import IndexReader

_COLLECTION = "bench"


class OurRetriever:
    """The search over any documents, with the encoder shipped here."""

    name = OurSearch.name

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        """Index the documents under ``folder``; without any, open what it holds."""
        embedder, generations = load_embedder(), Generations(folder, _COLLECTION)
        if documents := list(documents):
            index_documents(generations, embedder, documents)
        self.chunks = generations.manifest().chunks
        self._retriever = HybridRetriever(IndexReader(generations, embedder), embedder)

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search in the index."""
        return [passage_of_chunk(hit.chunk) for hit in self._retriever.retrieve(question, k)]


class OurEngine(OurRetriever):
    """The search over our fiches as ``/api/search`` does it: schemes and sections asked for come first."""

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        """Index the fiches under ``folder``; without any, open what it holds."""
        super().__init__(documents, folder)
        settings = AssistantSettings(index_dir=folder, collection=_COLLECTION, encoder="default")
        self._search = OurSearch(InProcess(build_engine(settings)))

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search with the engine."""
        return self._search.rank(question, k)
