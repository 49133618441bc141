"""Rows of one table: the one that the question names is told alone."""

from __future__ import annotations

import pytest

from assistant.choosing.rows import is_other_row

WOOD = "Chaudière à granulés, Taux d’aide\u00a0: 45\u00a0%\u00a0; Plafond\u00a0: 30\u00a0000\u00a0€"
PUMP = "Pompe à chaleur, Taux d’aide : 30 % ; Plafond : 18 000 €"


@pytest.mark.parametrize(
    ("text", "best", "question", "expected"),
    [
        (PUMP, WOOD, "quel taux pour des granulés ?", True),
        (PUMP, WOOD, "quel taux pour des granulés ou une pompe à chaleur ?", False),
        (PUMP, WOOD, "quels sont les taux ?", False),
        ("Pompe à chaleur, Délai : 2 mois", WOOD, "quel taux pour des granulés ?", False),
        ("Les travaux coûtent au moins 8 000 €.", WOOD, "quel taux pour des granulés ?", False),
        (PUMP, "Le taux est de 45 % pour les granulés.", "quel taux pour des granulés ?", False),
    ],
)
def test_another_row_goes_where_the_question_names_the_best_one(
    text: str, best: str, question: str, expected: bool
) -> None:
    assert is_other_row(text, best, question) is expected
