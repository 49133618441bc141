"""Build the index of a search in a process of its own, and keep those that take minutes for later runs."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from corpus.fiches.document import Document
from evaluation.benches.own_process import Progress, run_alone
from evaluation.benches.search_kinds import KINDS
from evaluation.peers.chains import missing_extra, plain_text

_NOTE = "built.json"


class Built(BaseModel):
    """What building an index took.

    Attributes:
        passages: number of passages that the documents made.
        seconds: to cut, embed and store them.
        memory_mb: growth of the process at most, in megabytes.
        disk_mb: size of what it wrote, in megabytes.
    """

    model_config = ConfigDict(frozen=True)

    passages: int
    seconds: float
    memory_mb: float
    disk_mb: float


def is_kept(kind: str) -> bool:
    """Whether the index of a search stays for later runs."""
    return bool(KINDS[kind].kept_for)


def index_of(kind: str, documents: Sequence[Document], home: Path) -> tuple[Path, Built]:
    """Return the folder of a search's index over documents, and what building it took.

    One built before from the same texts with the same packages is used again.

    Raises:
        MissingPackage: a package that the search needs isn't installed.
        ProcessLost: the process died.
    """
    kept_for, folder = KINDS[kind].kept_for, folder_of(kind, documents, home)
    if kept_for and (folder / _NOTE).is_file():
        return folder, Built.model_validate_json((folder / _NOTE).read_text(encoding="utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (passages, seconds), memory = run_alone(_build, kind, documents, folder)
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    built = Built(passages=passages, seconds=seconds, memory_mb=memory, disk_mb=disk / 1e6)
    (folder / _NOTE).write_text(built.model_dump_json(), encoding="utf-8")
    return folder, built


def folder_of(kind: str, documents: Sequence[Document], home: Path) -> Path:
    """Where the index of a search over documents is, or will be; same error for a missing package."""
    kept_for = KINDS[kind].kept_for
    return home / (f"{kind}-{_digest(documents, kept_for)}" if kept_for else kind)


def _build(kind: str, documents: Sequence[Document], folder: Path, _progress: Progress) -> tuple[int, float]:
    begun = time.perf_counter()
    search = KINDS[kind].make(documents, folder)
    return search.chunks, time.perf_counter() - begun


def _digest(documents: Iterable[Document], packages: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        try:
            digest.update(f"{package}=={version(package)}\n".encode())
        except PackageNotFoundError as error:
            raise missing_extra(package) from error
    for document in documents:
        digest.update(f"{document.id}\0{plain_text(document)[0]}\0".encode())
    return digest.hexdigest()[:16]
