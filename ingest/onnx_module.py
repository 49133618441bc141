"""The encoder kept as ONNX, as a module of sentence-transformers: ``modules.json`` of its folder names it.

``SentenceTransformer(folder, trust_remote_code=True)`` gives the vectors that the program computes: since
version 6, sentence-transformers imports no class of another package without that word.
"""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import torch
from sentence_transformers.base.modules import InputModule

from ingest.onnx_encoder import OnnxModel


class OnnxSentenceModule(InputModule):  # type: ignore[misc]  # untyped package
    """Texts to sentence vectors of norm 1, by onnxruntime on the CPU; it can't be trained."""

    def __init__(self, folder: Path) -> None:
        """Open the encoder of a folder.

        Raises:
            EmbedderError: its files are missing or damaged.
        """
        super().__init__()
        self._folder = folder
        self._model = OnnxModel(folder)

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_options: Any) -> dict[str, Any]:
        """Keep the texts with their prompt: :meth:`forward` cuts them into pieces."""
        return {"texts": list(inputs), "prompt": prompt or ""}

    def forward(self, features: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """Add ``sentence_embedding``, shape (texts, dimension)."""
        vectors = self._model.encode(features["texts"], features["prompt"], "document")
        return {**features, "sentence_embedding": torch.from_numpy(np.ascontiguousarray(vectors))}

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self._model.dimension

    def save(self, output_path: str, *_given: Any, **_options: Any) -> None:
        """Copy the folder."""
        copytree(self._folder, output_path, dirs_exist_ok=True)

    @classmethod
    def load(cls, model_name_or_path: str, **_options: Any) -> OnnxSentenceModule:
        """Open the encoder of a folder on this machine."""
        return cls(Path(model_name_or_path))
