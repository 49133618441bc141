"""How near the pages found are: by their best passages, the fiches left to their own space."""

from __future__ import annotations

from small_corpus import SmallCorpus

from assistant.search.hits import RetrievedChunk
from assistant.search.nearest import AnswerSpace
from assistant.search.page_space import PAGES, PASSAGES, PageSpace
from corpus.fiches.catalogue import Catalogue

QUESTION = "une halle couverte pour les marchands"


def found(corpus: SmallCorpus) -> list[RetrievedChunk]:
    return corpus.retriever().retrieve(QUESTION, 50)


def test_a_page_is_as_near_as_the_fiche_of_the_same_words(small_corpus: SmallCorpus) -> None:
    hits = found(small_corpus)
    as_pages = PageSpace(small_corpus.embedder, ()).by_page(QUESTION, hits)
    fiches = AnswerSpace(small_corpus.catalogue, small_corpus.embedder).by_scheme(QUESTION)
    for hit in hits:
        name = str(hit.chunk.scheme_id)
        if sum(other.chunk.document_id == hit.chunk.document_id for other in hits) <= PASSAGES:
            assert as_pages[hit.chunk.document_id] == fiches[name]


def test_fiches_are_left_out_and_few_pages_are_looked_at(small_corpus: SmallCorpus) -> None:
    hits = found(small_corpus)
    catalogue: Catalogue = small_corpus.catalogue
    assert PageSpace(small_corpus.embedder, catalogue.fiches).by_page(QUESTION, hits) == {}
    assert len(PageSpace(small_corpus.embedder, ()).by_page(QUESTION, hits)) <= PAGES
    assert PageSpace(small_corpus.embedder, ()).by_page(QUESTION, []) == {}
