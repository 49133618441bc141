"""Copies of pages on this disk, with the sites that they come from; a crash loses none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.written import write_whole

_RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class Site:
    """A source on the web, or a feed, as it was asked for.

    Attributes:
        address: where to begin; of a sitemap, or of a site that has one, when ``sitemap``.
        sitemap: whether the pages are those that a sitemap lists.
        depth: how many links away from there pages are read; PDFs that a page links to are read with it.
        limit: how many pages at most.
        delay: seconds between two requests.
        feed: of records in place of pages, its kind (:mod:`ingest.web.feeds`); its address may then be that
            of a file, or a name.
        columns: of a table of schemes, what its columns are (:class:`ingest.web.feeds.columns.Columns`).
    """

    address: str
    sitemap: bool = False
    depth: int = 0
    limit: int = 200
    delay: float = 1.0
    feed: str = ""
    columns: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """A page that was got.

    Attributes:
        address: where it was found.
        page: its address as a source: the one that it calls its own, if it does; of a record, what tells it
            from all others.
        site: address of the site that it was got for.
        file: name of the copy.
        etag: what the server calls this version.
        last_modified: when it says that it was changed.
    """

    address: str
    page: str
    site: str
    file: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class Record:
    """The sites and the copies of their pages, each by its address."""

    sites: dict[str, Site] = field(default_factory=dict)
    copies: dict[str, Copy] = field(default_factory=dict)


class Copies:
    """The copies kept in a folder; its lock is that of the ingestion."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; it's made when something is kept."""
        self._folder = folder

    def record(self) -> Record:
        """Read what is kept; nothing, where nothing is or where it's damaged."""
        try:
            values = json.loads((self._folder / _RECORD).read_bytes())
            sites = [Site(**site) for site in values["sites"]]
            copies = [Copy(**copy) for copy in values["copies"]]
        except (OSError, ValueError, KeyError, TypeError):
            return Record()
        return Record({site.address: site for site in sites}, {copy.address: copy for copy in copies})

    def path(self, copy: Copy) -> Path:
        """Where a copy is."""
        return self._folder / copy.file

    def keep(self, address: str, kind: str, content: bytes) -> str:
        """Write the copy of a page, under a name that tells its content; return the name."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{hashlib.sha256(address.encode() + content).hexdigest()[:24]}{kind}"
        if not (self._folder / name).is_file():
            write_whole(self._folder / name, content)
        return name

    def save(self, record: Record) -> None:
        """Write down the sites and copies in one write, then delete the copies that are no more."""
        self._folder.mkdir(parents=True, exist_ok=True)
        values = {"sites": _values(record.sites.values()), "copies": _values(record.copies.values())}
        write_whole(self._folder / _RECORD, json.dumps(values, ensure_ascii=False, indent=1).encode())
        kept = {_RECORD, *(copy.file for copy in record.copies.values())}
        for path in self._folder.iterdir():
            if path.name not in kept:
                path.unlink(missing_ok=True)


def _values(items: Iterable[Site | Copy]) -> list[dict[str, object]]:
    return [asdict(item) for item in items]
