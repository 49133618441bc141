"""The kind of answer a question asks for, and the sentences that tell it."""

from __future__ import annotations

import pytest

from assistant.asked_kinds import kinds_asked, tells_any


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        ("Combien au maximum ?", "L’aide est plafonnée à 3 000 €.", "L’aide est de 40 % des dépenses."),
        ("ça monte jusqu’à combien", "12 000 € au plus par commerce.", "Le dossier est déposé en ligne."),
        ("Quelle dépense minimum ?", "Il faut dépenser au moins 10 000 €.", "L’aide est de 5 000 €."),
        ("Quel taux ?", "La Région paie 30 % du coût.", "La Région paie 30 000 €."),
        ("Depuis quand existe-t-elle ?", "L’aide a été lancée en 2019.", "L’aide est de 40 %."),
        ("Combien de temps ça dure ?", "Le test dure 6 mois.", "Le test est ouvert à tous."),
        ("Qui appeler ?", "Le service rural répond au 03 74 27 00 00.", "L’aide est de 40 %."),
    ],
)
def test_a_kind_is_told_or_is_not(question: str, tells: str, does_not: str) -> None:
    assert tells_any(kinds_asked(question), tells)
    assert not tells_any(kinds_asked(question), does_not)
    assert not tells_any(kinds_asked("Parlez-moi de cette aide"), tells)
