"""PDF: its text in reading order, with its tables; headers and footers that repeat are left out."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.clean import fold_spaces
from ingest.dates import date_in
from ingest.errors import LoadError
from ingest.formats.line_forms import is_contents, is_page_mark, item_form
from ingest.formats.line_joins import TextLine
from ingest.formats.lines import joined, on_page
from ingest.formats.page_layout import Line, in_reading_order, lines_of
from ingest.formats.page_words import page_words, spacing
from ingest.formats.parts import Heading, Page, Part, Row
from ingest.formats.scanned import Scans, page_numbers
from ingest.formats.sheet import table_parts
from ingest.formats.zipped import DAMAGE, damaged

_MOST_PAGES = 2000
_MOST_SECONDS = 600
# Lines at the top and at the foot of a page that may be the same on others.
_EDGE_LINES = 3
_LARGER, _SMALLER = 1.12, 0.87
_FOOT = 0.6
_MOST_HEADING_CHARS = 180
_GAP = 1.6
# Under larger headings, bold ones: « 2. » and « 2.1 » by their numbers, then those without.
_BOLD_LEVEL, _MOST_NUMBERS = 7, 4


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page read: its lines in reading order, a line standing for each table."""

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]


def read_pdf(path: Path, raw: bytes) -> Page:
    """Read the text of a PDF; parts know their page.

    Raises:
        LoadError: it's protected, damaged, too long, or made of images that can't be recognised.
    """
    scans = Scans()
    try:
        with pdfplumber.open(io.BytesIO(raw)) as pdf:
            sheets, has_images = _sheets(path, pdf, scans)
            about = {key: str(value) for key, value in (pdf.metadata or {}).items()}
    except LoadError:
        raise
    except (PDFPasswordIncorrect, PdfminerException, MalformedPDFException, PDFException, *DAMAGE) as error:
        if "password" in repr(error).lower():
            raise LoadError(
                f"« {path} » est protégé par un mot de passe. Enregistrez-le sans mot de passe."
            ) from error
        raise damaged(path) from error
    if has_images and not any(sheet.lines for sheet in sheets):
        remedy = "Faites-en reconnaître le texte (OCR), puis réessayez."
        if scans.seen:
            remedy = scans.why or "Aucun texte n’y est reconnu\u00a0: numérisez-le plus nettement."
        raise LoadError(f"« {path} » ne contient que des images de pages. {remedy}")
    return Page(
        tuple(_parts(sheets)),
        title=fold_spaces(about.get("Title", "")) or None,
        made=_date(about.get("CreationDate")),
        is_recognised=len(scans.seen) > len(scans.unread),
        unread=_unread(path, scans),
    )


def _unread(path: Path, scans: Scans) -> tuple[str, ...]:
    """What to say of the scanned pages that aren't read."""
    if not scans.unread:
        return ()
    told = "des images, non lues" if len(scans.unread) > 1 else "une image, non lue"
    return (f"« {path} », {page_numbers(scans.unread)}\u00a0: {told}. {scans.why}",)


def _sheets(path: Path, pdf: Any, scans: Scans) -> tuple[list[_Sheet], bool]:
    if len(pdf.pages) > _MOST_PAGES:
        raise LoadError(f"« {path} » a plus de {_MOST_PAGES} pages. Découpez-le.")
    until = time.monotonic() + _MOST_SECONDS
    sheets, has_images = [], False
    for number, page in enumerate(pdf.pages, 1):
        if time.monotonic() > until:
            raise LoadError(f"« {path} » est trop long à lire. Découpez-le.")
        has_images = has_images or bool(page.images)
        sheets.append(_sheet(page, number, scans))
        page.close()
    return _without_edges(sheets), has_images


def _sheet(page: Any, number: int, scans: Scans) -> _Sheet:
    found = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in found]
    words = scans.words(page, page_words(page))
    outside = [word for word in words if not any(_is_in(word, box) for box in boxes)]
    places = [
        Line("", left, right, top, 0, is_bold=False, first_width=0, table=rank)
        for rank, (left, top, right, _) in enumerate(boxes)
    ]
    ordered = in_reading_order([*lines_of(outside), *places], page.width)
    lines = [line for line in ordered if not is_contents(line.text)]
    return _Sheet(number, float(page.height), tuple(lines), tuple(tuple(_rows(table)) for table in found))


def _is_table(table: Any) -> bool:
    rows = table.rows
    return len(rows) > 1 and max(len([cell for cell in row.cells if cell]) for row in rows) > 1


def _rows(table: Any) -> list[tuple[str, ...]]:
    gaps = spacing(table.page)
    rows = [[fold_spaces(cell or "") for cell in row] for row in table.extract(**gaps)]
    _repeat_merged(table, rows)
    # A cell drawn without a line under it goes on: those below it repeat it.
    for above, row in pairwise(rows):
        if row and not row[0] and any(row):
            row[0] = above[0]
    return [tuple(row) for row in rows]


