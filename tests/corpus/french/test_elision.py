"""A name after "de", as it's written."""

from __future__ import annotations

import pytest

from corpus.french.elision import of_name


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Abbeville (Somme)", "d’Abbeville (Somme)"),
        ("Écourt-Saint-Quentin", "d’Écourt-Saint-Quentin"),
        ("Œuilly", "d’Œuilly"),
        ("Y", "d’Y"),
        ("Le Quesnoy", "du Quesnoy"),
        ("Les Attaques", "des Attaques"),
        ("La Madeleine", "de La Madeleine"),
        ("L’Étoile", "de L’Étoile"),
        ("Lesquin", "de Lesquin"),
        ("Ham", "de Ham"),
        ("Creil", "de Creil"),
    ],
)
def test_a_name_after_de(name: str, written: str) -> None:
    assert of_name(name) == written
