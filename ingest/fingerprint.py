"""What tells whether a file would be read the same again: its bytes, those beside it, and the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import corpus
from ingest.kept import digest_of, digest_of_files
from ingest.sidecar import sidecar_paths


def fingerprint_of(file: Path) -> str:
    """Digest a file with what is said beside it and with the program that reads it.

    Raises:
        OSError: it can't be read.
    """
    beside = [path.read_bytes() for path in sidecar_paths(file) if path.is_file()]
    return digest_of((_program(), file.read_bytes(), *beside))


@cache
def _program() -> str:
    """Digest of what reads documents: another program may read another thing in the same file."""
    here, below = Path(__file__).parent, Path(corpus.__file__).parent
    return digest_of_files([*here.rglob("*.py"), *below.rglob("*.py")])
