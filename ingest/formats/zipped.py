"""Office files are ZIP archives of XML: opened within bounds, nothing run, expanded or fetched."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from ingest.errors import LoadError

_MOST_FILES = 10_000
_MOST_BYTES = 300_000_000
# An archive whose files are so many times larger than they're stored is made to fill a memory.
_MOST_RATIO = 300
_SMALL = 5_000_000
_HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0"

# What reading a damaged file raises, whatever reads it.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)


@contextmanager
def opened(path: Path, raw: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an office file.

    Raises:
        LoadError: it's protected, damaged, or made to fill a memory; also what reading it raises inside.
    """
    if raw.startswith(_OLE):
        raise LoadError(
            f"« {path} » est protégé par un mot de passe ou d’un ancien format. "
            "Enregistrez-le sans mot de passe, au format actuel."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check(path, archive, len(raw))
            yield archive
    except LoadError:
        raise
    except DAMAGE as error:
        raise damaged(path) from error


def damaged(path: Path) -> LoadError:
    """The error of a file that can't be read as what its name says."""
    kind = path.suffix.lstrip(".").upper()
    return LoadError(
        f"« {path} » est abîmé ou n’est pas un fichier {kind}. Ouvrez-le et enregistrez-le de nouveau."
    )


def xml_of(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Parse a file of an archive; None when it has no such file."""
    if name not in archive.namelist():
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _check(path: Path, archive: zipfile.ZipFile, stored: int) -> None:
    files = archive.infolist()
    whole = sum(file.file_size for file in files)
    if len(files) > _MOST_FILES or whole > _MOST_BYTES or (whole > _SMALL and whole > _MOST_RATIO * stored):
        raise LoadError(
            f"« {path} » se décompresse en un volume anormal. Vérifiez d’où il vient ou retirez-le."
        )
    if any(file.flag_bits & 1 for file in files):
        raise LoadError(f"« {path} » est protégé par un mot de passe. Enregistrez-le sans mot de passe.")
    for file in files:
        if file.filename.endswith((".xml", ".rels")):
            with archive.open(file) as content:
                head = content.read(_HEAD_BYTES).replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise LoadError(
                    f"« {path} » déclare des entités XML : il n’est pas lu. Enregistrez-le de nouveau."
                )
