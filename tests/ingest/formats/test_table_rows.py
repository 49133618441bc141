"""Rows as statements."""

import pytest

from ingest.formats.parts import Heading, Item, Paragraph, Row
from ingest.formats.sheet import sheet_parts
from ingest.formats.table_rows import first_is_head, row_text


@pytest.mark.parametrize(
    ("head", "cells", "text"),
    [
        (("Nature", "Taux"), ("Haies", "40 %"), "Haies, Taux : 40 %"),
        (("Année", "Taux"), ("2024", "40 %"), "Année : 2024 ; Taux : 40 %"),
        (("Nature", "Taux", "Plafond"), ("Haies", "40 %", "–"), "Haies, Taux : 40 %"),
        (("Aide", "Qui"), ("Haies", "Les communes"), "Aide : Haies ; Qui : Les communes"),
        (("", ""), ("Dépôt", "avant juin"), "Dépôt : avant juin"),
        (("", "", ""), ("Haies", "Arbres", "Mares"), "Haies ; Arbres ; Mares"),
        (("Nature", "Taux"), ("Haies", ""), "Haies"),
    ],
)
def test_row(head: tuple[str, ...], cells: tuple[str, ...], text: str) -> None:
    assert row_text(Row(head, cells)) == text


@pytest.mark.parametrize(
    ("rows", "is_head"),
    [
        ([["Nature", "Taux"], ["Haies", "40 %"]], True),
        ([["Dépôt", "En mairie"], ["Délai", "Aucun"]], False),
        ([["Aide", "Qui", "Comment"], ["Haies", "Communes", "En ligne"]], True),
        ([["Haies", "40 %"], ["Mares", "50 %"]], False),
        ([["Nature", "Taux"]], False),
    ],
)
def test_first_row(rows: list[list[str]], is_head: bool) -> None:
    assert first_is_head(rows) is is_head


def test_a_cell_alone_in_its_row_is_text_with_its_lists() -> None:
    parts = sheet_parts(
        [["Notice"], ["Le fichier sert à :\n- chiffrer les travaux ;\n- suivre les aides."], []]
    )
    assert list(parts) == [
        Heading("Notice", 1),
        Paragraph("Le fichier sert à :"),
        Item("chiffrer les travaux ;"),
        Item("suivre les aides."),
    ]
