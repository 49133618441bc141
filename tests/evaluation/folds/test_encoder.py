"""The encoder of a fold: trained without its fiches, of the encoder shipped, written once."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.fiches.catalogue import load_catalogue
from evaluation.errors import FoldStale
from evaluation.folds.corpus import no_questions
from evaluation.folds.encoder import adapter_path, told_of, written_encoder
from evaluation.folds.folds import Fold, knows_nothing_of, read_folds
from ingest.embed import ENCODER_DIR, load_embedder
from ingest.training.adapter import read_adapter, read_told, write_adapter
from ingest.training.folder import ADAPTER, read_start

FOLDS = read_folds(load_catalogue(asked_from=no_questions).fiches)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of what the first fold keeps."""
    target = adapter_path(FOLDS[0], tmp_path)
    target.parent.mkdir(parents=True)
    shutil.copyfile(adapter_path(FOLDS[0]), target)
    return tmp_path


@pytest.mark.parametrize("fold", FOLDS, ids=lambda fold: str(fold.number))
def test_each_fold_keeps_what_was_learned_without_it(fold: Fold) -> None:
    adapter, told = read_adapter(adapter_path(fold))
    others = [read_told(adapter_path(other))["without"].split() for other in FOLDS if other is not fold]
    assert knows_nothing_of(fold, told["without"].split(), others)
    assert told["base"] == read_adapter(ENCODER_DIR / ADAPTER)[1]["base"]
    assert any(np.abs(value).max() > 0 for name, value in adapter.items() if name.endswith(".up"))


def test_it_is_written_once(kept: Path, tmp_path: Path) -> None:
    first = written_encoder(FOLDS[0], kept, tmp_path / "written")
    stamp = (first / "onnx" / "model.onnx").stat().st_mtime_ns
    assert written_encoder(FOLDS[0], kept, tmp_path / "written") == first
    assert (first / "onnx" / "model.onnx").stat().st_mtime_ns == stamp
    text = "Quel est le taux de l’aide pour la toiture de l’école ?"
    own, shipped = (load_embedder(folder).embed_question(text) for folder in (str(first), "default"))
    assert np.linalg.norm(own) == pytest.approx(1.0, abs=1e-4)
    assert 0.5 < float(own @ shipped) < 0.9999


def test_one_that_learned_of_other_fiches_is_stale(kept: Path, tmp_path: Path) -> None:
    other = Fold(FOLDS[0].number, FOLDS[1].schemes)
    with pytest.raises(FoldStale, match="assistant train encoder --folds"):
        written_encoder(other, kept, tmp_path / "written")


def test_one_of_another_encoder_is_stale(kept: Path, tmp_path: Path) -> None:
    path = adapter_path(FOLDS[0], kept)
    adapter, _ = read_adapter(path)
    write_adapter(path, adapter, {"base": "autre:0", **told_of(FOLDS[0])})
    with pytest.raises(FoldStale, match="autre encodeur"):
        written_encoder(FOLDS[0], kept, tmp_path / "written")


@pytest.mark.parametrize("content", [None, b"", b"abc"])
def test_one_that_is_missing_or_damaged_is_stale(tmp_path: Path, content: bytes | None) -> None:
    path = adapter_path(FOLDS[0], tmp_path)
    if content is not None:
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    with pytest.raises(FoldStale, match="assistant train encoder --folds"):
        written_encoder(FOLDS[0], tmp_path, tmp_path / "written")


def test_the_base_is_that_of_the_encoder_shipped() -> None:
    assert read_start(ENCODER_DIR).name == read_adapter(ENCODER_DIR / ADAPTER)[1]["base"]
