"""The statements of a document as they are read for a fiche: a sentence in its place, cut into what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from corpus.fiches.document import Document
from corpus.french.folding import fold
from corpus.french.typography import typeset

# A mark of a note, an emoji or a bullet left over: no words of the document's.
_MARK = re.compile(r"\[\d{1,3}\]")
_ORNAMENT = re.compile(r"^[^\w«(\[\"'’€%]+")
_PARTS = re.compile(r" ?; ")
_COLON = re.compile(r" ?: ")
# "20.000 euros": a point between thousands, that no fiche has.
_POINTED = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?=[ \u00a0\u202f]?(?:€|[kM]€|euros?\b|habitants?\b|hab\b|m²|ha\b))"
)
# A cell of a row with the name of its column: the row is one thing.
_CELL = re.compile(r"[^:;]{1,40} : [^:;]{1,60}$")
_LEAD_WORDS = 24
# Words that tell nothing in a key or an identifier made of a text.
EMPTY = frozenset(
    "le la les un une des du de d l et ou a au aux en dans par pour sur avec son sa ses".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Statement:
    """A statement of a document.

    Attributes:
        number: its place in the document, from 0.
        text: its words, in French typography.
        headings: the headings that it stands under, from the top.
        page: the page that it's on, from 1, in formats that have pages.
        is_title: whether it opens the document before any heading, without a final stop, as a title does.
    """

    number: int
    text: str
    headings: tuple[str, ...] = ()
    page: int | None = None
    is_title: bool = field(default=False, compare=False)

    @cached_property
    def folded(self) -> str:
        """Its words, folded."""
        return plain(self.text)

    @cached_property
    def heading(self) -> str:
        """The nearest heading; empty where there is none."""
        return self.headings[-1] if self.headings else ""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What it says, one thing at a time: a list told in one sentence is as many units as items."""
        return tuple(_units(self))


@dataclass(frozen=True)
class Unit:
    """One thing that a statement says.

    Attributes:
        statement: the statement.
        text: its words, those of the item alone in a list of several.
        lead: what introduces it, folded: "conditions a reunir"; empty where nothing does.
    """

    statement: Statement
    text: str
    lead: str = ""

    @cached_property
    def folded(self) -> str:
        """Its words, folded."""
        return plain(self.text)

    @cached_property
    def said(self) -> str:
        """Its words, folded, without what introduces them."""
        return self.folded.removeprefix(f"{self.lead} : ") if self.lead else self.folded


def plain(text: str) -> str:
    """A text folded, its apostrophes straight and its spaces plain."""
    return " ".join(fold(text).replace("’", "'").split())


def words_of(sentence: str) -> str:
    """The words of a sentence in French typography, without marks of notes and ornaments."""
    words = _ORNAMENT.sub("", " ".join(_MARK.sub("", sentence).split()))
    return typeset(_POINTED.sub(lambda match: match.group().replace(".", " "), words))


def statements_of(document: Document) -> tuple[Statement, ...]:
    """The statements of a document, in order, each once."""
    found: dict[str, Statement] = {}
    for section, sentence in document.sentences():
        text = words_of(sentence.text)
        if text and text not in found:
            is_title = not section.path and not text.endswith((".", "!", "?", ";"))
            found[text] = Statement(len(found), text, section.path, sentence.page, is_title)
    return tuple(found.values())


def _units(statement: Statement) -> Iterator[Unit]:
    text = statement.text.replace("\u00a0", " ")
    match = _COLON.search(text)
    lead = text[: match.start()] if match else ""
    if len(lead.split()) > _LEAD_WORDS:
        match, lead = None, ""
    parts = _PARTS.split(text)
    if len(parts) == 1 or all(map(_CELL.match, parts[1:])):
        yield Unit(statement, text, plain(lead))
        return
    if match is not None and match.end() <= len(parts[0]):
        parts[0] = text[match.end() : len(parts[0])]
    else:
        lead = ""
    for part in parts:
        if part.strip():
            yield Unit(statement, part.strip(), plain(lead))
