"""The plain documents that cases are asked on: their files, and what stands under each of their headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.french.folding import words
from evaluation.questions.page_lines import page_lines

DOCUMENTS_DIR = Path(__file__).parents[1] / "data" / "documents"
WHOLE = "*"
_SUFFIXES = (".txt", ".html")
_DOCUMENT_ID = re.compile(r"doc:(.+)-[0-9a-f]{8}")
_MARKED = re.compile(r"(#{1,6})\s+\S.*")
# "II.", "Annexe 2", "Article 3"; "2.3."; "- ": a line that stands alone and begins so is a heading.
_NUMBERED = (
    re.compile(r"(?:[IVX]{1,5}\.|(?:annexe|article|chapitre|titre|partie)\s+\w)", re.IGNORECASE),
    re.compile(r"\d{1,2}\.(?!\d)"),
    re.compile(r"\d{1,2}(?:\.\d{1,2})+"),
    re.compile(r"[-•]\s"),
)
_MARKS = 6
_MOST_HEADING_CHARS = 120
# A text that isn't found whole is looked for by runs of so many words: what is cut between two is lost.
_RUN = 8
_PIECE = re.compile(r"[;:]")
_LEAST_PIECE = 2


# Where something begins and ends among the words of a document.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A line: where its words begin in the document, its words, its level as a heading (0 for text)."""

    start: int
    words: str
    level: int


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """A plain document as a case names it.

    Attributes:
        name: the name of its file, without the extension.
        path: its file.
        text: its folded words, one space before and after each; a place is an offset in it.
        rows: its lines that hold words.
    """

    name: str
    path: Path
    text: str
    rows: tuple[Row, ...]

    def spans(self, heading: str) -> tuple[Span, ...]:
        """Where what stands under a heading begins and ends; empty when the document hasn't this heading.

        A heading is a line of the document, whatever its case, accents and signs; the beginning of one, or
        one cut on several lines, serves too. It ends at the next heading of its level or above; a line that
        isn't a heading by its form ends at the next one.
        """
        if heading == WHOLE:
            return ((0, len(self.text)),)
        wanted = " ".join(words(heading))
        begun = [row for row in self.rows if wanted and self.text.startswith(f"{wanted} ", row.start)]
        named = [row for row in begun if row.words == wanted] or begun
        headed = [row for row in named if row.level] or named
        return tuple((row.start, self._end(row)) for row in headed)

    def places(self, text: str) -> tuple[Span, ...]:
        """Where a text stands in the document; empty when it doesn't.

        What is told of a row or a list stands in pieces: those with a figure are looked for, else all.
        """
        own = words(text)
        if whole := self._found(own):
            return tuple(whole)
        starts = range(0, max(1, len(own) - _RUN + 1), _RUN // 2)
        runs = tuple(place for start in starts for place in self._found(own[start : start + _RUN]))
        return runs or self._pieces(text)

    def _pieces(self, text: str) -> tuple[Span, ...]:
        pieces = [words(piece) for piece in _PIECE.split(text)]
        told = [piece for piece in pieces if len(piece) >= _LEAST_PIECE]
        figured = [piece for piece in told if any(char.isdigit() for word in piece for char in word)]
        return tuple(place for piece in figured or told for place in self._found(piece))

    def _end(self, row: Row) -> int:
        above = (
            other.start
            for other in self.rows
            if other.start > row.start and other.level and (not row.level or other.level <= row.level)
        )
        return next(above, len(self.text))

    def _found(self, own: Sequence[str]) -> list[Span]:
        if not own:
            return []
        wanted, places = f" {' '.join(own)} ", []
        place = self.text.find(wanted)
        while place >= 0:
            places.append((place + 1, place + len(wanted) - 1))
            place = self.text.find(wanted, place + 1)
        return places


def document_files(folder: Path = DOCUMENTS_DIR) -> tuple[Path, ...]:
    """The files of the plain documents, in a stable order."""
    return tuple(sorted(path for path in folder.glob("*") if path.suffix in _SUFFIXES))


@cache
def plain_documents(folder: Path = DOCUMENTS_DIR) -> Mapping[str, PlainDocument]:
    """Read the plain documents, by name."""
    return {path.stem: _read(path) for path in document_files(folder)}


def cited_document(document_id: str) -> PlainDocument | None:
    """The plain document that an index knows under an id; None for a fiche or a document of the user's."""
    match = _DOCUMENT_ID.fullmatch(document_id)
    return plain_documents().get(Path(match[1]).stem) if match else None


def bare_name(name: str) -> str:
    """A document's name without the extension that a case may write; a passage keeps its heading."""
    before, slash, heading = name.partition("/")
    stem = next((before.removesuffix(end) for end in _SUFFIXES if before.endswith(end)), before)
    return f"{stem}{slash}{heading}"


def is_under(passage: str, document: PlainDocument, places: Iterable[Span], sections: Iterable[str]) -> bool:
    """Whether what stands at some places of a document is of a passage that a case names.

    Args:
        passage: ``document/heading`` or ``document/*``.
        document: where it stands.
        places: its places there.
        sections: the headings that the index knows it under: they serve when no place is known.
    """
    name, _, heading = passage.partition("/")
    if name != document.name:
        return False
    spans, known = document.spans(heading), tuple(places)
    if not known:
        return heading == WHOLE or any(words(section) == words(heading) for section in sections)
    return any(start < last and first < end for start, end in spans for first, last in known)


def document_of(name: str, path: Path, lines: Iterable[tuple[str, int]]) -> PlainDocument:
    """A document whose lines are known, each with its level as a heading (0 for text).

    Lines without a word take no row.
    """
    rows: list[Row] = []
    place = 1
    for line, level in lines:
        if told := " ".join(words(line)):
            rows.append(Row(place, told, level))
            place += len(told) + 1
    return PlainDocument(name, path, f" {' '.join(row.words for row in rows)} ", tuple(rows))


def _read(path: Path) -> PlainDocument:
    raw = path.read_text(encoding="utf-8")
    lines = page_lines(raw) if path.suffix == ".html" else raw.split("\n")
    return document_of(path.stem, path, _levelled(lines))


def _levelled(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Every line with its level as a heading, 0 for text."""
    rows = [line.strip() for line in lines]
    for index, row in enumerate(rows):
        alone = not any(rows[max(0, index - 1) : index] + rows[index + 1 : index + 2])
        yield row, _level(row, alone=alone)


def _level(row: str, *, alone: bool) -> int:
    if marked := _MARKED.fullmatch(row):
        return len(marked[1])
    if not alone or len(row) > _MOST_HEADING_CHARS or row.endswith((".", ";", ",")):
        return 0
    return next((_MARKS + rank for rank, form in enumerate(_NUMBERED, 1) if form.match(row)), 0)
