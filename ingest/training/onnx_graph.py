"""Write an encoder as an ONNX graph in 8 bits, and read its weights back.

The encoder is BERT's (Devlin et al., 2019) with mean pooling. Weights keep 7 bits a column, so that sums of
products stay exact on processors without VNNI; activations are quantised row by row while it runs, so that
the vector of a text doesn't depend on the texts beside it (Yao et al., "ZeroQuant", 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]
"""Tensors by the names of BERT's state dictionary ("encoder.layer.0.attention.self.query.weight")."""

HEADS = 12
# The greatest quantised weight: 2 x 255 x 64 fits 16 bits.
_MOST_WEIGHT = 64.0
_MOST_ROW = 127.0
_EPSILON = 1e-12
_FUSED = "com.microsoft"
_OPSET, _IR = 20, 9
_NAMES = ("embeddings.", "encoder.")


@dataclass(slots=True)
class _Graph:
    """A graph being written."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    tensors: list[onnx.TensorProto] = field(default_factory=list)
    count: int = 0

    def keep(self, name: str, value: NDArray[Any]) -> str:
        self.tensors.append(numpy_helper.from_array(value, name))
        return name

    def add(self, kind: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: Any) -> Any:
        """Add a node; return the name of what it gives, a list of names when it gives several."""
        self.count += 1
        given = [f"{kind.lower()}.{self.count}.{place}" for place in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), given, domain=domain, **attributes))
        return given[0] if outputs == 1 else given


def encoder_graph(weights: Weights, told: Mapping[str, str]) -> onnx.ModelProto:
    """Write an encoder as a graph.

    Args:
        weights: those of the encoder, float32; linear ones have the shape (outputs, inputs).
        told: what the file says of itself (its metadata).

    Returns:
        A model that takes ``input_ids`` and ``attention_mask``, int64, shape (texts, tokens), and gives
        ``sentence_embedding``, float32, shape (texts, dimension), rows of norm 1.
    """
    graph = _Graph()
    for name, value in (("most_row", _MOST_ROW), ("least", _EPSILON), ("one", 1.0)):
        graph.keep(name, np.array(value, dtype=np.float32))
    graph.keep("middle", np.array(128, dtype=np.uint8))
    graph.keep("last", np.array([-1], dtype=np.int64))
    graph.keep("tokens_axis", np.array([1], dtype=np.int64))
    graph.keep("zero", np.array([0], dtype=np.int64))
    padding = graph.add("Cast", "attention_mask", to=TensorProto.INT32)
    hidden = _embeddings(graph, weights)
    for layer in range(layers_of(weights)):
        hidden = _layer(graph, weights, f"encoder.layer.{layer}", hidden, padding)
    _pool(graph, hidden)
    dimension = weights["embeddings.word_embeddings.weight"].shape[1]
    shape = ["texts", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, shape)
                for name in ("input_ids", "attention_mask")
            ],
            [
                helper.make_tensor_value_info(
                    "sentence_embedding", TensorProto.FLOAT, [shape[0], int(dimension)]
                )
            ],
            graph.tensors,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR,
    )
    helper.set_model_props(model, dict(told))
    return model


def weights_of(model: onnx.ModelProto) -> dict[str, NDArray[np.float32]]:
    """Read back the weights of a graph that :func:`encoder_graph` wrote, as near as its bits keep them."""
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    weights: dict[str, NDArray[np.float32]] = {}
    for name, value in tensors.items():
        if name.endswith(".weight.q"):
            scale = tensors[name[:-1] + "scale"]
            full = value.astype(np.float32) * scale
            weights[name[:-2]] = full if name.startswith("embeddings.") else np.ascontiguousarray(full.T)
        elif name.startswith(_NAMES) and value.dtype == np.float32 and not name.endswith(".scale"):
            weights[name] = value
    for name in [name for name in weights if ".self.all." in name]:
        for part, value in zip(("query", "key", "value"), np.split(weights.pop(name), 3), strict=True):
            weights[name.replace(".self.all.", f".self.{part}.")] = value
    return weights


def layers_of(weights: Mapping[str, Any]) -> int:
    """How many layers the weights hold."""
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))


def _embeddings(graph: _Graph, weights: Weights) -> str:
    words = weights["embeddings.word_embeddings.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), _EPSILON) / _MOST_ROW
    table = "embeddings.word_embeddings.weight"
    graph.keep(table + ".q", np.rint(words / scale).astype(np.int8))
    graph.keep(table + ".scale", scale.astype(np.float32))
    rows = graph.add("Cast", graph.add("Gather", table + ".q", "input_ids"), to=TensorProto.FLOAT)
    vectors = graph.add("Mul", rows, graph.add("Gather", table + ".scale", "input_ids"))
    places = weights["embeddings.position_embeddings.weight"]
    if (kinds := weights.get("embeddings.token_type_embeddings.weight")) is not None:
        places = places + kinds[0]
    graph.keep("embeddings.position_embeddings.weight", places.astype(np.float32))
    length = graph.add("Shape", "input_ids", start=1, end=2)
    near = graph.add("Slice", "embeddings.position_embeddings.weight", "zero", length, "zero")
    return _normalised(graph, weights, "embeddings.LayerNorm", graph.add("Add", vectors, near))


def _layer(graph: _Graph, weights: Weights, name: str, hidden: str, padding: str) -> str:
    three = {
        part: np.concatenate(
            [weights[f"{name}.attention.self.{k}.{part}"] for k in ("query", "key", "value")]
        )
        for part in ("weight", "bias")
    }
    projected = _linear(graph, f"{name}.attention.self.all", three["weight"], three["bias"], hidden)
    query, key, value = graph.add("Split", projected, outputs=3, axis=2, num_outputs=3)
    met = graph.add("MultiHeadAttention", query, key, value, "", padding, domain=_FUSED, num_heads=HEADS)
    hidden = _added(graph, weights, f"{name}.attention.output", met, hidden)
    wide = f"{name}.intermediate.dense"
    spread = _linear(graph, wide, weights[wide + ".weight"], weights[wide + ".bias"], hidden)
    return _added(graph, weights, f"{name}.output", graph.add("Gelu", spread), hidden)


def _added(graph: _Graph, weights: Weights, name: str, given: str, before: str) -> str:
    """A linear map, what was before it added, normalised."""
    dense = f"{name}.dense"
    moved = _linear(graph, dense, weights[dense + ".weight"], weights[dense + ".bias"], given)
    return _normalised(graph, weights, f"{name}.LayerNorm", graph.add("Add", moved, before))


def _linear(
    graph: _Graph, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32], given: str
) -> str:
    """A linear map in 8 bits: columns of weights and rows of ``given`` each have their scale."""
    scale = np.maximum(np.abs(weight).max(axis=1), _EPSILON) / _MOST_WEIGHT
    graph.keep(f"{name}.weight.q", np.ascontiguousarray(np.rint(weight.T / scale).astype(np.int8)))
    graph.keep(f"{name}.weight.scale", scale.astype(np.float32))
    graph.keep(f"{name}.weight.zero", np.zeros(len(scale), dtype=np.int8))
    graph.keep(f"{name}.bias", bias.astype(np.float32))
    greatest = graph.add("ReduceMax", graph.add("Abs", given), "last", keepdims=1)
    row = graph.add("Div", graph.add("Max", greatest, "least"), "most_row")
    whole = graph.add("QuantizeLinear", graph.add("Div", given, row), "one", "middle")
    product = graph.add(
        "MatMulIntegerToFloat",
        whole,
        f"{name}.weight.q",
        "one",
        f"{name}.weight.scale",
        "middle",
        f"{name}.weight.zero",
        domain=_FUSED,
    )
    moved: str = graph.add("Add", graph.add("Mul", product, row), f"{name}.bias")
    return moved


def _normalised(graph: _Graph, weights: Weights, name: str, given: str) -> str:
    for part in ("weight", "bias"):
        graph.keep(f"{name}.{part}", weights[f"{name}.{part}"].astype(np.float32))
    normal: str = graph.add("LayerNormalization", given, f"{name}.weight", f"{name}.bias", epsilon=_EPSILON)
    return normal


def _pool(graph: _Graph, hidden: str) -> None:
    """The mean of the tokens that aren't padding, scaled to norm 1."""
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    kept = graph.add("Mul", hidden, graph.add("Unsqueeze", mask, "last"))
    total = graph.add("ReduceSum", kept, "tokens_axis", keepdims=0)
    length = graph.add("Max", graph.add("ReduceL2", total, "last", keepdims=1), "least")
    graph.nodes.append(helper.make_node("Div", [total, length], ["sentence_embedding"]))
