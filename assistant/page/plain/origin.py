"""A source as a page shows it: numbered, dated in words, a link only where its address is one of the web."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.api.sources import is_web_address, source_date
from assistant.reply import CitedSource


@dataclass(frozen=True, slots=True)
class Origin:
    """A source: its number (0 without one), title, publisher, date in words, address ("" for no link)."""

    n: int
    title: str
    publisher: str
    date: str
    url: str


def origin_of(source: CitedSource, n: int = 0) -> Origin:
    """Show a source."""
    url = source.url if is_web_address(source.url) else None
    return Origin(n, source.title, source.publisher or "", source_date(source), url or "")
