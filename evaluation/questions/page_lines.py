"""An HTML page as lines of text, its headings marked as in Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "li", "tr", "ul", "ol", "table", "br", "section", "article"})
_HEADING = re.compile(r"h([1-6])")


def page_lines(page: str) -> list[str]:
    """Give the lines of a page: a block a line, tags left out, a heading with its marks (``## Montant``)."""
    reader = _Lines()
    reader.feed(page)
    reader.close()
    return "".join(reader.parts).split("\n")


class _Lines(HTMLParser):
    """Gathers the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line; a heading's with its marks."""
        if heading := _HEADING.fullmatch(tag):
            self.parts.append(f"\n{'#' * int(heading[1])} ")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line."""
        if tag in _BLOCKS or _HEADING.fullmatch(tag):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the text, its lines joined: only tags cut lines in a page."""
        self.parts.append(re.sub(r"\s+", " ", data))
