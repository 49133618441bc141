"""Load a plain document: a file of any format that is read, with its title, publisher, dates and address."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.fiches.document import Document
from corpus.french.dates import french_date
from corpus.source import Source, check_url
from ingest.assemble import cleaned, sections_of
from ingest.clean import fold_spaces, normalise
from ingest.dates import find_dates
from ingest.errors import LoadError
from ingest.formats.parts import Part, Row
from ingest.formats.readers import READERS
from ingest.sidecar import sidecar_of
from ingest.titles import MOST_TITLE_CHARS, file_title, take_title
from ingest.web.address import site_name, web_document_id, web_name

Missing = Literal["title", "publisher", "date", "url"]
"""What a document, and what is said beside it, may not say."""

_MAX_BYTES = 100_000_000
_MAX_TEXT_BYTES = 20_000_000
_OFFICE = frozenset({".pdf", ".docx", ".odt", ".ods", ".xlsx", ".eml"})
# Said wherever such a document is quoted: a figure may be misread.
_RECOGNISED = " (texte reconnu sur une image)"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document read.

    Attributes:
        document: what it says.
        missing: what neither it nor its sidecar says; its title is then its file's name.
        is_recognised: whether some of its text was recognised on pictures, and so may be misread.
        unread: of each part that isn't read, a French line that says which and what to do.
    """

    document: Document
    missing: tuple[Missing, ...]
    is_recognised: bool
    unread: tuple[str, ...]


def load_page(path: Path) -> Document:
    """Load one plain document, as :func:`load` does."""
    return load(path).document


def load(path: Path, address: str | None = None) -> Loaded:
    """Load one plain document: read it, find its title and dates, cut it into sections.

    Args:
        path: the file.
        address: of the page that the file is a copy of.

    Raises:
        LoadError: the file can't be read, is too large, isn't what its name says or holds no text, or
            what is said beside it is wrong.
    """
    said = sidecar_of(path)
    page = READERS[path.suffix.lower()](path, _read(path))
    parts: Sequence[Part] = tuple(cleaned(page.parts))
    stated = find_dates(normalise("\n".join(map(_text_of, page.parts))))
    published = said.published or page.dates.published or stated.published or page.made
    updated = said.updated or page.dates.updated or stated.updated
    found, parts = take_title(page, parts)
    named = Path(web_name(address)) if address else path
    title = said.title or found or file_title(named)[:MOST_TITLE_CHARS]
    sections = sections_of(parts)
    if not sections:
        raise LoadError(f"« {path} » ne contient aucun texte. Retirez-le ou vérifiez son contenu.")
    publisher = fold_spaces(normalise(said.publisher or page.publisher or site_name(address)))
    has_publisher = len(publisher) > 1
    url = said.url or address or _address(page.url)
    source = Source(
        n=1,
        title=(title if len(title) >= 3 else named.name) + (_RECOGNISED if page.is_recognised else ""),
        publisher=publisher if has_publisher else "Document ajouté",
        url=url,
        published=published,
        updated=updated,
        date_note=f"valable jusqu’au {french_date(said.valid_until)}" if said.valid_until else None,
        valid_until=said.valid_until,
    )
    document = Document(
        id=web_document_id(address) if address else document_id(path),
        title=title,
        scheme_id=None,
        path=named.name,
        published=published,
        updated=updated,
        sources=(source,),
        sections=sections,
        keywords=said.aliases,
    )
    has: dict[Missing, bool] = {
        "title": bool(said.title or found),
        "publisher": has_publisher,
        "date": bool(published or updated),
        "url": url is not None,
    }
    missing = tuple(name for name, is_there in has.items() if not is_there)
    return Loaded(document, missing, page.is_recognised, page.unread)


def document_id(path: Path) -> str:
    """Return the stable id of a plain document; it shows the file's name, not its folder."""
    digest = hashlib.sha256(path.resolve().as_posix().encode()).hexdigest()[:8]
    return f"doc:{path.name}-{digest}"


def _read(path: Path) -> bytes:
    try:
        most = _MAX_BYTES if path.suffix.lower() in _OFFICE else _MAX_TEXT_BYTES
        if path.stat().st_size > most:
            raise LoadError(f"« {path} » dépasse {most // 1_000_000} Mo. Découpez-le.")
        return path.read_bytes()
    except OSError as error:
        raise LoadError(f"« {path} » est illisible ({error.strerror}). Vérifiez ses droits.") from error


def _address(url: str | None) -> str | None:
    """The address that a page states of itself, unless it's no whole http(s) address."""
    try:
        return check_url(url) if url else None
    except ValueError:
        return None


def _text_of(part: Part) -> str:
    return " ".join(part.cells) if isinstance(part, Row) else part.text
