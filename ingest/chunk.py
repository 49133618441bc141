"""Cut a document into chunks along its headings, 80 to 250 words, never inside a sentence."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from itertools import pairwise

from corpus.fiches.document import Document
from corpus.source import Source

CHUNKER_VERSION = 2
MIN_WORDS = 80
MAX_WORDS = 250
_TARGET_WORDS = 150

# Costs of the cutting, in the same unit: mixing two sections, cutting inside a section, inside a
# paragraph, and being a whole target away from the target size.
_MIX, _CUT_SECTION, _CUT_BLOCK, _SIZE, _OUT_OF_BOUNDS = 1.0, 1.5, 4.0, 1.0, 100.0


@dataclass(frozen=True, slots=True)
class ChunkSentence:
    """A sentence of a chunk: what a citation quotes, with its section, source numbers and page, if any."""

    text: str
    section: str
    sources: tuple[int, ...]
    page: int | None = None

    def as_values(self) -> dict[str, object]:
        """What :meth:`Chunk.to_json` writes of it; no page where there is none."""
        values: dict[str, object] = {"text": self.text, "section": self.section, "sources": self.sources}
        return values if self.page is None else {**values, "page": self.page}


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage: the unit that is embedded, stored and retrieved.

    Attributes:
        id: unique in a generation, made from the content: same content, same id.
        document_id: the document it comes from.
        scheme_id: the scheme of a fiche; None for a plain document.
        title: the document's title.
        sections: titles of the sections it holds, in order.
        heading: title and heading path of its first section, joined by " > ".
        text: its sentences, a block a line, further section titles on lines of their own.
        sentences: the same sentences, one by one.
        sources: the sources that the sentences refer to.
        keywords: further words that people use for the document.
        published: ISO date of the document, if known.
        updated: ISO date of its last update, if known.
        short_title: what the document is called for short; empty when there is no shorter name.
    """

    id: str
    document_id: str
    scheme_id: str | None
    title: str
    sections: tuple[str, ...]
    heading: str
    text: str
    sentences: tuple[ChunkSentence, ...]
    sources: tuple[Source, ...]
    keywords: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    short_title: str = ""

    @property
    def subject_id(self) -> str:
        """What a question about it is about: its scheme, or the document where it's no fiche's."""
        return self.scheme_id or self.document_id

    @property
    def label(self) -> str:
        """What the document is called for short, else its title."""
        return self.short_title or self.title

    @property
    def embedded_text(self) -> str:
        """What the encoder reads: the heading path, then the text."""
        return f"{self.heading}\n{self.text}"

    @property
    def searched_text(self) -> str:
        """What the lexical index reads: the embedded text and the keywords."""
        return "\n".join((self.heading, " ; ".join(self.keywords), self.text))

    def to_json(self) -> str:
        """Serialise without loss; :func:`chunk_from_json` reads it back."""
        values = {name: getattr(self, name) for name in self.__slots__}
        values["sentences"] = [sentence.as_values() for sentence in self.sentences]
        values["sources"] = [source.model_dump(exclude_defaults=True) for source in self.sources]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def chunk_from_json(text: str) -> Chunk:
    """Read a chunk written by :meth:`Chunk.to_json`.

    Raises:
        ValueError: the text is no such JSON.
    """
    values = json.loads(text)
    try:
        values["sections"] = tuple(values["sections"])
        values["keywords"] = tuple(values["keywords"])
        values["sentences"] = tuple(
            ChunkSentence(item["text"], item["section"], tuple(item["sources"]), item.get("page"))
            for item in values["sentences"]
        )
        values["sources"] = tuple(Source.model_validate(item) for item in values["sources"])
        return Chunk(**values)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a chunk: {error}") from error


