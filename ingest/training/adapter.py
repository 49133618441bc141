"""What a training adds to an encoder: low-rank changes of its linear maps, kept in a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from ingest.errors import EmbedderError
from ingest.training.onnx_graph import Weights

Adapter = Mapping[str, NDArray[np.float32]]
"""By linear map, ``….down`` of shape (rank, inputs) and ``….up`` of shape (outputs, rank)."""

_FORM = "encoder-adapter/1"
_DAMAGED = "« {path} » manque ou est abîmé. Lancez : assistant train encoder"


def with_adapter(weights: Weights, adapter: Adapter) -> dict[str, NDArray[np.float32]]:
    """The weights of an encoder with what a training adds."""
    return _moved(weights, adapter, 1.0)


def without_adapter(weights: Weights, adapter: Adapter) -> dict[str, NDArray[np.float32]]:
    """The weights of an encoder before what a training added."""
    return _moved(weights, adapter, -1.0)


def write_adapter(path: Path, adapter: Adapter, told: Mapping[str, str]) -> None:
    """Write an adapter in half precision, with what is to be known of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {name: value.astype(np.float16) for name, value in sorted(adapter.items())}
    save_file(halves, path, metadata={"form": _FORM, **told})


def read_adapter(path: Path) -> tuple[dict[str, NDArray[np.float32]], dict[str, str]]:
    """Read an adapter, and what is told of it.

    Raises:
        EmbedderError: the file is missing, damaged or of another form.
    """
    told = read_told(path)
    try:
        with safe_open(path, framework="numpy") as file:
            adapter = {name: file.get_tensor(name).astype(np.float32) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise EmbedderError(_DAMAGED.format(path=path)) from error
    return adapter, told


def read_told(path: Path) -> dict[str, str]:
    """Read what is told of an adapter.

    Raises:
        EmbedderError: the file is missing, damaged or of another form.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            told = dict(file.metadata() or {})
    except (OSError, SafetensorError) as error:
        raise EmbedderError(_DAMAGED.format(path=path)) from error
    if told.get("form") != _FORM:
        raise EmbedderError(f"« {path} » est d’une autre version. Lancez : assistant train encoder")
    return told


def _moved(weights: Weights, adapter: Adapter, sign: float) -> dict[str, NDArray[np.float32]]:
    moved = dict(weights)
    for name, down in adapter.items():
        if name.endswith(".down"):
            linear = name.removesuffix(".down")
            moved[f"{linear}.weight"] = weights[f"{linear}.weight"] + sign * (adapter[f"{linear}.up"] @ down)
    return moved
