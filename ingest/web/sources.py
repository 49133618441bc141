"""The sites that an index reads: added, forgotten, visited again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import LoadError
from ingest.web.address import whole_address
from ingest.web.copies import Copies, Record, Site
from ingest.web.errors import Unanswered


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What an ingestion does with sites.

    Attributes:
        added: sites to add, and to visit.
        forgotten: addresses to take out.
        again: whether every recorded site is visited again.
        allows_private: whether machines of a private network are read.
    """

    added: tuple[Site, ...] = ()
    forgotten: tuple[str, ...] = ()
    again: bool = False
    allows_private: bool = False


NO_SITE = SiteChanges()


def update_sites(folder: Path, changes: SiteChanges, progress: Callable[[str, int, int], None]) -> list[str]:
    """Add, forget and visit the sites whose copies are in a folder; the ingestion's lock must be held.

    Returns:
        A French line for each address that doesn't answer now; what was had of it is kept.

    Raises:
        LoadError: a site to add gives no page, or one to take out isn't recorded; nothing is changed.
    """
    copies = Copies(folder)
    record = copies.record()
    _forget(record, changes.forgotten)
    problems: list[str] = []
    for site in changes.added:
        record.sites[site.address] = site
        problems += _visited(copies, record, [site.address], changes, progress)
        if not any(copy.site == site.address for copy in record.copies.values()):
            raise LoadError(f"{' '.join(problems)} Rien n’en a été retenu.")
    if changes.again:
        problems += _visited(copies, record, list(record.sites), changes, progress)
    if changes.added or changes.forgotten or changes.again:
        copies.save(record)
    return problems


def _forget(record: Record, forgotten: Sequence[str]) -> None:
    for text in forgotten:
        address = whole_address(text)
        if address not in record.sites:
            known = ", ".join(record.sites) or "aucune"
            raise LoadError(f"« {text} » n’est pas une adresse enregistrée. Adresses enregistrées : {known}.")
        del record.sites[address]
    record.copies = {name: copy for name, copy in record.copies.items() if copy.site in record.sites}


def _visited(
    copies: Copies,
    record: Record,
    addresses: Sequence[str],
    changes: SiteChanges,
    progress: Callable[[str, int, int], None],
) -> list[str]:
    """Visit sites one after the other; each is written down when it's done."""
    # What speaks to sites is loaded only where there is one to visit.
    from ingest.web.crawl import visit
    from ingest.web.fetch import Fetcher

    problems: list[str] = []
    for address in addresses:
        site = record.sites[address]
        known = {name: copy for name, copy in record.copies.items() if copy.site == address}
        try:
            with Fetcher(delay=site.delay, allows_private=changes.allows_private) as fetcher:
                found = visit(site, fetcher, copies, known, progress)
        except Unanswered as error:
            problems.append(f"{error} Ce qui en est indexé reste servi." if known else str(error))
            continue
        problems += found.problems
        if not found.copies and not found.problems:
            problems.append(f"« {address} » ne donne aucune page qu’on puisse lire.")
        others = {name: copy for name, copy in record.copies.items() if copy.site != address}
        record.copies = {**found.copies, **others}
        if found.copies:
            copies.save(record)
    return problems
