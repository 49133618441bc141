"""Quantities that a message states, held against conditions with bounds."""

from __future__ import annotations

import pytest

from assistant.reading.quantities import settles

TURNOVER = "Le chiffre d’affaires de l’entreprise est-il compris entre 80 000 € et 2 millions d’euros ?"
STAFF = "L’entreprise compte-t-elle moins de 10 salariés ?"
TRAVEL = "Faut-il plus de 10 minutes de trajet pour rejoindre le commerce le plus proche ?"
SURVEY = "La surface de vente est-elle comprise entre 30 et 400 m² ?"


@pytest.mark.parametrize(
    ("question", "message", "is_met"),
    [
        (TURNOVER, "400 000 € de chiffre d’affaires", True),
        (TURNOVER, "mon chiffre d’affaires est de 3 millions d’euros", False),
        (TURNOVER, "un chiffre d’affaires de 50 000 €", False),
        (TURNOVER, "J’ai un atelier avec quatre salariés. Combien la Région peut-elle me donner ?", None),
        (TURNOVER, "un investissement de 52 000 €", None),
        (STAFF, "avec quatre salariés", True),
        (STAFF, "nous sommes 12 salariés", False),
        (STAFF, "entre 4 et 6 salariés", True),
        (STAFF, "400 000 € de chiffre d’affaires", None),
        (TRAVEL, "l’épicerie est à 5 minutes", False),
        (TRAVEL, "il faut 25 minutes de voiture", True),
        (SURVEY, "une boutique de 120 m²", True),
        (SURVEY, "un local de 600 m2", False),
        (SURVEY, "à 5 minutes", None),
    ],
)
def test_a_quantity_answers_only_the_condition_in_its_unit(
    question: str, message: str, is_met: bool | None
) -> None:
    assert settles(question, message) is is_met
