"""Markdown: written as HTML and read as that; a front matter gives the title and more."""

from __future__ import annotations

from markdown_it import MarkdownIt

from ingest.clean import normalise
from ingest.formats.front_matter import read_front_matter
from ingest.formats.html import parsed
from ingest.formats.html_parts import parts_of
from ingest.formats.parts import Page


def read_markdown(text: str) -> Page:
    """Read CommonMark text with tables."""
    text = normalise(text)
    front = read_front_matter(text)
    root = parsed(MarkdownIt("commonmark").enable("table").render(text[front.length :]))
    parts = () if root is None else tuple(parts_of(root))
    return Page((*front.parts, *parts), front.title, front.url, front.publisher, front.dates)
