"""The same document as PDF, DOCX, ODT, XLSX, HTML and text says the same (files of ``make_samples.py``)."""

import pytest
from lavoirs_sample import SAMPLES, STATEMENTS, TITLE, told

from ingest.load import load_page


@pytest.mark.parametrize("name", ["html", "txt", "docx", "odt", "pdf"])
def test_the_same_statements_under_the_same_headings(name: str) -> None:
    document = load_page(SAMPLES / f"lavoirs.{name}")
    assert told(document) == STATEMENTS
    assert (document.title, document.published) == (TITLE, "2024-03-14")


def test_two_columns_are_read_one_after_the_other() -> None:
    assert told(load_page(SAMPLES / "lavoirs-colonnes.pdf")) == STATEMENTS


def test_pages_of_a_pdf_are_kept() -> None:
    pages = {
        text: sentence.page
        for _, sentence in load_page(SAMPLES / "lavoirs.pdf").sentences()
        for text in [sentence.text]
    }
    assert pages["Le taux dépend des travaux."] == 1
    assert pages["Les bassins de baignade sont exclus."] == 2


def test_rows_of_a_workbook_carry_the_names_of_their_columns() -> None:
    document = load_page(SAMPLES / "lavoirs.xlsx")
    statements = told(document)
    assert (document.title, document.published) == (TITLE, "2024-03-14")
    assert ("", "Rubrique : Dossier ; Règle : deux devis détaillés") in statements
    assert ("Taux et plafonds", "Charpente et toiture, Taux : 40 % ; Plafond : 12 000 €") in statements
