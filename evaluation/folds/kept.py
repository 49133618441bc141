"""What is trained for a fold and kept: weights, with a digest of what they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from assistant.choosing.fitted import IN_USE, Weights
from assistant.choosing.support import SupportWeights
from corpus.fiches.catalogue import SCHEMES_DIR
from corpus.fiches.fiche import asked_path
from evaluation.errors import FoldStale
from evaluation.fitting.graded import GRADED_PATH
from evaluation.fitting.support import UNCOVERED_PATH
from evaluation.folds.encoder import adapter_path
from evaluation.folds.folds import FOLDS_DIR, Fold

REMEDY = "Refaites ce qui est appris pour chaque pli : assistant train --folds."
# One known question in so many is fitted on: six hundred are left for at most a dozen weights.
EVERY = 6


class KeptWeights(BaseModel):
    """The weights of a fold as they are written.

    Attributes:
        form: name and version of this shape.
        made_from: digest of what they were made from (:func:`digest_of`).
        sentences: by measure.
        schemes: by measure.
        gaps: by measure, and ``bias``.
        support: by measure, and ``bias``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Literal["fold-weights/1"] = "fold-weights/1"
    made_from: str
    sentences: dict[str, float]
    schemes: dict[str, float]
    gaps: dict[str, float]
    support: dict[str, float]

    @model_validator(mode="after")
    def _weighs_each_measure(self) -> Self:
        for name, used in written(IN_USE).items():
            if sorted(used) != sorted(getattr(self, name)):
                raise ValueError("not the measures of today")
        return self

    @property
    def weights(self) -> Weights:
        """The weights as an engine takes them."""
        return Weights(self.sentences, self.schemes, self.gaps, SupportWeights(**self.support))

    @classmethod
    def of(cls, weights: Weights, made_from: str) -> KeptWeights:
        """The weights of an engine, to be written."""
        return cls(made_from=made_from, **written(weights))


def digest_of(fold: Fold, schemes_dir: Path = SCHEMES_DIR) -> str:
    """Digest of what a fold is trained on: fiches, questions of the other fiches, encoder, names of measures.

    What is known about the fold's own fiches takes no part, so that a change there makes nothing stale. The
    code that fits takes none either: who changes how weights are fitted runs the training again.
    """
    digest = hashlib.sha256()
    names = [sorted(own) for own in written(IN_USE).values()]
    digest.update(repr((sorted(fold.schemes), names, EVERY)).encode())
    for path in _made_from(fold, schemes_dir):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def path_of(fold: Fold, folder: Path = FOLDS_DIR) -> Path:
    """Where the weights of a fold are written."""
    return folder / str(fold.number) / "weights.json"


def read_weights(fold: Fold, schemes_dir: Path = SCHEMES_DIR, folder: Path = FOLDS_DIR) -> Weights:
    """Read the weights of a fold.

    Raises:
        FoldStale: they are missing, can't be read, or were made from other files than today's.
    """
    path = path_of(fold, folder)
    try:
        kept = KeptWeights.model_validate_json(path.read_bytes())
    except OSError as error:
        raise FoldStale(f"Pli {fold.number} : « {path} » manque. {REMEDY}") from error
    except ValidationError as error:
        raise FoldStale(f"Pli {fold.number} : « {path} » est mal formé. {REMEDY}") from error
    if kept.made_from != digest_of(fold, schemes_dir):
        raise FoldStale(
            f"Pli {fold.number} : « {path} » est périmé, des fiches, leurs questions ou les plis ont changé "
            f"depuis. {REMEDY}"
        )
    return kept.weights


def write_weights(fold: Fold, kept: KeptWeights, folder: Path = FOLDS_DIR) -> Path:
    """Write the weights of a fold; return where."""
    path = path_of(fold, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(kept.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return path


def written(weights: Weights) -> dict[str, dict[str, float]]:
    """Return weights as plain values, by the names of the shape."""
    return {
        "sentences": dict(weights.sentences),
        "schemes": dict(weights.schemes),
        "gaps": dict(weights.gaps),
        "support": asdict(weights.support),
    }


def _made_from(fold: Fold, schemes_dir: Path) -> Iterable[Path]:
    fiches = sorted(schemes_dir.glob("*.md"))
    yield from fiches
    others = (asked_path(fiche) for fiche in fiches if fiche.stem not in fold.schemes)
    yield from (path for path in others if path.is_file())
    yield UNCOVERED_PATH
    yield GRADED_PATH
    yield adapter_path(fold)
