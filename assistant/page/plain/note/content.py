"""What a note is made of, whatever it becomes: facts, sections of blocks, numbered sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.api.sources import is_web_address, source_date
from assistant.api.texts import NO_DATE
from assistant.eligibility.citations import cited_source
from assistant.markers import marked, markers
from assistant.page.plain.note import words
from assistant.reply import Citation, CitedSource
from corpus.fiches.fiche import Fiche

_MARKERS = re.compile(r"(?:\[\d{1,3}\])+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that may hold ``**bold**`` words and markers; ``weight`` is how it stands out."""

    text: str
    weight: str = ""

    VERDICT = "verdict"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it shows, its titles, its rows, each as long as the titles."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A title of level 2 or 3, taken as it is, and what stands under it."""

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 2


@dataclass(frozen=True, slots=True)
class NumberedSource:
    """A source as a note lists it; ``place`` is its page in a document, ``url`` "" for none."""

    n: int
    title: str
    publisher: str
    date: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note.

    Attributes:
        title: its title.
        facts: date, commune and the like, each with its name.
        sections: what it says.
        sources: numbered from 1, as its markers are.
        name: of its file, without an ending.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[NumberedSource, ...]
    name: str


class SourceBook:
    """Numbers the sources of one note, from 1; the same source keeps its number."""

    def __init__(self) -> None:
        """Start an empty book."""
        self._numbers: dict[tuple[CitedSource, int | None], int] = {}

    def add(self, sources: Iterable[CitedSource], page: int | None = None) -> tuple[int, ...]:
        """The numbers of some sources; ``page`` is where in them."""
        return tuple(
            dict.fromkeys(
                self._numbers.setdefault((source, page), len(self._numbers) + 1) for source in sources
            )
        )

    def of_fiche(self, fiche: Fiche, numbers: Iterable[int]) -> str:
        """The markers of some sources of a fiche, given by their numbers there."""
        found = (fiche.scheme.source(n) for n in numbers)
        return marked(self.add(cited_source(each) for source in found for each in (source, *source.also)))

    def cited(self, text: str, citations: Mapping[int, Citation]) -> str:
        """The text whose markers, those of passages, become those of the sources of these passages."""

        def by_source(match: re.Match[str]) -> str:
            found = (citations[n] for n in markers(match[0]) if n in citations)
            return marked(n for citation in found for n in self.add(citation.sources, citation.page))

        return _MARKERS.sub(by_source, text)

    @property
    def sources(self) -> tuple[NumberedSource, ...]:
        """All that were numbered, in order."""
        return tuple(
            NumberedSource(
                n=n,
                title=source.title,
                publisher=source.publisher or "",
                date=words.NO_DATE if (date := source_date(source)) == NO_DATE else date,
                place=f"page\u00a0{page}" if page else "",
                url=(source.url or "") if is_web_address(source.url) else "",
            )
            for (source, page), n in self._numbers.items()
        )