@dataclass(frozen=True, slots=True)
class _Atom:
    """A sentence with its place: what the cutting moves around."""

    sentence: ChunkSentence
    path: tuple[str, ...]
    section: int
    block: int
    is_item: bool
    words: int


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """Cut a document into chunks.

    The cutting is the best partition of its sentences (dynamic programming): as few short chunks
    as can be, then whole sections, whole paragraphs and an even size. A chunk is shorter than 80 words only
    when the whole document is or when no cut allows better; longer than 250 only for one sentence.
    """
    atoms = _atoms(document)
    chunks: list[Chunk] = []
    seen: dict[str, int] = {}
    for start, end in pairwise(_cuts(atoms)):
        chunks.append(_chunk(document, atoms[start:end], seen))
    return tuple(chunks)


def count_words(text: str) -> int:
    """Count the words of a text: runs of characters between white space, marks left out."""
    return sum(1 for word in text.split() if any(char.isalnum() for char in word))


def _atoms(document: Document) -> list[_Atom]:
    atoms: list[_Atom] = []
    block_number = 0
    for section_number, section in enumerate(document.sections):
        for block in section.blocks:
            block_number += 1
            atoms += [
                _Atom(
                    sentence=ChunkSentence(sentence.text, section.title, sentence.sources, sentence.page),
                    path=section.path,
                    section=section_number,
                    block=block_number,
                    is_item=block.is_item,
                    words=count_words(sentence.text),
                )
                for sentence in block.sentences
            ]
    return atoms


def _cuts(atoms: list[_Atom]) -> list[int]:
    """Return the indexes at which chunks begin, with 0 and ``len(atoms)``."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(atoms) + 1):
        choices: list[tuple[int, float, int]] = []
        words, mixes = 0, 0
        for start in range(end - 1, -1, -1):
            words += atoms[start].words
            if start + 1 < end and atoms[start].section != atoms[start + 1].section:
                mixes += 1
            if words > MAX_WORDS and start + 1 < end:
                break
            short = best[start][0] + (words < MIN_WORDS)
            choices.append((short, best[start][1] + _cost(words, mixes) + _cut_cost(atoms, end), start))
        best.append(min(choices))
    cuts = [len(atoms)]
    while cuts[-1] > 0:
        cuts.append(best[cuts[-1]][2])
    return cuts[::-1] if atoms else []


def _cost(words: int, mixes: int) -> float:
    short = _OUT_OF_BOUNDS * max(0, MIN_WORDS - words) / MIN_WORDS
    return short + _MIX * mixes + _SIZE * ((words - _TARGET_WORDS) / _TARGET_WORDS) ** 2


def _cut_cost(atoms: list[_Atom], end: int) -> float:
    if end == len(atoms) or atoms[end].section != atoms[end - 1].section:
        return 0.0
    return _CUT_BLOCK if atoms[end].block == atoms[end - 1].block else _CUT_SECTION


def _chunk(document: Document, atoms: list[_Atom], seen: dict[str, int]) -> Chunk:
    lines: list[str] = []
    for index, atom in enumerate(atoms):
        previous = atoms[index - 1] if index else None
        if previous is not None and previous.block == atom.block:
            lines[-1] += f" {atom.sentence.text}"
            continue
        if previous is not None and previous.section != atom.section:
            lines.append(" > ".join(atom.path))
        lines.append(f"- {atom.sentence.text}" if atom.is_item else atom.sentence.text)
    heading = " > ".join((document.title, *atoms[0].path))
    text = "\n".join(lines)
    numbers = {number for atom in atoms for number in atom.sentence.sources}
    digest = hashlib.sha256(f"{heading}\n{text}".encode()).hexdigest()[:16]
    seen[digest] = seen.get(digest, 0) + 1
    suffix = f"-{seen[digest]}" if seen[digest] > 1 else ""
    return Chunk(
        id=f"{document.id}#{digest}{suffix}",
        document_id=document.id,
        scheme_id=document.scheme_id,
        title=document.title,
        sections=tuple(dict.fromkeys(atom.sentence.section for atom in atoms)),
        heading=heading,
        text=text,
        sentences=tuple(atom.sentence for atom in atoms),
        sources=tuple(source for source in document.sources if source.n in numbers),
        keywords=document.keywords,
        published=document.published,
        updated=document.updated,
        short_title=document.short_title,
    )
