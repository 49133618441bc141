"""Which file is read by what, by the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from ingest.errors import LoadError
from ingest.formats.encoding import decode
from ingest.formats.parts import Page

Reader = Callable[[Path, bytes], Page]
"""Reads the bytes of a file, given its path for messages.

Raises LoadError: the file isn't what its name says, or can't be read as it.
"""


def _text(path: Path, raw: bytes) -> Page:
    from ingest.formats.text import read_text

    return read_text(_decoded(path, raw))


def _markdown(path: Path, raw: bytes) -> Page:
    from ingest.formats.markdown import read_markdown

    return read_markdown(_decoded(path, raw))


def _html(path: Path, raw: bytes) -> Page:
    from ingest.formats.html import read_html

    return read_html(_decoded(path, raw, declares=True))


def _csv(path: Path, raw: bytes) -> Page:
    import csv

    from ingest.formats.csv_table import read_csv
    from ingest.formats.zipped import damaged

    try:
        return read_csv(_decoded(path, raw))
    except csv.Error as error:
        raise damaged(path) from error


def _pdf(path: Path, raw: bytes) -> Page:
    from ingest.formats.pdf import read_pdf

    return read_pdf(path, raw)


def _docx(path: Path, raw: bytes) -> Page:
    from ingest.formats.docx import read_docx

    return read_docx(path, raw)


def _odf(path: Path, raw: bytes) -> Page:
    from ingest.formats.odf import read_odf

    return read_odf(path, raw)


def _xlsx(path: Path, raw: bytes) -> Page:
    from ingest.formats.xlsx import read_xlsx

    return read_xlsx(path, raw)


def _eml(path: Path, raw: bytes) -> Page:
    from ingest.formats.eml import read_eml

    return read_eml(path, raw, _attached)


def _attached(path: Path, raw: bytes) -> Page:
    """Read a file attached to a message."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise LoadError(
            f"« {path} », pièce jointe, n’est pas d’un format connu ({', '.join(READ)}). "
            "Enregistrez-la à part, dans l’un d’eux."
        )
    return reader(path, raw)


def _other(path: Path, raw: bytes) -> Page:
    """A format that isn't read: said, with what to do, rather than passed over."""
    raise LoadError(
        f"« {path} » est d’un format qui n’est pas lu (ancien format ou fichier à macros). "
        f"Enregistrez-le en {_OTHERS[path.suffix.lower()]}."
    )


def _decoded(path: Path, raw: bytes, *, declares: bool = False) -> str:
    text = decode(raw, declares=declares)
    if text is None:
        raise LoadError(
            f"« {path} » n’est pas un texte lisible (ni UTF-8, ni UTF-16, ni Windows-1252). "
            "Enregistrez-le en UTF-8 ou retirez-le."
        )
    return text


_OTHERS: Mapping[str, str] = MappingProxyType(
    {".doc": "DOCX", ".docm": "DOCX", ".rtf": "DOCX", ".xls": "XLSX", ".xlsm": "XLSX", ".xlsb": "XLSX"}
)
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".md": _markdown,
        ".markdown": _markdown,
        ".txt": _text,
        ".html": _html,
        ".htm": _html,
        ".pdf": _pdf,
        ".docx": _docx,
        ".odt": _odf,
        ".ods": _odf,
        ".xlsx": _xlsx,
        ".csv": _csv,
        ".eml": _eml,
        **dict.fromkeys(_OTHERS, _other),
    }
)
READ = tuple(sorted(suffix for suffix in READERS if suffix not in _OTHERS))
"""The ends of names of what is read, for messages."""
