"""The encoder of a fold: the one shipped, trained again without anything of the fold's fiches.

A fold keeps what its training added, a file of 2 MB; its encoder is written from it, once a machine, beside
what else is derived.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import AssistantSettings
from evaluation.errors import FoldStale
from evaluation.folds.folds import FOLDS_DIR, Fold, knows_nothing_of
from ingest.configured import configured_embedder
from ingest.embed import DEFAULT_ENCODER, ENCODER_DIR, Embedder
from ingest.encoder_folder import SUMS
from ingest.errors import EmbedderError

REMEDY = "Refaites les encodeurs des plis : assistant train encoder --folds."
WRITTEN = Path("var") / "folds"
"""Where the encoders of folds are written; what is there can be deleted."""


def adapter_path(fold: Fold, folder: Path = FOLDS_DIR) -> Path:
    """Where what the training of a fold added is kept."""
    return folder / str(fold.number) / "encoder.safetensors"


def told_of(fold: Fold) -> dict[str, str]:
    """What the file of a fold says of it: the schemes that it knows nothing of."""
    return {"without": " ".join(sorted(fold.schemes))}


def fold_encoder(fold: Fold, settings: AssistantSettings) -> Embedder:
    """Load the encoder of a fold; one that a setting names learned nothing of the fiches, and stays.

    Raises:
        FoldStale: its file is missing, of other fiches, or of another encoder than the one shipped.
    """
    if settings.encoder == DEFAULT_ENCODER:
        settings = settings.model_copy(update={"encoder": str(written_encoder(fold))})
    return configured_embedder(settings)


def written_encoder(fold: Fold, folder: Path = FOLDS_DIR, written: Path = WRITTEN) -> Path:
    """Return the folder of a fold's encoder, written now if it isn't yet.

    Raises:
        FoldStale: see :func:`fold_encoder`.
    """
    from ingest.training.adapter import read_adapter
    from ingest.training.folder import read_start, write_encoder

    path = adapter_path(fold, folder)
    try:
        adapter, told = read_adapter(path)
    except EmbedderError as error:
        raise FoldStale(f"Pli {fold.number} : « {path} » ne peut pas être lu. {REMEDY}") from error
    if not knows_nothing_of(fold, told.get("without", "").split(), _of_others(fold, folder)):
        raise FoldStale(f"Pli {fold.number} : « {path} » a été appris pour d’autres fiches. {REMEDY}")
    digest = hashlib.sha256(path.read_bytes() + (ENCODER_DIR / SUMS).read_bytes()).hexdigest()[:12]
    target = written / f"{fold.number}-{digest}"
    if (target / SUMS).is_file():
        return target
    start = read_start(ENCODER_DIR)
    if told.get("base") != start.name:
        raise FoldStale(
            f"Pli {fold.number} : « {path} » va avec un autre encodeur que celui fourni. {REMEDY}"
        )
    written.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=written) as draft:
        write_encoder(Path(draft) / "encoder", start, adapter, told_of(fold))
        try:
            (Path(draft) / "encoder").replace(target)
        except OSError:  # another process has just written the same
            if not (target / SUMS).is_file():
                raise
    return target


def _of_others(fold: Fold, folder: Path) -> list[list[str]]:
    """The fiches that the trainings of the other folds left out, as far as their files can be read."""
    from ingest.training.adapter import read_told

    paths = (path for path in folder.glob("*/encoder.safetensors") if path.parent.name != str(fold.number))
    return [read_told(path).get("without", "").split() for path in sorted(paths)]


def encoder_told(fold: Fold) -> str:
    """How what is trained under the encoder of a fold calls it: alike on every machine.

    Raises:
        FoldStale: see :func:`written_encoder`.
    """
    return written_encoder(fold).name
