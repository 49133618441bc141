"""Load a plain document: a file of any format that is read, with its title, publisher, dates and address."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.fiches.document import Document
from corpus.french.dates import french_date
from corpus.source import Source, check_url
from ingest.assemble import cleaned, sections_of
from ingest.blanks import without_blanks
from ingest.clean import fold_spaces, normalise
from ingest.dates import find_dates
from ingest.errors import LoadError
from ingest.formats.line_forms import heading_level, is_numbered
from ingest.formats.parts import Heading, Page, Paragraph, Part, Row
from ingest.formats.readers import READERS
from ingest.sidecar import sidecar_of
from ingest.web.address import site_name, web_document_id, web_name

Missing = Literal["title", "publisher", "date", "url"]
"""What a document, and what is said beside it, may not say."""

_MAX_BYTES = 100_000_000
_MAX_TEXT_BYTES = 20_000_000
_OFFICE = frozenset({".pdf", ".docx", ".odt", ".ods", ".xlsx", ".eml"})
MOST_TITLE_CHARS = 250
# Said wherever such a document is quoted: a figure may be misread.
_RECOGNISED = " (texte reconnu sur une image)"
# Separators in the name of a file, but not those of « L2334-32 ».
_SEPARATOR = re.compile(r"_|(?<=[^\W\d_])-|-(?=[^\W\d_])")


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
    found, parts = _take_title(page, parts)
    named = Path(web_name(address)) if address else path
    title = said.title or found or _named(named)[:MOST_TITLE_CHARS]
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


def _take_title(page: Page, parts: Sequence[Part]) -> tuple[str, Sequence[Part]]:
    """Choose the title: the file's own, else its first heading, which is no heading any more; else none."""
    known = without_blanks(fold_spaces(normalise(page.title or "")))
    place, heading = _opening(parts)
    title = known or (without_blanks(heading.text) if heading else "")
    if heading is None or without_blanks(heading.text) != title:
        return title[:MOST_TITLE_CHARS], parts
    # Levels below the title's stand as they are; another heading of its level is under it no more.
    return title[:MOST_TITLE_CHARS], [*parts[:place], Heading("", heading.level), *parts[place + 1 :]]


def _opening(parts: Sequence[Part]) -> tuple[int, Heading | None]:
    """The heading that opens a document, before any text: none when it's an article's, or numbered."""
    for place, part in enumerate(parts):
        if isinstance(part, Heading) and part.text:
            level = heading_level(part.text)
            is_title = not part.text.endswith(":") and (level is None or not is_numbered(level))
            return place, part if is_title else None
        if isinstance(part, Paragraph) and len(part.text.split()) > 1:
            break
    return 0, None


def _named(path: Path) -> str:
    """The name of a file as a title: « aide-aux-halles.txt » is « Aide aux halles »."""
    name = " ".join(_SEPARATOR.sub(" ", path.stem).split()) or path.stem
    return name[:1].upper() + name[1:]
