"""Read pairs of near texts from JSON lines: further things to learn from."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TextIO

from ingest.errors import LoadError
from ingest.training.examples import Pair


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Read pairs, gzipped or not: ``anchor``, ``positive``, and ``source`` if any.

    Raises:
        LoadError: the file can't be read, a line isn't a pair, or there is none.
    """
    pairs: list[Pair] = []
    read = 0
    try:
        with _opened(path) as lines:
            for line in lines:
                read += 1
                if line.strip():
                    pairs.append(_pair(json.loads(line)))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise LoadError(f"« {path} » ne peut pas être lu. Donnez un fichier JSONL.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LoadError(
            f"{path}:{read} : il faut un objet JSON avec les textes « anchor » et « positive »."
        ) from error
    if not pairs:
        raise LoadError(f"« {path} » ne contient aucune paire. Donnez un fichier JSONL d’au moins une ligne.")
    return tuple(pairs)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _pair(row: dict[str, str]) -> Pair:
    question, passage = row["anchor"].strip(), row["positive"].strip()
    if not question or not passage:
        raise ValueError("an empty text")
    return Pair(question, passage, str(row.get("source", "")))
