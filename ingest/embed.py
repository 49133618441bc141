"""What turns texts into vectors, named by a setting; light to import, what runs it comes when it's loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Protocol

from ingest.encoder_folder import ENCODER_DIR, is_onnx_folder, prompts_of, sums_digest
from ingest.onnx_encoder import OnnxModel
from ingest.text_embedder import Model, TextEmbedder
from ingest.vectors import Vectors

__all__ = ["DEFAULT_ENCODER", "ENCODER_DIR", "Embedder", "Vectors", "encoder_name", "load_embedder"]

DEFAULT_ENCODER = "default"
_SAMPLE_BYTES = 65_536


class Embedder(Protocol):
    """What turns texts into unit vectors.

    Attributes:
        name: identifies the encoder and its weights; kept in the manifest of an index.
        dimension: length of a vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def dimension(self) -> int: ...  # noqa: D102

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Return the vectors of passages: float32, shape (len(texts), dimension), rows of norm 1."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """Return the vector of a question, shape (dimension,); all zeros when nothing is known."""
        ...

    def embed_questions(self, texts: list[str]) -> Vectors:
        """Return the vectors of questions, shape (len(texts), dimension); see :meth:`embed_question`."""
        ...


def encoder_name(encoder: str) -> str:
    """Return the name that an index made with this setting bears, without loading the model."""
    if encoder == DEFAULT_ENCODER:
        return f"e5-small-fr:{sums_digest(ENCODER_DIR) or 'missing'}"
    path = Path(encoder)
    if not path.is_dir():
        return encoder
    digest = sums_digest(path) if is_onnx_folder(path) else None
    return f"folder:{path.name}:{digest or _fingerprint(path)}"


def load_embedder(
    encoder: str = DEFAULT_ENCODER, query_prefix: str | None = None, passage_prefix: str | None = None
) -> TextEmbedder:
    """Load an encoder; what runs it opens its weights when the first text comes.

    Args:
        encoder: ``default`` for the encoder shipped here; a folder with ``onnx/model.onnx``, run the same
            way; or the name or folder of any sentence-transformers model.
        query_prefix: text put before a question; None for what the model asks for.
        passage_prefix: text put before a passage; None for what the model asks for.

    Raises:
        EmbedderError: the model can't be loaded; the message says what to do.
    """
    folder = ENCODER_DIR if encoder == DEFAULT_ENCODER else Path(encoder)
    model: Model
    if encoder == DEFAULT_ENCODER or is_onnx_folder(folder):
        model, asks = OnnxModel(folder), prompts_of(folder)
    else:
        from ingest.transformers_encoder import load_transformers

        model, asks = load_transformers(encoder)
    query = asks[0] if query_prefix is None else query_prefix
    passage = asks[1] if passage_prefix is None else passage_prefix
    # Another prefix than its own makes other vectors of passages.
    own = "" if passage == asks[1] else f" [{passage.strip()}]"
    return TextEmbedder(model, encoder_name(encoder) + own, query, passage)


def _fingerprint(folder: Path) -> str:
    """Digest of a model's files: their names, sizes, first and last bytes (whole weights take seconds)."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder)}\0{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(_SAMPLE_BYTES))
            file.seek(max(0, size - _SAMPLE_BYTES))
            digest.update(file.read())
    return digest.hexdigest()[:12]
