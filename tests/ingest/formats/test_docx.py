"""Texts of Word: lists by their styles, cells over several others, notes."""

import zipfile
from pathlib import Path

import docx
import pytest

from ingest.load import load

_NOTES = (
    '<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>un trait noir</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="1"><w:p><w:r><w:t>Hors réseaux privés.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def statements(path: Path) -> list[str]:
    return [sentence.text for _, sentence in load(path).document.sentences()]


def test_the_number_of_a_style_says_how_deep_its_list_stands(tmp_path: Path) -> None:
    text = docx.Document()
    text.add_paragraph("Sont aidés :")
    for item, style in [("les fuites :", ""), ("les compteurs ;", " 2"), ("les études.", "")]:
        text.add_paragraph(item, style=f"List Bullet{style}")
    text.save(str(tmp_path / "a.docx"))
    assert statements(tmp_path / "a.docx") == [
        "Sont aidés : les fuites : les compteurs ;",
        "Sont aidés : les études.",
    ]


def test_a_head_in_two_rows_names_each_column(tmp_path: Path) -> None:
    text = docx.Document()
    table = text.add_table(rows=3, cols=3)
    for place, row in enumerate([("Travaux", "Communes rurales", ""), ("", "Taux", "Plafond")]):
        for column, cell in enumerate(row):
            table.cell(place, column).text = cell
    for column, cell in enumerate(("Toiture", "40 %", "9 000 €")):
        table.cell(2, column).text = cell
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    text.save(str(tmp_path / "a.docx"))
    assert statements(tmp_path / "a.docx") == [
        "Toiture, Communes rurales, Taux : 40 % ; Communes rurales, Plafond : 9 000 €"
    ]


@pytest.mark.parametrize(("word", "said"), [("hors taxes", "hors taxes."), ("300 m", "300 m2.")])
def test_the_raised_number_of_a_note_is_left_out(tmp_path: Path, word: str, said: str) -> None:
    text = docx.Document()
    paragraph = text.add_paragraph(f"Le lavoir compte {word}")
    paragraph.add_run("2").font.superscript = True
    paragraph.add_run(".")
    text.save(str(tmp_path / "a.docx"))
    assert statements(tmp_path / "a.docx") == [f"Le lavoir compte {said}"]


def test_notes_are_told_after_the_text(tmp_path: Path) -> None:
    text = docx.Document()
    text.add_paragraph("Le syndicat aide les réseaux publics.")
    text.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx", "a") as archive:
        archive.writestr("word/footnotes.xml", _NOTES)
    document = load(tmp_path / "a.docx").document
    assert [(section.path, section.blocks[0].text) for section in document.sections] == [
        ((), "Le syndicat aide les réseaux publics."),
        (("Notes de bas de page",), "Hors réseaux privés."),
    ]
