"""Our retriever as a LangChain ``BaseRetriever``, for chains that others build."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.search.retrieve import HybridRetriever


class SchemesRetriever(BaseRetriever):
    """Gives passages as LangChain documents; the metadata names scheme, sections and sources."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: HybridRetriever
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                id=hit.chunk.id,
                page_content=hit.chunk.text,
                metadata={
                    "document_id": hit.chunk.document_id,
                    "scheme_id": hit.chunk.scheme_id,
                    "title": hit.chunk.title,
                    "sections": list(hit.chunk.sections),
                    "score": hit.score,
                    "sources": [source.model_dump(exclude_none=True) for source in hit.chunk.sources],
                },
            )
            for hit in self.retriever.retrieve(query, self.k)
        ]
