"""A copy of a folder that only this process uses, removed with whoever opened it.

Chroma writes in the files that it opens, a reader's too: two readers of one folder would write at the same
time, and none could open a folder that is read-only. What is opened is a copy, in the folder of temporary
files, or in memory where that one is full or read-only.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import IngestError

log = logging.getLogger(__name__)
_PREFIX = "assistant-index-"
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - the copy's own folder is made there by mkdtemp


class PrivateCopy:
    """A copy of a folder; it goes when it's closed, is no longer held, or when the process ends.

    Attributes:
        path: where it is.
    """

    def __init__(self, folder: Path) -> None:
        """Copy a folder.

        Raises:
            OSError: the folder can't be read.
            IngestError: there is no place for the copy.
        """
        self.path, self._lock = _copied(folder)
        self._end = weakref.finalize(self, _remove, self.path, self._lock)

    def close(self) -> None:
        """Remove the copy."""
        self._end()


def _copied(folder: Path) -> tuple[Path, int]:
    """Copy a folder where there is place for it; return where, and what holds the copy's lock."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    reasons = []
    for place in _places():
        _sweep(place)
        try:
            path, lock = _held(place)
        except OSError as error:
            reasons.append(f"«\u00a0{place}\u00a0»\u00a0: {error.strerror}")
            continue
        if shutil.disk_usage(place).free <= size:
            reasons.append(f"«\u00a0{place}\u00a0»\u00a0: il n’y a plus de place")
        else:
            try:
                _copy_files(folder, path, files)
            except OSError:
                _remove(path, lock)
                raise
            if reasons:
                log.warning("the index is opened in %s (%s)", place, "; ".join(reasons))
            return path, lock
        _remove(path, lock)
    raise IngestError(
        f"L’index de « {folder.parent} » n’a pas pu être ouvert, faute d’un endroit où en mettre une copie "
        f"de {-(-size // 1_000_000)} Mo ({', '.join(reasons) or 'aucun dossier temporaire'}). Libérez de la "
        "place, ou donnez à TMPDIR un dossier où vous avez le droit d’écrire."
    )


def _copy_files(folder: Path, to: Path, files: list[Path]) -> None:
    """Copy what files hold, not what may be done with them: those of a read-only folder can be written to."""
    for file in files:
        target = to / file.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)


def _places() -> Iterator[Path]:
    try:
        yield Path(tempfile.gettempdir())
    except OSError:
        log.info("no temporary folder can be written to")
    if _IN_MEMORY.is_dir():
        yield _IN_MEMORY


def _held(place: Path) -> tuple[Path, int]:
    """Make a folder and lock it, so that nobody takes it for what a killed process left."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        lock = os.open(path, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_SH)
        if path.is_dir():
            return path, lock
        os.close(lock)  # somebody swept it away between the two


def _sweep(place: Path) -> None:
    """Remove the copies that killed processes left: those whose lock nobody holds."""
    for path in place.glob(f"{_PREFIX}*"):
        try:
            lock = os.open(path, os.O_RDONLY)
        except OSError:  # gone meanwhile, or somebody else's
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
        except OSError:
            pass  # in use
        finally:
            os.close(lock)


def _remove(path: Path, lock: int) -> None:
    shutil.rmtree(path, ignore_errors=True)
    os.close(lock)
