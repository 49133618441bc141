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


def _decoded(path: Path, raw: bytes, *, declares: bool = False) -> str:
    text = decode(raw, declares=declares)
    if text is None:
        raise LoadError(
            f"« {path} » n’est pas un texte lisible (ni UTF-8, ni UTF-16, ni Windows-1252). "
            "Enregistrez-le en UTF-8 ou retirez-le."
        )
    return text


READERS: Mapping[str, Reader] = MappingProxyType(
    {".md": _markdown, ".markdown": _markdown, ".txt": _text, ".html": _html, ".htm": _html}
)
