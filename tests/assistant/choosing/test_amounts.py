"""Sentences that state what the typed fields of a scheme give."""

from __future__ import annotations

import pytest

from assistant.choosing.amounts import TypedAmounts
from corpus.fiches.catalogue import load_catalogue

AMOUNTS = TypedAmounts(load_catalogue().schemes)


@pytest.mark.parametrize(
    ("sentence", "how_much"),
    [
        ("En 2023, la Région payait jusqu’à 30 % des dépenses, dans la limite de 30 000 €.", 1.0),
        ("Le taux est de 30 %.", 0.75),
        ("La Région a ajouté 500 000 € à la fin de 2024.", 0.0),
        ("La campagne a été dotée de 2 M€.", 0.0),
        ("L’aide concerne 30 communes.", 0.0),
    ],
)
def test_a_rate_and_a_ceiling_are_recognised_a_budget_is_not(sentence: str, how_much: float) -> None:
    assert AMOUNTS.stated("videoprotection", sentence) == how_much


def test_the_rule_of_another_scheme_is_not_this_one_s() -> None:
    assert AMOUNTS.stated("cvcb", "Le taux est de 30 %.") == 0.0
    assert AMOUNTS.stated(None, "Le taux est de 30 %.") == 0.0
    assert AMOUNTS.stated("inconnu", "Le taux est de 30 %.") == 0.0


def test_every_scheme_with_a_rate_or_a_ceiling_has_a_sentence_that_states_it() -> None:
    catalogue = load_catalogue()
    silent = [
        scheme.id
        for scheme in catalogue.schemes
        if any(line.rate_max or line.amount_max for line in scheme.funding)
        and not any(AMOUNTS.stated(scheme.id, s) for s in catalogue.fiche(scheme.id).sentences)
    ]
    assert silent == []
