"""Files of trained numbers, whatever they hold: one missing, damaged or of another version is said so."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from assistant.errors import AssistantError

Held = Mapping[str, NDArray[np.generic]]
_Made = TypeVar("_Made")


def write_file(path: Path, told: BaseModel, **arrays: NDArray[np.generic]) -> None:
    """Write a trained file, what it says of itself first; the same values give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        own = np.frombuffer(told.model_dump_json().encode(), dtype=np.uint8)
        np.savez_compressed(file, allow_pickle=False, told=own, **arrays)


def read_file(
    path: Path, checked: Callable[[Held], _Made], refused: Callable[[Path, str], AssistantError]
) -> _Made:
    """Read a trained file.

    Args:
        path: the file.
        checked: makes what its arrays hold; ``ValidationError`` for another version, ``KeyError`` or
            ``ValueError`` where something is missing or of another size.
        refused: makes the error that says what is wrong with the file, and what to run.

    Raises:
        AssistantError: that of ``refused``: it's missing, damaged or of another version.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            held = {name: file[name] for name in file.files}
    except FileNotFoundError as error:
        raise refused(path, "manque") from error
    except (OSError, ValueError, EOFError, BadZipFile, zlib.error) as error:
        raise refused(path, "est abîmé") from error
    try:
        return checked(held)
    except ValidationError as error:
        raise refused(path, "est d’une autre version") from error
    except (KeyError, ValueError) as error:
        raise refused(path, "est abîmé") from error
