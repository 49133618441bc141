"""A training brings questions nearer to what answers them, gives the same twice, and is kept in a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from ingest.embed import load_embedder
from ingest.errors import EmbedderError
from ingest.training.adapter import read_adapter, with_adapter, without_adapter, write_adapter
from ingest.training.contrast import Recipe, tune
from ingest.training.examples import Asked, AskedText, Examples
from ingest.training.folder import ADAPTER, Start, read_start, write_encoder
from ingest.training.layers import Layers

STATEMENTS = ("le taux de la commune", "la date de le vélo", "le plafond de la église", "le toit de arbre")
QUESTIONS = ("combien taux", "quand date", "quel plafond", "quel toit")
EXAMPLES = Examples(
    (AskedText(STATEMENTS, tuple(Asked(text, (place,)) for place, text in enumerate(QUESTIONS))),)
)
RECIPE = Recipe(rank=4, rate=0.02, epochs=30, share=1.0)


def _layers(start: Start) -> Layers:
    weights = {name: torch.tensor(value) for name, value in start.weights.items()}
    return Layers(weights, Tokenizer.from_file(str(start.tokenizer)), frozen=1)


def _right(folder: Path) -> int:
    embedder = load_embedder(str(folder))
    near = embedder.embed_questions(list(QUESTIONS)) @ embedder.embed_passages(list(STATEMENTS)).T
    return int((near.argmax(axis=1) == np.arange(len(QUESTIONS))).sum())


@pytest.mark.slow
def test_what_was_learned_is_found(start: Start, tmp_path: Path) -> None:
    nothing = tune(_layers(start), EXAMPLES, replace(RECIPE, share=0.0))
    write_encoder(tmp_path / "before", start, nothing, {})
    write_encoder(tmp_path / "after", start, tune(_layers(start), EXAMPLES, RECIPE), {})
    assert _right(tmp_path / "before") < len(QUESTIONS)
    assert _right(tmp_path / "after") == len(QUESTIONS)


def test_the_same_examples_give_the_same_adapter(start: Start) -> None:
    recipe = replace(RECIPE, epochs=2)
    first, second = (tune(_layers(start), EXAMPLES, recipe) for _ in range(2))
    assert first.keys() == second.keys()
    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_frozen_layers_stay(start: Start) -> None:
    adapter = tune(_layers(start), EXAMPLES, replace(RECIPE, epochs=1))
    assert {name.split(".")[2] for name in adapter} == {"1"}
    moved = with_adapter(start.weights, adapter)
    changed = {name for name in moved if not np.array_equal(moved[name], start.weights[name])}
    assert changed
    assert all(name.startswith("encoder.layer.1.") for name in changed)
    back = without_adapter(moved, adapter)
    assert all(np.allclose(back[name], start.weights[name], atol=1e-6) for name in back)


@pytest.mark.slow
def test_a_written_encoder_can_be_trained_again(start: Start, tmp_path: Path) -> None:
    adapter = tune(_layers(start), EXAMPLES, RECIPE)
    write_encoder(tmp_path, start, adapter, {"note": "x"})
    again = read_start(tmp_path)
    assert again.name == start.name
    for name, value in start.weights.items():
        if name.startswith("encoder.") and name.endswith(".weight"):
            assert np.allclose(again.weights[name], value, atol=np.abs(value).max() / 20), name
    assert read_adapter(tmp_path / ADAPTER)[1]["note"] == "x"


@pytest.mark.parametrize("content", [None, b"", b"\x10\x00\x00\x00\x00\x00\x00\x00{}"])
def test_an_adapter_that_cannot_be_read_says_what_to_run(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "adapter.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EmbedderError, match="assistant train encoder"):
        read_adapter(path)


def test_an_adapter_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "adapter.safetensors"
    write_adapter(path, {"a.down": np.zeros((1, 2), np.float32)}, {"form": "autre"})
    with pytest.raises(EmbedderError, match="autre version"):
        read_adapter(path)


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError):
        read_start(tmp_path)
