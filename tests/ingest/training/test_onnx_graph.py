"""The graph gives the vectors of the weights that it was written from, whatever stands in the batch."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from tokenizers import Tokenizer

from ingest.training.folder import Start
from ingest.training.layers import Layers
from ingest.training.onnx_graph import encoder_graph, layers_of, weights_of

TEXTS = [
    "query : quel taux",
    "passage : le toit de la commune",
    "passage : arbre",
    "query : quand le plafond de la date",
]


@pytest.fixture
def graph(start: Start) -> onnx.ModelProto:
    return encoder_graph(start.weights, {"base": start.name})


def _run(graph: onnx.ModelProto, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    rows = [encoded.ids for encoded in tokenizer.encode_batch(texts)]
    longest = max(map(len, rows))
    ids = np.array([row + [1] * (longest - len(row)) for row in rows], dtype=np.int64)
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in rows], dtype=np.int64)
    (vectors,) = session.run(None, {"input_ids": ids, "attention_mask": mask})
    return np.asarray(vectors)


def test_it_is_a_sound_model(graph: onnx.ModelProto, start: Start) -> None:
    onnx.checker.check_model(graph)
    assert {prop.key: prop.value for prop in graph.metadata_props} == {"base": start.name}


def test_its_vectors_are_those_of_the_layers(graph: onnx.ModelProto, start: Start) -> None:
    tokenizer = Tokenizer.from_file(str(start.tokenizer))
    layers = Layers({n: torch.tensor(v) for n, v in start.weights.items()}, tokenizer, frozen=1)
    layers.keep(TEXTS, most_tokens=32)
    expected = layers.vectors(TEXTS, {}).detach().numpy()
    found = _run(graph, tokenizer, TEXTS)
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)
    assert (found * expected).sum(axis=1).min() > 0.995


def test_a_vector_does_not_depend_on_the_batch(graph: onnx.ModelProto, start: Start) -> None:
    tokenizer = Tokenizer.from_file(str(start.tokenizer))
    together = _run(graph, tokenizer, TEXTS)
    alone = np.concatenate([_run(graph, tokenizer, [text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)


def test_the_weights_are_read_back(graph: onnx.ModelProto, start: Start) -> None:
    read = weights_of(graph)
    assert layers_of(read) == layers_of(start.weights)
    for name, value in start.weights.items():
        if name.startswith(("embeddings.token_type", "embeddings.position")):
            continue  # written as their sum
        step = np.abs(value).max() / 64
        assert np.allclose(read[name], value, atol=step), name


def test_reading_back_and_writing_again_changes_nothing(graph: onnx.ModelProto) -> None:
    again = encoder_graph(weights_of(graph), {})
    first = {t.name: onnx.numpy_helper.to_array(t) for t in graph.graph.initializer}
    for tensor in again.graph.initializer:
        if tensor.name.endswith(".q"):
            assert (onnx.numpy_helper.to_array(tensor) == first[tensor.name]).all(), tensor.name
