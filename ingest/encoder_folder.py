"""The folder of an encoder kept as ONNX: its files, their sums, and what they say of it."""

from __future__ import annotations

import hashlib
import json
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from ingest.errors import EmbedderError

ENCODER_DIR = Path(__file__).parent / "encoder"
MODEL, TOKENIZER, SUMS = "onnx/model.onnx", "tokenizer.json", "SHA256SUMS"
OUTPUT = "sentence_embedding"
_MOST_TOKENS = 512


def is_onnx_folder(folder: Path) -> bool:
    """Whether a folder holds an encoder of sentences as ONNX, not only the network that it is made of."""
    try:
        with (folder / MODEL).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return (folder / SUMS).is_file() or content.find(OUTPUT.encode()) >= 0
    except (OSError, ValueError):  # ValueError: an empty file
        return (folder / SUMS).is_file()


def check_files(folder: Path) -> None:
    """Check that the files of an encoder are there and are what its sums say.

    Raises:
        EmbedderError: one is missing, cut short or another.
    """
    for name in (MODEL, TOKENIZER):
        if not (folder / name).is_file():
            raise EmbedderError(f"Il manque « {name} » à l’encodeur de « {folder} ». {remedy(folder)}")
    for name, expected in _sums(folder).items():
        try:
            with (folder / name).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise EmbedderError(f"« {folder / name} » ne peut pas être lu. {remedy(folder)}") from error
        if found != expected:
            raise EmbedderError(
                f"« {folder / name} » est incomplet ou n’est pas le fichier attendu (somme {found[:12]} "
                f"au lieu de {expected[:12]}). {remedy(folder)}"
            )


def sums_digest(folder: Path) -> str | None:
    """Return twelve digits that tell the files of an encoder from others, read off its sums; None without."""
    try:
        return hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()[:12]
    except OSError:
        return None


def prompts_of(folder: Path) -> tuple[str, str]:
    """Return what the encoder of a folder wants before a question and before a passage."""
    prompts = _read(folder, "config_sentence_transformers.json").get("prompts") or {}
    return str(prompts.get("query") or ""), str(prompts.get("document") or prompts.get("passage") or "")


def dimension_of(folder: Path) -> int:
    """Return the length of the encoder's vectors.

    Raises:
        EmbedderError: no file tells it.
    """
    dimension = _read(folder, "1_Pooling/config.json").get("word_embedding_dimension") or _read(
        folder, "config.json"
    ).get("hidden_size")
    if not isinstance(dimension, int) or dimension < 1:
        raise EmbedderError(
            f"L’encodeur de « {folder} » ne dit pas la longueur de ses vecteurs "
            f"(« hidden_size » de « config.json »). {remedy(folder)}"
        )
    return dimension


def longest_of(folder: Path) -> int:
    """Return how many pieces of a text the encoder reads."""
    told = _read(folder, "sentence_bert_config.json").get("max_seq_length")
    return told if isinstance(told, int) and 0 < told <= _MOST_TOKENS else _MOST_TOKENS


def _sums(folder: Path) -> dict[str, str]:
    """SHA-256 of the files by name, as ``sha256sum`` writes them; none when nobody left any."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise EmbedderError(f"« {folder / SUMS} » ne peut pas être lu. {remedy(folder)}") from error
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {pair[1].lstrip("*").strip(): pair[0].lower() for pair in pairs if len(pair) == 2}


def _read(folder: Path, name: str) -> dict[str, Any]:
    try:
        values = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def unusable(folder: Path, error: Exception) -> EmbedderError:
    """Make the error of an encoder that can't be opened or run."""
    return EmbedderError(
        f"L’encodeur de « {folder} » ne peut pas servir ({type(error).__name__}). {remedy(folder)}"
    )


def remedy(folder: Path) -> str:
    """Say what to do about a folder that can't serve."""
    if folder == ENCODER_DIR:
        return "Réinstallez le projet : make setup"
    return "Copiez de nouveau le dossier, ou retirez ASSISTANT_ENCODER pour l’encodeur fourni."
