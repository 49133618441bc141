"""Our retriever in somebody else's LangChain chain."""

from __future__ import annotations

import asyncio
import json

import pytest
from fake_embedder import FakeEmbedder
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from small_corpus import SmallCorpus

from assistant.search.langchain import SchemesRetriever
from assistant.search.retrieve import HybridRetriever
from ingest.errors import NoIndex
from ingest.generations import Generations
from ingest.reader import IndexReader


@pytest.fixture
def retriever(small_corpus: SmallCorpus) -> SchemesRetriever:
    return SchemesRetriever(retriever=small_corpus.retriever(), k=2)


def test_it_gives_the_passages_of_our_retriever_as_documents(
    retriever: SchemesRetriever, small_corpus: SmallCorpus
) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("halle de marché")
    ours = small_corpus.retriever().retrieve("halle de marché", 2)
    assert [document.id for document in found] == [hit.chunk.id for hit in ours]
    assert [document.page_content for document in found] == [hit.chunk.text for hit in ours]
    assert [document.metadata["score"] for document in found] == [hit.score for hit in ours]


def test_the_metadata_name_scheme_sections_and_sources(retriever: SchemesRetriever) -> None:
    best = retriever.invoke("halle de marché")[0]
    assert best.metadata["scheme_id"] == "halles"
    assert best.metadata["document_id"] == "fiche:halles"
    assert best.metadata["title"] == "Aide aux halles de marché"
    assert "Montant" in best.metadata["sections"]
    assert best.metadata["sources"][0]["published"] == "2023-03-31"
    json.dumps(best.metadata)  # plain data: can be stored or sent


def test_it_takes_part_in_a_chain(retriever: SchemesRetriever) -> None:
    def first_scheme(documents: list[Document]) -> str:
        return str(documents[0].metadata["scheme_id"])

    chain = retriever | RunnableLambda(first_scheme)
    assert chain.invoke("planter une haie") == "haies"
    assert chain.batch(["planter une haie", "restaurer un lavoir"]) == ["haies", "lavoirs"]
    assert asyncio.run(chain.ainvoke("restaurer un lavoir")) == "lavoirs"


def test_an_absent_index_is_our_own_error(tmp_path_factory: pytest.TempPathFactory) -> None:
    embedder = FakeEmbedder()
    reader = IndexReader(Generations(tmp_path_factory.mktemp("none"), "essai"), embedder)
    with pytest.raises(NoIndex, match="assistant ingest"):
        SchemesRetriever(retriever=HybridRetriever(reader, embedder)).invoke("halle")
