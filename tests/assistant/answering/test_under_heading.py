"""A quote of a page is told under its heading, where it doesn't stand alone."""

from __future__ import annotations

import pytest

from assistant.answering.under_heading import told
from assistant.reply import Citation


@pytest.mark.parametrize(
    ("heading", "quote", "expected"),
    [
        ("ARTICLE 8 - Composition du dossier", "un devis", "Composition du dossier\u00a0: un devis"),
        ("2.1. Dépenses non retenues", "les véhicules", "Dépenses non retenues\u00a0: les véhicules"),
        ("Combien ?", "Bois, Taux\u00a0: 45\u00a0%", "Bois, Taux\u00a0: 45\u00a0%"),
        ("Qu’est-ce qui n’est pas aidé ?", "les murs", "Qu’est-ce qui n’est pas aidé ?\u00a0: les murs"),
        ("Priorités de 2025", "les écoles", "les écoles"),
        ("Non financé en 2025", "les écoles", "Non financé en 2025\u00a0: les écoles"),
        ("Montant", "L’aide est de 45 %.", "L’aide est de 45 %."),
    ],
)
def test_an_item_of_a_page_is_told_under_what_its_heading_says(
    heading: str, quote: str, expected: str
) -> None:
    """Without its number; alone under one that only asks, or whose figures no source of the item states."""
    citation = Citation(
        n=1, scheme_id=None, scheme_name=None, document_id="doc:a", section=heading, quote=quote, sources=()
    )
    assert told(citation) == expected
