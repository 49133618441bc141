"""The sites and feeds that an index reads: added, forgotten, visited again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import LoadError
from ingest.web.address import whole_address
from ingest.web.copies import Copies, Copy, Record, Site
from ingest.web.feeds.raw import AIDES_API, AIDES_TERRITOIRES

if TYPE_CHECKING:
    from ingest.web.crawl import Visit

_NAMED = frozenset({AIDES_TERRITOIRES})


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """What an ingestion does with sites.

    Attributes:
        added: sites to add, and to visit.
        forgotten: addresses to take out.
        again: whether every recorded site is visited again.
        allows_private: whether machines of a private network are read.
        aids_api: address of the API of Aides-territoires.
        aids_token: the key to it; never shown.
    """

    added: tuple[Site, ...] = ()
    forgotten: tuple[str, ...] = ()
    again: bool = False
    allows_private: bool = False
    aids_api: str = AIDES_API
    aids_token: str = field(default="", repr=False)


NO_SITE = SiteChanges()


def update_sites(
    folder: Path, indexed: Sequence[str], changes: SiteChanges, progress: Callable[[str, int, int], None]
) -> list[str]:
    """Add, forget and visit the sites and feeds whose copies are in a folder, under the ingestion's lock.

    Args:
        folder: of the copies.
        indexed: addresses of the sites whose pages are in the index.
        changes: what to do.
        progress: called with the step's name, what is done and what there is in all.

    Returns:
        A French line for each address that doesn't answer now, and for each record of a feed that is none;
        what was had of it is kept.

    Raises:
        LoadError: a site to add gives no page, one to take out isn't recorded, or the copies of one whose
            pages are in the index aren't here; nothing is changed.
    """
    copies = Copies(folder)
    record = copies.record()
    _forget(record, indexed, changes.forgotten)
    _require_here(record, indexed, changes)
    problems: list[str] = []
    for site in changes.added:
        record.sites[site.address] = site
        problems += _visited(copies, record, [site.address], changes, progress)
        if not any(copy.site == site.address for copy in record.copies.values()):
            raise LoadError(f"{' '.join(problems)} Rien n’en a été retenu.")
    added = {site.address for site in changes.added}
    again = [name for name in record.sites if changes.again or (_is_file(name) and name not in added)]
    problems += _visited(copies, record, again, changes, progress)
    if again or changes.added or changes.forgotten:
        copies.save(record)
    return problems


def forgotten_feeds(
    folder: Path, indexed: Sequence[str], forget: Sequence[Path], changes: SiteChanges
) -> tuple[Sequence[Path], SiteChanges]:
    """Tell the files to forget that are feeds from the others; the feeds go to the sites to forget."""
    if not forget:
        return forget, changes
    known = {*indexed, *Copies(folder).record().sites}
    feeds = tuple(str(path) for path in forget if str(path.resolve()) in known)
    kept = tuple(path for path in forget if str(path) not in feeds)
    return kept, replace(changes, forgotten=(*changes.forgotten, *feeds))


def source_address(text: str) -> str:
    """The address under which a site or a feed is recorded: whole, of the web or on this disk, or a name.

    Raises:
        LoadError: it's an address that can't be read.
    """
    if text.lower().startswith(("http://", "https://")):
        return whole_address(text)
    return text if text in _NAMED else str(Path(text).resolve())


def _is_file(address: str) -> bool:
    return "://" not in address and address not in _NAMED


def _forget(record: Record, indexed: Sequence[str], forgotten: Sequence[str]) -> None:
    for text in forgotten:
        address = source_address(text)
        if address not in record.sites and address not in indexed:
            known = ", ".join(dict.fromkeys((*record.sites, *indexed))) or "aucune"
            raise LoadError(f"« {text} » n’est pas une adresse enregistrée. Adresses enregistrées : {known}.")
        record.sites.pop(address, None)
    record.copies = {name: copy for name, copy in record.copies.items() if copy.site in record.sites}


def _require_here(record: Record, indexed: Sequence[str], changes: SiteChanges) -> None:
    """Refuse to go on without the copies of a site, lost or on another machine: its pages would go."""
    told = {*(site.address for site in changes.added), *map(source_address, changes.forgotten)}
    if gone := [address for address in indexed if address not in record.sites and address not in told]:
        adds = "" if "://" in gone[0] else "--feed "
        raise LoadError(
            f"« {gone[0]} » est enregistré mais les copies de ses pages ne sont pas sur cette machine : "
            "elles seraient retirées de l’index. Lancez l’indexation là où elles sont, relisez-le ici "
            f"(assistant ingest {adds}{gone[0]}) ou retirez-le (assistant ingest --forget {gone[0]})."
        )


def _visited(
    copies: Copies,
    record: Record,
    addresses: Sequence[str],
    changes: SiteChanges,
    progress: Callable[[str, int, int], None],
) -> list[str]:
    """Visit sites one after the other; each is written down when it's done."""
    problems: list[str] = []
    for address in addresses:
        site = record.sites[address]
        known = {name: copy for name, copy in record.copies.items() if copy.site == address}
        try:
            found = _found(site, copies, known, changes, progress)
        except LoadError as error:
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


def _found(
    site: Site,
    copies: Copies,
    known: dict[str, Copy],
    changes: SiteChanges,
    progress: Callable[[str, int, int], None],
) -> Visit:
    # What speaks to sites is loaded only where there is one to visit.
    from ingest.web.crawl import visit
    from ingest.web.feeds.pull import pull
    from ingest.web.fetch import Fetcher

    with Fetcher(delay=site.delay, allows_private=changes.allows_private) as fetcher:
        if not site.feed:
            return visit(site, fetcher, copies, known, progress)
        return pull(
            site,
            fetcher,
            copies,
            known,
            progress,
            api=changes.aids_api,
            token=changes.aids_token,
            allows_plain=changes.allows_private,
        )
