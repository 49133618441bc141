"""Reorder the best passages by a model that reads question and passage together; off unless it's set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from ingest.errors import EmbedderError

if TYPE_CHECKING:
    from assistant.search.hits import RetrievedChunk

RERANKED = 30


class Reranker(Protocol):
    """What judges passages for a question."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return how well each text answers, in order; greater is better, any scale."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers."""

    def __init__(self, name: str) -> None:
        """Load a model by its name or folder.

        Raises:
            EmbedderError: it can't be loaded, or it gives more than one score; the message says what to do.
        """
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name, device="cpu")
        except Exception as error:
            raise EmbedderError(
                f"Le modèle de reclassement « {name} » n’a pas pu être chargé "
                f"({type(error).__name__}). Si cette machine n’atteint pas le dépôt de modèles, copiez le "
                "modèle dans un dossier et donnez ce dossier dans ASSISTANT_RERANKER, ou retirez ce réglage."
            ) from error
        if self._model.num_labels != 1:
            raise EmbedderError(
                f"Le modèle « {name} » donne {self._model.num_labels} notes par passage, il en faut une. "
                "Donnez un autre modèle dans ASSISTANT_RERANKER, ou retirez ce réglage."
            )

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """See :class:`Reranker`."""
        if not texts:
            return []
        found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in np.nan_to_num(np.asarray(found, dtype=np.float64))]


def reranked(question: str, hits: Sequence[RetrievedChunk], reranker: Reranker) -> list[RetrievedChunk]:
    """Put the first passages in the order of the model, within the scores that they had.

    Args:
        question: what is asked.
        hits: passages, best first; the first ``RERANKED`` are judged.
        reranker: judges them.
    """
    first, rest = hits[:RERANKED], hits[RERANKED:]
    if len(first) < 2:
        return list(hits)
    judged = np.array(reranker.scores(question, [hit.chunk.embedded_text for hit in first]))
    low, high = first[-1].score, first[0].score
    span = float(judged.max() - judged.min())
    if span == 0:
        return list(hits)
    moved = []
    for hit, score in zip(first, (judged - judged.min()) / span, strict=True):
        given = low + (high - low) * float(score)
        moved.append(replace(hit, score=given, reasons={**hit.reasons, "reranker": given - hit.score}))
    return [*sorted(moved, key=lambda hit: (-hit.score, hit.chunk.id)), *rest]


def load_reranker(name: str | None) -> Reranker | None:
    """Load the model that is set, if one is.

    Raises:
        EmbedderError: it can't be loaded; the message says what to do.
    """
    return CrossEncoderReranker(name) if name else None
