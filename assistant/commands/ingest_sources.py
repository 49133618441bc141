"""What commands of ingestion do with sites and feeds, from their options and the settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import AssistantSettings
    from ingest.web.copies import Site
    from ingest.web.sources import SiteChanges

_NAMED = "aides-territoires"


def site_changes(
    settings: AssistantSettings,
    addresses: Sequence[str],
    how: Mapping[str, Any],
    feeds: Sequence[str],
    columns: Path | None,
    forget: Sequence[str],
) -> SiteChanges:
    """What is added and taken out.

    Args:
        settings: tell what sites may be, and the key of a feed.
        addresses: of the sites to add.
        how: the fields of a site that options give.
        feeds: names, addresses and files of the feeds to add.
        columns: the file that says what the columns of their tables are.
        forget: what is taken out; the paths among it aren't of sites.

    Raises:
        LoadError: an address can't be read, or the file of columns is wrong.
    """
    from ingest.web.copies import Site
    from ingest.web.sources import source_address

    sites = tuple(Site(source_address(text), **how) for text in addresses)
    return replace(
        all_again(settings),
        again=False,
        added=(*sites, *_feeds(feeds, columns, how)),
        forgotten=tuple(filter(is_named, forget)),
    )


def all_again(settings: AssistantSettings) -> SiteChanges:
    """Every recorded site and feed is read again."""
    from ingest.web.sources import SiteChanges

    token = settings.aides_territoires_token
    return SiteChanges(
        again=True,
        allows_private=settings.web_private,
        aids_api=settings.aides_territoires_url,
        aids_token=token.get_secret_value() if token else "",
    )


def is_address(text: str) -> bool:
    """Whether a source is of the web."""
    return text.lower().startswith(("http://", "https://"))


def is_named(text: str) -> bool:
    """Whether a source is of the web or is called by a name: it's no path."""
    return is_address(text) or text == _NAMED


def _feeds(feeds: Sequence[str], columns: Path | None, how: Mapping[str, Any]) -> tuple[Site, ...]:
    from ingest.web.copies import Site
    from ingest.web.feeds.columns import read_columns
    from ingest.web.feeds.raw import AIDES_TERRITOIRES, TABLE
    from ingest.web.sources import source_address

    said = read_columns(columns).model_dump() if columns else {}
    delay = {name: value for name, value in how.items() if name == "delay"}
    return tuple(
        Site(source_address(text), feed=AIDES_TERRITOIRES, **delay)
        if text == AIDES_TERRITOIRES
        else Site(source_address(text), feed=TABLE, columns=said, **delay)
        for text in feeds
    )
