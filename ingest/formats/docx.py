"""DOCX: paragraphs, lists, headings and tables of Word; what a reviewer deleted is left out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from ingest.clean import fold_spaces
from ingest.dates import date_in
from ingest.formats.line_forms import MOST_HEADING_CHARS, is_unfinished, item_form
from ingest.formats.note_marks import is_reference
from ingest.formats.parts import Heading, Item, Page, Paragraph, Part
from ingest.formats.sheet import table_parts
from ingest.formats.zipped import opened, xml_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_STYLE = re.compile(r"(?:heading|titre)\s*(\d)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list|liste|puce", re.IGNORECASE)
_LIST_DEPTH = re.compile(r"\s([1-9])$")
_CONTENTS_STYLE = re.compile(r"toc|tm\s*\d|table of", re.IGNORECASE)
_TITLES = frozenset({"title", "titre"})
_STRONG_LEVEL = 8


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style of paragraph is for."""

    name: str
    outline: int | None
    has_number: bool


def read_docx(path: Path, raw: bytes) -> Page:
    """Read a text.

    Raises:
        LoadError: the file is damaged, protected, or made to fill a memory.
    """
    with opened(path, raw) as archive:
        document = xml_of(archive, "word/document.xml")
        if document is None:
            raise ValueError("no document")
        parts = (*_parts(document.find(f"{_W}body"), _styles(archive)), *_notes(archive))
        core = xml_of(archive, "docProps/core.xml")
    return Page(
        parts,
        title=_about(core, "title"),
        made=date_in((_about(core, "created") or "")[:10]),
    )


def _parts(element: etree._Element, styles: Mapping[str, _Style]) -> Iterator[Part]:
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            rows = _rows(child)
            has_head = child.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None
            yield from table_parts(rows, has_head=has_head)
        elif child.tag not in {f"{_W}del", f"{_W}sectPr", f"{_W}sdtPr"} and isinstance(child.tag, str):
            yield from _parts(child, styles)


def _notes(archive: zipfile.ZipFile) -> Iterator[Part]:
    """The notes of the foot of pages and of the end, under a heading of theirs."""
    told: list[Part] = []
    for name in ("footnote", "endnote"):
        root = xml_of(archive, f"word/{name}s.xml")
        for note in root.iterfind(f"{_W}{name}") if root is not None else ():
            text = fold_spaces(" ".join(_text(part) for part in note.iter(f"{_W}p")))
            if text and note.get(f"{_W}type") is None:
                told.append(Paragraph(text))
    if told:
        yield Heading("Notes de bas de page", 1)
        yield from told


def _paragraph(element: etree._Element, styles: Mapping[str, _Style]) -> Iterator[Part]:
    text = fold_spaces(_text(element))
    if not text:
        return
    about = element.find(f"{_W}pPr")
    style = styles.get(_value(about, "pStyle"), _Style("", None, has_number=False))
    outline = _value(about, "outlineLvl")
    heading = _HEADING_STYLE.match(style.name)
    if _CONTENTS_STYLE.match(style.name):
        return
    if style.name.lower() in _TITLES:
        yield Heading(text, 1)
    elif heading or style.outline is not None or outline.isdigit():
        level = (
            int(heading[1]) if heading else (style.outline if style.outline is not None else int(outline)) + 1
        )
        yield Heading(text, level + 1)
    elif (
        (about is not None and about.find(f"{_W}numPr") is not None)
        or style.has_number
        or _LIST_STYLE.search(style.name)
    ):
        yield Item(text, _depth(about, style))
    elif (form := item_form(text)) and form.is_sure:
        yield Item(text[form.start :], 0, form.mark, form.number)
    elif _is_strong(element) and is_unfinished(text) and len(text) <= MOST_HEADING_CHARS and "[" not in text:
        yield Heading(text, _STRONG_LEVEL)
    else:
        yield Paragraph(text)


def _depth(about: etree._Element | None, style: _Style) -> int:
    """How deep a list stands: what its paragraph says, else the number of its style (« List Bullet 2 »)."""
    said = about.find(f"{_W}numPr/{_W}ilvl") if about is not None else None
    if said is not None:
        return int(said.get(f"{_W}val") or 0)
    numbered = _LIST_DEPTH.search(style.name) if _LIST_STYLE.search(style.name) else None
    return int(numbered[1]) - 1 if numbered else 0


def _text(element: etree._Element) -> str:
    """The text of a paragraph, without what was deleted, nor numbers of notes and codes of fields."""
    told: list[str] = []
    for part in element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if part.tag == f"{_W}t":
            raised = _value(part.getparent().find(f"{_W}rPr"), "vertAlign") == "superscript"
            if not (raised and is_reference("".join(told[-3:]), part.text or "")):
                told.append(part.text or "")
        else:
            told.append("-" if part.tag == f"{_W}noBreakHyphen" else " ")
    return "".join(told)


def _rows(table: etree._Element) -> list[list[str]]:
    """The cells of a table by row, one over several columns or rows repeated."""
    rows: list[list[str]] = []
    for row in table.iter(f"{_W}tr"):
        if _table_of(row) is not table:
            continue
        above = rows[-1] if rows else []
        cells: list[str] = []
        for cell in row.iterfind(f"{_W}tc"):
            about = cell.find(f"{_W}tcPr")
            text = fold_spaces(" ".join(_text(part) for part in cell.iter(f"{_W}p")))
            merge = about.find(f"{_W}vMerge") if about is not None else None
            if merge is not None and merge.get(f"{_W}val") != "restart" and len(cells) < len(above):
                text = text or above[len(cells)]
            span = _value(about, "gridSpan")
            cells += [text] * (min(int(span), 60) if span.isdigit() and int(span) else 1)
        rows.append(cells)
    return rows


def _table_of(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors(f"{_W}tbl"), None)


def _is_strong(element: etree._Element) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if run.find(f"{_W}t") is not None]
    bold = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(
        mark is not None and mark.get(f"{_W}val") not in {"0", "false"} for mark in bold
    )


def _styles(archive: zipfile.ZipFile) -> dict[str, _Style]:
    root = xml_of(archive, "word/styles.xml")
    found: dict[str, _Style] = {}
    for style in root.iterfind(f"{_W}style") if root is not None else ():
        about = style.find(f"{_W}pPr")
        outline = _value(about, "outlineLvl")
        found[style.get(f"{_W}styleId") or ""] = _Style(
            _value(style, "name"),
            int(outline) if outline.isdigit() and int(outline) < 9 else None,
            has_number=about is not None and about.find(f"{_W}numPr") is not None,
        )
    return found


def _value(element: etree._Element | None, name: str) -> str:
    found = element.find(f"{_W}{name}") if element is not None else None
    return (found.get(f"{_W}val") or "") if found is not None else ""


def _about(core: etree._Element | None, name: str) -> str | None:
    found = next(core.iter(f"{{*}}{name}"), None) if core is not None else None
    return fold_spaces(found.text) or None if found is not None and found.text else None
