"""What is derived once and kept beside an index, each under a digest of what it was made from.

A value lies in a folder of its own, ``<name>-<digest>/``: ``values.json``, an ``.npy`` file an array, which
is mapped into memory, and ``digest``, of what the others hold. A folder is written whole under another name,
then renamed: it's there or it isn't. Nothing is ever stale: what was made from something else bears another
digest, and isn't found. Nothing damaged is believed: what it holds is compared with its digest.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

log = logging.getLogger(__name__)
_VALUES = "values.json"
_DIGEST = "digest"
_DIGEST_BYTES = 16
_DAMAGED = (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, AttributeError)

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Packed:
    """A value as it's kept.

    Attributes:
        values: what JSON can say.
        arrays: the rest, by name.
    """

    values: Any
    arrays: Mapping[str, NDArray[Any]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Form(Generic[_Value]):
    """How a kind of value is kept: its name, how it's packed, and how it's made of what was packed.

    ``unpack`` raises ``ValueError``, ``KeyError``, ``TypeError`` or the like on what it didn't pack.
    """

    name: str
    pack: Callable[[_Value], Packed]
    unpack: Callable[[Packed], _Value]


class Kept:
    """The values kept in a folder: read at start, written at ingest."""

    def __init__(self, folder: Path | None = None, *, writes: bool = False) -> None:
        """Name the folder; nothing is created yet.

        Args:
            folder: where values are; None when there is nowhere: every value is made.
            writes: whether what had to be made is kept for the next time.
        """
        self._folder = folder
        self._writes = writes
        self._used: set[str] = set()

    def value(self, form: Form[_Value], digest: str, make: Callable[[], _Value]) -> _Value:
        """Return a value that was kept; one that is missing or damaged is made again.

        Args:
            form: its kind.
            digest: of all that it is made from; see :func:`digest_of`.
            make: makes it.

        Raises:
            OSError: it can't be written; only when values are.
        """
        if self._folder is None:
            return make()
        place = self._folder / f"{form.name}-{digest}"
        self._used.add(place.name)
        if place.is_dir():
            try:
                return form.unpack(_read(place))
            except _DAMAGED as error:
                log.info("%s is damaged (%s)", place, error)
        value = make()
        if self._writes:
            _write(place, form.pack(value))
        else:
            log.info("%s isn't kept for what there is now: computed again, until the next ingest", form.name)
        return value

    def damaged(self) -> list[str]:
        """Name what was kept and isn't what was written."""
        if self._folder is None or not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if path.is_dir() and not _is_sound(path))

    def clean(self) -> list[str]:
        """Delete what was kept but for the values asked for since; return the names deleted."""
        if self._folder is None or not self._folder.is_dir():
            return []
        old = [path for path in self._folder.iterdir() if path.name not in self._used]
        for path in old:
            shutil.rmtree(path, ignore_errors=True)
        return sorted(path.name for path in old)


def digest_of(parts: Iterable[str | bytes]) -> str:
    """Digest parts in their order, each told apart from the next: 32 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """Digest files by name and content, in the order of their paths."""
    return digest_of(part for path in sorted(paths) for part in (path.name, path.read_bytes()))


def _is_sound(place: Path) -> bool:
    try:
        return (place / _DIGEST).read_text(encoding="ascii") == _digest_within(place)
    except _DAMAGED:
        return False


def _read(place: Path) -> Packed:
    if not _is_sound(place):
        raise ValueError("it isn't what was written")
    values = json.loads((place / _VALUES).read_bytes())
    return Packed(values, {path.stem: np.load(path, mmap_mode="r") for path in place.glob("*.npy")})


def _write(place: Path, packed: Packed) -> None:
    draft = place.with_name(f"{place.name}.{uuid4().hex[:8]}.tmp")
    draft.mkdir(parents=True)
    try:
        for name, array in packed.arrays.items():
            with (draft / f"{name}.npy").open("wb") as file:
                np.save(file, array, allow_pickle=False)
                _flush(file)
        with (draft / _VALUES).open("wb") as file:
            file.write(json.dumps(packed.values, ensure_ascii=False, separators=(",", ":")).encode())
            _flush(file)
        with (draft / _DIGEST).open("w", encoding="ascii") as text:
            text.write(_digest_within(draft))
            _flush(text)
        shutil.rmtree(place, ignore_errors=True)
        draft.replace(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _digest_within(place: Path) -> str:
    return digest_of_files(path for path in place.iterdir() if path.name != _DIGEST)


def _flush(file: Any) -> None:
    """Have the disk hold what was written before the folder takes its name."""
    file.flush()
    os.fsync(file.fileno())
