"""Which funding lines the words of a person choose: not by the name of the aid, whatever works they tell."""

from __future__ import annotations

import pytest
from verdict_builders import TODAY, population, scheme_of, territory

from assistant.eligibility.facts import Facts
from assistant.eligibility.funding_rules import rules_for
from corpus.fiches.scheme import Funding, Scheme

WORKS = "travaux"
CHAIRS = "mobilier de la salle"


def halls() -> Scheme:
    """An aid to village halls, the name of which holds a word of one of its lines."""
    lines = (
        Funding(label=WORKS, rate_max=0.4, amount_max=60_000, source=(1,)),
        Funding(label=CHAIRS, rate_max=0.5, amount_max=5_000, source=(1,)),
    )
    named = {"name": "Fonds pour les salles des fêtes", "label": "Fonds Salles des fêtes", "funding": lines}
    return scheme_of(population(below=5000)).model_copy(update=named)


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Quel est le taux du Fonds Salles des fêtes ?", [WORKS, CHAIRS]),
        ("Combien pour notre salle des fêtes ?", [WORKS, CHAIRS]),
        ("Combien pour refaire la salle des fêtes ?", [WORKS]),
        ("On agrandit la salle des fêtes, combien ?", [WORKS]),
        ("Combien pour des travaux à la salle ?", [WORKS]),
        ("Combien pour le mobilier de notre salle des fêtes ?", [CHAIRS]),
    ],
)
def test_the_name_of_the_aid_chooses_none_of_its_lines(said: str, labels: list[str]) -> None:
    found = rules_for(halls(), Facts(), territory(), TODAY, said)
    assert [line.label for line in found.paying] == labels
