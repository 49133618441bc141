"""ODT and ODS: paragraphs, lists, headings and tables of LibreOffice's own files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.clean import fold_spaces
from ingest.dates import date_in
from ingest.formats.line_forms import item_form
from ingest.formats.parts import Heading, Item, Page, Paragraph, Part
from ingest.formats.sheet import MOST_COLUMNS, MOST_ROWS, sheet_parts, table_parts
from ingest.formats.zipped import opened, xml_of

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_SKIPPED = frozenset({"tracked-changes", "table-of-content", "note", "annotation", "sequence-decls", "forms"})
_MOST_REPEATED = 1000
_TITLE_STYLES = frozenset({"Title", "Titre"})


def read_odf(path: Path, raw: bytes) -> Page:
    """Read a text or a spreadsheet.

    Raises:
        LoadError: the file is damaged, protected, or made to fill a memory.
    """
    with opened(path, raw) as archive:
        content, meta = xml_of(archive, "content.xml"), xml_of(archive, "meta.xml")
        if content is None:
            raise ValueError("no content")
        parts = tuple(_body(content))
    return Page(
        parts,
        title=_about(meta, "dc:title"),
        made=date_in((_about(meta, "meta:creation-date") or "")[:10]),
    )


def _body(content: etree._Element) -> Iterator[Part]:
    titles = {
        _named(style, "style:name")
        for style in content.iterfind(".//style:style", _NS)
        if _named(style, "style:parent-style-name") in _TITLE_STYLES
    } | _TITLE_STYLES
    text = content.find(".//office:text", _NS)
    if text is not None:
        yield from _Walk(frozenset(titles)).children(text, 0)
        yield from _notes(text)
    for sheet in content.iterfind(".//office:spreadsheet/table:table", _NS):
        name = _named(sheet, "table:name")
        if name and not name.lower().startswith(("feuil", "sheet")):
            yield Heading(name, 2)
        yield from sheet_parts(_rows(sheet))


class _Walk:
    """Goes through the elements of a text."""

    def __init__(self, titles: frozenset[str]) -> None:
        self._titles = titles

    def children(self, element: etree._Element, depth: int) -> Iterator[Part]:
        """The parts of what an element holds; ``depth`` counts the lists around it."""
        for child in element:
            tag = _tag(child)
            if tag in _SKIPPED:
                continue
            if tag == "h":
                yield Heading(_text(child), int(_named(child, "text:outline-level") or 1) + 1)
            elif tag == "p":
                yield from self._paragraph(child, depth)
            elif tag == "list":
                yield from self.children(child, depth + 1)
            elif tag == "list-item":
                yield from self._item(child, depth)
            elif tag == "table":
                has_head = child.find("table:table-header-rows", _NS) is not None
                yield from table_parts(list(_rows(child)), has_head=has_head)
            elif len(child):
                yield from self.children(child, depth)

    def _item(self, element: etree._Element, depth: int) -> Iterator[Part]:
        """An item: its paragraphs are one text, then the lists in it."""
        own = [fold_spaces(_text(child)) for child in element if _tag(child) == "p"]
        if text := " ".join(filter(None, own)):
            yield Item(text, depth - 1)
        for child in element:
            if _tag(child) == "list":
                yield from self.children(child, depth + 1)
            elif _tag(child) == "h":
                yield Heading(_text(child), int(_named(child, "text:outline-level") or 1) + 1)

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Part]:
        text = fold_spaces(_text(element))
        form = item_form(text)
        if text and _named(element, "text:style-name") in self._titles:
            yield Heading(text, 1)
        elif form and form.is_sure:
            yield Item(text[form.start :], depth, form.mark, form.number)
        elif text:
            yield Paragraph(text)
        yield from (part for box in element.iterfind(".//{*}text-box") for part in self.children(box, depth))


def _notes(text: etree._Element) -> Iterator[Part]:
    """The notes of the foot of pages and of the end, under a heading of theirs."""
    bodies = text.iterfind(".//text:note/text:note-body", _NS)
    told = [
        " ".join(fold_spaces(_text(part)) for part in body.iter(f"{{{_NS['text']}}}p")) for body in bodies
    ]
    if any(told):
        yield Heading("Notes de bas de page", 1)
        yield from (Paragraph(note) for note in told if note)


def _rows(table: etree._Element) -> Iterator[list[str]]:
    """The rows of a table, a cell over several columns or rows repeated; those that repeat, up to a bound."""
    given = 0
    over: dict[int, tuple[str, int]] = {}  # by column, the text of a cell over rows below, how many are left
    for row in table.iterfind(".//table:table-row", _NS):
        cells: list[str] = []
        for cell in row:
            if _tag(cell) not in {"table-cell", "covered-table-cell"}:
                continue
            text = " ".join(fold_spaces(_text(part)) for part in cell.iterfind(".//text:p", _NS))
            repeated = min(int(_named(cell, "table:number-columns-repeated") or 1), MOST_COLUMNS)
            if _tag(cell) == "covered-table-cell":
                for _ in range(repeated):
                    above, left = over.get(len(cells), ("", 0))
                    over[len(cells)] = (above, left - 1)
                    cells.append(above if left > 0 else (cells[-1] if cells else ""))
                continue
            below = int(_named(cell, "table:number-rows-spanned") or 1) - 1
            columns = min(int(_named(cell, "table:number-columns-spanned") or 1), MOST_COLUMNS)
            over |= {len(cells) + column: (text, below) for column in range(columns) if below > 0}
            cells += [text] * repeated
        times = min(int(_named(row, "table:number-rows-repeated") or 1), _MOST_REPEATED) if any(cells) else 1
        for _ in range(times):
            given += 1
            if given > MOST_ROWS:
                return
            yield cells[:MOST_COLUMNS]


def _text(element: etree._Element) -> str:
    """The text of a paragraph: spaces, tabs and line breaks told, notes and boxes left out."""
    told = [element.text or ""]
    for child in element:
        tag = _tag(child)
        if tag in {"s", "tab", "line-break"}:
            told.append(" ")
        elif tag not in {*_SKIPPED, "frame", "text-box"}:
            told.append(_text(child))
        told.append(child.tail or "")
    return "".join(told)


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else "note"


def _named(element: etree._Element, name: str) -> str:
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_NS[prefix]}}}{local}") or ""


def _about(meta: etree._Element | None, name: str) -> str | None:
    found = meta.find(f".//{name}", _NS) if meta is not None else None
    return fold_spaces(found.text) or None if found is not None and found.text else None
