"""The files of a generation and their digests: noted when it's written, compared before it's believed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

CHROMA, PASSAGES, LEXICAL, VOCABULARY = "chroma", "chunks.sqlite", "lexical", "vocabulary.json"
MANIFESTS = ("manifest.json", "manifest.copy.json")
_DIGEST_BYTES = 16
MANIFEST_NAME, KEPT_NAME = "manifeste", "données tirées des fiches"
_NAMES = {CHROMA: "vecteurs", PASSAGES: "passages", LEXICAL: "mots", VOCABULARY: "vocabulaire"}


def seal(folder: Path) -> dict[str, str]:
    """Digest every file of a generation but its manifest and what only locks: by path from its folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in files
        if path.name not in MANIFESTS and path.suffix != ".lock"
    }


def damaged_parts(folder: Path, files: Mapping[str, str]) -> frozenset[str]:
    """Tell which parts of a generation hold a file that is gone or isn't what was written.

    Args:
        folder: of the generation.
        files: what :func:`seal` gave when it was written.
    """
    return frozenset(
        PurePosixPath(name).parts[0] for name, digest in files.items() if not _is(folder / name, digest)
    )


def in_french(parts: frozenset[str]) -> list[str]:
    """Name parts as a French message does."""
    return [name for part, name in _NAMES.items() if part in parts]


def _is(path: Path, digest: str) -> bool:
    try:
        return _digest(path) == digest
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=_DIGEST_BYTES)).hexdigest()
