"""Load any other encoder through sentence-transformers; the only file that knows it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.errors import EmbedderError
from ingest.text_embedder import Task
from ingest.vectors import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 256
_log = logging.getLogger(__name__)


class TransformersModel:
    """A model of sentence-transformers."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        """Wrap a loaded model.

        Args:
            model: the model.
            name: how messages call it.

        Raises:
            EmbedderError: the model has no dimension.
        """
        self._model = model
        dimension = model.get_embedding_dimension()
        if not dimension:
            raise EmbedderError(f"L’encodeur « {name} » ne dit pas sa dimension. Choisissez-en un autre.")
        self.dimension = int(dimension)

    def encode(self, texts: list[str], prefix: str, task: Task) -> Vectors:
        """Return the vectors of texts, each after a prefix, shape (len(texts), dimension)."""
        encode = self._model.encode_query if task == "query" else self._model.encode_document
        vectors = encode(
            [prefix + text for text in texts],
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def load_transformers(encoder: str) -> tuple[TransformersModel, tuple[str, str]]:
    """Load a model by its name or folder; return it with the prefixes that it leaves to its user.

    Raises:
        EmbedderError: it can't be loaded; the message says what to do.
    """
    _log.warning("encoder %s has no onnx/model.onnx: sentence-transformers runs it, slower to start", encoder)
    try:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(encoder, device="cpu")
    except Exception as error:
        raise EmbedderError(
            f"L’encodeur « {encoder} » n’a pas pu être chargé ({type(error).__name__}). Si cette machine "
            "n’atteint pas le dépôt de modèles, copiez le modèle dans un dossier et donnez ce dossier "
            "dans ASSISTANT_ENCODER, ou retirez ce réglage pour l’encodeur fourni."
        ) from error
    return TransformersModel(model, encoder), _asked_prefixes(encoder, model)


def _asked_prefixes(encoder: str, model: Any) -> tuple[str, str]:
    """Prefixes of the E5 family, which its model files leave out; other models carry their prompts."""
    prompts = {name: text for name, text in (model.prompts or {}).items() if text}
    is_e5 = "e5" in Path(encoder).name.lower().replace("_", "-").split("-")
    return ("query: ", "passage: ") if is_e5 and not prompts else ("", "")
