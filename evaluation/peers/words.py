"""BM25 alone over our own chunks, by ``bm25s`` with Snowball's French stemmer; extras group ``bench``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.fiches.document import Document
from corpus.french.folding import fold
from evaluation.peers.chains import missing_extra, read_passages, write_passages
from evaluation.runs.run import Passage, passage_of_chunk
from ingest.chunk import chunk_document


class Bm25Alone:
    """BM25 over our own chunks, on words as they are written."""

    name = "BM25 (bm25s, racines françaises)"

    def __init__(self, documents: Iterable[Document], folder: Path | None = None) -> None:
        """Index the chunks of the documents, and keep that under ``folder``; without any, open what it holds.

        Raises:
            MissingPackage: the extras group isn't installed.
        """
        try:
            import bm25s
            import Stemmer
            from bm25s.stopwords import STOPWORDS_FRENCH
        except ImportError as error:
            raise missing_extra(str(error.name)) from error
        self._bm25s, self._stemmer = bm25s, Stemmer.Stemmer("french")
        self._stop_words = [self._written(word) for word in STOPWORDS_FRENCH]
        chunks = [chunk for document in documents for chunk in chunk_document(document)]
        if folder is not None and not chunks:
            self._passages = read_passages(folder)
            self._index = bm25s.BM25.load(folder, show_progress=False)
        else:
            self._passages = [passage_of_chunk(chunk) for chunk in chunks]
            self._index = bm25s.BM25()
            self._index.index(self._tokens([chunk.searched_text for chunk in chunks]), show_progress=False)
            if folder is not None:
                self._index.save(folder, show_progress=False)
                write_passages(folder, self._passages)
        self.chunks = len(self._passages)

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by words."""
        size = min(k, len(self._passages))
        found, scores = self._index.retrieve(self._tokens([question]), k=size, show_progress=False)
        pairs = zip(found[0].tolist(), scores[0].tolist(), strict=True)
        return [self._passages[number] for number, score in pairs if score > 0]

    def _written(self, text: str) -> str:
        return text

    def _tokens(self, texts: Sequence[str]) -> object:
        return self._bm25s.tokenize(
            [self._written(text) for text in texts],
            stopwords=self._stop_words,
            stemmer=self._stemmer,
            show_progress=False,
        )


class FoldedBm25(Bm25Alone):
    """BM25 over our own chunks, accents folded before stemming: the stronger of the two in French."""

    name = "BM25 (bm25s, accents repliés, racines françaises)"

    def _written(self, text: str) -> str:
        return fold(text)