def _repeat_merged(table: Any, rows: list[list[str]]) -> None:
    """Repeat a cell over several columns or rows, given once, wherever it stands."""
    boxes = [row.cells for row in table.rows]
    lefts = [min((row[at][0] for row in boxes if row[at]), default=None) for at in range(len(boxes[0]))]
    reaching: list[tuple[Any, str]] = []  # cells that reach down to the row, with their texts
    for cells, texts in zip(boxes, rows, strict=True):
        top = next((cell[1] for cell in cells if cell), None)
        if top is None:
            continue
        reaching = [(box, text) for box, text in reaching if box[3] > top + 1]
        reaching += [(box, text) for box, text in zip(cells, texts, strict=True) if box]
        for at, left in enumerate(lefts):
            if cells[at] is None and left is not None:
                over = (text for box, text in reaching if box[0] <= left + 1 < box[2])
                texts[at] = next(over, texts[at])


def _is_in(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle, height = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= middle <= box[2] and box[1] <= height <= box[3])


def _without_edges(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    """The pages without the lines at their edges that are the same on most of them, figures aside."""
    counts = Counter(key for sheet in sheets for key in {_key(line) for line in _edges(sheet)})
    least = max(2, len(sheets) / 2) if len(sheets) < 6 else 3
    repeated = {key for key, count in counts.items() if count >= least}
    return [
        replace(
            sheet,
            lines=tuple(
                line
                for line in sheet.lines
                if not (line in edges and (_key(line) in repeated or is_page_mark(line.text)))
            ),
        )
        for sheet in sheets
        for edges in [_edges(sheet)]
    ]


def _edges(sheet: _Sheet) -> list[Line]:
    ordered = sorted((line for line in sheet.lines if line.table < 0), key=lambda line: line.top)
    return [*ordered[:_EDGE_LINES], *ordered[-_EDGE_LINES:]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 10)


def _parts(sheets: Sequence[_Sheet]) -> Iterator[Part]:
    """The parts of all pages: what goes on from one page to the next is one, notes come last."""
    body = _body_size(sheets)
    levels = _levels(sheets, body)
    notes: list[Part] = []
    held: list[TextLine] = []
    head: tuple[str, ...] = ()  # of a table that goes on in the next column or page
    for sheet in sheets:
        notes_here, lines = _notes_apart(sheet, body)
        notes += on_page(joined([*_text_lines(notes_here, body, {}, sheet.number)]), sheet.number)
        for is_table, group in groupby(lines, key=lambda line: line.table >= 0):
            if not is_table:
                held += _text_lines([*group], body, levels, sheet.number)
                head = ()
                continue
            yield from joined(held)
            held = []
            for line in group:
                rows = [*table_parts(sheet.tables[line.table], head=head)]
                head = next((row.head for row in rows if isinstance(row, Row)), ())
                yield from on_page(rows, sheet.number)
    yield from joined(held)
    if notes:
        yield Heading("Notes de bas de page", 1)
        yield from notes


def _body_size(sheets: Iterable[_Sheet]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _levels(sheets: Iterable[_Sheet], body: float) -> dict[float, int]:
    """Levels of headings by their size, the largest first."""
    sizes = {line.size for sheet in sheets for line in sheet.lines if line.size >= _LARGER * body}
    return {size: min(rank, _BOLD_LEVEL - 1) for rank, size in enumerate(sorted(sizes, reverse=True), 1)}


def _notes_apart(sheet: _Sheet, body: float) -> tuple[list[Line], list[Line]]:
    """Lines of notes at the foot of a page, and the others."""
    notes = [
        line for line in sheet.lines if 0 < line.size < _SMALLER * body and line.top > _FOOT * sheet.height
    ]
    return notes, [line for line in sheet.lines if line not in notes]


def _text_lines(
    lines: Sequence[Line], body: float, levels: dict[float, int], page: int
) -> Iterator[TextLine]:
    """Lines as those of a text: a gap is a blank line, a large or bold line a heading."""
    pitches = sorted(after.top - before.top for before, after in pairwise(lines) if after.top > before.top)
    pitch = pitches[len(pitches) // 3] if pitches else 0
    headed: TextLine | None = None
    before: Line | None = None
    for line in lines:
        gap = before is not None and 0 < line.top - before.top > _GAP * max(pitch, before.size)
        level = _level(line, body, levels, before)
        indent = round(2 * line.left / body) if body else 0
        text = TextLine(line.text, int(gap), page, level, is_full=line.is_full, indent=indent)
        if headed is not None and level == headed.level and level is not None and not gap:
            headed = replace(headed, text=f"{headed.text} {line.text}")
        else:
            if headed is not None:
                yield headed
            headed = text if level is not None else None
            if level is None:
                yield text
        before = line
    if headed is not None:
        yield headed


def _level(line: Line, body: float, levels: dict[float, int], before: Line | None) -> int | None:
    if len(line.text) > _MOST_HEADING_CHARS or not any(char.isalpha() for char in line.text):
        return None
    if line.size in levels:
        return levels[line.size]
    goes_on = before is not None and before.is_full and not before.is_bold
    is_heading = line.is_bold and not goes_on and not line.text.endswith((".", ";", ",", ":"))
    if not is_heading or levels is None or line.size < body:
        return None
    form = item_form(line.text)
    depth = len(form.number) - 1 if form and form.mark in {"1.", "1.1"} else _MOST_NUMBERS
    return _BOLD_LEVEL + min(depth, _MOST_NUMBERS)


def _date(value: str | None) -> str | None:
    """The date of « D:20240131… »."""
    digits = re.match(r"D?:?(\d{4})(\d{2})(\d{2})", value or "")
    return date_in("-".join(digits.groups())) if digits else None
