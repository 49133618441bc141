"""The folder of an encoder: what a training starts from, and what it writes."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from safetensors.numpy import load_file

from ingest.encoder_folder import MODEL, SUMS, TOKENIZER
from ingest.errors import EmbedderError
from ingest.training.adapter import Adapter, read_adapter, with_adapter, without_adapter, write_adapter
from ingest.training.onnx_graph import encoder_graph, weights_of

ADAPTER = "adapter.safetensors"
_FULL = "model.safetensors"
_PREFIX = "bert."
_POOLER = "pooler."
# What the folder tells of the network and of its texts.
_BESIDE = (
    "config.json",
    "config_sentence_transformers.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer_config.json",
)
# What sentence-transformers runs the folder by.
_MODULES = [{"idx": 0, "name": "0", "path": "", "type": "ingest.onnx_module.OnnxSentenceModule"}]


@dataclass(frozen=True, slots=True)
class Start:
    """What a training starts from.

    Attributes:
        folder: where it was read.
        weights: of the encoder, before what a former training of ours added.
        name: names these weights: those of two starts are compared by it.
    """

    folder: Path
    weights: dict[str, NDArray[np.float32]]
    name: str

    @property
    def tokenizer(self) -> Path:
        """The file of the tokenizer."""
        return self.folder / TOKENIZER


def read_start(folder: Path) -> Start:
    """Read the weights that a training starts from.

    Args:
        folder: of sentence-transformers, with its full weights; or one that :func:`write_encoder` wrote,
            whose 8 bits stand for them, less what its training added.

    Raises:
        EmbedderError: it holds no encoder that can be trained.
    """
    try:
        if (folder / _FULL).is_file():
            full = load_file(folder / _FULL)
            weights = {
                name.removeprefix(_PREFIX): value.astype(np.float32)
                for name, value in full.items()
                if not name.removeprefix(_PREFIX).startswith(_POOLER)
            }
            digest = hashlib.sha256((folder / _FULL).read_bytes()).hexdigest()[:12]
            return Start(folder, weights, f"{folder.name}:{digest}")
        adapter, told = read_adapter(folder / ADAPTER)
        weights = weights_of(onnx.load(str(folder / MODEL)))
    except (OSError, ValueError) as error:
        raise EmbedderError(
            f"« {folder} » ne contient pas d’encodeur qui s’entraîne. Donnez un dossier de "
            f"sentence-transformers avec {_FULL}, ou celui de l’encodeur fourni."
        ) from error
    return Start(folder, without_adapter(weights, adapter), told["base"])


def write_encoder(folder: Path, start: Start, adapter: Adapter, told: dict[str, str]) -> None:
    """Write a trained encoder: its network in 8 bits, its tokenizer, what the training added, their sums.

    Args:
        folder: made if it's missing; its other files stay.
        start: what the training started from.
        adapter: what it added.
        told: what the adapter's file says of it.

    Raises:
        EmbedderError: the folder can't be written.
    """
    base = {"base": start.name, **told}
    try:
        (folder / MODEL).parent.mkdir(parents=True, exist_ok=True)
        graph = encoder_graph(with_adapter(start.weights, adapter), base)
        (folder / MODEL).write_bytes(graph.SerializeToString(deterministic=True))
        if folder.resolve() != start.folder.resolve():
            for name in (TOKENIZER, *_BESIDE):
                shutil.copyfile(start.folder / name, folder / name)
        (folder / "modules.json").write_text(json.dumps(_MODULES, indent=1) + "\n", encoding="utf-8")
        write_adapter(folder / ADAPTER, adapter, base)
        sums = [
            f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
            for name in (MODEL, TOKENIZER)
        ]
        (folder / SUMS).write_text("".join(sums), encoding="ascii")
    except OSError as error:
        raise EmbedderError(
            f"L’encodeur n’a pas pu être écrit dans « {folder} » ({error.strerror}). Donnez un autre dossier."
        ) from error
