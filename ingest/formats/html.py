"""HTML: its paragraphs, lists, definitions, tables and accordions, without the site around them."""

from __future__ import annotations

import re
from html import unescape

import trafilatura
from lxml import etree, html

from ingest.clean import normalise
from ingest.dates import PageDates, find_dates
from ingest.formats.html_parts import parts_of
from ingest.formats.parts import Page, Part

_DEEPEST = 200
_ROOTS = (
    "//main",
    "//*[@role='main']",
    "//article",
    "//*[@id='content' or @id='contenu' or @id='main']",
    "//body",
)
_LEAST_CHARS = 40


def read_html(text: str) -> Page:
    """Read a page: its main content, title, address, site and dates."""
    root = parsed(text)
    if root is None:
        return Page(())
    about = trafilatura.extract_metadata(text, date_config={"extensive_search": False, "original_date": True})
    visible = find_dates(" ".join(normalise(unescape(re.sub(r"<[^<>]+>", " ", text))).split()))
    first = root.xpath("//h1")
    title = about.title if about and about.title else None
    if first and not root.xpath("//head/title"):
        title = " ".join(first[0].text_content().split()) or title
    return Page(
        _content(root),
        title=title,
        url=about.url if about else None,
        publisher=about.sitename if about else None,
        dates=PageDates(visible.published or (about.date if about else None), visible.updated),
    )


def read_fragment(text: str) -> tuple[Part, ...]:
    """Read a piece of HTML that is all content, as a field of a record is; escaped twice, it's read too."""
    root = parsed(unescape(text) if "<" not in text and "&lt;" in text else text)
    return tuple(parts_of(root)) if root is not None else ()


def parsed(text: str) -> html.HtmlElement | None:
    """Parse a page or a piece of one; nothing that it names is fetched. None when it holds nothing."""
    # A declaration of encoding no longer holds: the text is decoded.
    text = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(text, parser=parser) if text.strip() else None
    except etree.LxmlError:
        return None


def _content(root: html.HtmlElement) -> tuple[Part, ...]:
    """The parts of the first element that holds content: the main one, else the whole page."""
    found: tuple[Part, ...] = ()
    for path in _ROOTS:
        elements = root.xpath(path)
        if not elements:
            continue
        parts = tuple(part for element in _outermost(elements) for part in parts_of(element))
        found = parts or found
        if sum(len(getattr(part, "text", "")) for part in parts) >= _LEAST_CHARS:
            return parts
    return found


def _outermost(elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
    chosen = set(elements)
    return [element for element in elements if not any(above in chosen for above in element.iterancestors())]
