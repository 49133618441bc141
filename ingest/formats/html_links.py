"""What an HTML page says to those who go from page to page: its links, its own address, what it forbids."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.formats.encoding import decode
from ingest.formats.html import parsed

_MOST_LINKS = 5000


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of a page as they're written, and the address that it calls its own.

    Attributes:
        links: what it leads to, in order, once each; none when it asks that none be followed.
        canonical: the address that it calls its own, if any.
        base: what relative links are relative to, if it says so.
        is_listed: whether it lets itself be indexed.
    """

    links: tuple[str, ...] = ()
    canonical: str | None = None
    base: str | None = None
    is_listed: bool = True


def links_of(raw: bytes) -> PageLinks:
    """Read the links of a page; none of what can't be read as one."""
    root = parsed(decode(raw, declares=True) or "")
    if root is None:
        return PageLinks()
    asked = ",".join(root.xpath("//meta[@name='robots']/@content"))
    told = {word.strip().lower() for word in asked.split(",")}
    links = dict.fromkeys(
        link.get("href").strip()
        for link in root.xpath("//a[@href] | //area[@href]")
        if "nofollow" not in (link.get("rel") or "").lower()
    )
    canonical, base = root.xpath("//link[@rel='canonical']/@href"), root.xpath("//base/@href")
    return PageLinks(
        links=() if told & {"nofollow", "none"} else tuple(links)[:_MOST_LINKS],
        canonical=canonical[0] if canonical else None,
        base=base[0] if base else None,
        is_listed=not told & {"noindex", "none"},
    )
