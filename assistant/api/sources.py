"""How a source is shown: its dates in words, and its address only when it's one of the web."""

from __future__ import annotations

from urllib.parse import urlsplit

from assistant.api import texts
from assistant.reply import CitedSource
from corpus.french.dates import french_date


def source_date(source: CitedSource) -> str:
    """When a source is from: its dates, else the remark on them, else that none is given."""
    parts = [french_date(source.published)] if source.published else []
    if source.updated and source.updated != source.published:
        wording = texts.UPDATED if len(source.updated) == len("2023-07-07") else texts.UPDATED_MONTH
        parts.append(wording.format(date=french_date(source.updated)))
    return ", ".join(parts) or source.date_note or texts.NO_DATE


def is_web_address(url: str | None) -> bool:
    """Whether a link may be made of ``url``: never for ``javascript:`` and the like."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
