"""Read a file of trained numbers, whatever it holds: missing, damaged or of another version, it's said."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from assistant.errors import AssistantError

Held = Mapping[str, NDArray[np.generic]]
_Made = TypeVar("_Made")


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
