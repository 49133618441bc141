"""A rewording denies what its passage denies, and nothing else."""

from __future__ import annotations

import pytest

from assistant.checking.shift import shifted

ALONE = "L’aide n’est pas ouverte aux communes du Nord."


@pytest.mark.parametrize(
    ("sentence", "passage", "is_turned"),
    [
        ("Les communes du Nord n’ont pas l’aide ouverte.", ALONE, False),
        ("L’aide est ouverte aux communes du Nord.", ALONE, True),
        ("L’aide va au Pas-de-Calais.", "Le Pas-de-Calais a l’aide.", False),
        ("L’aide va à la Somme.", "L’aide va à la Somme et au Pas-de-Calais.", False),
        ("Le coût est de 20 % hors taxes.", "Le coût est de 20 %.", False),
        ("Le fonds exclut les lavoirs.", "Le fonds ne finance pas les lavoirs.", False),
        ("Le fonds exclut les lavoirs.", "Le fonds n’exclut pas les lavoirs.", True),
        ("Les lavoirs ne sont pas exclus.", "Le fonds n’exclut pas les lavoirs.", False),
        ("C’est un prêt et non une subvention.", "C’est un prêt, pas une subvention.", False),
        ("C’est une subvention, pas un prêt.", "C’est un prêt, pas une subvention.", True),
        ("L’aide ne dépasse pas 80 %.", "L’aide est limitée à 80 %.", False),
        (
            "Le fonds ne paie plus les lavoirs, même ruraux.",
            "Le fonds ne paie plus les lavoirs, sauf ruraux.",
            True,
        ),
    ],
)
def test_what_is_denied(sentence: str, passage: str, is_turned: bool) -> None:
    assert (shifted(sentence, passage) == "negation") is is_turned
