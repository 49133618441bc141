"""Texts of LibreOffice: cells over several others, notes."""

import zipfile
from pathlib import Path

from ingest.load import load

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_COVERED = "<table:covered-table-cell/>"


def odt(path: Path, body: str) -> Path:
    """A text with a body."""
    names = " ".join(f"xmlns:{name}='{_OFFICE}:{name}:1.0'" for name in ("office", "text", "table", "style"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return path


def cell(text: str, spans: str = "") -> str:
    return f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"


def test_a_head_in_two_rows_names_each_column(tmp_path: Path) -> None:
    two_rows, two_columns = "table:number-rows-spanned='2'", "table:number-columns-spanned='2'"
    rows = [
        [
            cell("Travaux", two_rows),
            cell("Communes rurales", two_columns),
            _COVERED,
            cell("Autres", two_rows),
        ],
        [_COVERED, cell("Taux"), cell("Plafond"), _COVERED],
        [cell("Toiture"), cell("40 %"), cell("9 000 €"), cell("20 %")],
    ]
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    document = load(odt(tmp_path / "a.odt", f"<table:table>{table}</table:table>")).document
    assert [sentence.text for _, sentence in document.sentences()] == [
        "Toiture, Communes rurales, Taux : 40 % ; Communes rurales, Plafond : 9 000 € ; Autres : 20 %"
    ]


def test_notes_are_told_after_the_text(tmp_path: Path) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Hors réseaux privés.</text:p></text:note-body></text:note>"
    )
    document = load(odt(tmp_path / "a.odt", f"<text:p>Le syndicat aide les réseaux{note}.</text:p>")).document
    assert [(section.path, section.blocks[0].text) for section in document.sections] == [
        ((), "Le syndicat aide les réseaux."),
        (("Notes de bas de page",), "Hors réseaux privés."),
    ]
