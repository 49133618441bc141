"""A sitemap: the addresses of pages that it lists, and those of further sitemaps."""

from __future__ import annotations

from lxml import etree


def read_sitemap(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read pages, then further sitemaps; nothing that it names is fetched.

    Raises:
        ValueError: it's no sitemap.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.LxmlError as error:
        raise ValueError("no XML") from error
    kind = etree.QName(root).localname
    found = tuple(text.strip() for text in root.xpath("/*/*/*[local-name() = 'loc']/text()") if text.strip())
    if kind not in {"urlset", "sitemapindex"}:
        raise ValueError("no sitemap")
    return (found, ()) if kind == "urlset" else ((), found)
