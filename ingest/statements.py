"""A statement: a sentence in its place, as it's written for the encoder, wherever it's compared."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.fiches.document import Document
from ingest.chunk import Chunk


def statement_text(title: str, section: str, text: str) -> str:
    """Write a sentence for the encoder: what it's about, then under which heading, then itself.

    Args:
        title: short name of the scheme, else its name; the title of a plain document.
        section: the nearest heading; left out when empty.
        text: the sentence.
    """
    place = f"{section}. {text}" if section else text
    return f"{title} : {place}" if title else place


def statements_of(document: Document) -> Iterator[str]:
    """Every sentence of a document as a statement, in order."""
    for section, sentence in document.sentences():
        yield statement_text(document.label, section.title, sentence.text)


def statements_in(chunk: Chunk) -> list[str]:
    """The sentences of a passage as statements: the same texts as those of its document."""
    return [statement_text(chunk.label, sentence.section, sentence.text) for sentence in chunk.sentences]
