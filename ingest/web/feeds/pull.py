"""Read a feed again: its records as copies on this disk, those before where it doesn't answer to the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ingest.web.copies import Copies, Copy, Site
from ingest.web.crawl import Visit
from ingest.web.feeds.aides_territoires import AidesTerritoires
from ingest.web.feeds.raw import AIDES_TERRITOIRES, RECORD_SUFFIX, Pulled
from ingest.web.feeds.table import columns_of, pull_table
from ingest.web.fetch import Fetcher


def pull(
    site: Site,
    fetcher: Fetcher,
    copies: Copies,
    known: Mapping[str, Copy],
    progress: Callable[[str, int, int], None],
    *,
    api: str,
    token: str,
    allows_plain: bool,
) -> Visit:
    """Read a feed.

    Args:
        site: the feed.
        fetcher: gets addresses.
        copies: where records are kept.
        known: the copies of the reading before.
        progress: called with the step's name, what is done and what there is in all.
        api: address of the API of Aides-territoires.
        token: its key.
        allows_plain: whether the key may go over plain HTTP.

    Raises:
        LoadError: the feed can't be read to the end; nothing of it is believed.
    """
    if site.feed == AIDES_TERRITOIRES:
        found = AidesTerritoires(fetcher, api, token, allows_plain=allows_plain).pull(progress)
    else:
        found = pull_table(site.address, columns_of(site.columns, site.address), fetcher)
    return Visit(_kept(site, copies, found, known), found.problems)


def _kept(site: Site, copies: Copies, found: Pulled, known: Mapping[str, Copy]) -> dict[str, Copy]:
    kept = {} if found.is_whole else dict(known)
    for record in found.records.values():
        address = f"{site.address}#{record.id}"
        file = copies.keep(address, RECORD_SUFFIX, record.as_bytes())
        kept[address] = Copy(address, address, site.address, file)
    return kept
