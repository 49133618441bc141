"""Rows as statements."""

import pytest

from ingest.formats.parts import Heading, Item, Paragraph, Row
from ingest.formats.sheet import sheet_parts
from ingest.formats.table_rows import first_is_head, head_of, heads_in, row_text


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


@pytest.mark.parametrize(
    ("second", "heads"),
    [
        (["Travaux", "Taux", "Plafond"], 2),
        (["", "Taux", "Plafond"], 2),
        (["Toiture", "Taux", "Plafond"], 1),
        (["Travaux", "40 %", "9 000 €"], 1),
        (["Travaux", "Taux", ""], 1),
    ],
)
def test_a_head_over_several_columns_has_their_names_under_it(second: list[str], heads: int) -> None:
    rows = [["Travaux", "Communes rurales", "Communes rurales"], second, ["Toiture", "40 %", "9 000 €"]]
    assert heads_in(rows) == heads
    assert head_of(rows[:2], 3)[1] == f"Communes rurales, {second[1]}"
