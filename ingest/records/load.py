"""Load the copy of a record as a document, as a file is loaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from corpus.fiches.document import Document
from corpus.french.dates import french_date
from corpus.french.folding import fold
from corpus.source import Source
from ingest.assemble import cleaned, sections_of
from ingest.errors import LoadError
from ingest.formats.parts import Heading, Part, Row
from ingest.load import Loaded
from ingest.records.aid import read_aid
from ingest.records.facts import one_line
from ingest.records.record import SchemeRecord, Topic
from ingest.records.row import read_row
from ingest.titles import MOST_TITLE_CHARS
from ingest.web.address import web_name
from ingest.web.feeds.raw import AIDES_TERRITOIRES, raw_record

_LEAST_TITLE_CHARS = 3
_LEVEL = 2
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_MOST_ID_CHARS = 40
_UNKNOWN_PUBLISHER = "Financeur non indiqué"


def load_record(path: Path, key: str) -> Loaded:
    """Load the copy of a record.

    Args:
        path: the copy.
        key: what tells the record from all others.

    Raises:
        LoadError: it's damaged, has no name, or says nothing.
    """
    try:
        raw = raw_record(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise LoadError(f"« {key} » : la copie est abîmée. Relancez : assistant sync") from error
    record = read_aid(raw) if raw.feed == AIDES_TERRITOIRES else read_row(raw)
    title = one_line(record.title)[:MOST_TITLE_CHARS]
    if len(title) < _LEAST_TITLE_CHARS:
        raise LoadError(f"{raw.named} : la fiche n’a pas de nom, elle n’est pas indexée.")
    sections = sections_of(cleaned(_parts(record.topics)))
    if not sections:
        raise LoadError(f"{raw.named} : la fiche ne dit rien d’autre que son nom, elle n’est pas indexée.")
    document = Document(
        id=record_id(key),
        title=title,
        scheme_id=None,
        path=raw.named,
        published=record.published,
        updated=record.updated,
        sources=(_source(record, title),),
        sections=sections,
        keywords=record.aliases,
    )
    return Loaded(document, (), False, record.unread)


def record_id(key: str) -> str:
    """Return the stable id of the document that a record gives; it shows its feed and its own id."""
    feed, _, own = key.rpartition("#")
    shown = (_NOT_IN_ID.sub("-", fold(text)).strip("-")[:_MOST_ID_CHARS] for text in (web_name(feed), own))
    return f"doc:{'-'.join(filter(None, shown))}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def _source(record: SchemeRecord, title: str) -> Source:
    """The source of all it says; where it's from is said with its title.

    So is until when one may apply, but where that stands in place of dates.
    """
    until = f"dépôt jusqu’au {french_date(record.deadline)}" if record.deadline else ""
    has_dates = bool(record.published or record.updated)
    told = " ; ".join(filter(None, (one_line(record.credit), until if has_dates else "")))
    publisher = one_line(record.publisher)
    return Source(
        n=1,
        title=f"{title} ({told})" if told else title,
        publisher=publisher if len(publisher) > 1 else _UNKNOWN_PUBLISHER,
        url=record.url,
        published=record.published,
        updated=record.updated,
        date_note=until or None,
        valid_until=record.deadline,
    )


def _parts(topics: tuple[Topic, ...]) -> Iterator[Part]:
    for topic in topics:
        yield Heading(topic.heading, _LEVEL)
        # A row of one cell is a statement as it is.
        yield from (Row(("",), (text,)) for text in topic.facts if text)
        for part in _text_parts(topic.text):
            # Whatever the level of a heading of the text, it stands under that of its topic.
            yield Heading(part.text, part.level + _LEVEL) if isinstance(part, Heading) else part


def _text_parts(text: str) -> tuple[Part, ...]:
    # What reads pages takes a while to load: only where there is something to read.
    if _MARKUP.search(text):
        from ingest.formats.html import read_fragment

        return read_fragment(text)
    from ingest.formats.text import read_text

    return read_text(text).parts
