"""A heading is told without the number that opens it, whatever numbers it; what it says stays."""

from __future__ import annotations

import pytest

from ingest.formats.line_forms import without_number


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Article 3 – Dépenses éligibles", "Dépenses éligibles"),
        ("ARTICLE 12 : Durée", "Durée"),
        ("Annexe 2 Pièces du dossier", "Pièces du dossier"),
        ("2.1. Taux", "Taux"),
        ("IV) Calendrier", "Calendrier"),
        ("3 - Qui peut demander ?", "Qui peut demander ?"),
        ("Dépenses éligibles", "Dépenses éligibles"),
        ("30 % au plus", "30 % au plus"),
        ("Vélo", "Vélo"),
    ],
)
def test_the_number_of_a_heading_is_left_out(heading: str, told: str) -> None:
    assert without_number(heading) == told
