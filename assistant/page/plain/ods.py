"""A table as an OpenDocument spreadsheet: every cell is text, so that none is ever computed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
# What XML may not hold, whatever a document brings.
_REFUSED = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}


def ods(name: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table.

    Args:
        name: of its sheet.
        head: the names of its columns, repeated on each printed page.
        rows: its cells, as many in each row.
    """
    body = "".join(_row(row) for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_NAMES} office:version="1.3">'
        f'<office:body><office:spreadsheet><table:table table:name="{_text(name)}">'
        f'<table:table-column table:number-columns-repeated="{len(head)}"/>'
        f"<table:table-header-rows>{_row(head)}</table:table-header-rows>{body}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        # First and as it is: what tells the kind of the file to who looks at its first bytes.
        archive.writestr("mimetype", MEDIA_TYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return file.getvalue()


def _row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(cell: str) -> str:
    lines = "".join(f"<text:p>{_text(line)}</text:p>" for line in cell.splitlines() or [""])
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _text(text: str) -> str:
    return escape(text.translate(_REFUSED), {'"': "&quot;"})
