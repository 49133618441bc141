"""A tiny encoder: two layers, and a tokenizer of whole words."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from ingest.training.folder import Start, read_start

WORDS = (
    *("query", "passage", ":", "commune", "église", "toit", "arbre", "vélo", "aide", "taux", "plafond"),
    *("date", "quel", "combien", "quand", "le", "la", "de"),
)
_WIDTH, _WIDE, _LAYERS, _PLACES = 24, 48, 2, 32


def _weights() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(5)
    made = {
        "embeddings.word_embeddings.weight": draw.normal(size=(len(WORDS) + 4, _WIDTH)),
        "embeddings.position_embeddings.weight": draw.normal(size=(_PLACES, _WIDTH)) / 5,
        "embeddings.token_type_embeddings.weight": draw.normal(size=(2, _WIDTH)) / 5,
    }
    shapes = {
        **{f"attention.self.{part}": (_WIDTH, _WIDTH) for part in ("query", "key", "value")},
        "attention.output.dense": (_WIDTH, _WIDTH),
        "intermediate.dense": (_WIDE, _WIDTH),
        "output.dense": (_WIDTH, _WIDE),
    }
    for layer in range(_LAYERS):
        for name, (rows, columns) in shapes.items():
            made[f"encoder.layer.{layer}.{name}.weight"] = draw.normal(size=(rows, columns)) / columns**0.5
            made[f"encoder.layer.{layer}.{name}.bias"] = draw.normal(size=rows) / 10
    norms = [
        f"encoder.layer.{n}.{part}.LayerNorm"
        for n in range(_LAYERS)
        for part in ("attention.output", "output")
    ]
    for name in ("embeddings.LayerNorm", *norms):
        made[f"{name}.weight"], made[f"{name}.bias"] = np.ones(_WIDTH), np.zeros(_WIDTH)
    made["pooler.dense.weight"] = np.zeros((_WIDTH, _WIDTH))
    return {name: value.astype(np.float32) for name, value in made.items()}


def _tokenizer() -> Tokenizer:
    numbers = {word: place for place, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *WORDS])}
    tokenizer = Tokenizer(models.WordLevel(numbers, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing("<s> $A </s>", None, [("<s>", 0), ("</s>", 2)])
    return tokenizer


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the tiny encoder, with its full weights."""
    folder = tmp_path_factory.mktemp("base")
    save_file({f"bert.{name}": value for name, value in _weights().items()}, folder / "model.safetensors")
    _tokenizer().save(str(folder / "tokenizer.json"))
    told = {
        "config.json": {"hidden_size": _WIDTH},
        "config_sentence_transformers.json": {"prompts": {"query": "query: ", "document": "passage: "}},
        "sentence_bert_config.json": {"max_seq_length": _PLACES},
        "special_tokens_map.json": {},
        "tokenizer_config.json": {},
    }
    for name, value in told.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
    return folder


@pytest.fixture
def start(base: Path) -> Start:
    """What a training of it starts from."""
    return read_start(base)
