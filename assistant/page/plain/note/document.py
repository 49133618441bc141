"""A note as a Word document; the only file that knows python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from assistant.page import texts
from assistant.page.markup import bold_parts, keep_together
from assistant.page.plain.note import words
from assistant.page.plain.note.content import Block, Bullets, Note, NumberedSource, Paragraph, Table

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph as WordParagraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT, _SIZE, _SMALL, _INK = "Calibri", 11, 9, "1C2430"
_MARGIN_CM = 2.2
# What XML can't hold.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def note_docx(note: Note, written: datetime) -> bytes:
    """Write a note as a Word document.

    Args:
        note: the note.
        written: when, as the document says it.
    """
    import docx

    document = docx.Document()
    _prepare(document, note, written)
    document.add_heading(_clean(note.title), 0)
    _facts(document, note.facts)
    _paragraph(document, Paragraph(words.NO_DECISION, Paragraph.SMALL))
    for section in note.sections:
        if section.title:
            document.add_heading(_clean(keep_together(section.title)), section.level - 1)
        for block in section.blocks:
            _block(document, block, section.title)
    if note.sources:
        document.add_heading(words.SOURCES, 1)
        for source in note.sources:
            _source(document, source)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Document, note: Note, written: datetime) -> None:
    """Set language, fonts, margins, foot, and what the file says of itself."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm, Pt, RGBColor

    about = document.core_properties
    about.title, about.author, about.language = note.title, texts.PAGE_TITLE, "fr-FR"
    about.subject = _clean(", ".join(value for _, value in note.facts[1:2]))
    about.comments, about.keywords = "", ""
    about.created = about.modified = written
    about.last_modified_by = texts.PAGE_TITLE
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is not None:
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "fr-FR")
        defaults.append(language)
    for name, size in (("Normal", _SIZE), ("Title", 20), ("Heading 1", 14), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(_INK)
        for fonts in style.element.iter(qn("w:rFonts")):
            fonts.attrib.clear()
        style.font.name = _FONT
    for page in document.sections:
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN_CM)
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = foot.add_run(f"{texts.PAGE_TITLE} – {_clean(note.facts[0][1])} – page ")
    run.font.size = Pt(_SMALL)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    foot._p.append(number)


def _facts(document: Document, facts: Sequence[tuple[str, str]]) -> None:
    for name, value in facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = 0
        paragraph.add_run(f"{name}\u00a0: ").bold = True
        paragraph.add_run(_clean(value))


def _block(document: Document, block: Block, title: str) -> None:
    match block:
        case Paragraph():
            _paragraph(document, block)
        case Bullets(items):
            for item in items:
                _write(document.add_paragraph(style="List Bullet"), item)
        case Table():
            _table(document, block, block.caption if block.caption != title else "")


def _paragraph(document: Document, block: Paragraph) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _write(paragraph, block.text)
    for run in paragraph.runs:
        if block.weight == Paragraph.VERDICT:
            run.bold = True
        elif block.weight == Paragraph.SMALL:
            run.italic, run.font.size = True, Pt(_SMALL)


def _table(document: Document, block: Table, caption: str) -> None:
    """A table under its caption, whose head is said again on each page."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    if caption:
        above = document.add_paragraph(_clean(keep_together(caption)))
        above.paragraph_format.keep_with_next = True
        above.runs[0].bold = True
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for row, cells in zip(
        [table.rows[0], *(table.add_row() for _ in block.rows)], [block.head, *block.rows], strict=True
    ):
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, text in zip(row.cells, cells, strict=False):
            _write(cell.paragraphs[0], text)
            for run in cell.paragraphs[0].runs:
                run.bold = run.bold or cells is block.head
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(head)
    document.add_paragraph().paragraph_format.space_after = 0


def _source(document: Document, source: NumberedSource) -> None:
    """A source on a line of its own: its number is text, so that it stays that of the markers."""
    paragraph = document.add_paragraph()
    told = ", ".join(part for part in (source.title, source.publisher, source.date, source.place) if part)
    paragraph.add_run(_clean(f"[{source.n}] {told}"))
    if source.url:
        paragraph.add_run(", ")
        _link(paragraph, source.url)


def _link(paragraph: WordParagraph, address: str) -> None:
    """Add an address that opens itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), paragraph.part.relate_to(_clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    run = paragraph.add_run(_clean(address))
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _write(paragraph: WordParagraph, text: str) -> None:
    """Write a text whose ``**words**`` are bold."""
    for part, is_bold in _parts(text):
        paragraph.add_run(part).bold = is_bold or None


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    for part, is_bold in bold_parts(keep_together(text)):
        yield _clean(part), is_bold


def _clean(text: str) -> str:
    """The text without what no XML holds."""
    return _UNWRITABLE.sub("", text)
