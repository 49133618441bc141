"""What ingestion works on: documents made of sections, sections of sentences, each with its sources.

Every type here is a pure value. A sentence is the unit that gets quoted: its text is exactly what
the file says, without citation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.source import Source


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the numbers of the sources that back it (empty when none is named).

    ``page`` is the page it's on, from 1, in documents that have pages.
    """

    text: str
    sources: tuple[int, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list item: sentences that belong together."""

    sentences: tuple[Sentence, ...]
    is_item: bool = False
    line: int = 0

    @property
    def text(self) -> str:
        """The sentences as one line."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks under one heading; ``path`` lists the headings from the top, without the title."""

    path: tuple[str, ...]
    blocks: tuple[Block, ...]
    line: int = 0

    @property
    def title(self) -> str:
        """The nearest heading; empty for text that stands before any heading."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A fiche or a plain document, cleaned and cut into sections.

    Attributes:
        id: ``fiche:<scheme id>`` or ``doc:<path>``; stable from one run to the next.
        title: its title.
        scheme_id: the scheme of a fiche; None for a plain document.
        path: the file it comes from.
        published: ISO date, as precise as known; None when not found.
        updated: ISO date of the last update; None when not found.
        sources: the numbered sources that sentences refer to.
        sections: in the order of the file.
        keywords: further words that people use for it (aliases); searched, never shown.
        short_title: what it's called for short; empty when there is no shorter name.
    """

    id: str
    title: str
    scheme_id: str | None
    path: str
    published: str | None
    updated: str | None
    sources: tuple[Source, ...]
    sections: tuple[Section, ...]
    keywords: tuple[str, ...] = ()
    short_title: str = ""

    @property
    def label(self) -> str:
        """What it's called for short, else its title."""
        return self.short_title or self.title

    def sentences(self) -> Iterator[tuple[Section, Sentence]]:
        """Every sentence with its section, in order."""
        for section in self.sections:
            for block in section.blocks:
                for sentence in block.sentences:
                    yield section, sentence

    def under(self, title: str) -> Iterator[Sentence]:
        """The sentences of the section of a title, in order."""
        return (sentence for section, sentence in self.sentences() if section.title == title)
