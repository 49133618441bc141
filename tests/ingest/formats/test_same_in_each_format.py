"""The same document as PDF, DOCX, ODT, XLSX, HTML and text says the same (files of ``make_samples.py``)."""

from pathlib import Path

import pytest

from corpus.fiches.document import Document
from ingest.load import load_page

SAMPLES = Path(__file__).parent / "samples"
TITLE = "Aide aux lavoirs et fontaines du syndicat de la Vallée"
STATEMENTS = [
    ("", "Publié le 14 mars 2024 par le syndicat de la Vallée."),
    ("Objet", "Le syndicat de la Vallée aide les communes à restaurer leurs lavoirs et leurs fontaines."),
    (
        "Objet",
        "L’aide porte sur les ouvrages construits avant 1950 et accessibles au public toute l’année.",
    ),
    (
        "Bénéficiaires",
        "Peuvent demander l’aide : les communes de moins de 3 500 habitants ; les associations qui "
        "entretiennent un ouvrage depuis plus de deux ans, avec l’accord de la commune qui en est "
        "propriétaire.",
    ),
    ("Montant", "Le taux dépend des travaux."),
    ("Montant", "Charpente et toiture, Taux : 40 % ; Plafond : 12 000 €"),
    ("Montant", "Maçonnerie, Taux : 30 % ; Plafond : 8 000 €"),
    ("Montant", "Abords, Taux : 20 % ; Plafond : 3 000 €"),
    ("Montant", "La commune garde à sa charge au moins 20 % du coût."),
    ("Calendrier", "Les dossiers sont reçus jusqu’au 30 septembre de chaque année."),
    ("Calendrier", "La réponse est donnée sous trois mois."),
    (
        "Dossier",
        "Le dossier comprend : une délibération du conseil municipal ; deux devis détaillés ; trois "
        "photographies de l’ouvrage.",
    ),
    (
        "Dossier",
        "Il est envoyé à lavoirs@vallee.example ou déposé au siège du syndicat, 4 rue du Moulin.",
    ),
    ("Exclusions", "Les travaux commencés avant l’accusé de réception ne sont pas aidés."),
    ("Exclusions", "Les bassins de baignade sont exclus."),
]


def told(document: Document) -> list[tuple[str, str]]:
    """Heading and text of every statement, no-break spaces as others."""
    return [
        (section.title, sentence.text.replace("\u00a0", " ")) for section, sentence in document.sentences()
    ]


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
